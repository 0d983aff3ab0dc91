//! Sheets written from a layout that is data, and refused rows given back as a file.
//!
//! Lives here: titles, header groups, number formats, A4 print setup, the mark «mô phỏng»
//! ([`write_sheet`]); the empty sheet to fill in ([`write_template`]); the sender's own rows with
//! «Lý do», «Mã lỗi», «Làm gì tiếp» ([`write_returned`]). Not here: which figures go in (`desk`),
//! the words of a reason (`locales/`).
//!
//! The same content gives the same bytes: the time of writing is an argument.

mod layout;
mod page;
mod register;
mod returned;
mod write;

pub use layout::{SheetColumn, SheetKind, SheetLayout, TitleRow};
pub use page::{PageTable, write_page};
pub use register::{RegisterContent, write_register};
pub use returned::{ReturnForm, ReturnedRow, write_returned};
pub use write::{SheetContent, write_sheet, write_template};

use jiff::civil::Date;
use quantity::Moment;

use crate::table::{Cell, CellKind};

/// The media type of a sheet.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What goes into one cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Does not apply here: the cell stays empty.
    Empty,
    /// Should be known and is not: «chưa rõ», never 0.
    Unknown,
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number; one that is not finite is written as unknown.
    Decimal(f64),
    /// A day.
    Date(Date),
    /// A moment, shown by Vietnam's clocks.
    Moment(Moment),
}

impl Value {
    /// The content of a cell as it was read.
    pub fn of_cell(cell: &Cell<'_>) -> Self {
        match cell.kind {
            CellKind::Empty => Self::Empty,
            CellKind::Number(number) => Self::Decimal(number),
            CellKind::Date(day) => Self::Date(day),
            CellKind::DateTime(at) => Self::Moment(Moment::from_local(at)),
            CellKind::Percent(_) => Self::Text(format!("{}%", cell.text.replace('.', ","))),
            CellKind::Text | CellKind::Flag(_) | CellKind::Error => Self::Text(cell.text.to_owned()),
        }
    }
}

/// How a figure that is not known is written.
pub const UNKNOWN: &str = "chưa rõ";

#[cfg(test)]
mod tests;
