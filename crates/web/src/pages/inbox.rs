//! /oxy/hop-thu: what came by Zalo, SMS, telephone, photo or sheet. A box to paste into stands first.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use desk::background::aside;
use desk::import::inbox_sheet::{SheetSays, read_sheet};
use desk::operations::inbox::receive_message::{NewAttachment, ReceiveMessage, send};
use desk::operations::inbox::{Channel, InboxMessage, MessageState};
use desk::record::RecordId;
use desk::rights::Capability;
use desk::views::inbox::{Inbox, Message, attachment, inbox};
use desk::{Failure, Outcome};
use document::sheet::XLSX;
use document::table::Table;

use super::around::{Around, look};
use super::fields::{Fields, Sent, see_other, server_key};
use super::oxygen_row::since;
use super::plain::{answer, plain, said_done};
use super::words::duration;
use crate::app::App;
use crate::pages::filled::{Filled, Sending, Upload, Wanted};
use crate::respond::{Answer, Problem, file_name, refusal_of};
use crate::view::{Cell, Choice, Column, Field, Form, Input, Refusal, Say, Section, Table as Shown, Tone};
use crate::visitor::Member;

/// Rows and cells of a sheet that are read as a message.
const MOST_ROWS: usize = 60;
/// Letters of a text that a list shows.
const SHOWN: usize = 90;

/// Key of a channel's name.
pub(super) fn channel_key(channel: Channel) -> String {
    format!("inbox-channel-{}", channel.code())
}

/// GET /oxy/hop-thu.
pub(super) async fn page(State(app): State<App>, Query(asked): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, inbox).await?;
    Ok(list_page(&app, &member, &around, &found, &asked, (None, None)))
}

fn list_page(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Inbox,
    typed: &Fields,
    (text_refused, file_refused): (Option<Refusal>, Option<Refusal>),
) -> Response {
    let t = member.caller.say;
    let key = || server_key(app.office.real_now());
    let mut page = plain(app, member, around, "inbox", sentence(t, found));
    page.done = said_done(t, typed.text("xong"));
    let channels = [Channel::Zalo, Channel::Sms, Channel::Phone].map(|channel| Choice {
        value: channel.code().to_owned(),
        text: t.say(&channel_key(channel)),
        chosen: typed.text("channel") == channel.code(),
    });
    let mut paste = Section::new("paste", t.say("inbox-paste"));
    let mut form = Form::new("/oxy/hop-thu", t.say("inbox-read"), key())
        .field(Field::words("text", t.say("inbox-text")).input(Input::Lines).value(typed.text("text")).required())
        .field(Field::words("channel", t.say("inbox-channel")).input(Input::Choices(channels.to_vec())))
        .field(
            Field::words("sender", t.say("inbox-sender")).value(typed.text("sender")).hint(t.say("inbox-sender-hint")),
        );
    form.means = t.say("inbox-read-means");
    form.refusal = text_refused;
    paste.forms = vec![form];
    let mut waiting = Section::new("waiting", t.say("inbox-waiting"));
    waiting.empty = t.say("inbox-waiting-none");
    waiting.table = Some(waiting_table(t, found));
    let mut file = Section::new("file", t.say("inbox-file"));
    file.folded = true;
    let mut form = Form::new("/oxy/hop-thu/tep", t.say("inbox-file-send"), key())
        .field(
            Field::words("file", t.say("inbox-file-which"))
                .input(Input::File("image/jpeg,image/png,image/webp,.xlsx,.csv".to_owned()))
                .required(),
        )
        .field(Field::words("sender", t.say("inbox-sender")))
        .field(Field::words("co-so", t.say("inbox-which-facility")).input(Input::Choices(facilities(t, found))));
    form.multipart = true;
    form.means = t.say("inbox-file-means");
    form.refusal = file_refused;
    file.forms = vec![form];
    let mut settled = Section::new("settled", t.say("inbox-settled"));
    settled.folded = true;
    settled.empty = t.say("inbox-settled-none");
    settled.table = Some(settled_table(t, found));
    page.sections = vec![paste, waiting, file, settled];
    answer(&page)
}

fn sentence(t: Say, found: &Inbox) -> String {
    match found.waiting.first() {
        None => t.say("inbox-sentence-none"),
        Some(oldest) => {
            let at = oldest.kept.content.received_at;
            t.two("inbox-sentence", "count", found.waiting.len(), "age", duration(t, found.at - at))
        }
    }
}

