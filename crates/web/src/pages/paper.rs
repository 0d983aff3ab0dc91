//! /chi-dao/bao-cao/{id}: one report as it will be printed, its course, its files, what can be done to it.

use axum::extract::{Path, Query, State};
use desk::background::aside;
use desk::operations::papers::attach_scan::AttachScan;
use desk::operations::papers::return_report::ReturnReport;
use desk::operations::papers::revise_report::ReviseReport;
use desk::operations::papers::sign_report::SignReport;
use desk::operations::papers::submit_report::SubmitReport;
use desk::papers::report::{OfficialReport, State as Stands};
use desk::record::RecordId;
use desk::rights::Capability;
use desk::views::papers::{Format, ReportInFull, file, report, scan};
use desk::{IdempotencyKey, Operation};
use document::official::{Block, Kind};
use quantity::time::show_date;

use super::around::look;
use super::command::SentFile;
use super::fields::{Fields, Sent, server_key};
use super::papers::LIST;
use super::plain::{answer, done, plain, said_done};
use crate::app::App;
use crate::respond::{Answer, Problem, attachment, refusal_of};
use crate::view::{Cell, Column, Field, Form, Input, Link, PlainPage, Refusal, Say, Section, Table, Tone};
use crate::visitor::{Caller, Member};

type Paper = RecordId<OfficialReport>;

fn read_id(text: &str, caller: &Caller) -> Result<Paper, Problem> {
    text.parse().map_err(|_| Problem::no_page(caller))
}

/// GET /chi-dao/bao-cao/{id}?lan=1.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let id = read_id(&id, &member.caller)?;
    let issue = fields.some("lan").and_then(|text| text.parse().ok());
    let mut page = one_page(&app, &member, id, issue, None).await?;
    page.done = said_done(member.caller.say, fields.text("xong"));
    Ok(answer(&page))
}

/// Does something to a report, and leads back to its page.
async fn act<O: Operation>(app: &App, member: &Member, id: Paper, operation: O, said: &str) -> Answer {
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done(&format!("{LIST}/{id}"), said)),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            Ok(answer(&one_page(app, member, id, None, Some(refusal)).await?))
        }
    }
}

fn vouched(id: &str, member: &Member, sent: Sent) -> Result<(Paper, Fields, IdempotencyKey), Problem> {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    Ok((read_id(id, &member.caller)?, fields, key))
}

/// POST /chi-dao/bao-cao/{id}/trinh.
pub(super) async fn submit(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let (id, _, key) = vouched(&id, &member, sent)?;
    act(&app, &member, id, SubmitReport { key: Some(key), report: id }, "done-papers-submitted").await
}

/// POST /chi-dao/bao-cao/{id}/ky.
pub(super) async fn sign(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let (id, fields, key) = vouched(&id, &member, sent)?;
    let seen = fields.text("seen").to_owned();
    let operation = SignReport { key: Some(key), report: id, seen, name: None };
    act(&app, &member, id, operation, "done-papers-signed").await
}

/// POST /chi-dao/bao-cao/{id}/tra-lai.
pub(super) async fn give_back(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let (id, fields, key) = vouched(&id, &member, sent)?;
    let reason = fields.text("reason").to_owned();
    act(&app, &member, id, ReturnReport { key: Some(key), report: id, reason }, "done-papers-returned").await
}

/// POST /chi-dao/bao-cao/{id}/lan-sau.
pub(super) async fn revise(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let (id, fields, key) = vouched(&id, &member, sent)?;
    let reason = fields.text("reason").to_owned();
    act(&app, &member, id, ReviseReport { key: Some(key), report: id, reason }, "done-papers-revised").await
}

/// POST /chi-dao/bao-cao/{id}/ban-ky: the signed paper as PDF.
pub(super) async fn attach(State(app): State<App>, Path(id): Path<String>, member: Member, sent: SentFile) -> Answer {
    let caller = &member.caller;
    let (fields, upload) = sent.vouched(caller)?;
    let id = read_id(&id, caller)?;
    let key = Some(fields.key(caller)?);
    // Nothing chosen is read as an empty file, and refused as one.
    let bytes = upload.map(|upload| upload.bytes).unwrap_or_default();
    let operation = AttachScan { key, report: id, digest: store::sha256(&bytes), bytes };
    act(&app, &member, id, operation, "done-papers-scanned").await
}

