//! Loans between hospitals: who owes whom (OX13).

use store::Connection;

use super::Book;
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::office::Office;
use crate::record::{self, Kept};
use crate::supply::Loan;

/// The loans that an actor sees: his facilities lend or borrow.
#[derive(Debug, Clone)]
pub struct Loans {
    /// Names and choices.
    pub book: Book,
    /// Not given back, the one due first before the others.
    pub open: Vec<Kept<Loan>>,
    /// Given back, newest first.
    pub settled: Vec<Kept<Loan>>,
}

/// The loans, as an actor may see them.
pub fn loans(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Loans> {
    let book = Book::open(office, connection, actor)?;
    let mut all = record::newest::<Loan>(connection, actor.province, 1_000)?;
    all.retain(|kept| book.sees(kept.content.lender) || book.sees(kept.content.borrower));
    for kept in &mut all {
        // Whoever signed for a facility without a name has none either.
        let sides = [kept.content.lender, kept.content.borrower];
        for (signed, _) in kept.content.signed.iter_mut().zip(sides).filter(|(_, side)| book.is_unnamed(*side)) {
            signed.clear();
        }
    }
    let is_open = |kept: &Kept<Loan>| kept.content.outstanding() > quantity::Grams::ZERO;
    let (mut open, mut settled): (Vec<_>, Vec<_>) = all.into_iter().partition(is_open);
    open.sort_by_key(|kept| kept.content.due);
    settled.truncate(30);
    Ok(Loans { book, open, settled })
}
