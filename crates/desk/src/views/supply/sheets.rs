//! The registers and reports of supply as `.xlsx`. Their layouts are data (`protocols/supply-*.toml`).

use std::collections::BTreeMap;

use document::DocumentProblem;
use document::sheet::{SheetContent, SheetLayout, Value, write_sheet};
use jiff::civil::Date;
use oxygen::supply::Finding;
use place::FacilityId;
use quantity::{Grams, Moment};
use store::Connection;

use super::{book, reconcile, registers, requests};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::rights::Capability;
use crate::supply::{Priority, Product, Stage, VehicleKind};

/// What may be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Suppliers.
    Suppliers,
    /// Vehicles.
    Vehicles,
    /// Contracts.
    Contracts,
    /// Requests.
    Requests,
    /// A month against its invoices.
    Reconciliation,
    /// The oxygen book of a month.
    Book,
}

impl Sheet {
    /// Every one, with its name in addresses.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Suppliers, "nha-cung-ung"),
        (Self::Vehicles, "phuong-tien"),
        (Self::Contracts, "hop-dong"),
        (Self::Requests, "de-nghi"),
        (Self::Reconciliation, "doi-chieu"),
        (Self::Book, "so-oxy"),
    ];

    /// The one of a name.
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(sheet, _)| sheet)
    }

    /// Its layout.
    ///
    /// # Errors
    /// [`DocumentProblem::LayoutBroken`]; a test reads every one.
    pub fn layout(self) -> Result<SheetLayout, DocumentProblem> {
        SheetLayout::from_toml(match self {
            Self::Suppliers => include_str!("../../../../../protocols/supply-suppliers.toml"),
            Self::Vehicles => include_str!("../../../../../protocols/supply-vehicles.toml"),
            Self::Contracts => include_str!("../../../../../protocols/supply-contracts.toml"),
            Self::Requests => include_str!("../../../../../protocols/supply-requests.toml"),
            Self::Reconciliation => include_str!("../../../../../protocols/supply-reconciliation.toml"),
            Self::Book => include_str!("../../../../../protocols/supply-book.toml"),
        })
    }
}

/// The content of a sheet, to be written outside the database's thread.
#[derive(Debug, Clone)]
pub struct Filled {
    sheet: Sheet,
    title_line: String,
    at: Moment,
    simulated: bool,
    rows: Vec<Row>,
}

type Row = BTreeMap<String, Value>;

impl Filled {
    /// The bytes of the `.xlsx`.
    ///
    /// # Errors
    /// What [`write_sheet`] refuses.
    pub fn write(self) -> Result<Vec<u8>, DocumentProblem> {
        let layout = self.sheet.layout()?;
        let line = if self.title_line.is_empty() { layout.title.to_uppercase() } else { self.title_line };
        let facts = BTreeMap::from([("title_line".to_owned(), line), ("known_at".to_owned(), self.at.to_string())]);
        write_sheet(&layout, &SheetContent { facts, rows: self.rows, simulated: self.simulated }, self.at)
    }
}

/// A sheet as an actor may see it; `facility` and `month` are for those of one facility and month.
pub fn filled(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    sheet: Sheet,
    facility: Option<FacilityId>,
    month: Option<Date>,
) -> Outcome<Filled> {
    if !actor.may(Capability::ExportFigures) {
        return Err(Failure::Forbidden(Capability::ExportFigures));
    }
    let whole = |at, simulated, rows| Filled { sheet, title_line: String::new(), at, simulated, rows };
    Ok(match sheet {
        Sheet::Suppliers => {
            let found = registers::suppliers(office, connection, actor)?;
            whole(found.at, found.simulated, suppliers(&found))
        }
        Sheet::Vehicles => {
            let found = registers::vehicles(office, connection, actor)?;
            whole(found.book.at, found.book.simulated, vehicles(&found))
        }
        Sheet::Contracts => {
            let found = registers::contracts(office, connection, actor)?;
            whole(found.book.at, found.book.simulated, contracts(&found))
        }
        Sheet::Requests => {
            let found = requests::requests(office, connection, actor)?;
            whole(found.book.at, found.book.simulated, request_rows(&found))
        }
        Sheet::Reconciliation => {
            let found = reconcile::month(office, connection, actor, facility, month)?;
            let title_line = line_of(&found.name, found.month);
            Filled { title_line, ..whole(found.book.at, found.book.simulated, month_rows(&found)) }
        }
        Sheet::Book => {
            let found = book::oxygen_book(office, connection, actor, facility, month)?;
            let title_line = line_of(&found.name, found.month);
            Filled { title_line, ..whole(found.book.at, found.book.simulated, book_rows(&found)) }
        }
    })
}