fn facilities(t: Say, found: &Inbox) -> Vec<Choice> {
    let unknown = Choice { value: String::new(), text: t.say("inbox-facility-in-text"), chosen: true };
    let one =
        |(id, name): &(place::FacilityId, String)| Choice { value: id.to_string(), text: name.clone(), chosen: false };
    std::iter::once(unknown).chain(found.facilities.iter().map(one)).collect()
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn words_of(t: Say, message: &Message) -> Cell {
    let content = &message.kept.content;
    let text = shortened(&content.text);
    let text = if text.is_empty() {
        content.attachment.as_ref().map_or_else(|| t.say("inbox-photo"), |file| file.name.clone())
    } else {
        text
    };
    Cell::link(text, format!("/oxy/hop-thu/{}", message.kept.id))
}

fn came(t: Say, message: &Message, now: quantity::Moment) -> Cell {
    let content = &message.kept.content;
    let sender = content.sender.clone().map_or_else(String::new, |sender| format!(" · {sender}"));
    let channel = t.say(&channel_key(content.channel));
    Cell::text(since(content.received_at, now)).told(format!("{channel}{sender}"))
}

fn waiting_table(t: Say, found: &Inbox) -> Shown {
    let row = |message: &Message| {
        let content = &message.kept.content;
        let asked = content.proposal.questions.len();
        let read = content.proposal.figures.len();
        let mut reading = Cell::text(t.one("inbox-figures", "count", read));
        if asked > 0 {
            reading = reading.told(t.one("inbox-asks", "count", asked)).toned(Tone::Attention);
        }
        let facility = message.facility.clone().map_or_else(Cell::unknown, Cell::text);
        vec![came(t, message, found.at), facility, words_of(t, message), reading]
    };
    Shown {
        columns: ["inbox-column-came", "inbox-column-facility", "inbox-column-words", "inbox-column-read"]
            .map(|key| Column::words(t.say(key)))
            .to_vec(),
        rows: found.waiting.iter().map(row).collect(),
    }
}

fn settled_table(t: Say, found: &Inbox) -> Shown {
    let row = |message: &Message| {
        let content = &message.kept.content;
        let end = match (content.state, content.report) {
            (MessageState::Confirmed, Some(report)) => {
                let code = desk::operations::file_report::spoken_code(report);
                Cell::link(t.one("inbox-recorded", "code", code), format!("/bien-nhan/{report}")).toned(Tone::Confirmed)
            }
            _ => Cell::text(t.say("inbox-rejected")).told(content.reason.clone().unwrap_or_default()),
        };
        let facility = message.facility.clone().map_or_else(Cell::unknown, Cell::text);
        vec![came(t, message, found.at), facility, words_of(t, message), end]
    };
    Shown {
        columns: ["inbox-column-came", "inbox-column-facility", "inbox-column-words", "inbox-column-end"]
            .map(|key| Column::words(t.say(key)))
            .to_vec(),
        rows: found.settled.iter().map(row).collect(),
    }
}

/// POST /oxy/hop-thu: a pasted text.
pub(super) async fn paste(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = Some(fields.key(&member.caller)?);
    let message = ReceiveMessage {
        key,
        channel: Channel::from_code(fields.text("channel")).unwrap_or(Channel::Zalo),
        text: fields.text("text").to_owned(),
        attachment: None,
        sender: fields.some("sender").map(str::to_owned),
        facility: None,
    };
    match send(&app.office, member.visitor.actor.clone(), message, None).await {
        Ok(receipt) => Ok(opened(receipt.done.message, receipt.done.again)),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            let (around, found) = look(&app, &member, inbox).await?;
            // What is too long to be a message is not sent back either.
            let mut typed = fields;
            if typed.text("text").len() > desk::operations::inbox::receive_message::LONGEST_TEXT {
                typed.0.remove("text");
            }
            Ok(list_page(&app, &member, &around, &found, &typed, (Some(refusal), None)))
        }
    }
}

fn opened(message: RecordId<InboxMessage>, again: bool) -> Response {
    see_other(&format!("/oxy/hop-thu/{message}{}", if again { "?lai=1" } else { "" }))
}

/// POST /oxy/hop-thu/tep: a photo or a sheet.
pub(super) async fn file(sending: Sending) -> Answer {
    // Who may not is told so before a sheet is opened for nothing.
    let mut form = sending.by_whom(Capability::ReceiveMessages)?;
    let Upload { name, bytes } = form.file();
    let Filled { app, member, fields, .. } = &form;
    let facility = fields.some("co-so").and_then(|id| id.parse().ok());
    let (_, (registry, now)) = look(app, member, |office, connection, actor| {
        Ok((office.registry(connection, actor.province)?, office.now(connection)?))
    })
    .await?;
    let actor = member.visitor.actor.clone();
    let read = aside(move || as_message(&bytes, &name, |table| read_sheet(&registry, &actor, table, now, facility)));
    let outcome = match read.await.map_err(|failure| Problem::of(failure, &member.caller))? {
        Ok((channel, text, attachment, sheet)) => {
            let sender = fields.some("sender").map(str::to_owned);
            let message = ReceiveMessage { key: form.key(), channel, text, attachment, sender, facility };
            send(&app.office, member.visitor.actor.clone(), message, sheet).await
        }
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(receipt) => Ok(opened(receipt.done.message, receipt.done.again)),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            let (around, found) = look(app, member, inbox).await?;
            Ok(list_page(app, member, &around, &found, fields, (None, Some(refusal))))
        }
    }
}

