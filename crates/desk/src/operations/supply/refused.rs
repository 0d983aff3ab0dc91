//! Why something about supply is not done.

use oxygen::supply::{ContractProblem, LineProblem, PlateProblem};
use quantity::{Coded, ConversionProblem, Grams, Moment, show_number};

use crate::supply::Stage;

/// Why something about supply is not done. Each has its sentence and next step in `errors-supply.ftl`.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Something that may not be missing.
    #[error("SUP-002: {what} is missing")]
    Missing {
        /// What.
        what: &'static str,
    },
    /// The plate is another vehicle's.
    #[error("SUP-003: {plate} is registered already, of {owner}")]
    PlateTaken {
        /// The plate.
        plate: String,
        /// Whose the other one is.
        owner: String,
    },
    /// The name or number is another's.
    #[error("SUP-004: {name} is registered already")]
    NameTaken {
        /// Name or number.
        name: String,
    },
    /// Days or prices of a contract that cannot be.
    #[error("SUP-006: the terms do not fit together")]
    BadTerms,
    /// Who asked cannot approve.
    #[error("SUP-010: who asked does not approve")]
    OwnRequest,
    /// Nobody approves for his own unit.
    #[error("SUP-011: nobody approves for his own unit")]
    OwnUnit,
    /// The request is at another step.
    #[error("SUP-012: the request is {stage:?}")]
    WrongStep {
        /// Where it stands.
        stage: Stage,
    },
    /// An order without contract needs what it rests on.
    #[error("SUP-013: neither contract nor legal basis")]
    NoBasis,
    /// There are not enough empty shells.
    #[error("SUP-014: {asked} cylinders asked, {shells} shells")]
    NoShells {
        /// Cylinders asked for.
        asked: u32,
        /// Empty shells of the facility and shells of the supplier.
        shells: u32,
    },
    /// Nothing, or less than nothing.
    #[error("SUP-015: the amount is not above zero")]
    NotPositive,
    /// The hour has passed.
    #[error("SUP-016: needed by {needed_by}, which has passed")]
    TooLate {
        /// As told.
        needed_by: Moment,
    },
    /// The contract is another's.
    #[error("SUP-017: contract {number} does not serve this facility")]
    NotItsContract {
        /// Its number.
        number: String,
    },
    /// A machine is not filled.
    #[error("SUP-018: {label} cannot be filled")]
    NotFillable {
        /// Label of the store.
        label: String,
    },
    /// More than the vehicle carries, other loads included.
    #[error("SUP-023: {asked} for {plate}, which carries {capacity}, {taken} taken")]
    TooMuchForVehicle {
        /// Its plate.
        plate: String,
        /// To be loaded.
        asked: Grams,
        /// The most it carries.
        capacity: Grams,
        /// Loaded on it for others.
        taken: Grams,
    },
    /// No vehicle of this plate.
    #[error("SUP-024: no vehicle {plate}")]
    UnknownPlate {
        /// As told.
        plate: String,
    },
    /// Another plate at the gate than was loaded.
    #[error("SUP-030: {plate} at the gate, {loaded} was loaded")]
    OtherPlate {
        /// At the gate.
        plate: String,
        /// Loaded.
        loaded: String,
    },
    /// The delivery note was received before.
    #[error("SUP-031: note {note} was received at {at}")]
    ReceivedBefore {
        /// Its number.
        note: String,
        /// When.
        at: Moment,
    },
    /// A number that cannot be used for this receipt. It says nothing of who used it: that lies outside the scope.
    #[error("SUP-034: note {note} cannot be used")]
    OtherNote {
        /// Its number.
        note: String,
    },
    /// The receipt was corrected before.
    #[error("SUP-035: corrected by {by} at {at}")]
    CorrectedBefore {
        /// Who.
        by: String,
        /// When.
        at: Moment,
    },
    /// Whoever recorded it does not correct it.
    #[error("SUP-036: who recorded a receipt does not correct it")]
    SecondPerson,
    /// Whoever entered an invoice does not agree to it.
    #[error("SUP-046: who entered an invoice does not settle it")]
    OwnInvoice,
    /// The contract was ended.
    #[error("SUP-007: contract {number} was ended")]
    ContractEnded {
        /// Its number.
        number: String,
    },
    /// Oxygen was received under the contract: its supplier stays.
    #[error("SUP-008: contract {number} has receipts of its supplier")]
    ContractDrawn {
        /// Its number.
        number: String,
    },
    /// The driver's code is another.
    #[error("SUP-032: the driver's code does not fit")]
    WrongCode,
    /// A loaded vehicle that weighs less than the empty one.
    #[error("SUP-033: gross {gross} is not above tare {tare}")]
    Scale {
        /// Loaded.
        gross: Grams,
        /// Empty.
        tare: Grams,
    },
    /// The lines of an invoice are not its sum.
    #[error("SUP-042: the lines are {lines}, the invoice says {total}")]
    SumDiffers {
        /// Of the lines.
        lines: Grams,
        /// Of the invoice.
        total: Grams,
    },
    /// More given back than was lent.
    #[error("SUP-043: {back} given back, {outstanding} owed")]
    MoreThanLent {
        /// To be given back.
        back: Grams,
        /// Owed.
        outstanding: Grams,
    },
    /// Lent to itself.
    #[error("SUP-044: lender and borrower are one")]
    SameFacility,
    /// A file that is not kept.
    #[error("SUP-045: this kind of file is not kept")]
    BadFile,
    /// A line of an invoice.
    #[error(transparent)]
    Line(#[from] LineProblem),
    /// A plate.
    #[error(transparent)]
    Plate(#[from] PlateProblem),
    /// A figure.
    #[error(transparent)]
    Figure(#[from] ConversionProblem),
    /// A contract.
    #[error(transparent)]
    Contract(#[from] ContractProblem),
}

impl Refused {
    fn inner(&self) -> Option<&dyn Coded> {
        match self {
            Self::Line(problem) => Some(problem),
            Self::Plate(problem) => Some(problem),
            Self::Figure(problem) => Some(problem),
            Self::Contract(problem) => Some(problem),
            _ => None,
        }
    }
}

/// To the kilogram: nobody settles in rounded tonnes.
fn kg(mass: &Grams) -> String {
    format!("{} kg", show_number(mass.as_kg(), 0))
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "SUP-002",
            Self::PlateTaken { .. } => "SUP-003",
            Self::NameTaken { .. } => "SUP-004",
            Self::BadTerms => "SUP-006",
            Self::OwnRequest => "SUP-010",
            Self::OwnUnit => "SUP-011",
            Self::WrongStep { .. } => "SUP-012",
            Self::NoBasis => "SUP-013",
            Self::NoShells { .. } => "SUP-014",
            Self::NotPositive => "SUP-015",
            Self::TooLate { .. } => "SUP-016",
            Self::NotItsContract { .. } => "SUP-017",
            Self::NotFillable { .. } => "SUP-018",
            Self::TooMuchForVehicle { .. } => "SUP-023",
            Self::UnknownPlate { .. } => "SUP-024",
            Self::OtherPlate { .. } => "SUP-030",
            Self::ReceivedBefore { .. } => "SUP-031",
            Self::WrongCode => "SUP-032",
            Self::OtherNote { .. } => "SUP-034",
            Self::CorrectedBefore { .. } => "SUP-035",
            Self::SecondPerson => "SUP-036",
            Self::OwnInvoice => "SUP-046",
            Self::ContractEnded { .. } => "SUP-007",
            Self::ContractDrawn { .. } => "SUP-008",
            Self::Scale { .. } => "SUP-033",
            Self::SumDiffers { .. } => "SUP-042",
            Self::MoreThanLent { .. } => "SUP-043",
            Self::SameFacility => "SUP-044",
            Self::BadFile => "SUP-045",
            Self::Line(_) | Self::Plate(_) | Self::Figure(_) | Self::Contract(_) => {
                self.inner().map_or("SUP-002", Coded::code)
            }
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Missing { what } => vec![("what", (*what).to_owned())],
            Self::PlateTaken { plate, owner } => vec![("plate", plate.clone()), ("owner", owner.clone())],
            Self::NameTaken { name } => vec![("name", name.clone())],
            Self::WrongStep { stage } => vec![("stage", stage.code().to_owned())],
            Self::NoShells { asked, shells } => vec![("asked", asked.to_string()), ("shells", shells.to_string())],
            Self::TooLate { needed_by } => vec![("at", needed_by.to_string())],
            Self::NotItsContract { number } | Self::ContractEnded { number } | Self::ContractDrawn { number } => {
                vec![("number", number.clone())]
            }
            Self::OtherNote { note } => vec![("note", note.clone())],
            Self::CorrectedBefore { by, at } => vec![("who", by.clone()), ("at", at.to_string())],
            Self::NotFillable { label } => vec![("label", label.clone())],
            Self::TooMuchForVehicle { plate, asked, capacity, taken } => {
                vec![("plate", plate.clone()), ("asked", kg(asked)), ("capacity", kg(capacity)), ("taken", kg(taken))]
            }
            Self::UnknownPlate { plate } => vec![("plate", plate.clone())],
            Self::OtherPlate { plate, loaded } => vec![("plate", plate.clone()), ("loaded", loaded.clone())],
            Self::ReceivedBefore { note, at } => vec![("note", note.clone()), ("at", at.to_string())],
            Self::Scale { gross, tare } => vec![("gross", kg(gross)), ("tare", kg(tare))],
            Self::SumDiffers { lines, total } => vec![("lines", kg(lines)), ("total", kg(total))],
            Self::MoreThanLent { back, outstanding } => vec![("back", kg(back)), ("outstanding", kg(outstanding))],
            Self::BadTerms
            | Self::OwnRequest
            | Self::OwnUnit
            | Self::NoBasis
            | Self::NotPositive
            | Self::WrongCode
            | Self::SecondPerson
            | Self::OwnInvoice
            | Self::SameFacility
            | Self::BadFile => Vec::new(),
            Self::Line(_) | Self::Plate(_) | Self::Figure(_) | Self::Contract(_) => {
                self.inner().map(Coded::facts).unwrap_or_default()
            }
        }
    }
}
