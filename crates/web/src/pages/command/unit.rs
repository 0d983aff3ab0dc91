//! /chi-dao/bo-phan-oxy: the oxygen coordination unit, its gaps, and the notice to the ministry (OX02, OX03).

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use desk::command::unit::{CoordinationUnit, Gap, HEAD, Member as Seated, NoticeStanding};
use desk::operations::command::acknowledge_notice::AcknowledgeNotice;
use desk::operations::command::found_unit::FoundUnit;
use desk::operations::command::notify_ministry::NotifyMinistry;
use desk::operations::command::relieve_member::RelieveMember;
use desk::operations::command::seat_member::SeatMember;
use desk::rights::Capability;
use desk::views::command::unit::{UnitView, paper, unit};
use quantity::time::show_date;

use super::{Typed, asked, attention, choices, day_cell, day_field, form};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::Sending;
use crate::pages::plain::{answer, plain};
use crate::pages::words::{marked, phone};
use crate::respond::Answer;
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/chi-dao/bo-phan-oxy";

/// GET /chi-dao/bo-phan-oxy.
pub(crate) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/bo-phan-oxy: found, seat, relieve, notify, acknowledge.
pub(crate) async fn change(sending: Sending) -> Answer {
    let mut form = sending.open()?;
    let key = form.key();
    let file = form.upload.take().map(super::Upload::attached);
    let text = |name: &str| form.text(name);
    let acted = match form.wants() {
        "found" => {
            let operation = form.day("issued_on").map(|issued_on| FoundUnit {
                key,
                number: text("number"),
                issued_on,
                issuer: text("issuer"),
                file,
            });
            form.act(operation, PATH, "done-command-unit").await
        }
        "seat" => {
            let operation = form.day("from").map(|from| SeatMember {
                key,
                seat: text("seat"),
                name: text("name"),
                post: text("post"),
                phone: text("phone"),
                field: text("field"),
                from,
                vice_chair: form.fields.text("vice_chair") == "1",
                exception: text("exception"),
            });
            form.act(operation, PATH, "done-command-seated").await
        }
        "relieve" => {
            let who = form.fields.text("member").parse().map_err(|_| form.unreadable())?;
            let operation = form.day("on").map(|on| RelieveMember { key, member: who, on });
            form.act(operation, PATH, "done-command-relieved").await
        }
        "notify" => {
            let operation = form.day("sent_on").map(|sent_on| NotifyMinistry { key, sent_on, way: text("way") });
            form.act(operation, PATH, "done-command-notified").await
        }
        "acknowledge" => {
            let notice = form.fields.text("notice").parse().map_err(|_| form.unreadable())?;
            let operation = form.day("on").map(|on| AcknowledgeNotice { key, notice, on, by: text("by") });
            form.act(operation, PATH, "done-command-acknowledged").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, typed)).await
}

