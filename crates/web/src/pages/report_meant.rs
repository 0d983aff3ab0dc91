//! What a person may have meant when a figure was refused, one button each.

use desk::Failure;
use desk::operations::file_report::Refused;
use oxygen::{ReadingProblem, StoreId};
use quantity::{Convention, Typed, Unit, show_number};

use super::report_told::{CONFIRMED, LOOKED, LeftBlank, NOBODY_ELSE};
use super::words::fill;
use crate::view::{Say, Suggestion};

/// The field that a refusal is about, and what its sender may have meant.
pub(crate) fn suggest(
    t: Say,
    failure: &Failure,
    looked: &str,
    field_of_store: impl Fn(StoreId) -> String,
) -> (Option<String>, Vec<Suggestion>) {
    if failure.reason::<LeftBlank>().is_some_and(|blank| blank.of_patients) {
        let nobody = Suggestion { text: t.say("meant-nobody-else"), value: NOBODY_ELSE.to_owned() };
        return (None, vec![nobody]);
    }
    match failure.reason::<Refused>() {
        Some(Refused::Reading { store, problem, .. }) => {
            let field = field_of_store(*store);
            let mut suggestions = suggestions(t, &field, problem);
            if !looked.is_empty() {
                suggestions.iter_mut().for_each(|each| each.value = format!("{}{LOOKED}{looked}", each.value));
            }
            (Some(field), suggestions)
        }
        Some(Refused::InTheFuture { .. } | Refused::TooFarBack { .. }) => {
            (Some("happened_other".to_owned()), Vec::new())
        }
        Some(Refused::WhoSaidIt) => (Some("told_by".to_owned()), Vec::new()),
        Some(Refused::BadPhoto) => (Some("photo".to_owned()), Vec::new()),
        _ => (None, Vec::new()),
    }
}

pub(super) fn suggestions(t: Say, field: &str, problem: &ReadingProblem) -> Vec<Suggestion> {
    let amount = |text: &str, unit: Unit| {
        Typed::read(text, Some(Convention::DecimalComma), Some(unit)).ok().map(|typed| shown(typed.value))
    };
    let meant = |text: &str, given: Unit, unit: Unit| {
        amount(text, given).map(|amount| Suggestion {
            text: words(t, "meant-unit", &amount, unit),
            value: format!("{field}={amount}:{}", unit.code()),
        })
    };
    match problem {
        ReadingProblem::PerhapsAnotherUnit { text, given, perhaps, .. } => {
            meant(text, *given, *perhaps).into_iter().collect()
        }
        ReadingProblem::DoubtfulUnit { text, given, perhaps, .. } => {
            let stands = amount(text, *given).map(|amount| Suggestion {
                text: words(t, "meant-confirm", &amount, *given),
                value: format!("{CONFIRMED}{field}"),
            });
            meant(text, *given, *perhaps).into_iter().chain(stands).collect()
        }
        _ => Vec::new(),
    }
}

fn words(t: Say, key: &str, amount: &str, unit: Unit) -> String {
    fill(t, key, &[("amount", amount.into()), ("unit", unit.label().into())])
}

/// A number with the decimals that were typed, three at most.
fn shown(value: f64) -> String {
    let places = (0..3).find(|places| (value * 10_f64.powi(*places)).fract().abs() < 1e-9).unwrap_or(3);
    show_number(value, places as usize)
}
