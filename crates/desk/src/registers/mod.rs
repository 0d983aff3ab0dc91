//! Registers as sheets: the template, what a register holds, a file that is read, what it would change, the
//! rows given back. One description of a register's columns (`protocols/register-*.toml` and one module here)
//! makes all of them, so that what is taken out, changed in a spreadsheet and brought back changes only what
//! was changed, and the same file twice changes nothing (lessons: five or six times the same data, no receipt).
//!
//! Lives here: the registers ([`ALL`]), reading and comparing rows (`plan`), the preview and its writing
//! ([`work`]). Not here: rules of a register. Every row goes through the register's own operation, with its
//! rights, refusals and audit; the preview tries that same operation and undoes it.

mod change;
mod counts;
mod facilities;
pub mod file;
pub(crate) mod known;
mod letters;
mod means;
mod means_chain;
mod plan;
mod programme;
mod refill;
pub mod refused;
mod roster;
mod row;
mod supply;
mod supply_contracts;
pub mod work;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use document::DocumentProblem;
use document::columns::{Fields, Layout, Unfolded, folded};
use document::table::Table;
use quantity::Moment;
use store::Connection;

pub use refused::Refused;
pub use row::ERASE;

use crate::actor::Actor;
use crate::failure::Outcome;
use crate::office::Office;
use crate::record::{self, Kept, Record};
use crate::registry::{Facility, Registry};
use crate::rights::Capability;
use change::Change;
use plan::Planned;
use row::{Cells, Read, Row, boxed};

/// More records of a kind than a province has.
const MOST: i64 = 100_000;

/// What a register sees while rows are held against it.
pub(crate) struct Look<'a> {
    /// Facilities, stores, people.
    pub registry: Arc<Registry>,
    /// Who asks.
    pub actor: &'a Actor,
    /// Now, by the domain clock.
    pub now: Moment,
    /// Now, by the real clock: for new keys.
    pub real_now: Moment,
    /// For what else it asks.
    pub connection: &'a mut Connection,
    /// The letters that are known, by number and day: for those whose issuer a file spells in another way.
    pub letters: letters::Known,
}

impl<'a> Look<'a> {
    fn new(office: &Office, connection: &'a mut Connection, actor: &'a Actor) -> Outcome<Self> {
        Ok(Self {
            registry: office.registry(connection, actor.province)?,
            actor,
            now: office.now(connection)?,
            real_now: office.real_now(),
            connection,
            letters: letters::Known::default(),
        })
    }

    /// The facility of a code or full name in the actor's scope.
    pub fn facility_called(&self, typed: &str) -> Option<&Facility> {
        self.registry.facility_called(typed).filter(|facility| self.actor.sees(facility, &self.registry))
    }

    /// The facility that a row is about.
    pub fn facility(&self, row: &Row<'_>) -> Read<&Facility> {
        let typed = row.some("facility").or_else(|| row.some("facility_name")).unwrap_or_default();
        self.facility_called(&typed).ok_or_else(|| boxed(Refused::UnknownFacility { typed }))
    }

    /// Puts the code of the facility where the row names it in another way.
    pub fn settle_facility(&self, cells: &mut Cells) {
        let typed = ["facility", "facility_name"].into_iter().find_map(|key| match cells.get(key) {
            Some(document::sheet::Value::Text(text)) => Some(text.clone()),
            _ => None,
        });
        if let Some(found) = typed.and_then(|typed| self.facility_called(&typed)) {
            cells.insert("facility".to_owned(), document::sheet::Value::Text(found.code.clone()));
            cells.insert("facility_name".to_owned(), document::sheet::Value::Text(found.body.name.clone()));
        }
    }

    /// Every record of a kind, closed ones too, oldest first.
    pub fn records<T: Record>(&mut self) -> Outcome<Vec<Kept<T>>> {
        let mut all = record::newest(self.connection, self.actor.province, MOST)?;
        all.reverse();
        Ok(all)
    }