/// GET /chi-dao/tep/{file}: the founding paper or the programme's decision as it was attached.
pub(crate) async fn file(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    let (_, (kind, bytes)) =
        look(&app, &member, move |office, connection, actor| paper(office, connection, actor, &id)).await?;
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"van-ban\"".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

async fn show(app: &App, member: &Member, mut typed: Typed) -> Answer {
    let (around, found) = look(app, member, unit).await?;
    let t = member.caller.say;
    let keeps = member.visitor.actor.may(Capability::KeepCommand) && member.visitor.actor.sees_all();
    let mut page = plain(app, member, &around, "command-unit", sentence(t, &found));
    page.about = match &found.unit {
        Some(kept) => founded(t, &kept.content),
        None => t.say("unit-about-none"),
    };
    let file = found.unit.as_ref().and_then(|kept| kept.content.founding.file.clone());
    page.links.extend(file.map(|file| Link { text: t.say("unit-paper"), href: format!("/chi-dao/tep/{file}") }));
    if let Some(kept) = &found.unit {
        page.links.push(crate::pages::history::link(t, kept.id));
        page.sections.push(gaps_of(t, &found));
        page.sections.push(sheet(t, app, &found, &kept.content, keeps, &mut typed));
        page.sections.push(notice_of(t, app, &found, keeps, &mut typed));
        if member.visitor.actor.may(Capability::ExportFigures) && member.visitor.actor.sees_all() {
            page.sections.push(letters_of(t, app, &found, member));
        }
    }
    if keeps {
        page.sections.push(founding(t, app, &found, &mut typed));
    }
    Ok(answer(&typed.onto(page)))
}

fn sentence(t: Say, found: &UnitView) -> String {
    let Some(kept) = &found.unit else { return t.say("unit-none") };
    match (kept.content.head(found.today), found.gaps.len()) {
        (Some(head), 0) => t.one("unit-whole", "head", &head.name),
        (Some(head), gaps) => t.two("unit-with-gaps", "head", &head.name, "count", gaps),
        (None, _) => t.say("unit-no-head"),
    }
}

fn founded(t: Say, unit: &CoordinationUnit) -> String {
    let paper = &unit.founding;
    let number = if paper.number.is_empty() { t.say("command-paper-no-number") } else { paper.number.clone() };
    let facts = [
        ("number", number.into()),
        ("day", show_date(paper.issued_on).into()),
        ("issuer", paper.issuer.clone().into()),
    ];
    crate::pages::words::fill(t, "unit-founded", &facts)
}

fn gaps_of(t: Say, found: &UnitView) -> Section {
    let mut section = Section::new("thieu", t.say("unit-gaps"));
    section.empty = t.say("unit-gaps-none");
    let words = |gap: &Gap| match gap {
        Gap::NotFounded => t.say("unit-none"),
        Gap::NoNumber => t.say("command-gap-no-number"),
        Gap::NoFile => t.say("command-gap-no-file"),
        Gap::EmptyPost(title) => t.one("command-gap-empty-post", "post", title),
        Gap::NoPhone(name) => t.one("command-gap-no-phone", "name", name),
        Gap::HeadByException(reason) => t.one("command-gap-head", "reason", reason),
    };
    let rows = found.gaps.iter().map(|gap| vec![attention(words(gap))]).collect();
    section.table = Some(Table { columns: vec![Column::words(t.say("command-column-what"))], rows });
    section
}

/// The contact sheet, printable as it stands.
fn sheet(t: Say, app: &App, found: &UnitView, unit: &CoordinationUnit, keeps: bool, typed: &mut Typed) -> Section {
    let mut section = Section::new("danh-ba", t.say("unit-contacts"));
    section.about = t.one("unit-contacts-about", "source", &found.posts.source);
    section.empty = t.say("unit-nobody");
    let sitting = unit.sitting(&found.posts, found.today);
    let seat = |member: &Seated| {
        found.posts.item(&member.seat).map_or_else(|| t.say("unit-member"), |item| item.title.clone())
    };
    let rows = sitting
        .iter()
        .map(|member| {
            let mut name = Cell::text(&member.name).told(&member.post);
            if member.seat == HEAD && !member.vice_chair {
                name = name.toned(Tone::Attention);
            }
            let mut call = Cell::unknown();
            if !member.phone.is_empty() {
                call = Cell { phone: Some(phone(&member.name, &member.phone)), ..Cell::default() };
            }
            vec![Cell::text(seat(member)), name, Cell::text(&member.field), call, day_cell(Some(member.from))]
        })
        .collect();
    let heads = [
        "command-column-seat",
        "command-column-person",
        "command-column-field",
        "command-column-phone",
        "command-column-from",
    ];
    section.table = Some(Table { columns: heads.map(|key| Column::words(t.say(key))).into(), rows });
    if keeps {
        let posts = found.posts.items.iter().map(|item| (item.key.clone(), item.title.clone()));
        let plain = [("member".to_owned(), t.say("unit-member"))];
        section.forms.push(
            typed.form(
                form(app, PATH, "seat", t.say("unit-seat"))
                    .field(choices("seat", t.say("command-column-seat"), posts.chain(plain)))
                    .field(asked("name", t.say("command-field-name")))
                    .field(asked("post", t.say("command-field-post")).hint(t.say("command-field-post-hint")))
                    .field(Field::words("phone", t.say("command-column-phone")).input(Input::Phone))
                    .field(Field::words("field", t.say("command-column-field")))
                    .field(day_field("from", t.say("command-column-from"), Some(found.today)).required())
                    .field(Field::words("vice_chair", t.say("command-field-vice-chair")).input(Input::Check))
                    .field(
                        Field::words("exception", t.say("command-field-exception"))
                            .hint(t.say("command-field-exception-hint")),
                    ),
            ),
        );
        if !sitting.is_empty() {
            let who =
                sitting.iter().map(|member| (member.id.to_string(), format!("{} – {}", member.name, seat(member))));
            section.forms.push(
                typed.form(
                    form(app, PATH, "relieve", t.say("unit-relieve"))
                        .field(choices("member", t.say("command-column-person"), who))
                        .field(day_field("on", t.say("command-field-relieved-on"), Some(found.today)).required()),
                ),
            );
        }
    }
    section
}

fn notice_of(t: Say, app: &App, found: &UnitView, keeps: bool, typed: &mut Typed) -> Section {
    let mut section = Section::new("thong-bao", t.say("command-notice"));
    let on = |key: &str, day| t.one(key, "day", show_date(day));
    section.about = match found.standing {
        NoticeStanding::NothingToSend => String::new(),
        NoticeStanding::Due(day) => on("command-notice-due", day),
        NoticeStanding::Late(day) => on("command-notice-late", day),
        NoticeStanding::Sent(day) => on("command-notice-sent", day),
        NoticeStanding::Unanswered(day) => on("command-notice-unanswered", day),
        NoticeStanding::Answered(day) => on("command-notice-answered", day),
        NoticeStanding::Outdated(day) => on("command-notice-outdated", day),
    };
    section.copy = marked(t, found.simulated, found.text.join("\n"));
    let mut waiting = None;
    let rows = found
        .notices
        .iter()
        .map(|kept| {
            let notice = &kept.content;
            if notice.answered_on.is_none() {
                waiting = Some(kept.id);
            }
            let answered = match notice.answered_on {
                Some(day) => Cell::text(show_date(day)).told(notice.answered_by.clone().unwrap_or_default()),
                None => attention(on("command-notice-awaited", notice.answer_due)),
            };
            let number = notice.number.as_ref().map(|number| t.one("papers-unit-notice-sent", "number", number));
            vec![day_cell(Some(notice.sent_on)), Cell::text(&notice.way).told(number.unwrap_or_default()), answered]
        })
        .collect::<Vec<_>>();
    if !rows.is_empty() {
        let heads = ["command-column-sent", "command-column-way", "command-column-answered"];
        section.table = Some(Table { columns: heads.map(|key| Column::words(t.say(key))).into(), rows });
    }
    if keeps {
        section.forms.push(
            typed.form(match waiting {
                None => form(app, PATH, "notify", t.say("command-notice-note-sent"))
                    .field(day_field("sent_on", t.say("command-column-sent"), Some(found.today)).required())
                    .field(asked("way", t.say("command-column-way")).hint(t.say("command-notice-way-hint"))),
                Some(id) => form(app, PATH, "acknowledge", t.say("command-notice-note-answer"))
                    .hidden("notice", id.to_string())
                    .field(day_field("on", t.say("command-column-answered"), Some(found.today)).required())
                    .field(asked("by", t.say("command-notice-answered-by"))),
            }),
        );
    }
    section
}

fn founding(t: Say, app: &App, found: &UnitView, typed: &mut Typed) -> Section {
    let mut section = Section::new("thanh-lap", t.say("unit-founding"));
    let known = found.unit.as_ref().map(|kept| &kept.content.founding);
    section.folded = known.is_some();
    let value = |text: fn(&desk::command::unit::Paper) -> String| known.map(text).unwrap_or_default();
    let filled: Form = form(app, PATH, "found", t.say("unit-found"))
        .field(
            Field::words("number", t.say("command-field-number"))
                .value(value(|paper| paper.number.clone()))
                .hint(t.say("command-field-number-hint")),
        )
        .field(day_field("issued_on", t.say("command-field-issued-on"), known.map(|paper| paper.issued_on)).required())
        .field(asked("issuer", t.say("command-field-issuer")).value(value(|paper| paper.issuer.clone())))
        .field(
            Field::words("file", t.say("command-field-file"))
                .input(Input::File("application/pdf,image/jpeg,image/png".into())),
        );
    section.forms.push(typed.form(Form { multipart: true, ..filled }));
    section
}

/// The letters about the unit on their way to a signature, and the button that drafts one (OX03).
fn letters_of(t: Say, app: &App, found: &UnitView, member: &Member) -> Section {
    use desk::papers::layout::ReportKind;
    use desk::papers::report::State;

    let mut section = Section::new("cong-van", t.say("papers-unit-notice-section"));
    section.empty = t.say("papers-unit-notice-none");
    let rows = found.letters.iter().map(|kept| {
        let letter = &kept.content;
        let named = t.one("papers-unit-notice-open", "day", show_date(letter.period));
        let state = match (letter.state, &letter.signed) {
            (State::Signed, Some(signed)) => Cell::text(signed.number.clone()).told(signed.at.to_string()),
            (State::Submitted, _) => attention(t.say("papers-state-submitted")),
            _ => Cell::text(t.say("papers-state-drafted")),
        };
        vec![Cell::link(named, format!("/chi-dao/bao-cao/{}", kept.id)), state]
    });
    let heads = ["papers-column-report", "papers-column-number"];
    section.table = Some(Table { columns: heads.map(|key| Column::words(t.say(key))).into(), rows: rows.collect() });
    if member.visitor.actor.may(Capability::DraftReport) {
        let key = crate::pages::fields::server_key(app.office.real_now());
        let mut draft = crate::view::Form::new("/chi-dao/bao-cao/soan", t.say("papers-unit-notice-draft"), key)
            .hidden("kind", ReportKind::UnitNotice.code());
        draft.means = t.say("papers-unit-notice-means");
        section.forms.push(draft);
    }
    section
}