/// GET /chi-dao/bao-cao/{id}/tai/{format}?lan=1.
pub(super) async fn download(
    State(app): State<App>,
    Path((id, format)): Path<(String, String)>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let caller = &member.caller;
    let id = read_id(&id, caller)?;
    let issue = fields.some("lan").and_then(|text| text.parse().ok());
    let (_, found) =
        look(&app, &member, move |office, connection, actor| report(office, connection, actor, id, issue)).await?;
    let kind = if found.report.content.letter.is_some() { "van-ban" } else { found.content.layout.as_str() };
    let issue_shown = issue.unwrap_or(found.report.content.issue);
    // A letter signed is found by its number, «01-SYT-NVY»; letters of Vietnamese stay out of names of files.
    let number = found.content.document.number.iter().flat_map(|number| number.chars());
    let number: String = number.map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect();
    let name = match (found.report.content.letter.is_some(), number.is_empty()) {
        (true, false) => format!("{kind}-{number}"),
        (true, true) => format!("{kind}-{}-du-thao", found.content.day),
        _ => format!("bao-cao-{kind}-{}-lan-{issue_shown}", found.content.day),
    };
    let (bytes, ending, media_type) = if format == "ban-ky" {
        let (_, bytes) =
            look(&app, &member, move |office, connection, actor| scan(office, connection, actor, id, issue)).await?;
        (bytes, "pdf", "application/pdf")
    } else {
        let format = Format::from_code(&format).ok_or_else(|| Problem::no_page(caller))?;
        let written = aside(move || file(&found.content, format)).await.and_then(|written| written);
        let (ending, media_type) = format.kind();
        (written.map_err(|failure| Problem::of(failure, caller))?, ending, media_type)
    };
    Ok(attachment(media_type, &format!("{name}.{ending}"), bytes))
}

async fn one_page(
    app: &App,
    member: &Member,
    id: Paper,
    issue: Option<u32>,
    refusal: Option<Refusal>,
) -> Result<PlainPage, Problem> {
    let (around, found) =
        look(app, member, move |office, connection, actor| report(office, connection, actor, id, issue)).await?;
    let t = member.caller.say;
    let told = &found.report.content;
    let content = &found.content;
    let mut page = plain(app, member, &around, "papers", sentence(t, told));
    page.trail = vec![Link { text: t.say("papers"), href: LIST.to_owned() }];
    page.about = locale::say(
        t.0,
        match (told.letter.is_some(), content.rows.is_empty()) {
            (true, _) => "letters-out-one-about",
            (_, true) => "papers-letter-about",
            _ => "papers-one-about",
        },
        &[
            ("at", content.at.to_string().into()),
            ("heard", content.heard.into()),
            ("all", content.rows.len().into()),
            ("issuer", content.document.issuer.clone().into()),
            ("layout", content.layout_version.clone().into()),
        ],
    );
    page.refusal = refusal;
    let of_issue = issue.map_or_else(String::new, |issue| format!("?lan={issue}"));
    let file = |format: &str| Link {
        text: t.say(&format!("papers-download-{}", if format == "ban-ky" { "scan" } else { format })),
        href: format!("{LIST}/{id}/tai/{format}{of_issue}"),
    };
    // A letter has no figures.
    let formats: &[&str] =
        if content.rows.is_empty() { &["docx", "pdf", "json"] } else { &["docx", "pdf", "xlsx", "json"] };
    page.links = formats.iter().map(|format| file(format)).collect();
    let edits = told.letter.is_some() && told.state == Stands::Drafted && issue.is_none();
    if edits && member.visitor.actor.may(Capability::DraftReport) {
        page.links.insert(0, Link { text: t.say("letters-out-edit"), href: format!("{LIST}/{id}/sua") });
    }
    let earlier = told.earlier.iter().find(|earlier| Some(earlier.number) == issue);
    if earlier.map_or(told.scan.is_some(), |earlier| earlier.scan.is_some()) {
        page.links.push(file("ban-ky"));
    }
    page.sections.extend(actions(app, member, &found));
    page.sections.extend(super::paper_exchange::sections(app, member, id, told).await?);
    page.sections.push(steps(t, told));
    page.sections.extend(printed(t, &found));
    if !told.earlier.is_empty() {
        page.sections.push(issues(t, id, told));
    }
    Ok(page)
}

fn sentence(t: Say, told: &OfficialReport) -> String {
    let title = told.title().to_owned();
    let day = show_date(told.period);
    match (told.state, &told.signed) {
        (Stands::Signed, Some(signed)) => {
            let facts = [("title", title.into()), ("day", day.into()), ("number", signed.number.clone().into())];
            locale::say(t.0, "papers-one-signed", &facts)
        }
        (Stands::Submitted, _) => t.two("papers-one-submitted", "title", title, "day", day),
        _ => t.two("papers-one-drafted", "title", title, "day", day),
    }
}

