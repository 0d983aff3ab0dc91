//! Which records of an old command post go on in the new one, and how.
//!
//! What belongs to a facility goes with it. What belonged to the old command (its papers and their numbers, its unit, its
//! duty roster, its alarms) stays with the old post, whose archive it is. `tests/desk/merger.rs` fails where a kind of
//! record has no line here.

use std::collections::HashMap;

use quantity::Id;
use serde_json::Value;
use store::record::RecordRow;

/// What becomes of a kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Goes on as it is.
    Goes,
    /// Goes on where it belongs to a facility; what concerned the whole old province stays.
    GoesWithFacility,
    /// Goes on; one that both provinces knew is one from now on.
    OneByCode,
    /// Goes on under another number: both provinces counted from 1.
    Numbered,
    /// Goes on; a contract for all facilities of the old province names them now.
    Contract,
    /// Stays with the old post.
    Stays,
}

/// Every kind with its rule.
pub const RULES: &[(&str, Rule)] = &[
    ("supplier", Rule::OneByCode),
    ("vehicle", Rule::OneByCode),
    ("contract", Rule::Contract),
    ("contract_step", Rule::Goes),
    ("oxygen_request", Rule::Numbered),
    ("oxygen_loan", Rule::Numbered),
    ("trip", Rule::Numbered),
    ("oxygen_receipt", Rule::Goes),
    ("oxygen_invoice", Rule::Goes),
    ("given_machine", Rule::Goes),
    ("refill_terms", Rule::Goes),
    ("closure", Rule::GoesWithFacility),
    ("bed_count", Rule::Goes),
    ("gauge_chart", Rule::Goes),
    ("chain_link", Rule::Goes),
    ("store_condition", Rule::Goes),
    ("treatment_site", Rule::GoesWithFacility),
    ("vessel", Rule::Goes),
    ("improvement_work", Rule::Goes),
    ("facility_mask", Rule::Goes),
    ("late_reason", Rule::Goes),
    ("recount", Rule::Goes),
    ("waiting_call", Rule::GoesWithFacility),
    ("state_change", Rule::GoesWithFacility),
    ("readiness_answer", Rule::GoesWithFacility),
    ("programme_milestone", Rule::GoesWithFacility),
    // Two provinces counted on one day: what each was told of its places stays its own.
    ("day_counts", Rule::Stays),
    ("alarm", Rule::Stays),
    ("duty_shift", Rule::Stays),
    ("forecast", Rule::Stays),
    ("call", Rule::Stays),
    ("handover", Rule::Stays),
    ("seen", Rule::Stays),
    ("display", Rule::Stays),
    ("outbox", Rule::Stays),
    ("boundaries", Rule::Stays),
    ("group_figure", Rule::Stays),
    ("drill", Rule::Stays),
    ("finding", Rule::Stays),
    ("oxygen_programme", Rule::Stays),
    ("unit_notice", Rule::Stays),
    ("oxygen_unit", Rule::Stays),
    ("inbox_message", Rule::Stays),
    ("register_file", Rule::Stays),
    ("province_return", Rule::Stays),
    ("vehicle_position", Rule::Stays),
    // A link opens the old post's trips only; a day's offer is of that day.
    ("carrier_link", Rule::Stays),
    ("supplier_offer", Rule::Stays),
    ("trusted_phone", Rule::Stays),
    ("directive", Rule::Stays),
    ("task", Rule::Stays),
    ("task_obstacle", Rule::Stays),
    ("task_digest", Rule::Stays),
    ("dissemination", Rule::Stays),
    ("incident_report", Rule::Stays),
    ("letter_arrivals", Rule::Stays),
    ("letter_decision", Rule::Stays),
    ("letter_enclosure", Rule::Stays),
    ("letter_delivery", Rule::Stays),
    // Rules, fields and what was decided of tasks are those of the office that had them.
    ("office_rules", Rule::Stays),
    ("officer_field", Rule::Stays),
    ("task_instruction", Rule::Stays),
    ("attendance_list", Rule::Stays),
    ("meeting", Rule::Stays),
    ("inspection_plan", Rule::Stays),
    ("inspection", Rule::Stays),
    ("correction", Rule::Stays),
    ("forward_plan", Rule::Stays),
    ("bulletin", Rule::Stays),
    ("steering_series", Rule::Stays),
    // A case and who read it stay where they were kept.
    ("liability_case", Rule::Stays),
    ("liability_access", Rule::Stays),
    ("paper_series", Rule::Stays),
    ("paper_number", Rule::Stays),
    ("official_report", Rule::Stays),
    ("task_publication", Rule::Stays),
    ("exchange_package", Rule::Stays),
    ("exchange_sent", Rule::Stays),
    ("exchange_signed", Rule::Stays),
    ("exchange_state", Rule::Stays),
    ("paper_numbers_elsewhere", Rule::Stays),
];