    /// Records of facilities in the actor's scope, with their facility, in the order of the facilities.
    pub fn of_facilities<T: Record>(&mut self) -> Outcome<Vec<(Kept<T>, Facility)>> {
        let all = self.records::<T>()?;
        let with = |kept: Kept<T>| {
            let owner = kept.content.owner().map(|id| place::FacilityId::of_body(place::BodyId(id)))?;
            let facility = self.registry.facility(owner).filter(|one| self.actor.sees(one, &self.registry))?;
            Some((kept, facility.clone()))
        };
        let mut found: Vec<(Kept<T>, Facility)> = all.into_iter().filter_map(with).collect();
        found.sort_by_cached_key(|(_, facility)| (place::text::sort_key(&facility.body.name), facility.code.clone()));
        Ok(found)
    }
}

/// A register that can be taken out and brought in as a sheet.
pub(crate) trait Register: 'static {
    /// What it keeps, with what its cells need.
    type Held;
    /// The columns.
    const LAYOUT: &'static str;
    /// Columns that name what a row is about and are never compared: shown for the reader.
    const SHOWN_ONLY: &'static [&'static str] = &["facility_name"];

    /// Columns that say the same in every row of what [`Register::shared`] names.
    const SHARED: &'static [&'static str] = &[];

    /// Refuses a file as a whole, before anything of it is kept.
    fn refuse_file(_rows: &[Fields<'_>]) -> Outcome<()> {
        Ok(())
    }
    /// A sheet of another shape in the form of a row for each figure, where the register knows such a shape and the sheet
    /// has it.
    fn unfold(_look: &Look<'_>, _layout: &Layout, _table: &Table) -> Option<Unfolded> {
        None
    }
    /// How many rows it holds in the actor's scope, where that is known without reading them.
    fn count(_look: &mut Look<'_>) -> Outcome<Option<usize>> {
        Ok(None)
    }
    /// What stands now in the actor's scope.
    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>>;
    /// Whether it stands in the sheet as a row of its own.
    fn is_listed(_held: &Self::Held) -> bool {
        true
    }
    /// One of them as cells.
    fn cells(look: &Look<'_>, held: &Self::Held) -> Cells;
    /// Brings what a file tells into the form in which cells are compared.
    fn settle(look: &Look<'_>, told: &mut Cells) {
        look.settle_facility(told);
    }
    /// What makes a row the same as another, however it is typed.
    fn key(cells: &Cells) -> String;
    /// What several rows have in common, for [`Register::SHARED`].
    fn shared(_cells: &Cells) -> String {
        String::new()
    }
    /// What a person calls the row.
    fn label(cells: &Cells) -> String;
    /// What a new or changed row would do.
    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change>;
    /// Whether changed rows go together as new ones do.
    const CHANGES_TOGETHER: bool = false;
    /// New rows that go in together or not at all, by what they have in common.
    fn together(_look: &Look<'_>, _row: &Row<'_>) -> Option<String> {
        None
    }
    /// The same of a row that could not be read: the others do not go in without it.
    fn together_unread(_fields: &Fields<'_>) -> Option<String> {
        None
    }
    /// What rows that go together would do; the place of the one at fault otherwise.
    fn change_together(look: &mut Look<'_>, rows: &[Row<'_>]) -> Result<Change, (usize, Box<dyn crate::Reason>)> {
        match rows.first() {
            Some(row) => Self::change(look, row, None).map_err(|reason| (0, reason)),
            None => Err((0, boxed(Refused::NothingToRead))),
        }
    }
}

/// What is done with a table read through a register's columns.
type PlanRows = fn(&mut Look<'_>, &Layout, &[Fields<'_>]) -> Outcome<Planned>;

