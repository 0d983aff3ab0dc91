//! The five letters from which everything came, as a living case: two are confirmed and their tasks given out, one of
//! them overdue since 15/9/2021; three wait for the clerk.

use desk::letters::directive::DirectiveId;
use desk::letters::intake::Incoming;
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::take_in::{File, TakeIn};
use desk::views::letters::letter;
use desk::{Actor, Failure, Office, Outcome};
use place::ProvinceId;
use quantity::{Moment, Span};
use store::{Connection, account};

/// Who takes letters in, by the name of her account.
pub(super) const CLERK: &str = "Huỳnh Thị Lụa";

macro_rules! letters {
    ($($name:literal),*) => { [$(($name, include_str!(concat!("../../../letter/tests/letters/", $name)))),*] };
}

/// Name of the file and its text, in the order in which they came; the first two are confirmed.
const LETTERS: [(&str, &str); 5] = letters![
    "7559-BYT-TB-CT.txt",
    "3183-SYT-KHTC.txt",
    "lai-chau-SYT-NVY.txt",
    "148-UBND-KGVX.txt",
    "thuong-truc-tinh-uy-23-02-2022.txt"
];

/// How many of them are confirmed.
const CONFIRMED: usize = 2;

/// Takes the letters in and confirms the first ones.
pub async fn tell(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    let accounts = office.look(move |_, connection| Ok(account::list(connection, province)?)).await?;
    let Some(clerk) = accounts.iter().find(|account| account.display_name == CLERK).map(Actor::of_account) else {
        return Ok(());
    };
    let mut at = opening - Span::hours(20);
    for (place, (name, text)) in LETTERS.into_iter().enumerate() {
        let incoming = Incoming::read(text.to_owned()).map_err(Failure::refused)?;
        let file = File { name: name.to_owned(), media_type: "text/plain".into(), bytes: text.as_bytes().to_vec() };
        let taken = TakeIn { key: None, incoming, file: Some(file), party_word: true, simulated: true };
        let directive = office.perform_as_at(clerk.clone(), at, taken).await?;
        if place < CONFIRMED {
            confirm(office, &clerk, at + Span::minutes(12), directive).await?;
        }
        at = at + Span::hours(2);
    }
    Ok(())
}

/// As the page would, with everything as it was read.
async fn confirm(office: &Office, clerk: &Actor, at: Moment, directive: DirectiveId) -> Outcome<()> {
    let reader = clerk.clone();
    let read = move |office: &Office, connection: &mut Connection| letter(office, connection, &reader, directive);
    let found = office.look(read).await?.directive;
    let confirm =
        ConfirmLetter { key: None, directive, version: found.version, fields: None, draft: found.content.draft };
    office.perform_as_at(clerk.clone(), at, confirm).await.map(drop)
}