/// The rule of a kind. One without a line stays.
pub fn rule(kind: &str) -> Rule {
    RULES.iter().find(|(known, _)| *known == kind).map_or(Rule::Stays, |(_, rule)| *rule)
}

/// Whether a record goes on by its rule.
pub fn goes(row: &RecordRow) -> bool {
    match rule(&row.kind) {
        Rule::Stays => false,
        Rule::GoesWithFacility => row.owner.is_some(),
        Rule::Goes | Rule::OneByCode | Rule::Numbered | Rule::Contract => true,
    }
}

/// Turns the records of one old post after another into those of the new one.
#[derive(Debug, Default)]
pub struct Passing {
    /// Codes that are taken, with whose they are.
    codes: HashMap<(String, String), Id>,
    /// The highest number of each kind that counts.
    numbers: HashMap<String, u64>,
}

/// The records of one old post as the new one gets them.
#[derive(Debug, Default)]
pub struct Passed {
    /// Version after version, each record's in their order.
    pub rows: Vec<RecordRow>,
    /// Kind and code of those that another province's record has already.
    pub same_code: Vec<(String, String)>,
    /// What is added to the numbers of a kind.
    pub added: Vec<(String, u64)>,
}

fn number_of(content: &str) -> Option<u64> {
    serde_json::from_str::<Value>(content).ok()?.get("number")?.as_u64()
}

/// The same content with something else at a name.
fn with(content: &str, name: &str, change: impl FnOnce(&mut Value)) -> String {
    match serde_json::from_str::<Value>(content) {
        Ok(mut value) => {
            if let Some(found) = value.get_mut(name) {
                change(found);
            }
            value.to_string()
        }
        Err(_) => content.to_owned(),
    }
}

impl Passing {
    /// Beginning with what the new post has already.
    pub fn over(there: &[RecordRow]) -> Self {
        let mut passing = Self::default();
        for row in there {
            passing.remember(row);
        }
        passing
    }

    fn remember(&mut self, row: &RecordRow) {
        if let Some(code) = &row.code {
            self.codes.insert((row.kind.clone(), code.clone()), row.id);
        }
        if let Some(number) = number_of(&row.content).filter(|_| rule(&row.kind) == Rule::Numbered) {
            let highest = self.numbers.entry(row.kind.clone()).or_default();
            *highest = (*highest).max(number);
        }
    }

    /// One post's records; `facilities` are all that it had.
    pub fn pass(&mut self, rows: Vec<RecordRow>, facilities: &[Id]) -> Passed {
        let mut passed = Passed::default();
        let added = self.numbers.clone();
        let (shared, others): (Vec<_>, Vec<_>) =
            rows.into_iter().filter(goes).partition(|row| rule(&row.kind) == Rule::OneByCode);
        // One supplier for both: what names the second names the first from now on.
        let mut same: HashMap<Id, Id> = HashMap::new();
        for of_one in grouped(shared) {
            let known = of_one.iter().find_map(|row| self.known(row, row.code.as_ref()?));
            match known {
                Some(known) => {
                    same.insert(of_one[0].id, known);
                    let code = of_one[0].code.clone().unwrap_or_default();
                    passed.same_code.push((of_one[0].kind.clone(), code));
                }
                None => self.take(of_one, &mut passed),
            }
        }
        for mut of_one in grouped(others) {
            for row in &mut of_one {
                rewrite(row, &same, &added, facilities);
            }
            let taken = of_one.iter().any(|row| row.code.as_ref().is_some_and(|code| self.known(row, code).is_some()));
            if taken {
                let last = &of_one[of_one.len() - 1];
                passed.same_code.push((last.kind.clone(), last.code.clone().unwrap_or_default()));
            } else {
                self.take(of_one, &mut passed);
            }
        }
        passed.added = added.into_iter().filter(|(_, added)| *added > 0).collect();
        passed.added.sort();
        passed
    }

