//! What a package tells, laid beside what was read in the text of its letter.

use document::exchange::{Key, Package};
use jiff::civil::Date;
use letter::{Letter, Missing};
use place::text::ascii_fold;
use quantity::time::show_date;

use super::kept::{Differs, Part};
use crate::letters::directive::plain_number;

/// Words without Vietnamese signs, capitals, marks and «V/v».
pub fn plain(text: &str) -> String {
    let folded = ascii_fold(text).to_lowercase();
    let words = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let about = words.starts_with(&["v", "v"]) || words.starts_with(&["ve", "viec"]);
    let rest = if about { &words[2..] } else { &words[..] };
    rest.join(" ")
}

/// One name stands in the other: «Sở Y tế» and «Sở Y tế tỉnh An Giang».
pub fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let inside = |short: &str, long: &str| format!(" {long} ").contains(&format!(" {short} "));
    !one.is_empty() && !other.is_empty() && (inside(&one, &other) || inside(&other, &one))
}

/// Where the two differ; what only one of them tells is no contradiction, but a number, a day or a subject that stands in
/// the package alone is told: a person may want to write it in.
pub fn compare(package: &Package, letter: &Letter) -> Vec<Differs> {
    let said = |found: &Option<letter::Found<String>>| found.as_ref().map(|found| found.value.clone());
    let blank = letter.missing.contains(&Missing::Number);
    let number = letter.number.as_ref().filter(|_| !blank).map(|number| number.value.written.clone());
    let day =
        letter.date.as_ref().filter(|_| !letter.missing.contains(&Missing::Date)).and_then(|day| day.value.date());
    let signer = letter.signature.as_ref().and_then(|signature| said(&signature.name));
    let told = |key: Key| package.text(key).map(str::to_owned);
    let mut differs = Vec::new();
    let mut lay =
        |part: Part, package: Option<String>, text: Option<String>, needed: bool, same: &dyn Fn(&str, &str) -> bool| {
            let Some(package) = package else { return };
            let agrees = match &text {
                Some(text) => same(&package, text),
                None => !needed,
            };
            if !agrees {
                differs.push(Differs { part, package, text });
            }
        };
    let words = |one: &str, other: &str| plain(one) == plain(other);
    lay(Part::Number, package.number(), number, true, &|one, other| plain_number(one) == plain_number(other));
    lay(Part::Day, package.day.map(show_date).or_else(|| told(Key::Day)), day.map(show_date), true, &|one, other| {
        one == other
    });
    lay(Part::Issuer, told(Key::FromName), said(&letter.issuer), false, &same_name);
    lay(Part::Kind, told(Key::Kind), said(&letter.kind), false, &words);
    lay(Part::Subject, told(Key::Subject), said(&letter.subject), true, &|one, other| same_name(one, other));
    lay(Part::Signer, told(Key::SignerName), signer, false, &words);
    differs
}

/// The day of a package that is none is shown as it is written; of one that is, it can be compared.
pub fn day_shown(day: Option<Date>, written: Option<&str>) -> String {
    day.map_or_else(|| written.unwrap_or_default().to_owned(), show_date)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const TEXT: &str = "SỞ Y TẾ\nSố: 118/SYT-NVY\nV/v rà soát dự trữ oxy\n\nAn Giang, ngày 20 tháng 11 năm 2026\n\n\
        Kính gửi: Bệnh viện Hải Âu.\n\nSở Y tế yêu cầu Bệnh viện báo cáo trước ngày 25/11/2026./.\n\nGIÁM ĐỐC\n\nTrần Văn Ớt\n";

    fn package(fields: &[(Key, &str)]) -> Package {
        let fields: BTreeMap<Key, Vec<String>> =
            fields.iter().map(|(key, value)| (*key, vec![(*value).to_owned()])).collect();
        let layout = document::exchange::ExchangeLayout::written().unwrap();
        let day = fields.get(&Key::Day).and_then(|days| layout.day(&days[0]));
        Package { layout: layout.key.clone(), fields, day, attachments: Vec::new(), missing: Vec::new() }
    }

    fn parts(fields: &[(Key, &str)], text: &str) -> Vec<(Part, Option<String>)> {
        let letter = letter::read(text).unwrap();
        compare(&package(fields), &letter).into_iter().map(|one| (one.part, one.text)).collect()
    }

    /// DT01: where package and text agree, nothing is said, however each writes it.
    #[test]
    fn the_same_written_otherwise_is_the_same() {
        let told = [
            (Key::Number, "118"),
            (Key::Notation, "SYT-NVY"),
            (Key::Day, "20/11/2026"),
            (Key::FromName, "Sở Y tế tỉnh An Giang"),
            (Key::Kind, "CÔNG VĂN"),
            (Key::Subject, "Về việc rà soát dự trữ oxy"),
            (Key::SignerName, "TRẦN VĂN ỚT"),
        ];
        assert_eq!(parts(&told, TEXT), []);
    }

    /// DT01: where they differ both are shown; what the text lacks is said to be lacking.
    #[test]
    fn what_differs_is_told_and_nothing_is_chosen() {
        let told = [
            (Key::Number, "119"),
            (Key::Notation, "SYT-NVY"),
            (Key::Day, "2026/11/21"),
            (Key::SignerName, "Lê Văn Bưởi"),
        ];
        let found = parts(&told, TEXT);
        assert_eq!(found[0], (Part::Number, Some("118/SYT-NVY".into())));
        assert_eq!(found[1], (Part::Day, Some("20/11/2026".into())));
        assert_eq!(found[2], (Part::Signer, Some("Trần Văn Ớt".into())));
        let blank = TEXT.replace("118/SYT-NVY", "      /SYT-NVY").replace("ngày 20 tháng", "ngày    tháng");
        let found = parts(&told[..3], &blank);
        assert_eq!(found, [(Part::Number, None), (Part::Day, None)]);
    }

    #[test]
    fn a_day_that_is_none_is_told_as_written() {
        let letter = letter::read(TEXT).unwrap();
        let found = compare(&package(&[(Key::Day, "hôm qua")]), &letter);
        assert_eq!((found[0].part, found[0].package.as_str()), (Part::Day, "hôm qua"));
    }
}
