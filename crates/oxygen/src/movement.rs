//! Oxygen that came, went or was used, and whether a day's balance closes.

use quantity::{Coded, Grams, Moment, Typed};
use serde::{Deserialize, Serialize};

use crate::{Move, MoveClass, MovementId, Settings, Store, StoreId};

/// Why stock changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// Delivered by a supplier.
    Received,
    /// Used for patients.
    Used,
    /// Vented or lost otherwise.
    Lost,
    /// Handed over to another facility.
    HandedOver,
    /// Taken over from another facility.
    TakenOver,
    /// A difference that a count found, signed: the book follows the vessel.
    Adjustment,
}

impl MovementKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Received, Self::Used, Self::Lost, Self::HandedOver, Self::TakenOver, Self::Adjustment];

    /// Stable text for storage.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Used => "used",
            Self::Lost => "lost",
            Self::HandedOver => "handed_over",
            Self::TakenOver => "taken_over",
            Self::Adjustment => "adjustment",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "nhận",
            Self::Used => "sử dụng",
            Self::Lost => "hao hụt, xả",
            Self::HandedOver => "bàn giao đi",
            Self::TakenOver => "nhận bàn giao",
            Self::Adjustment => "điều chỉnh sau kiểm kê",
        }
    }

    /// How the gauge of the store sees it.
    pub const fn class(self) -> MoveClass {
        match self {
            Self::Received | Self::TakenOver | Self::HandedOver | Self::Lost => MoveClass::Physical,
            Self::Used => MoveClass::Use,
            Self::Adjustment => MoveClass::Book,
        }
    }

    const fn sign(self) -> i64 {
        match self {
            Self::Received | Self::TakenOver | Self::Adjustment => 1,
            Self::Used | Self::Lost | Self::HandedOver => -1,
        }
    }
}

/// How a movement changes the count of cylinders.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct CylinderChange {
    /// Full ones more or fewer.
    pub full: i32,
    /// Part-used ones more or fewer.
    pub part: i32,
    /// Empty shells more or fewer.
    pub empty: i32,
    /// Damaged shells more or fewer.
    pub damaged: i32,
}

/// A change of a store's content.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Movement {
    /// Its identifier.
    pub id: MovementId,
    /// The store.
    pub store: StoreId,
    /// Why.
    pub kind: MovementKind,
    /// How much: not negative, except for an adjustment, which carries its sign.
    pub amount: Grams,
    /// Cylinders that came or went.
    pub cylinders: Option<CylinderChange>,
    /// As typed.
    pub typed: Typed,
    /// When it happened.
    pub happened_at: Moment,
}

/// Why a movement or a day's balance is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BalanceProblem {
    /// Opening + in − out is not the closing stock.
    #[error("OXY-020: {opening} + {moved_in} - {moved_out} is {expected}, but {closing} was told")]
    DoesNotClose {
        /// Stock at the beginning.
        opening: Grams,
        /// All that came.
        moved_in: Grams,
        /// All that went, uses included.
        moved_out: Grams,
        /// Stock at the end by the sum.
        expected: Grams,
        /// Stock at the end as told.
        closing: Grams,
    },
    /// A negative amount of something that has its own direction.
    #[error("OXY-021: an amount of {amount} {kind:?}")]
    NegativeAmount {
        /// Why stock changed.
        kind: MovementKind,
        /// As told.
        amount: Grams,
    },
    /// More at once than the store holds.
    #[error("OXY-022: {amount} at once, but this store holds at most {capacity}")]
    MoreThanTheStore {
        /// As told.
        amount: Grams,
        /// The most the store holds.
        capacity: Grams,
    },
}

impl Coded for BalanceProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::DoesNotClose { .. } => "OXY-020",
            Self::NegativeAmount { .. } => "OXY-021",
            Self::MoreThanTheStore { .. } => "OXY-022",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::DoesNotClose { opening, moved_in, moved_out, expected, closing } => vec![
                ("opening", opening.to_string()),
                ("moved_in", moved_in.to_string()),
                ("moved_out", moved_out.to_string()),
                ("expected", expected.to_string()),
                ("closing", closing.to_string()),
                ("gap", (*closing - *expected).abs().to_string()),
            ],
            Self::NegativeAmount { kind, amount } => {
                vec![("kind", kind.label().to_owned()), ("shown", amount.to_string())]
            }
            Self::MoreThanTheStore { amount, capacity } => {
                vec![("shown", amount.to_string()), ("capacity", capacity.to_string())]
            }
        }
    }
}

