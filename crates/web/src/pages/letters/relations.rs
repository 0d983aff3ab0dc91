//! /van-ban/{id}/lien-quan: a letter among others (who names whom, what is in force, what must be read together
//! and who decided), the files that came with it, and where its copies went (DT02, DT08, DT14, DT18).

use desk::Operation;
use desk::letters::decision::Followed;
use desk::letters::directive::DirectiveId;
use desk::letters::enclosure::{Enclosure, Way};
use desk::letters::finding::role_code;
use desk::operations::letters::attach::AttachToLetter;
use desk::operations::letters::decide::RecordDecision;
use desk::operations::letters::deliver::NoteDelivery;
use desk::rights::Capability;
use desk::views::letters::graph::{Brief, ChainLine, Graph, Parent, Together, enclosure, graph};
use quantity::time::show_date;

use super::beside::{attach_form, copies, copy_form, enclosures};
use super::{LIST, columns, parent};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{local_moment, server_key};
use crate::pages::filled::{Filled, Sending, Upload, Wanted};
use crate::pages::plain::{answer, done, plain, said_done};
use crate::pages::words::fill;
use crate::respond::{Answer, attachment, file_name};
use crate::view::{Cell, Choice, Field, Form, Input, Link, PlainPage, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;
use desk::record::RecordId;

/// GET /van-ban/{id}/lien-quan.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<DirectiveId>) -> Answer {
    let said = said_done(member.caller.say, fields.text("xong"));
    show(&app, &member, id, (None, said)).await
}

