//! What can be wrong with a problem, each with its code.

use std::fmt;

use quantity::Coded;

macro_rules! flaws {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $says:literal;)*) => {
        /// Something wrong with a problem. Codes below PLN-250 are refused: no plan can be made of it. The others are told:
        /// a plan is made, and what they name may fare worse in it than it should.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Flaw {
            $($(#[$doc])* $name,)*
        }

        impl Flaw {
            /// All of them, in the order of their codes.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code, never used again for another.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// How the log says it.
            pub const fn says(self) -> &'static str {
                match self {
                    $(Self::$name => $says,)*
                }
            }
        }
    };
}

flaws! {
    /// It names something that is not in its list.
    Index = "PLN-201", "a number outside its list";
    /// A window ends before it begins, or with it.
    EmptyWindow = "PLN-202", "an empty window";
    /// Windows are not in the order of time, or overlap.
    WindowOrder = "PLN-203", "windows out of order";
    /// A stock, an amount or a length of time is below 0.
    Negative = "PLN-204", "a negative amount";
    /// An amount or a time that nobody has: a slip of the unit.
    TooLarge = "PLN-205", "an amount that cannot be";
    /// A weight or cost is no number, below 0, or a share above 1.
    Aims = "PLN-206", "a weight that is none";
    /// Nobody carries.
    NoVehicle = "PLN-207", "no vehicle";
    /// Nobody has oxygen.
    NoSource = "PLN-208", "no source";
    /// Nobody needs oxygen.
    NoSite = "PLN-209", "no site";
    /// Nothing is said of the days to come.
    NoPath = "PLN-210", "no path";
    /// A path does not tell each site and day.
    PathShape = "PLN-211", "a path of another shape";
    /// No days, or too many.
    Days = "PLN-212", "no days or too many";
    /// More of a kind than can be planned at once.
    TooMany = "PLN-213", "too many at once";
    /// What a site uses is not told.
    NeedUnknown = "PLN-214", "the consumption is unknown";
    /// What a patient takes in a day is not told.
    PatientDay = "PLN-215", "a patient-day without oxygen";
    /// Cylinders of one size stand twice at a source.
    SizeTwice = "PLN-216", "a size twice";
    /// A cylinder that holds nothing.
    NoContent = "PLN-217", "a cylinder without content";
    /// Speed or winding of the roads is no usable number.
    Roads = "PLN-218", "roads that nobody drives";
    /// A place that is not on the earth.
    OffEarth = "PLN-219", "a place off the earth";
    /// A start that no calendar of ours has.
    Start = "PLN-220", "a start outside the calendar";
    /// A way or ferry from a place to itself.
    SamePlace = "PLN-221", "a way to itself";
    /// Decisions that cannot stand together.
    Conflict = "PLN-222", "decisions that contradict each other";
    /// A trip, published before or kept, that ends before it begins.
    TripOrder = "PLN-223", "a trip that ends before it begins";

    /// A place without coordinates and without a measured way.
    NoCoordinates = "PLN-251", "no coordinates and no measured way";
    /// A site that needs nothing on any day of any path.
    NeedsNothing = "PLN-252", "a site that needs nothing";
    /// A tank that holds less than the smallest lot.
    SmallTank = "PLN-253", "a tank smaller than its smallest lot";
    /// No way is open to any site throughout the plan.
    AllClosed = "PLN-254", "all ways are closed";
    /// No way leads to a site throughout the plan.
    Unreachable = "PLN-255", "no way to a site";
    /// No source and vehicle may deliver to a site.
    NobodyDelivers = "PLN-256", "nobody may deliver to a site";
    /// A tank shows more than it holds.
    OverFull = "PLN-257", "more in the tank than it holds";
    /// More shells than there is room for.
    Crammed = "PLN-258", "more shells than room";
    /// A lender lends more than it has.
    LendsTooMuch = "PLN-259", "lends more than it has";
    /// A source whose oxygen is not released.
    NotReleased = "PLN-260", "oxygen that is not released";
    /// A vehicle that is not free throughout the plan.
    NeverFree = "PLN-261", "a vehicle that is never free";
    /// A source that does not load throughout the plan.
    NeverLoads = "PLN-262", "a source that never loads";
    /// A ferry that does not sail throughout the plan.
    NeverSails = "PLN-263", "a ferry that never sails";
    /// A vehicle that carries nothing.
    CarriesNothing = "PLN-264", "a vehicle that carries nothing";
    /// A source that has nothing and makes nothing.
    HasNothing = "PLN-265", "a source that has nothing";
}

impl Flaw {
    /// Whether no plan is made of it.
    pub fn refused(self) -> bool {
        self < Self::NoCoordinates
    }
}

/// A flaw, and where it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unsound {
    /// What.
    pub flaw: Flaw,
    /// Where, as a path of keys: `sites[3].tank.stock`.
    pub at: String,
    /// Decisions that contradict each other: places in [`oxygen::dispatch::Problem::pins`].
    pub pins: Vec<usize>,
    facts: Vec<(&'static str, String)>,
}

impl Unsound {
    pub(super) fn new(flaw: Flaw, at: impl Into<String>) -> Self {
        let at = at.into();
        Self { flaw, pins: Vec::new(), facts: vec![("at", at.clone())], at }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }

    pub(super) fn of_pins(self, pins: Vec<usize>) -> Self {
        Self { pins, ..self }
    }

    /// Whether no plan is made of it.
    pub fn refused(&self) -> bool {
        self.flaw.refused()
    }
}

impl fmt::Display for Unsound {
    /// `PLN-204: a negative amount (sites[3].tank.stock)`: no names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.flaw.code(), self.flaw.says(), self.at)
    }
}

impl std::error::Error for Unsound {}

impl Coded for Unsound {
    fn code(&self) -> &'static str {
        self.flaw.code()
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        self.facts.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_comes_before_what_is_told() {
        let codes: Vec<&str> = Flaw::ALL.iter().map(|flaw| flaw.code()).collect();
        assert!(codes.windows(2).all(|two| two[0] < two[1]), "{codes:?}");
        assert!(Flaw::ALL.iter().all(|flaw| flaw.refused() == (flaw.code() < "PLN-250")));
    }
}
