//! The rules of a plan, each with its code.

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $says:literal;)*) => {
        /// A rule of a plan. Its sentence stands in `locales/` under its code, in words in `docs/planning.md`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Rule {
            $($(#[$doc])* $name,)*
        }

        impl Rule {
            /// All of them, in the order of their codes.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code, never used again for another rule.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// How the log says that it is broken.
            pub const fn says(self) -> &'static str {
                match self {
                    $(Self::$name => $says,)*
                }
            }
        }
    };
}

rules! {
    /// A plan is checked against a problem that is sound (`plan::sound`).
    Problem = "PLN-100", "the problem is not sound";
    /// The vehicle of a trip is one of the problem.
    Vehicle = "PLN-101", "no such vehicle";
    /// The source of a trip is one of the problem.
    Source = "PLN-102", "no such source";
    /// The site of a stop is one of the problem.
    Site = "PLN-103", "no such site";
    /// The contract of a stop is one of the problem.
    Contract = "PLN-104", "no such contract";
    /// A trip has a stop.
    NoStop = "PLN-105", "a trip without a stop";
    /// The times of a trip follow each other.
    Order = "PLN-106", "times out of order";
    /// No trip leaves before the start, but those that are frozen.
    BeforeStart = "PLN-107", "it leaves before the start";
    /// Unloading ends before the plan does.
    AfterEnd = "PLN-108", "it unloads after the end";
    /// There is a way.
    NoWay = "PLN-109", "no way";
    /// The ferry takes the vehicle.
    NotBoarding = "PLN-110", "no ferry takes the vehicle";
    /// Nobody is faster than the table of ways.
    TooFast = "PLN-111", "faster than the way allows";
    /// Nobody moves on a closed way.
    RoadClosed = "PLN-112", "the way is closed";
    /// A ferry is boarded while it may be.
    FerryMissed = "PLN-113", "no ferry sails in time";
    /// Loading lies in one opening window of the source.
    SourceShut = "PLN-114", "the source does not load then";
    /// Loading takes its time.
    LoadingShort = "PLN-115", "too short for loading";
    /// Unloading lies in one opening window of the site.
    SiteShut = "PLN-116", "the site takes nothing then";
    /// Unloading takes its time.
    UnloadingShort = "PLN-117", "too short for unloading";
    /// A trip lies in one window of its vehicle.
    NotFree = "PLN-118", "the vehicle is not free";
    /// A vehicle is on one trip at a time.
    Overlap = "PLN-119", "two trips at once";
    /// Drivers are out no longer than their duty.
    Duty = "PLN-120", "the drivers are out too long";
    /// A vehicle brings what it carries.
    WrongKind = "PLN-121", "the vehicle does not carry that";
    /// A tanker brings no more than it holds.
    Overloaded = "PLN-122", "more than the tanker holds";
    /// There is room for the cylinders on board all the way.
    TooManyOnBoard = "PLN-123", "more cylinders than there is room on board";
    /// The road bears the vehicle.
    TooHeavy = "PLN-124", "too heavy for the road";
    /// A vehicle serves the source that it is bound to.
    CarriesForAnother = "PLN-125", "the vehicle carries for another source";
    /// The site has what the oxygen goes into.
    TakesNothing = "PLN-126", "the site takes nothing of the kind";
    /// The source has what is loaded.
    HasNothing = "PLN-127", "the source has nothing of the kind";
    /// Cylinders are of the size of the site's.
    WrongSize = "PLN-128", "cylinders of another size";
    /// A trip with cylinders comes back by way of the source.
    NoReturn = "PLN-129", "the empties do not come back";
    /// A tanker does not.
    ReturnOfLiquid = "PLN-130", "a tanker brings nothing back";
    /// A stop brings something.
    Nothing = "PLN-131", "a stop that brings nothing";
    /// A tanker comes for the smallest lot or more.
    BelowLot = "PLN-132", "less than the smallest lot";
    /// A stop brings no more than the tank holds.
    AboveTank = "PLN-133", "more than the tank holds";
    /// There is room for the shells at the site.
    NoRoom = "PLN-134", "no room for the cylinders";
    /// No more empty ones are taken than full ones brought.
    MoreEmpties = "PLN-135", "more empties taken than brought";
    /// Only empty cylinders that are there are taken.
    EmptiesNotThere = "PLN-136", "empties that are not there";
    /// A source has the liquid when loading begins.
    NoLiquid = "PLN-137", "the source does not have the liquid";
    /// A source has the filled cylinders when loading begins.
    NoFull = "PLN-138", "the source does not have the filled cylinders";
    /// What is loaded is released for patients.
    NotReleased = "PLN-139", "not released for patients";
    /// The owner of the tank lets the source fill it.
    TankOfAnother = "PLN-140", "the tank is another source's";
    /// The owner of the shells lets the source refill them.
    ShellsOfAnother = "PLN-141", "the shells are another source's";
    /// Nobody lends to himself.
    Itself = "PLN-142", "a facility does not lend to itself";
    /// The contract is with the source.
    ContractOfAnother = "PLN-143", "the contract is with another source";
    /// The contract covers the site.
    ContractNotForSite = "PLN-144", "the contract does not cover the site";
    /// The contract is in force when loading begins.
    ContractNotInForce = "PLN-145", "the contract is not in force";
    /// The order can reach the source in time.
    Lead = "PLN-146", "too late to order";
    /// All that rests on a contract is within what it still allows.
    ContractUsedUp = "PLN-147", "more than the contract allows";
    /// Only a lender lends.
    LoanOfNoLender = "PLN-148", "a loan from a source that is no lender";
    /// A lender only lends.
    LenderSells = "PLN-149", "a lender only lends";
    /// Nobody buys without a contract unless that is allowed.
    EmergencyPurchase = "PLN-150", "purchases without a contract are not allowed";
    /// Trips that are frozen stay as they were.
    Frozen = "PLN-151", "a frozen trip was changed";
    /// Trips that a person keeps stay as they are.
    Keep = "PLN-152", "a kept trip is missing";
    /// What a person wants delivered is.
    Deliver = "PLN-153", "less than was decided";
    /// What a person forbids does not take place.
    Forbid = "PLN-154", "a delivery that was forbidden";
    /// No site gets more than a person allows.
    AtMost = "PLN-155", "more than was decided";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_each_other_and_none_comes_twice() {
        for (at, rule) in Rule::ALL.iter().enumerate() {
            assert_eq!(rule.code(), format!("PLN-{}", 100 + at), "{rule:?}");
        }
    }
}
