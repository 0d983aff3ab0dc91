//! The national sum (OX19): the returns of the provinces in one layout, added up; who is missing, whose
//! return is of another day. What is unknown is counted apart, never as 0.

use std::collections::{BTreeMap, BTreeSet};

use document::sheet::{SheetKind, SheetLayout};
use jiff::civil::Date;
use place::text::ascii_fold;
use serde::Serialize;

use super::content::{Kept, Row, Total};
use super::returned::{NotAdded, Return};

/// The sum.
#[derive(Debug, Clone, Serialize)]
pub struct NationalSum {
    /// The day.
    pub day: Date,
    /// Provinces of that day: 63 or 34.
    pub expected: usize,
    /// One line a province whose return was added, in the order of the list.
    pub provinces: Vec<ProvinceSum>,
    /// Provinces without a return.
    pub missing: Vec<String>,
    /// Provinces whose return is of another day: late, and not added.
    pub late: Vec<String>,
    /// Provinces whose return was added and came after it was due.
    pub after_due: Vec<String>,
    /// Over all provinces, by column.
    pub totals: BTreeMap<String, Total>,
    /// Some of it is invented.
    pub simulated: bool,
}

/// One province.
#[derive(Debug, Clone, Serialize)]
pub struct ProvinceSum {
    /// Its name.
    pub name: String,
    /// Facilities in its return.
    pub facilities: usize,
    /// By column.
    pub totals: BTreeMap<String, Total>,
}

/// «Tỉnh An Giang», «An Giang», «TP. Hồ Chí Minh» and «Thành phố Hồ Chí Minh» are read alike.
pub fn plain(name: &str) -> String {
    let folded = ascii_fold(name).to_lowercase().replace("tp.", "thanh pho ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let words = match words.as_slice() {
        ["tinh", rest @ ..] | ["thanh", "pho", rest @ ..] => rest,
        all => all,
    };
    words.join(" ")
}

/// Adds up the returns of a day, each with the name of its file. `provinces` are the names of all provinces of that day.
/// Returns that are refused are given back beside the sum of the others.
pub fn national(
    layout: &SheetLayout,
    provinces: &[String],
    day: Date,
    returns: Vec<(String, Return)>,
) -> (NationalSum, Vec<NotAdded>) {
    let mut refused = Vec::new();
    let mut added: BTreeMap<String, Return> = BTreeMap::new();
    let mut of_another_day = BTreeSet::new();
    let known: BTreeSet<String> = provinces.iter().map(|name| plain(name)).collect();
    for (name, told) in returns {
        match placed(&known, &added, &name, told) {
            Ok((province, told)) if told.day == day => drop(added.insert(province, told)),
            Ok((province, _)) => drop(of_another_day.insert(province)),
            Err(reason) => refused.push(reason),
        }
    }
    let numeric: Vec<&str> = layout
        .columns
        .iter()
        .filter(|column| {
            let counted = matches!(column.kind, SheetKind::Integer | SheetKind::Decimal);
            counted && !NOT_ADDED.contains(&column.key.as_str())
        })
        .map(|column| column.key.as_str())
        .collect();
    let mut sum = NationalSum {
        day,
        expected: provinces.len(),
        provinces: Vec::new(),
        missing: Vec::new(),
        late: Vec::new(),
        after_due: Vec::new(),
        totals: numeric.iter().map(|key| ((*key).to_owned(), Total::default())).collect(),
        simulated: added.values().any(|told| told.simulated),
    };
    for name in provinces {
        let Some(told) = added.get(&plain(name)) else {
            if of_another_day.contains(&plain(name)) {
                sum.late.push(name.clone());
            } else {
                sum.missing.push(name.clone());
            }
            continue;
        };
        let total = |key: &&str| ((*key).to_owned(), Total::of(told.rows.iter().map(|row| row.get(*key))));
        let totals: BTreeMap<String, Total> = numeric.iter().map(total).collect();
        for (key, total) in &totals {
            let over_all = sum.totals.entry(key.clone()).or_default();
            over_all.sum += total.sum;
            over_all.known += total.known;
            over_all.unknown += total.unknown;
        }
        sum.provinces.push(ProvinceSum { name: name.clone(), facilities: told.rows.len(), totals });
    }
    (sum, refused)
}

/// Columns whose sum would mean nothing: days of cover, hours, kilometres.
const NOT_ADDED: [&str; 3] = ["days_of_cover", "lead_time_hours", "distance_km"];