/// What whoever looks may do to it where it stands.
fn actions(app: &App, member: &Member, found: &ReportInFull) -> Vec<Section> {
    let t = member.caller.say;
    let actor = &member.visitor.actor;
    let (told, id) = (&found.report.content, found.report.id);
    let form = |action: &str, submit: &str| {
        Form::new(format!("{LIST}/{id}/{action}"), t.say(submit), server_key(app.office.real_now()))
    };
    let drafts = actor.may(Capability::DraftReport);
    let signs = actor.may(Capability::SignReport);
    let reason = |label: &str| Field::words("reason", t.say(label)).input(Input::Lines).required();
    let mut sections = Vec::new();
    match told.state {
        Stands::Drafted if drafts => {
            let renew = Form::new(format!("{LIST}/soan"), t.say("papers-renew"), server_key(app.office.real_now()))
                .hidden("kind", told.kind.code())
                .hidden("day", told.period.to_string());
            let mut submit = form("trinh", "papers-submit");
            submit.means = t.say("papers-submit-means");
            if told.letter.is_some() {
                sections.push(letter_checked(t, found));
            }
            let forms = if told.letter.is_some() { vec![submit] } else { vec![submit, renew] };
            sections.push(Section { forms, ..Section::new("trinh", t.say("papers-submit-section")) });
        }
        Stands::Submitted if signs => {
            sections.push(to_sign(t, form("ky", "papers-sign"), found, &member.caller));
            let back = form("tra-lai", "papers-return").field(reason("papers-return-reason"));
            let folded = Section::new("tra-lai", t.say("papers-return"));
            sections.push(Section { forms: vec![back], folded: true, ..folded });
        }
        Stands::Signed if drafts => {
            let mut scan = form("ban-ky", "papers-scan").field(
                Field::words("scan", t.say("papers-scan-file"))
                    .input(Input::File("application/pdf".to_owned()))
                    .required(),
            );
            scan.multipart = true;
            let about = match &told.scan {
                Some(hash) => t.one("papers-scan-kept", "hash", hash.clone()),
                None => t.say("papers-scan-none"),
            };
            let section = Section::new("ban-ky", t.say("papers-scan-section"));
            sections.push(Section { about, forms: vec![scan], ..section });
            let mut again = form("lan-sau", "papers-revise").field(reason("papers-revise-reason"));
            again.means = t.say("papers-revise-means");
            let folded = Section::new("lan-sau", t.say("papers-revise-section"));
            sections.push(Section { forms: vec![again], folded: true, ..folded });
        }
        _ => {}
    }
    sections
}

/// What a drafted letter lacks.
fn letter_checked(t: Say, found: &ReportInFull) -> Section {
    let checks = super::letter_out::told(t, &found.content.document);
    let tone = |must: bool| if must { Tone::Attention } else { Tone::default() };
    let rows = checks.lines.iter().map(|line| vec![Cell::text(line.text.clone()).toned(tone(line.must))]);
    let columns = vec![Column::words(t.say("letters-out-check-column"))];
    let table = Table { columns, rows: rows.collect() };
    Section { about: checks.shape, table: Some(table), empty: checks.nothing, ..Section::new("kiem-tra", checks.title) }
}

/// The signature of whoever looks, as what he is; or why he does not sign, and what to do.
fn to_sign(t: Say, form: Form, found: &ReportInFull, caller: &Caller) -> Section {
    let section = Section::new("ky", t.say("papers-sign-section"));
    match &found.signer {
        Ok(signer) => {
            let mut sign = form.hidden("seen", found.report.content.content.clone());
            sign.means = t.say("papers-sign-means");
            let about = t.two("papers-sign-as", "name", signer.name.clone(), "post", signer.signs_as.words());
            Section { about, forms: vec![sign], ..section }
        }
        Err(reason) => {
            let words = locale::sentence(caller.say.0, reason);
            let about = format!("{} {} ({})", words.sentence, words.next, words.code);
            Section { about, ..section }
        }
    }
}

