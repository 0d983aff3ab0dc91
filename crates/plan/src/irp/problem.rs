//! Why an instance cannot be solved.

use quantity::Coded;

/// Why an instance is refused, or no solution is given. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IrpProblem {
    /// The file ends before all nodes are told.
    #[error("IRP-001: ends after line {line}, {missing} nodes are missing")]
    Short {
        /// The last line that has something.
        line: usize,
        /// How many nodes are not told.
        missing: usize,
    },
    /// A line has more or fewer figures than its kind.
    #[error("IRP-002: line {line}: {found} figures, not {wanted}")]
    Figures {
        /// Which line.
        line: usize,
        /// How many stand there.
        found: usize,
        /// How many belong there.
        wanted: usize,
    },
    /// A figure that is none, is negative, is no whole number where one belongs, or is too large.
    #[error("IRP-003: line {line}, figure {column}: not usable")]
    NoNumber {
        /// Which line.
        line: usize,
        /// Which figure of the line, from 1.
        column: usize,
        /// What stands there, cut.
        typed: String,
    },
    /// Nodes are not numbered in order.
    #[error("IRP-004: line {line}: node {wanted} belongs here")]
    Order {
        /// Which line.
        line: usize,
        /// The number that belongs there.
        wanted: usize,
    },
    /// Something stands behind the last node.
    #[error("IRP-005: line {line}: more than the first line tells")]
    Long {
        /// The first line too many.
        line: usize,
    },
    /// No customers, no days, no vehicles, no capacity; or more of it than the search takes.
    #[error("IRP-006: figure {column} of line 1 is {value}, not {least} to {most}")]
    Size {
        /// Which figure of the first line, from 1.
        column: usize,
        /// What it says.
        value: i64,
        /// The least that is taken.
        least: i64,
        /// The most that is taken.
        most: i64,
    },
    /// A customer begins with more than it can hold.
    #[error("IRP-007: customer {customer} begins with {stock}, can hold {most}")]
    Overfull {
        /// Which customer.
        customer: usize,
        /// What it begins with.
        stock: i64,
        /// What it can hold.
        most: i64,
    },
    /// A customer uses more in a day than fits between its least and its largest stock.
    #[error("IRP-008: customer {customer} uses {demand} a day, has room for {room}")]
    Demand {
        /// Which customer.
        customer: usize,
        /// What it uses a day.
        demand: i64,
        /// Largest minus least stock.
        room: i64,
    },
    /// All vehicles together cannot carry what must have come by a day.
    #[error("IRP-009: by day {day} {needed} are needed, vehicles can carry {possible}")]
    Vehicles {
        /// By which day, from 1.
        day: usize,
        /// What customers need by then.
        needed: i64,
        /// What vehicles can carry by then.
        possible: i64,
    },
    /// The depot does not have what must have left by a day.
    #[error("IRP-010: by day {day} {needed} are needed, the depot can ship {possible}")]
    Depot {
        /// By which day, from 1.
        day: usize,
        /// What customers need by then.
        needed: i64,
        /// What the depot can have shipped by then.
        possible: i64,
    },
    /// The search has found no solution that keeps every rule; there may be one.
    #[error("IRP-011: nothing feasible in {iterations} iterations")]
    NotFound {
        /// Iterations that were done.
        iterations: u64,
    },
    /// Days, vehicles and customers together are more than the search takes.
    #[error("IRP-012: {cells} cells, {most} at most")]
    TooLarge {
        /// Days times vehicles times nodes.
        cells: u64,
        /// The most that is taken.
        most: u64,
    },
}

impl Coded for IrpProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Short { .. } => "IRP-001",
            Self::Figures { .. } => "IRP-002",
            Self::NoNumber { .. } => "IRP-003",
            Self::Order { .. } => "IRP-004",
            Self::Long { .. } => "IRP-005",
            Self::Size { .. } => "IRP-006",
            Self::Overfull { .. } => "IRP-007",
            Self::Demand { .. } => "IRP-008",
            Self::Vehicles { .. } => "IRP-009",
            Self::Depot { .. } => "IRP-010",
            Self::NotFound { .. } => "IRP-011",
            Self::TooLarge { .. } => "IRP-012",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let fact = |name: &'static str, value: &dyn ToString| (name, value.to_string());
        match self {
            Self::Short { line, missing } => vec![fact("line", line), fact("missing", missing)],
            Self::Figures { line, found, wanted } => {
                vec![fact("line", line), fact("found", found), fact("wanted", wanted)]
            }
            Self::NoNumber { line, column, typed } => {
                vec![fact("line", line), fact("column", column), fact("typed", typed)]
            }
            Self::Order { line, wanted } => vec![fact("line", line), fact("wanted", wanted)],
            Self::Long { line } => vec![fact("line", line)],
            Self::Size { column, value, least, most } => {
                vec![fact("column", column), fact("value", value), fact("least", least), fact("most", most)]
            }
            Self::Overfull { customer, stock, most } => {
                vec![fact("customer", customer), fact("stock", stock), fact("most", most)]
            }
            Self::Demand { customer, demand, room } => {
                vec![fact("customer", customer), fact("demand", demand), fact("room", room)]
            }
            Self::Vehicles { day, needed, possible } | Self::Depot { day, needed, possible } => {
                vec![fact("day", day), fact("needed", needed), fact("possible", possible)]
            }
            Self::NotFound { iterations } => vec![fact("iterations", iterations)],
            Self::TooLarge { cells, most } => vec![fact("cells", cells), fact("most", most)],
        }
    }
}