/// Which form was refused, and why; what was done.
type Said = (Option<(&'static str, Refusal)>, String);

async fn show(app: &App, member: &Member, id: DirectiveId, (refused, said): Said) -> Answer {
    let (around, found) =
        look(app, member, move |office, connection, actor| graph(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, "letters", sentence(t, &found));
    let own = format!("{LIST}/{id}");
    page.title = t.say("letter-relations");
    let called = found.letter.content.called().map_or_else(|| t.say("letter-no-number"), str::to_owned);
    page.trail = vec![Link { text: t.say("letters"), href: LIST.to_owned() }, Link { text: called, href: own.clone() }];
    page.about = found.letter.content.subject.clone().unwrap_or_default();
    page.done = said;
    let mut refused = refused;
    let mut refusal = |form: &str| match &refused {
        Some((name, _)) if *name == form => refused.take().map(|(_, refusal)| refusal),
        _ => None,
    };
    let may = member.visitor.actor.may(Capability::HandleLetters) && around.past.is_none();
    let key = || server_key(app.office.real_now());
    pairs(t, &mut page, &found.together, may.then_some((own.as_str(), &key as &dyn Fn() -> String)), refusal("decide"));
    page.sections.push(parents(t, &found, may));
    page.sections.push(children(t, &found));
    page.sections.push(chain(t, "len", "letter-chain-up", &found.up));
    page.sections.push(chain(t, "xuong", "letter-chain-down", &found.down));
    page.sections.push(enclosures(t, &found));
    if may {
        page.sections.push(attach_form(t, &found, &own, key(), refusal("attach")));
    }
    page.sections.push(copies(t, &found));
    if may {
        page.sections.push(copy_form(t, &found, &own, key(), refusal("deliver")));
    }
    let filled = |section: &Section| section.table.as_ref().is_none_or(|table| !table.rows.is_empty());
    page.sections.retain(|section| filled(section) || !section.empty.is_empty() || !section.forms.is_empty());
    Ok(answer(&page))
}

fn sentence(t: Say, found: &Graph) -> String {
    let lacking = found.parents.iter().filter(|parent| parent.found.is_empty()).count();
    let open = found.together.iter().filter(|pair| pair.decisions.is_empty()).count();
    if let Some(newer) = &found.in_force {
        return t.one("letter-relations-replaced", "number", called(t, newer));
    }
    match (open, found.parents.len(), lacking) {
        (1.., _, _) => t.one("letter-relations-undecided", "count", open),
        (_, 0, _) if found.children.is_empty() => t.say("letter-relations-alone"),
        (_, _, 1..) => t.two("letter-relations-lacking", "lacking", lacking, "all", found.parents.len()),
        (_, all, _) => t.two("letter-relations-found", "parents", all, "children", found.children.len()),
    }
}

pub(in crate::pages) fn called(t: Say, brief: &Brief) -> String {
    brief.number.clone().or_else(|| brief.subject.clone()).unwrap_or_else(|| t.say("letter-no-number"))
}

/// A letter with where it leads and what it is about.
fn brief_cell(t: Say, brief: &Brief, role: Option<letter::Role>) -> Cell {
    let href = match brief.paper {
        Some((paper, issue)) => format!("/chi-dao/bao-cao/{paper}?lan={issue}"),
        None => format!("{LIST}/{}/lien-quan", brief.id),
    };
    let told = [role.map(|role| role_words(t, role)), brief.date.map(show_date), brief.subject.clone()];
    Cell::link(called(t, brief), href).told(told.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// What a letter does to another, in words.
pub(in crate::pages) fn role_words(t: Say, role: letter::Role) -> String {
    t.say(&format!("letter-role-{}", role_code(role).replace('_', "-")))
}

/// The pairs of letters to be read together, each with its decisions and the form to record one.
pub(in crate::pages) fn pairs(
    t: Say,
    page: &mut PlainPage,
    pairs: &[Together],
    form: Option<(&str, &dyn Fn() -> String)>,
    mut refusal: Option<Refusal>,
) {
    for (place, pair) in pairs.iter().enumerate() {
        let anchor = format!("doc-cung-{}", place + 1);
        let mut section = Section::new(anchor, t.say("letter-together"));
        let facts = [
            ("later", called(t, &pair.later).into()),
            ("earlier", pair.earlier_number.clone().into()),
            ("role", role_words(t, pair.role).into()),
            ("who", pair.deciders.join("; ").into()),
        ];
        section.about = fill(t, "letter-together-about", &facts);
        let earlier = match &pair.earlier {
            Some(earlier) => brief_cell(t, earlier, None),
            None => {
                Cell::text(pair.earlier_number.clone()).told(t.say("letter-not-in-register")).toned(Tone::Attention)
            }
        };
        let later = brief_cell(t, &pair.later, Some(pair.role));
        let mut rows = vec![
            vec![Cell::text(t.say("letter-together-later")), later],
            vec![Cell::text(t.say("letter-together-earlier")), earlier],
        ];
        for kept in &pair.decisions {
            let decision = &kept.content;
            let followed = t.say(&format!("letter-followed-{}", decision.followed.code()));
            let by = fill(
                t,
                "letter-decided-by",
                &[("who", decision.decider.clone().into()), ("at", decision.at.to_string().into())],
            );
            let told = format!("{by}: «{}»", decision.words);
            rows.push(vec![
                Cell::text(t.say("letter-decision")),
                Cell::text(followed).told(told).toned(Tone::Confirmed),
            ]);
        }
        if pair.decisions.is_empty() {
            let nobody = Cell::text(t.say("letter-undecided")).toned(Tone::Attention);
            rows.push(vec![Cell::text(t.say("letter-decision")), nobody]);
        }
        section.table = Some(Table { columns: columns(t, &["letter-together-what", "letter-together-letter"]), rows });
        page.sections.push(section);
        // A decision belongs to the letter that raises the question.
        if let Some((own, key)) = form {
            let own = own.rsplit_once('/').map_or(own, |(list, _)| list);
            let action = format!("{own}/{}/quyet-dinh", pair.later.id);
            let mut entry = decide_form(t, pair, action, key());
            entry.refusal = refusal.take();
            page.sections.push(Section {
                forms: vec![entry],
                folded: true,
                ..Section::new(format!("ghi-quyet-dinh-{}", place + 1), t.say("letter-decide"))
            });
        }
    }
}

fn decide_form(t: Say, pair: &Together, action: String, key: String) -> Form {
    let choice = |followed: Followed| Choice {
        value: followed.code().to_owned(),
        text: t.say(&format!("letter-followed-{}", followed.code())),
        chosen: false,
    };
    let mut form = Form::new(action, t.say("letter-decide"), key)
        .hidden("earlier", pair.earlier_number.clone())
        .field(
            Field::words("followed", t.say("letter-followed"))
                .input(Input::Choices(Followed::ALL.map(choice).to_vec()))
                .required(),
        )
        .field(Field::words("decider", t.say("letter-decider")).hint(pair.deciders.join("; ")).required())
        .field(Field::words("words", t.say("letter-decision-words")).input(Input::Lines).required());
    form.means = t.say("letter-decide-means");
    form
}

fn parents(t: Say, found: &Graph, may: bool) -> Section {
    let row = |parent: &Parent| {
        let basis = &parent.basis;
        let about = [basis.kind.clone(), basis.date.map(show_date), basis.issuer.clone()];
        let named = Cell::text(basis.number.clone()).told(about.into_iter().flatten().collect::<Vec<_>>().join(" · "));
        let there = match parent.found.as_slice() {
            [] => {
                let cell = Cell::text(t.say("letter-not-in-register")).toned(Tone::Attention);
                let take = Link { text: t.say("letter-take-parent"), href: parent::address(basis) };
                if may { cell.more(take) } else { cell }
            }
            [one] => brief_cell(t, one, None),
            [one, ..] => brief_cell(t, one, None).told(t.one("letter-several", "count", parent.found.len())),
        };
        vec![named, Cell::text(role_words(t, basis.role)), there]
    };
    Section {
        empty: t.say("letter-parents-none"),
        table: Some(Table {
            columns: columns(t, &["letter-column-named", "letter-column-role", "letter-column-in-register"]),
            rows: found.parents.iter().map(row).collect(),
        }),
        ..Section::new("can-cu", t.say("letter-parents"))
    }
}

fn children(t: Say, found: &Graph) -> Section {
    let row = |(brief, role): &(Brief, letter::Role)| {
        let tone = match role {
            letter::Role::Replaces => Tone::Danger,
            letter::Role::Amends | letter::Role::Reconsiders => Tone::Attention,
            _ => Tone::Plain,
        };
        vec![brief_cell(t, brief, None), Cell::text(role_words(t, *role)).toned(tone)]
    };
    Section {
        empty: t.say("letter-children-none"),
        table: Some(Table {
            columns: columns(t, &["letter-column-letter", "letter-column-does"]),
            rows: found.children.iter().map(row).collect(),
        }),
        ..Section::new("duoc-nhac", t.say("letter-children"))
    }
}

fn chain(t: Say, anchor: &str, key: &str, lines: &[ChainLine]) -> Section {
    let deep = lines.iter().any(|line| line.depth > 1);
    let row = |line: &ChainLine| {
        let indent = "\u{2003}".repeat(line.depth.saturating_sub(1));
        let cell = match &line.letter {
            Some(brief) => brief_cell(t, brief, None),
            None => Cell::text(line.number.clone()).told(t.say("letter-not-in-register")),
        };
        let text = format!("{indent}↳\u{a0}{}", cell.text);
        let cell = Cell { text, ..cell };
        let cell = if line.again { cell.told(t.say("letter-chain-again")) } else { cell };
        vec![cell, Cell::text(role_words(t, line.role))]
    };
    // A chain of one step says nothing that the tables above do not.
    let rows = if deep { lines.iter().map(row).collect() } else { Vec::new() };
    Section {
        table: Some(Table { columns: columns(t, &["letter-column-letter", "letter-column-role"]), rows }),
        ..Section::new(anchor, t.say(key))
    }
}

/// Does what a form of the page asks, and leads back to it, or shows why it was refused.
async fn act<O: Operation>(form: &Filled, (name, said): (&'static str, &str), operation: O) -> Answer {
    let id: DirectiveId = form.id()?;
    match form.perform(Ok(operation)).await? {
        Ok(_) => Ok(done(&format!("{LIST}/{id}/lien-quan"), said)),
        Err(refusal) => show(&form.app, &form.member, id, (Some((name, refusal)), String::new())).await,
    }
}

/// POST /van-ban/{id}/quyet-dinh.
pub(in crate::pages) async fn decide(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::HandleLetters)?;
    let operation = RecordDecision {
        key: form.key(),
        later: form.id()?,
        earlier: form.text("earlier"),
        followed: Followed::from_code(form.fields.text("followed")).ok_or_else(|| form.unreadable())?,
        decider: form.text("decider"),
        words: form.text("words"),
    };
    act(&form, ("decide", "done-letter-decided"), operation).await
}

/// POST /van-ban/{id}/kem/tep.
pub(in crate::pages) async fn attach(sending: Sending) -> Answer {
    let mut form = sending.by_whom(Capability::HandleLetters)?;
    let Upload { name: file, bytes } = form.file();
    let operation = AttachToLetter {
        key: form.key(),
        directive: form.id()?,
        title: form.text("title"),
        file,
        digest: store::sha256(&bytes),
        bytes,
    };
    act(&form, ("attach", "done-letter-attached"), operation).await
}

/// POST /van-ban/{id}/ban-gui.
pub(in crate::pages) async fn deliver(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::HandleLetters)?;
    let moment = |name: &str| match form.fields.some(name) {
        Some(text) => local_moment(text).map(Some).ok_or_else(|| form.unreadable()),
        None => Ok(None),
    };
    let operation = NoteDelivery {
        key: form.key(),
        directive: form.id()?,
        to: form.text("to"),
        way: Way::from_code(form.fields.text("way")).ok_or_else(|| form.unreadable())?,
        sent_at: moment("sent")?,
        acknowledged_at: moment("received")?,
        note: form.text("note"),
    };
    act(&form, ("deliver", "done-letter-copy-noted"), operation).await
}

/// GET /van-ban/kem/{id}: a file that came with a letter, to be kept and never run.
pub(in crate::pages) async fn download(Wanted { app, member, id, .. }: Wanted<RecordId<Enclosure>>) -> Answer {
    let (_, (media_type, name, bytes)) =
        look(&app, &member, move |_, connection, actor| enclosure(connection, actor, id)).await?;
    Ok(attachment(&media_type, &file_name(&name, "tai-lieu"), bytes))
}