fn line_of(name: &str, month: Date) -> String {
    format!("{name} – tháng {}/{}", month.month(), month.year())
}

fn row<const N: usize>(cells: [(&str, Value); N]) -> Row {
    cells.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn kg(mass: Grams) -> Value {
    Value::Integer(mass.as_kg().round() as i64)
}

fn known(mass: Option<Grams>) -> Value {
    mass.map_or(Value::Unknown, kg)
}

fn words(text: &str) -> Value {
    if text.is_empty() { Value::Unknown } else { Value::Text(text.to_owned()) }
}

fn yes(answer: Option<bool>) -> Value {
    answer.map_or(Value::Unknown, |yes| words(if yes { "có" } else { "không" }))
}

fn suppliers(book: &super::Book) -> Vec<Row> {
    let each = book.suppliers.iter().map(|kept| {
        let one = &kept.content;
        let output = |product: Product| {
            let found = one.outputs.iter().find(|output| output.product == product);
            known(found.map(|output| output.grams))
        };
        let contact = one.contacts.first();
        let shells: i64 = one.shells.iter().map(|shells| i64::from(shells.count)).sum();
        let hours = one.open.map(|(from, to)| format!("{} – {}", from.strftime("%H:%M"), to.strftime("%H:%M")));
        row([
            ("name", words(&one.name)),
            ("place", words(&one.place)),
            ("liquid", output(Product::Liquid)),
            ("cylinders", output(Product::Cylinders)),
            ("open", words(&hours.unwrap_or_default())),
            ("release", yes(one.medical_release)),
            ("commitment", one.commitment.as_ref().map_or(Value::Unknown, |(_, document)| words(document))),
            ("commitment_on", one.commitment.as_ref().map_or(Value::Unknown, |(day, _)| Value::Date(*day))),
            ("shells", if one.shells.is_empty() { Value::Unknown } else { Value::Integer(shells) }),
            ("contact", contact.map_or(Value::Unknown, |contact| words(&contact.name))),
            ("phone", contact.map_or(Value::Unknown, |contact| words(&contact.phone))),
        ])
    });
    each.collect()
}

fn vehicles(found: &registers::Vehicles) -> Vec<Row> {
    let each = found.lines.iter().map(|line| {
        let one = &line.kept.content;
        let kind = match one.kind {
            VehicleKind::LiquidTanker => "xe bồn oxy lỏng",
            VehicleKind::CylinderTruck => "xe tải chở chai",
            VehicleKind::Motorbike => "xe máy",
            VehicleKind::Boat => "tàu, ghe",
        };
        row([
            ("plate", words(&one.plate)),
            ("kind", words(kind)),
            ("capacity", kg(one.capacity)),
            ("owner", words(&one.owner)),
            ("roads", words(&one.roads)),
            ("ferry", yes(one.ferry)),
            ("driver", words(&one.driver)),
            ("phone", words(&one.phone)),
            ("inspected", one.inspected_until.map_or(Value::Unknown, Value::Date)),
            ("carries", kg(line.carries.iter().map(|(_, mass)| *mass).sum())),
        ])
    });
    each.collect()
}

fn contracts(found: &registers::Contracts) -> Vec<Row> {
    let each = found.lines.iter().map(|line| {
        let one = &line.kept.content;
        let joint = one.joint_buyer.clone().unwrap_or_else(|| "các cơ sở của tỉnh".to_owned());
        let buyers = if line.buyers.is_empty() { joint } else { line.buyers.join(", ") };
        row([
            ("number", words(&one.number)),
            ("supplier", words(&line.supplier)),
            ("buyers", words(&buyers)),
            ("basis", words(&one.legal_basis)),
            ("from", Value::Date(one.terms.from)),
            ("to", Value::Date(one.terms.to)),
            ("ceiling", kg(one.terms.ceiling())),
            ("received", kg(line.drawn.received)),
            ("promised", kg(line.drawn.promised)),
            ("left", kg(one.terms.left(line.drawn))),
            ("price", Value::Integer(one.terms.price.per_kg())),
            ("bid_by", Value::Date(line.bidding)),
        ])
    });
    each.collect()
}

/// A step in the words of a sheet.
const fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Asked => "chờ duyệt",
        Stage::Approved => "đã duyệt",
        Stage::Refused => "không duyệt",
        Stage::Accepted => "nhà cung ứng đã nhận lời",
        Stage::Loaded => "đã bốc lên xe",
        Stage::UnderWay => "đang trên đường",
        Stage::PartlyReceived => "đã nhận một phần",
        Stage::Received => "đã nhận",
        Stage::Cancelled => "đã hủy",
        Stage::Failed => "giao không thành",
    }
}