    fn known(&self, row: &RecordRow, code: &str) -> Option<Id> {
        self.codes.get(&(row.kind.clone(), code.to_owned())).copied().filter(|known| *known != row.id)
    }

    fn take(&mut self, of_one: Vec<RecordRow>, passed: &mut Passed) {
        of_one.iter().for_each(|row| self.remember(row));
        passed.rows.extend(of_one);
    }
}

/// The versions of each record together.
fn grouped(rows: Vec<RecordRow>) -> Vec<Vec<RecordRow>> {
    let mut groups: Vec<Vec<RecordRow>> = Vec::new();
    for row in rows {
        match groups.last_mut().filter(|group| group[0].id == row.id) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}

fn rewrite(row: &mut RecordRow, same: &HashMap<Id, Id>, added: &HashMap<String, u64>, facilities: &[Id]) {
    for (old, new) in same {
        let (old_text, new_text) = (old.to_string(), new.to_string());
        row.content = row.content.replace(&old_text, &new_text);
        row.code = row.code.take().map(|code| code.replace(&old_text, &new_text));
        if row.owner == Some(*old) {
            row.owner = Some(*new);
        }
    }
    match rule(&row.kind) {
        Rule::Numbered => {
            let more = added.get(&row.kind).copied().unwrap_or(0);
            let Some(number) = number_of(&row.content).filter(|_| more > 0) else { return };
            row.content = with(&row.content, "number", |value| *value = Value::from(number + more));
            row.code = row.code.as_ref().map(|_| (number + more).to_string());
        }
        Rule::Contract => {
            row.content = with(&row.content, "buyers", |buyers| {
                if buyers.as_array().is_some_and(Vec::is_empty) {
                    *buyers = facilities.iter().map(|id| Value::from(id.to_string())).collect();
                }
            });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quantity::Moment;

    fn row(id: u8, kind: &str, code: &str, content: &str) -> RecordRow {
        RecordRow {
            id: Id::from_bytes([id; 16]),
            kind: kind.into(),
            owner: None,
            code: Some(code.into()),
            due_at: None,
            open: true,
            version: 1,
            recorded_at: Moment::from_micros(0),
            content: content.into(),
        }
    }

    #[test]
    fn one_supplier_of_both_provinces_is_one_and_numbers_go_on() {
        let mut passing = Passing::default();
        let first = passing
            .pass(vec![row(1, "supplier", "khi sao mai", "{}"), row(2, "oxygen_request", "7", r#"{"number":7}"#)], &[]);
        assert_eq!((first.rows.len(), first.added.len()), (2, 0));
        let contract = format!(r#"{{"supplier":"{}","buyers":[]}}"#, Id::from_bytes([3; 16]));
        let facility = Id::from_bytes([9; 16]);
        let second = passing.pass(
            vec![
                row(3, "supplier", "khi sao mai", "{}"),
                row(4, "contract", "12/HĐ", &contract),
                row(5, "oxygen_request", "2", r#"{"number":2}"#),
                row(6, "official_report", "1", "{}"),
                row(7, "closure", "", "{}"),
            ],
            &[facility],
        );
        assert_eq!(second.same_code, [("supplier".to_owned(), "khi sao mai".to_owned())]);
        assert_eq!(second.added, [("oxygen_request".to_owned(), 7)]);
        let [contract, request] = &second.rows[..] else { panic!("{:?}", second.rows) };
        assert!(contract.content.contains(&Id::from_bytes([1; 16]).to_string()), "{}", contract.content);
        assert!(contract.content.contains(&facility.to_string()), "all of the old province, named");
        assert_eq!((request.code.as_deref(), number_of(&request.content)), (Some("9"), Some(9)));
    }

    #[test]
    fn a_code_that_is_taken_stays_and_is_told() {
        let mut passing = Passing::default();
        passing.pass(vec![row(1, "vessel", "a1", "{}")], &[]);
        let second = passing.pass(vec![row(2, "vessel", "a1", "{}"), row(3, "vessel", "a2", "{}")], &[]);
        assert_eq!(second.same_code, [("vessel".to_owned(), "a1".to_owned())]);
        assert_eq!(second.rows.len(), 1);
    }
}