/// What a file is as a message: its channel, its words, itself, and what it says where it is a sheet with headers.
type AsMessage = (Channel, String, Option<NewAttachment>, Option<SheetSays>);

/// A photo is looked at by a person; a sheet is read by its headers, and as lines where it has none that are known.
fn as_message(bytes: &[u8], name: &str, read: impl FnOnce(&Table) -> Outcome<Option<SheetSays>>) -> Outcome<AsMessage> {
    let media_type = match bytes {
        [] => return Ok((Channel::Photo, String::new(), None, None)),
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'P', b'K', ..] => XLSX,
        _ => "text/csv",
    };
    let attachment = NewAttachment {
        media_type: media_type.to_owned(),
        name: name.to_owned(),
        digest: store::sha256(bytes),
        bytes: bytes.to_vec(),
    };
    if media_type.starts_with("image/") {
        return Ok((Channel::Photo, String::new(), Some(attachment), None));
    }
    let table = document::table::read_table(bytes, name, &document::table::Limits::UPLOAD, &|| false)
        .map_err(Failure::refused)?;
    let says = read(&table)?;
    let text = says.as_ref().map_or_else(|| lines_of(&table), |says| says.text.clone());
    Ok((Channel::File, text, Some(attachment), says))
}

/// A sheet as lines that a person could have typed: under a head of columns each cell with its name,
/// otherwise the cells of a row one after the other.
fn lines_of(table: &Table) -> String {
    let rows: Vec<Vec<String>> = table
        .rows()
        .take(MOST_ROWS)
        .map(|row| row.cells().map(|cell| cell.text.trim().to_owned()).collect())
        .filter(|cells: &Vec<String>| cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    let digits = |cell: &String| cell.chars().any(|sign| sign.is_ascii_digit());
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count();
    let head = rows.iter().position(|row| filled(row) >= 3 && !row.iter().any(digits));
    let mut lines = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        match head {
            Some(head) if position == head => {}
            Some(head) if position > head => {
                let named = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(|(column, cell)| {
                    let name = rows[head].get(column).map_or("", String::as_str);
                    if name.is_empty() { cell.clone() } else { format!("{name}: {cell}") }
                });
                lines.push(named.collect::<Vec<_>>().join("; "));
            }
            _ => {
                let cells: Vec<&str> = row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
                lines.push(if cells.len() == 2 { cells.join(": ") } else { cells.join(" ") });
            }
        }
    }
    lines.join("\n")
}

/// GET /oxy/hop-thu/{id}/tep.
pub(super) async fn download(Wanted { app, member, id, .. }: Wanted<RecordId<InboxMessage>>) -> Answer {
    let (_, (media_type, name, bytes)) =
        look(&app, &member, move |office, connection, actor| attachment(office, connection, actor, id)).await?;
    let shown = if media_type.starts_with("image/") { "inline" } else { "attachment" };
    let disposition = format!("{shown}; filename=\"{}\"", file_name(&name, "tep"));
    Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let (channel, lines, attachment, _) = as_message(text.as_bytes(), "bv.csv", |_| Ok(None)).unwrap();
        assert_eq!((channel, attachment.unwrap().media_type.as_str()), (Channel::File, "text/csv"));
        lines
    }

    #[test]
    fn a_sheet_becomes_lines_with_the_names_of_its_columns() {
        let lines = read("Cơ sở;Mức bồn (kg);Chai đầy;Vỏ\nBV Hải Âu;310;12;8\n");
        assert_eq!(lines, "Cơ sở: BV Hải Âu; Mức bồn (kg): 310; Chai đầy: 12; Vỏ: 8");
        assert_eq!(read("Mức bồn (kg);310\nVỏ;8\n"), "Mức bồn (kg): 310\nVỏ: 8");
    }

    #[test]
    fn what_is_no_file_is_no_message() {
        assert_eq!(as_message(&[], "", |_| Ok(None)).unwrap().2.map(|file| file.name), None);
        assert!(as_message(b"%PDF-1.7", "a.pdf", |_| Ok(None)).is_err());
    }
}
