//! /chi-dao/cuoc-hop/{id}: one meeting: who came, what was heard, its conclusions and how far they are (DT19).

use axum::extract::{Path, State};
use desk::operations::steering::meetings::add_conclusions::AddConclusions;
use desk::operations::steering::meetings::confirm_meeting::ConfirmMeeting;
use desk::operations::steering::meetings::correct_conclusion::CorrectConclusion;
use desk::operations::steering::meetings::keep_meeting::KeepMeeting;
use desk::operations::steering::meetings::link_letter::LinkLetter;
use desk::operations::steering::meetings::note_heard::NoteHeard;
use desk::rights::Capability;
use desk::steering::meeting::{Meeting, MeetingId, Standing};
use desk::views::steering::meetings::{MeetingInFull, PartyIssuer, heard_file, meeting, notice, party_notice};
use quantity::time::show_date;

use super::super::{Typed, asked, choices};
use super::meetings::{PATH, meeting_fields, meeting_of};
use super::{
    draft, drafted_table, due_cell, form, give_out_form, line_form, line_of, line_words, lines_field, marked,
    owner_cell, state_cell, table, text_cell, version_of,
};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::filled::{Sending, Wanted, id_of};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem, attachment};
use crate::view::{Cell, Field, Input, Link, Say, Section, Tone};
use crate::visitor::Member;

/// GET /chi-dao/cuoc-hop/{id}.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<MeetingId>) -> Answer {
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/cuoc-hop/{id}: what is written into it, and the word that gives it out.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let mut form = sending.by_whom(Capability::HandleLetters)?;
    let (key, id): (_, MeetingId) = (form.key(), form.id()?);
    let path = format!("{PATH}/{id}");
    let acted = match (form.wants(), line_of(form.wants())) {
        (_, Some(line)) => {
            let operation = line_words(&form.fields).map(|words| CorrectConclusion { key, meeting: id, line, words });
            form.act(operation, &path, "done-steering-line").await
        }
        ("meeting", None) => {
            let operation = meeting_of(&form.fields).map(|told| KeepMeeting { key, meeting: Some(id), ..told });
            form.act(operation, &path, "done-steering-meeting").await
        }
        ("heard", None) => {
            let file = form.upload.take().map(|upload| (upload.name.clone(), upload.attached()));
            let operation = NoteHeard { key, meeting: id, by: form.text("by"), about: form.text("about"), file };
            form.act(Ok(operation), &path, "done-steering-heard").await
        }
        ("conclusions", None) => {
            let operation = AddConclusions { key, meeting: id, text: form.text("text") };
            form.act(Ok(operation), &path, "done-steering-lines").await
        }
        ("confirm", None) => {
            let operation = ConfirmMeeting { key, meeting: id, version: version_of(&form)? };
            form.act(Ok(operation), &path, "done-steering-given").await
        }
        ("letter", None) => {
            let directive = form.named("directive")?;
            let operation = LinkLetter { key, meeting: id, directive, number: form.text("number") };
            form.act(Ok(operation), &path, "done-steering-letter").await
        }
        ("notice", None) => {
            let party = PartyIssuer::ALL.into_iter().find(|one| one.code() == form.fields.text("party"));
            draft(&form, id.0, move |office, connection, actor| match party {
                Some(issuer) => party_notice(office, connection, actor, (id, issuer)),
                None => notice(office, connection, actor, id),
            })
            .await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, id, typed)).await
}

/// GET /chi-dao/cuoc-hop/{id}/tep/{place}: the file of a report that was heard.
pub(in crate::pages) async fn file(
    State(app): State<App>,
    Path((id, place)): Path<(String, String)>,
    member: Member,
) -> Answer {
    let id = id_of(&id, &member.caller)?;
    let place: usize = place.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (_, (_, kind, bytes)) =
        look(&app, &member, move |_, connection, actor| heard_file(connection, actor, id, place)).await?;
    Ok(attachment(&kind, "bao-cao", bytes))
}