fn placed(
    known: &BTreeSet<String>,
    added: &BTreeMap<String, Return>,
    name: &str,
    told: Return,
) -> Result<(String, Return), NotAdded> {
    let province = plain(&told.province_name);
    if !known.contains(&province) {
        return Err(NotAdded::NoProvince { name: name.to_owned(), province: told.province_name });
    }
    if added.contains_key(&province) {
        return Err(NotAdded::Twice { name: name.to_owned(), province: told.province_name });
    }
    Ok((province, told))
}

impl NationalSum {
    /// One row a province, by the keys of the report's sheet; the name stands in `facility`.
    pub fn rows(&self) -> Vec<Row> {
        let row = |province: &ProvinceSum| {
            let cell = |(key, total): (&String, &Total)| {
                let kept =
                    if total.known == 0 && total.unknown > 0 { Kept::Unknown(None) } else { Kept::Decimal(total.sum) };
                (key.clone(), kept)
            };
            let name = ("facility".to_owned(), Kept::Text(province.name.clone()));
            province.totals.iter().map(cell).chain([name]).collect()
        };
        self.provinces.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use quantity::Coded;

    use super::super::returned::read_return;
    use super::*;

    /// What can be read is added, what cannot is refused: as the command and the page do it.
    fn added(files: &[(String, String)]) -> (NationalSum, Vec<NotAdded>) {
        let layout = crate::views::daily_sheet::layout().unwrap();
        let (mut returns, mut refused) = (Vec::new(), Vec::new());
        for (name, text) in files {
            match read_return(layout, name, text.as_bytes()) {
                Ok(told) => returns.push((name.clone(), told)),
                Err(reason) => refused.push(reason),
            }
        }
        let (sum, more) = national(layout, &provinces(), date(2026, 11, 22), returns);
        refused.extend(more);
        (sum, refused)
    }

    fn told(province: &str, day: &str, beds: &str) -> (String, String) {
        let layout = crate::views::daily_sheet::layout().unwrap();
        let text = format!(
            r#"{{"layout":"{}","layout_version":"{}","province":1,"province_name":"{province}","day":"{day}","rows":[
            {{"facility":"BV A","oxygen_beds":{beds},"days_of_cover":2.0}},{{"facility":"BV B","oxygen_beds":10}}]}}"#,
            layout.key, layout.version
        );
        (format!("{province}.json"), text)
    }

    fn provinces() -> Vec<String> {
        ["Tỉnh An Giang", "Thành phố Hồ Chí Minh", "Tỉnh Lai Châu", "Tỉnh Cà Mau"].map(str::to_owned).to_vec()
    }

    /// OX19: 34 provinces or 63, nobody's silence counts as 0.
    #[test]
    fn who_is_silent_is_named_and_what_is_unknown_is_counted_apart() {
        let files = [
            told("An Giang", "2026-11-22", "5"),
            told("TP. Hồ Chí Minh", "2026-11-22", "null"),
            told("Cà Mau", "2026-11-21", "7"),
        ];
        let (sum, refused) = added(&files);
        assert_eq!(refused, []);
        assert_eq!(sum.missing, ["Tỉnh Lai Châu"]);
        assert_eq!(sum.late, ["Tỉnh Cà Mau"]);
        assert_eq!(sum.totals["oxygen_beds"], Total { sum: 25.0, known: 3, unknown: 1 });
        assert!(!sum.totals.contains_key("days_of_cover"), "days are not added up");
        assert_eq!(sum.rows()[0]["oxygen_beds"], Kept::Decimal(15.0));
    }

    #[test]
    fn what_does_not_fit_is_given_back_with_its_reason() {
        let layout = crate::views::daily_sheet::layout().unwrap();
        let mut other = told("An Giang", "2026-11-22", "5");
        other.1 = other.1.replace(&layout.version, "1999-01-01");
        let files = [
            other,
            told("Atlantis", "2026-11-22", "5"),
            ("hỏng.json".to_owned(), "{".to_owned()),
            told("An Giang", "2026-11-22", "5"),
            told("Tỉnh An Giang", "2026-11-22", "5"),
        ];
        let (sum, refused) = added(&files);
        assert_eq!(sum.provinces.len(), 1);
        let codes: Vec<&str> = refused.iter().map(Coded::code).collect();
        assert_eq!(codes, ["PAP-011", "PAP-010", "PAP-012", "PAP-013"]);
    }
}