fn request_rows(found: &requests::Requests) -> Vec<Row> {
    let each = found.open.iter().chain(&found.over).map(|line| {
        let one = &line.request;
        let priority = match one.priority {
            Priority::Emergency => "cấp cứu",
            Priority::Severe => "người bệnh nặng",
            Priority::Usual => "thường kỳ",
        };
        let optional = |text: &Option<String>| text.as_ref().map_or(Value::Empty, |text| words(text));
        row([
            ("number", Value::Integer(i64::from(one.number))),
            ("facility", words(&line.facility)),
            ("store", words(&line.store)),
            ("asked", if one.unordered.is_some() { Value::Empty } else { kg(one.grams) }),
            ("received", kg(one.received())),
            ("asked_at", Value::Moment(one.asked_at)),
            ("needed_by", Value::Moment(one.needed_by)),
            ("priority", words(priority)),
            ("stage", words(stage_words(one.stage))),
            ("supplier", line.supplier.as_ref().map_or(Value::Unknown, |name| words(name))),
            ("contract", optional(&line.contract)),
            ("plate", one.load.as_ref().map_or(Value::Empty, |load| words(&load.plate))),
            ("reason", words(&one.reason)),
        ])
    });
    each.collect()
}

fn month_rows(found: &reconcile::Month) -> Vec<Row> {
    let mut rows = Vec::new();
    for one in &found.suppliers {
        for line in &one.lines {
            let finding = match line.finding {
                Finding::Agrees => "khớp",
                Finding::Differs => "lệch",
                Finding::NotInvoiced => "chưa có trên hóa đơn",
                Finding::NotReceived => "chưa thấy nhận",
            };
            rows.push(row([
                ("supplier", words(&one.name)),
                ("note", words(&line.note)),
                ("received", line.received.map_or(Value::Empty, kg)),
                ("invoiced", line.invoiced.map_or(Value::Empty, kg)),
                ("gap", kg(line.gap())),
                ("finding", words(finding)),
            ]));
        }
        rows.push(row([
            ("supplier", words(&one.name)),
            ("note", words("Cộng")),
            ("received", kg(one.received)),
            ("invoiced", known(one.invoiced)),
            ("gap", known(one.gap())),
            ("finding", words(if one.has_gap { "lệch" } else { "trong mức cho phép" })),
        ]));
    }
    rows
}

fn book_rows(found: &book::BookMonth) -> Vec<Row> {
    let each = found.days.iter().map(|day| {
        let remark = match (day.is_missing(), day.contradicts_itself()) {
            (true, _) => "chưa có số liệu cuối ngày",
            (_, true) => "số liệu chưa khớp, cần xem lại",
            _ => "",
        };
        row([
            ("day", Value::Date(day.day)),
            ("opening", known(day.opening)),
            ("received", kg(day.received)),
            ("moved", kg(day.moved)),
            ("used", known(day.used)),
            ("closing", known(day.closing)),
            ("patients", day.patients.map_or(Value::Unknown, |count| Value::Integer(i64::from(count)))),
            ("who", day.who.as_ref().map_or(Value::Unknown, |who| words(who))),
            ("remark", if remark.is_empty() { Value::Empty } else { words(remark) }),
        ])
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_can_be_read_and_an_empty_sheet_written() {
        for (sheet, name) in Sheet::ALL {
            assert_eq!(Sheet::called(name), Some(sheet));
            let at = Moment::from_micros(1_790_000_000_000_000);
            let empty = Filled { sheet, title_line: "BV Hải Âu".into(), at, simulated: true, rows: Vec::new() };
            assert!(empty.write().unwrap().starts_with(b"PK"), "{name}");
        }
    }
}