/// Who did what to it, and when.
fn steps(t: Say, told: &OfficialReport) -> Section {
    let row = |key: &str, cell: Cell| vec![Cell::text(t.say(key)), cell];
    let mut rows = vec![row(
        "papers-step-drafted",
        match &told.returned {
            Some(reason) => {
                let returned = t.one("papers-returned", "reason", reason.clone());
                Cell::text(told.drafter.clone()).told(returned).toned(Tone::Attention)
            }
            None => {
                let reason = told.reason.clone().map(|reason| t.one("papers-reason", "reason", reason));
                Cell::text(told.drafter.clone()).told(reason.unwrap_or_default())
            }
        },
    )];
    if let Some(at) = told.submitted_at {
        let late = if told.was_submitted_late() { t.say("papers-submitted-late") } else { String::new() };
        rows.push(row("papers-step-submitted", Cell::text(at.to_string()).told(late)));
    }
    if let Some(signed) = &told.signed {
        let who = format!("{}, {}", signed.name, signed.post);
        rows.push(row("papers-step-signed", Cell::text(who).told(signed.at.to_string()).toned(Tone::Confirmed)));
        rows.push(row("papers-frozen", Cell::text(told.content.clone())));
    }
    let due = told.due.map_or_else(|| t.say("papers-no-due"), |due| due.to_string());
    rows.push(row("papers-column-due", Cell::text(due)));
    let columns = vec![Column::words(t.say("papers-step")), Column::words(t.say("papers-step-who"))];
    Section { table: Some(Table { columns, rows }), ..Section::new("qua-trinh", t.say("papers-steps")) }
}

/// The paper in the order in which it is printed: its words before the first heading, then one section a heading.
fn printed(t: Say, found: &ReportInFull) -> Vec<Section> {
    let document = &found.content.document;
    let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &document.kind;
    let mut first = Section::new("noi-dung", t.say("papers-content"));
    first.about = format!("{} — {subject}.", document.number.clone().unwrap_or_else(|| document.symbol.clone()));
    if !document.recipients.is_empty() {
        first.about.push_str(&format!("\n{}", t.one("letters-out-to", "whom", document.recipients.join("; "))));
    }
    let mut sections = vec![first];
    for (position, block) in document.body.iter().enumerate() {
        if let Block::Heading { number, text } = block {
            sections.push(Section::new(format!("giay-{position}"), format!("{number} {text}")));
            continue;
        }
        // The last sentence closes the paper and is no part of what stands before it.
        if position + 1 == document.body.len() && sections.last().is_some_and(|section| section.table.is_some()) {
            sections.push(Section::new("giay-ket", String::new()));
        }
        let Some(section) = sections.last_mut() else { continue };
        match block {
            Block::Paragraph(text) | Block::Basis(text) | Block::Centred(text) => said(section, text.clone()),
            Block::Bullet(text) => said(section, format!("- {text}")),
            Block::Article { number, text } => said(section, format!("{number} {text}")),
            Block::Table(table) => {
                let columns = table.columns.iter();
                // A part may have several tables: each stands under its own title.
                let section = if section.table.is_some() || !table.title.is_empty() {
                    sections.push(Section::new(format!("giay-{position}"), table.title.clone()));
                    let Some(own) = sections.last_mut() else { continue };
                    own
                } else {
                    section
                };
                section.table = Some(Table {
                    columns: columns
                        .map(|column| {
                            if column.number { Column::number(column.called()) } else { Column::words(column.called()) }
                        })
                        .collect(),
                    rows: table.rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect(),
                });
            }
            Block::Heading { .. } => {}
        }
    }
    if let Some(last) = sections.last_mut().filter(|_| !document.copies.is_empty()) {
        let copies = document.copies.iter().map(|copy| match copy.purpose.as_str() {
            "" => copy.whom.clone(),
            purpose => format!("{} ({purpose})", copy.whom),
        });
        said(last, t.one("letters-out-copied-to", "whom", copies.collect::<Vec<_>>().join("; ")));
    }
    sections
}

/// Another line of a section.
fn said(section: &mut Section, text: String) {
    section.about = [section.about.as_str(), text.as_str()].join("\n").trim().to_owned();
}

fn issues(t: Say, id: Paper, told: &OfficialReport) -> Section {
    let keys = ["papers-column-number", "papers-column-signer", "papers-frozen"];
    let columns = keys.map(|key| Column::words(t.say(key))).to_vec();
    let rows = told.earlier.iter().map(|issue| {
        vec![
            Cell::link(issue.signed.number.clone(), format!("{LIST}/{id}?lan={}", issue.number)).told(t.one(
                "papers-issue",
                "issue",
                i64::from(issue.number),
            )),
            Cell::text(issue.signed.name.clone()).told(issue.signed.at.to_string()),
            Cell::text(issue.content.clone()),
        ]
    });
    let table = Table { columns, rows: rows.collect() };
    Section { table: Some(table), ..Section::new("cac-lan", t.say("papers-issues")) }
}
