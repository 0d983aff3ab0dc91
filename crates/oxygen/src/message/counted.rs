//! Cylinders, counted by condition: «120 chai đầy, 30 vỏ».

use quantity::Unit;

use super::figures::{Sense, is_litre, per_day, sense};
use super::stores::{cylinders, is_about, is_vessel_word, unit_at};
use super::words::Text;
use super::{Amount, Aside, AsideKind, Condition, Figure, Question, Reading, Said};
use crate::Store;

/// The condition that a word tells.
fn condition(word: &str) -> Option<Condition> {
    Some(match word {
        "day" => Condition::Full,
        "vo" | "rong" | "khong" | "het" | "trong" => Condition::Empty,
        "do" => Condition::Part,
        "hong" => Condition::Damaged,
        _ => return None,
    })
}

/// A count of cylinders; `None` when the number is none.
pub(super) fn counted(
    text: &mut Text<'_>,
    at: usize,
    stores: Option<&[&Store]>,
    litres: Option<u32>,
    reading: &mut Reading,
) -> Option<usize> {
    let count = text.whole(at)?;
    let before = condition_before(text, at);
    let vessel = is_vessel_word(text, at + 1);
    let mut end = at + 1 + usize::from(vessel);
    let mut litres = litres;
    if vessel {
        if let Some(size) = text.whole(end).filter(|_| is_litre(text, end + 1)) {
            litres = Some(size);
            end += 2;
        }
        end += usize::from(text.word(end) == "oxy");
    } else if unit_at(text, at + 1).is_some() {
        return None;
    }
    let per_day = per_day(text, end);
    let sense = sense(text, at);
    let about = is_about(text, at);
    if vessel && (per_day > 0 || sense == Sense::Used) {
        let place = text.place(at, end - 1);
        text.use_up(at..end + per_day);
        if per_day == 0 {
            reading.questions.push(Question::UsedInWhatTime { place });
        } else {
            let amount = Amount { text: count.to_string(), value: f64::from(count) };
            let said = Said::UsedPerDay { amount, unit: Unit::Cylinder };
            reading.figures.push(Figure { said, place, about });
        }
        return Some(end + per_day);
    }
    let behind = before.is_none().then(|| condition(text.word(end))).flatten();
    // «45 đó», «3 không»: behind a bare number only words that mean cylinders count.
    let behind = behind.filter(|_| vessel || matches!(text.word(end), "day" | "vo" | "rong"));
    if behind.is_some() {
        end += 1;
        end += usize::from(is_vessel_word(text, end));
    } else if vessel && text.word(end) == "dang" && text.word(end + 1) == "dung" {
        end += 2;
    }
    let dangling = text.word(end.wrapping_sub(1)) == "dung" && vessel;
    let told = before.or(behind).or(dangling.then_some(Condition::Part));
    if !vessel && told.is_none() {
        return None;
    }
    let place = text.place(at, end - 1);
    text.use_up(at..end);
    if matches!(sense, Sense::Delivery | Sense::Need) && before.is_none() {
        let kind = if sense == Sense::Need { AsideKind::Need } else { AsideKind::Delivery };
        reading.asides.push(Aside { kind, place });
        return Some(end);
    }
    let told = told.or((sense == Sense::Left).then_some(Condition::Full));
    match (told, cylinders(stores, litres, &place)) {
        (None, _) => reading.questions.push(Question::FullOrEmpty { place }),
        (_, Err(question)) => reading.questions.push(question),
        (Some(condition), Ok(store)) => {
            let said = Said::Cylinders { store: store.map(|store| store.id), condition, count };
            reading.figures.push(Figure { said, place, about });
        }
    }
    Some(end)
}

/// «chai đầy: 120», «vỏ còn 30»: the condition before its count.
fn condition_before(text: &mut Text<'_>, at: usize) -> Option<Condition> {
    let mut back = at.checked_sub(1)?;
    for _ in 0..4 {
        let skipped = matches!(text.word(back), "con" | "la" | "co" | "chai" | "khoang" | "hien")
            || matches!(text.sign(back), Some(':' | '='));
        if !skipped {
            break;
        }
        back = back.checked_sub(1)?;
    }
    let found = condition(text.word(back))?;
    // «không có 3 chai», «hết 3 chai» speak of something else.
    let plain = !matches!(text.word(back), "khong" | "het" | "do");
    if plain {
        text.use_up(back..back + 1);
    }
    plain.then_some(found)
}