async fn show(app: &App, member: &Member, id: MeetingId, mut typed: Typed) -> Answer {
    let (around, found) =
        look(app, member, move |office, connection, actor| meeting(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let told = &found.meeting.content;
    let mut page = plain(app, member, &around, "steering-meetings", sentence(t, &found));
    page.title = told.subject.clone();
    page.trail = vec![Link { text: t.say("steering-meetings"), href: PATH.to_owned() }];
    page.about = t.two("meeting-about", "when", told.held_at.to_string(), "place", told.place.clone());
    page.links.push(Link { text: t.say("rules-attendance"), href: format!("{PATH}/{id}/co-mat") });
    let may = member.visitor.actor.may(Capability::HandleLetters);
    let writes = may && told.standing == Standing::Draft;
    let path = format!("{PATH}/{id}");
    page.sections.push(conclusions(t, app, &path, &found, writes, &mut typed));
    if writes {
        page.sections.extend(corrections(t, app, &path, &found, &mut typed));
    }
    page.sections.push(people(t, told));
    page.sections.push(heard(t, app, &path, told, writes, &mut typed));
    let drafts = may && member.visitor.actor.may(Capability::DraftReport);
    let drafts = drafts && told.conclusions.iter().any(|line| !line.left_out);
    page.sections.push(led_to(t, app, &path, &found, (may, drafts), &mut typed));
    if told.conclusions.iter().any(|line| !line.left_out) {
        let mut section = Section::new("chep", t.say("meeting-copy"));
        section.copy = copied(t, told);
        section.folded = true;
        page.sections.push(section);
    }
    if writes {
        let mut section = Section::new("sua", t.say("meeting-rewrite"));
        section.folded = true;
        let mut form = meeting_fields(t, form(app, &path, "meeting", t.say("meeting-save")), told.held_at);
        let attendees: Vec<&str> = told.attendees.iter().map(|one| one.name.as_str()).collect();
        let known = [
            ("subject", told.subject.clone()),
            ("place", told.place.clone()),
            ("chair", told.chair.clone()),
            ("attendees", attendees.join("\n")),
            ("assessment", told.assessment.clone()),
        ];
        for (name, value) in known {
            if let Some(field) = form.fields.iter_mut().find(|field| field.name == name) {
                field.value = value;
            }
        }
        if told.simulated {
            form = form.hidden("simulated", "1");
        }
        section.forms.push(typed.form(form));
        page.sections.push(section);
    }
    Ok(answer(&typed.onto(page)))
}

fn sentence(t: Say, found: &MeetingInFull) -> String {
    let told = &found.meeting.content;
    let name = marked(t, told.simulated, &told.subject);
    let kept = found.lines.iter().filter(|line| !line.line.left_out).count();
    let key = if told.standing == Standing::Draft { "meeting-sentence-draft" } else { "meeting-sentence" };
    let done = found.lines.iter().filter(|line| line.is_done()).count();
    crate::pages::words::fill(t, key, &[("name", name.into()), ("count", kept.into()), ("done", done.into())])
}

fn conclusions(t: Say, app: &App, path: &str, found: &MeetingInFull, writes: bool, typed: &mut Typed) -> Section {
    let mut section = Section::new("ket-luan", t.say("meeting-conclusions"));
    section.empty = t.say("meeting-conclusions-empty");
    let columns = [
        ("steering-column-number", true),
        ("meeting-conclusion", false),
        ("steering-owner", false),
        ("steering-last-day", false),
        ("steering-state", false),
    ];
    let rows = (1..).zip(&found.lines).map(|(number, line)| {
        let number: usize = number;
        vec![
            Cell::text(number.to_string()),
            text_cell(t, line),
            owner_cell(t, line),
            due_cell(t, line),
            state_cell(t, line),
        ]
    });
    section.table = Some(table(t, &columns, rows.collect()));
    if let Some((by, at)) = &found.meeting.content.confirmed {
        section.about = t.two("steering-confirmed", "by", by.clone(), "at", at.to_string());
    }
    if writes {
        if found.lines.iter().any(|line| line.line.waits()) {
            let form = give_out_form(t, app, path, found.meeting.version, "meeting-confirm");
            section.forms.push(typed.form(form));
        }
        let form = form(app, path, "conclusions", t.say("meeting-add-conclusions"))
            .field(lines_field("text", t.say("meeting-paste")).hint(t.say("steering-paste-hint")).required());
        section.forms.push(typed.form(form));
    }
    section
}

fn corrections(t: Say, app: &App, path: &str, found: &MeetingInFull, typed: &mut Typed) -> Option<Section> {
    let mut section = Section::new("sua-ket-luan", t.say("meeting-correct"));
    section.folded = true;
    let forms = found.lines.iter().enumerate();
    section.forms = forms.map(|(place, line)| typed.form(line_form(t, app, path, place, line))).collect();
    (!section.forms.is_empty()).then_some(section)
}

fn people(t: Say, told: &Meeting) -> Section {
    let mut section = Section::new("thanh-phan", t.say("meeting-people"));
    section.about = t.one("meeting-chaired", "name", told.chair.clone());
    if !told.assessment.is_empty() {
        section.about = format!("{} {}: {}", section.about, t.say("meeting-assessment"), told.assessment);
    }
    section.empty = t.say("meeting-people-empty");
    let rows = told.attendees.iter().map(|one| {
        let known = match (one.person, one.body) {
            (Some(_), _) => Cell::text(t.say("meeting-known-person")).toned(Tone::Confirmed),
            (None, Some(_)) => Cell::text(t.say("meeting-known-body")).toned(Tone::Confirmed),
            (None, None) => Cell::text(t.say("meeting-not-in-register")),
        };
        vec![Cell::text(&one.name), known]
    });
    section.table = Some(table(t, &[("meeting-attendee", false), ("meeting-register", false)], rows.collect()));
    section
}

fn heard(t: Say, app: &App, path: &str, told: &Meeting, writes: bool, typed: &mut Typed) -> Section {
    let mut section = Section::new("bao-cao", t.say("meeting-heard"));
    section.empty = t.say("meeting-heard-empty");
    let rows = told.heard.iter().enumerate().map(|(place, heard)| {
        let file = match &heard.file {
            Some((_, name)) => Cell::link(name, format!("{path}/tep/{place}")),
            None => Cell::text(t.say("meeting-no-file")),
        };
        vec![Cell::text(&heard.by), Cell::text(&heard.about), file]
    });
    let columns = [("meeting-heard-by", false), ("meeting-heard-about", false), ("meeting-file", false)];
    section.table = Some(table(t, &columns, rows.collect()));
    if writes {
        let mut form = form(app, path, "heard", t.say("meeting-add-heard"))
            .field(asked("by", t.say("meeting-heard-by")))
            .field(asked("about", t.say("meeting-heard-about")))
            .field(
                Field::words("file", t.say("meeting-file"))
                    .input(Input::File(".pdf,image/jpeg,image/png".to_owned()))
                    .hint(t.say("steering-file-hint")),
            );
        form.multipart = true;
        section.forms.push(typed.form(form));
    }
    section
}

fn led_to(
    t: Say,
    app: &App,
    path: &str,
    found: &MeetingInFull,
    (may, drafts): (bool, bool),
    typed: &mut Typed,
) -> Section {
    let mut section = Section::new("van-ban", t.say("meetings-led-to"));
    section.about = match &found.meeting.content.led_to {
        Some((number, _)) => t.one("meeting-led-to", "number", number.clone()),
        None => t.say("meeting-led-to-none"),
    };
    section.table = drafted_table(t, &found.drafted);
    if drafts {
        let forms = ["", PartyIssuer::Own.code(), PartyIssuer::Province.code()].map(|issuer| {
            let key =
                if issuer.is_empty() { "meeting-draft-notice".to_owned() } else { format!("rules-notice-{issuer}") };
            form(app, path, "notice", t.say(&key)).hidden("party", issuer)
        });
        section.forms.extend(forms.map(|form| typed.form(form)));
    }
    if may {
        let none = (String::new(), t.say("meeting-letter-other"));
        let letters = found.letters.iter().map(|(id, called)| (id.to_string(), called.clone()));
        let mut pick = choices("directive", t.say("meeting-letter"), std::iter::once(none).chain(letters));
        pick.required = false;
        let form = form(app, path, "letter", t.say("meeting-link-letter"))
            .field(pick)
            .field(Field::words("number", t.say("meeting-letter-number")).hint(t.say("meeting-letter-number-hint")));
        section.forms.push(typed.form(form));
    }
    section
}

/// What is pasted into a group of the people concerned.
fn copied(t: Say, told: &Meeting) -> String {
    let name = marked(t, told.simulated, &told.subject);
    let mut text = t.two("meeting-copy-head", "name", name, "when", told.held_at.to_string());
    for (number, line) in (1..).zip(told.conclusions.iter().filter(|line| !line.left_out)) {
        let number: usize = number;
        let owner = if line.owner.name.is_empty() { String::new() } else { format!("{}: ", line.owner.name) };
        let until = match line.last_day {
            Some(day) if line.due_words.is_empty() => t.one("meeting-copy-until", "day", show_date(day)),
            _ => String::new(),
        };
        text.push_str(&format!("\n{number}. {owner}{}{until}", line.text));
    }
    text
}