/// How a sheet of another shape is recognised.
type UnfoldTable = fn(&Look<'_>, &Layout, &Table) -> Option<Unfolded>;

/// A register, by its name.
pub struct Entry {
    /// Its name in addresses and on the command line.
    pub name: &'static str,
    /// The right that its operation asks for.
    pub needs: Capability,
    /// Its page.
    pub page: &'static str,
    layout: &'static str,
    read: OnceLock<Layout>,
    names: OnceLock<Vec<HashSet<String>>>,
    plan: PlanRows,
    unfold: UnfoldTable,
    cells: fn(&mut Look<'_>) -> Outcome<Vec<Cells>>,
    count: fn(&mut Look<'_>) -> Outcome<usize>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Entry {
    /// Its columns.
    ///
    /// # Errors
    /// [`DocumentProblem::LayoutBroken`]; a test reads every one.
    pub fn layout(&self) -> Result<Layout, DocumentProblem> {
        if let Some(layout) = self.read.get() {
            return Ok(layout.clone());
        }
        let layout = Layout::from_toml(self.layout)?;
        Ok(self.read.get_or_init(|| layout).clone())
    }

    /// For each column the titles under which it is known, as titles are compared.
    fn names(&self, layout: &Layout) -> &[HashSet<String>] {
        self.names.get_or_init(|| {
            let known = |column: &document::columns::Column| {
                std::iter::once(&column.title).chain(&column.aliases).map(|name| folded(name)).collect()
            };
            layout.columns.iter().map(known).collect()
        })
    }

    fn plan(&self, look: &mut Look<'_>, layout: &Layout, table: &Table) -> Outcome<plan::Plan> {
        plan::of_table(self, look, layout, table)
    }
}

const fn entry<R: Register>(name: &'static str, needs: Capability, page: &'static str) -> Entry {
    Entry {
        name,
        needs,
        page,
        layout: R::LAYOUT,
        read: OnceLock::new(),
        names: OnceLock::new(),
        plan: plan::rows::<R>,
        unfold: R::unfold,
        cells: all_cells::<R>,
        count: count_rows::<R>,
    }
}

fn count_rows<R: Register>(look: &mut Look<'_>) -> Outcome<usize> {
    match R::count(look)? {
        Some(count) => Ok(count),
        None => Ok(all_cells::<R>(look)?.len()),
    }
}

fn all_cells<R: Register>(look: &mut Look<'_>) -> Outcome<Vec<Cells>> {
    let held = R::held(look)?;
    let mut rows: Vec<Cells> = held.iter().filter(|one| R::is_listed(one)).map(|one| R::cells(look, one)).collect();
    // What rows share stands in the first of them: there it is changed, in one place.
    let mut before = None;
    for cells in rows.iter_mut().filter(|_| !R::SHARED.is_empty()) {
        let shared = R::shared(cells);
        if before.as_ref() == Some(&shared) {
            cells.retain(|key, _| !R::SHARED.contains(&key.as_str()));
        }
        before = Some(shared);
    }
    Ok(rows)
}

/// Every register, in the order in which a province brings its data in.
pub static ALL: [Entry; 17] = [
    entry::<facilities::Facilities>("facilities", Capability::KeepRegisters, "/oxy"),
    entry::<means::BedCounts>("beds", Capability::KeepInstallations, "/phuong-tien/giuong"),
    entry::<supply::Suppliers>("suppliers", Capability::KeepSupply, "/cung-ung/nha-cung-ung"),
    entry::<supply_contracts::Contracts>("contracts", Capability::KeepSupply, "/cung-ung/hop-dong"),
    entry::<supply::Vehicles>("vehicles", Capability::KeepSupply, "/phuong-tien"),
    entry::<means_chain::Vessels>("vessels", Capability::KeepInstallations, "/phuong-tien/kiem-dinh"),
    entry::<means_chain::Links>("links", Capability::KeepInstallations, "/phuong-tien/chuoi"),
    entry::<means::Works>("works", Capability::KeepInstallations, "/phuong-tien/cong-trinh"),
    entry::<means::Sites>("sites", Capability::KeepInstallations, "/phuong-tien/thiet-lap"),
    entry::<supply::Machines>("machines", Capability::KeepSupply, "/phuong-tien/may-muon"),
    entry::<refill::Refills>("refills", Capability::AnswerAlarms, "/oxy/nap"),
    entry::<refill::ClosuresRegister>("closures", Capability::AnswerAlarms, "/oxy/nap"),
    entry::<roster::Roster>("roster", Capability::AnswerAlarms, "/oxy/truc"),
    entry::<letters::Incoming>("letters", Capability::HandleLetters, "/van-ban/so"),
    entry::<letters::Outgoing>("letters-sent", Capability::HandleLetters, "/van-ban/so"),
    entry::<counts::Counts>("counts", Capability::ReportCounts, "/so-ca"),
    entry::<programme::Milestones>("milestones", Capability::KeepCommand, "/chi-dao/de-an-4308"),
];

/// The register of a name.
pub fn called(name: &str) -> Option<&'static Entry> {
    ALL.iter().find(|entry| entry.name == name)
}