impl Movement {
    /// The signed change of the content.
    pub fn effect(&self) -> Grams {
        self.amount * self.kind.sign()
    }

    /// What the summary of the store keeps of it.
    pub fn summary(&self) -> Move {
        Move { at: self.happened_at, effect: self.effect(), class: self.kind.class() }
    }

    /// Whether it can be true of its store. Uses and losses may exceed the capacity: they add up
    /// over a month.
    ///
    /// # Errors
    /// A negative amount, or a delivery larger than the store.
    pub fn check(&self, store: &Store, settings: &Settings) -> Result<(), BalanceProblem> {
        if self.amount < Grams::ZERO && self.kind != MovementKind::Adjustment {
            return Err(BalanceProblem::NegativeAmount { kind: self.kind, amount: self.amount });
        }
        let most = store.capacity + store.capacity.share(settings.above_capacity);
        let sums_up = matches!(self.kind, MovementKind::Used | MovementKind::Lost);
        if store.kind.holds_stock() && !sums_up && self.amount.abs() > most {
            return Err(BalanceProblem::MoreThanTheStore { amount: self.amount.abs(), capacity: store.capacity });
        }
        Ok(())
    }
}

/// Whether opening + in − used = closing, within the norm's share of the largest of the four.
///
/// # Errors
/// [`BalanceProblem::DoesNotClose`] with the gap.
pub fn check_balance(
    opening: Grams,
    effects: impl IntoIterator<Item = Grams>,
    closing: Grams,
    settings: &Settings,
) -> Result<(), BalanceProblem> {
    let (mut moved_in, mut moved_out) = (Grams::ZERO, Grams::ZERO);
    for effect in effects {
        if effect >= Grams::ZERO { moved_in += effect } else { moved_out += -effect }
    }
    let expected = opening + moved_in - moved_out;
    let largest = [opening, moved_in, moved_out, closing].map(Grams::abs).into_iter().max().unwrap_or_default();
    if (closing - expected).abs() <= largest.share(settings.balance_gap) {
        return Ok(());
    }
    Err(BalanceProblem::DoesNotClose { opening, moved_in, moved_out, expected, closing })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::settings_on;
    use crate::store::tests::{store_id, tank};
    use jiff::civil::date;
    use protocol::Readiness;
    use quantity::{Id, Unit};

    fn movement(kind: MovementKind, kg: i64) -> Movement {
        Movement {
            id: MovementId(Id::from_bytes([7; 16])),
            store: store_id(1),
            kind,
            amount: Grams::from_kg(kg),
            cylinders: None,
            typed: Typed::measured(kg as f64, Unit::Kilogram),
            happened_at: Moment::from_micros(0),
        }
    }

    fn settings() -> Settings {
        settings_on(date(2026, 11, 22), Readiness::Heightened)
    }

    #[test]
    fn each_kind_has_its_direction() {
        let effects = MovementKind::ALL.map(|kind| movement(kind, 5).effect().as_kg());
        assert_eq!(effects, [5.0, -5.0, -5.0, -5.0, 5.0, 5.0]);
        for kind in MovementKind::ALL {
            assert_eq!(MovementKind::from_code(kind.code()), Some(kind));
        }
    }

    /// OX07: a day's balance closes, or the gap is said.
    #[test]
    fn a_balance_that_does_not_close_says_its_gap() {
        let kg = Grams::from_kg;
        let close = |closing| check_balance(kg(1_000), [kg(2_000), kg(-600)], kg(closing), &settings());
        assert_eq!(close(2_400), Ok(()));
        assert_eq!(close(2_300), Ok(()), "within a twentieth of the largest figure");
        let refused = close(2_000).unwrap_err();
        assert_eq!(refused.code(), "OXY-020");
        assert!(refused.facts().contains(&("gap", "400 kg".to_owned())));
        assert!(refused.facts().contains(&("expected", "2,4 t".to_owned())));
    }

    #[test]
    fn a_movement_fits_its_store() {
        let check = |kind, kg| movement(kind, kg).check(&tank(), &settings()).map_err(|refused| refused.code());
        assert_eq!(check(MovementKind::Received, 2_500), Ok(()));
        assert_eq!(check(MovementKind::Received, 25_000), Err("OXY-022"));
        assert_eq!(check(MovementKind::Used, 25_000), Ok(()));
        assert_eq!(check(MovementKind::Received, -1), Err("OXY-021"));
        assert_eq!(check(MovementKind::Adjustment, -100), Ok(()));
        assert_eq!(check(MovementKind::Adjustment, -10_000), Err("OXY-022"));
    }
}
