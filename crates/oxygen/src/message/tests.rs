//! An invented province of facilities, and the laws that hold for every text.

use jiff::civil::date;
use place::{BodyId, FacilityId};
use proptest::prelude::*;
use protocol::Readiness;
use quantity::{Grams, Id, Moment, Span, Unit, VesselSpec};

use super::*;
use crate::settings::tests::settings_on;
use crate::{Gauge, GaugeChart, OwnedVessels, Store};

/// The facilities with what they have.
pub(super) struct Province {
    names: Vec<(FacilityId, &'static str, &'static str, Vec<Store>)>,
    settings: Settings,
}

fn store_id(number: u8) -> StoreId {
    StoreId(Id::from_bytes([number; 16]))
}

pub(super) fn facility_id(number: u8) -> FacilityId {
    FacilityId::of_body(BodyId(Id::from_bytes([number; 16])))
}

fn charted(number: u8, label: &str, tonnes: i64, unit: Unit, full: f64) -> Store {
    let capacity = Grams::from_kg(tonnes * 1_000);
    let chart = GaugeChart::proportional(unit, full, capacity).unwrap();
    Store::tank(store_id(number), label, capacity).with_gauge(Gauge::Chart(chart))
}

fn bottles(number: u8, litres: u32, owned: u32) -> Store {
    let spec = if litres == 40 { VesselSpec::LITRES_40 } else { VesselSpec::LITRES_10 };
    Store::cylinders(store_id(number), &format!("Chai {litres} L"), OwnedVessels { spec, owned })
}

impl Province {
    pub(super) fn new() -> Self {
        let percent = |number, label| charted(number, label, 3, Unit::Percent, 100.0);
        let names = vec![
            (facility_id(1), "HA01", "Bệnh viện Hải Âu", vec![percent(1, "Bồn số 1"), bottles(2, 40, 600)]),
            (
                facility_id(2),
                "SD02",
                "Trung tâm Y tế Sông Đốc",
                vec![charted(3, "Bồn", 3, Unit::MillimetreOfWater, 480.0), bottles(4, 40, 200)],
            ),
            (
                facility_id(3),
                "CS03",
                "Bệnh viện Số 3",
                vec![
                    Store::tank(store_id(5), "Bồn số 1", Grams::from_kg(5_000)),
                    percent(6, "Bồn số 2"),
                    bottles(7, 40, 500),
                    bottles(8, 10, 500),
                ],
            ),
            (facility_id(4), "AB04", "Trung tâm Y tế khu vực An Biên", vec![bottles(9, 40, 500)]),
            (facility_id(5), "HA02", "Bệnh viện Hải Âu 2", vec![percent(10, "Bồn số 1")]),
        ];
        Self { names, settings: settings_on(date(2026, 11, 22), Readiness::Emergency) }
    }

    pub(super) fn read(&self, text: &str, meant: Option<FacilityId>) -> Reading {
        let candidates: Vec<Candidate<'_>> = self
            .names
            .iter()
            .map(|(id, code, name, stores)| Candidate { id: *id, code, name, stores: stores.iter().collect() })
            .collect();
        read(text, received_at(), &candidates, meant, &self.settings)
    }

    fn code_of(&self, id: FacilityId) -> &'static str {
        self.names.iter().find(|(known, ..)| *known == id).map_or("?", |(_, code, ..)| code)
    }

    /// A reading in one line: facility | figures | hour | speaker | questions.
    pub(super) fn shown(&self, reading: &Reading) -> String {
        let place = reading.facility.as_ref().map_or("-", |found| self.code_of(found.value)).to_owned();
        let figures: Vec<String> = reading.figures.iter().map(|figure| said(&figure.said)).collect();
        let at = reading.at.as_ref().map(|found| {
            let ago = received_at().date() != found.value.date();
            format!("{}{}", found.value.show_time(), if ago { " -1" } else { "" })
        });
        let asks: Vec<String> = reading.questions.iter().map(ask).collect();
        let by = reading.told_by.as_ref().map(|found| found.value.clone());
        [Some(place), Some(figures.join(", ")), at, by, (!asks.is_empty()).then(|| format!("? {}", asks.join(" ")))]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" | ")
    }
}

/// 18:20 on 22/11/2026.
pub(super) fn received_at() -> Moment {
    Moment::start_of(date(2026, 11, 22)) + Span::minutes(18 * 60 + 20)
}

fn said(said: &Said) -> String {
    match said {
        Said::Level { store, amount, unit } => {
            let number = store.map_or("?".to_owned(), |store| store.0.bytes()[0].to_string());
            format!("tank{number}={}{}", amount.text, unit.code())
        }
        Said::Cylinders { condition, count, .. } => format!("{condition:?}={count}").to_lowercase(),
        Said::UsedPerDay { amount, unit } => format!("used={}{}", amount.text, unit.code()),
        Said::Patients { device, count } => format!("{}={count}", device.code()),
        Said::Waiting { count } => format!("waiting={count}"),
    }
}

fn ask(question: &Question) -> String {
    let told = serde_json::to_value(question).unwrap();
    told["ask"].as_str().unwrap().to_owned()
}

fn places(reading: &Reading) -> Vec<Place> {
    let figures = reading.figures.iter().map(|figure| figure.place.clone());
    let asks = reading.questions.iter().filter_map(|question| question.place().cloned());
    let asides = reading.asides.iter().map(|aside| aside.place.clone());
    let whole = [reading.facility.as_ref().map(|f| &f.place), reading.at.as_ref().map(|f| &f.place)];
    let by = reading.told_by.as_ref().map(|found| &found.place);
    figures.chain(asks).chain(asides).chain(whole.into_iter().flatten().cloned()).chain(by.cloned()).collect()
}

/// The laws: no panic, every place inside the text on whole letters, no figure without its digits or word.
fn holds(province: &Province, text: &str) -> Result<(), TestCaseError> {
    let reading = province.read(text, None);
    for place in places(&reading) {
        prop_assert!(text.get(place.clone()).is_some(), "{place:?} of {text:?}");
    }
    for figure in &reading.figures {
        let words = &text[figure.place.clone()];
        let nobody = figure.said == Said::Waiting { count: 0 };
        prop_assert!(nobody || words.chars().any(|sign| sign.is_ascii_digit()), "{words:?} of {text:?}");
    }
    let kept: Reading = serde_json::from_str(&serde_json::to_string(&reading).unwrap()).unwrap();
    prop_assert_eq!(kept, reading);
    Ok(())
}

const PIECES: &str = "(BV Hải Âu|TTYT Sông Đốc|CS03|bồn|bình|còn|đầy|vỏ|chai|dùng|hết oxy|chờ giường|thở máy|HFNC|khối|kg|tấn|%|mmH2O|2,1|1\\.200|45|120/30|2t1|18h|22/11|sáng nay|hôm qua|0912345678|/ngày|nhận|\n|,|\\.|:|BS Lan|không có ai) ?";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_read_without_harm(text in any::<String>()) {
        holds(&Province::new(), &text)?;
    }

    #[test]
    fn any_heap_of_its_own_words_is_read_without_harm(pieces in proptest::collection::vec(PIECES, 0..25)) {
        holds(&Province::new(), &pieces.concat())?;
    }

    /// However it was composed, a text says the same.
    #[test]
    fn the_normal_form_does_not_matter(pieces in proptest::collection::vec(PIECES, 0..15)) {
        use unicode_normalization::UnicodeNormalization;
        let province = Province::new();
        let text = pieces.concat();
        let apart: String = text.nfd().collect();
        let strip = |reading: Reading| {
            let said: Vec<Said> = reading.figures.into_iter().map(|figure| figure.said).collect();
            (reading.facility.map(|found| found.value), said, reading.at.map(|found| found.value), reading.questions.len())
        };
        prop_assert_eq!(strip(province.read(&text, None)), strip(province.read(&apart, None)));
    }
}

#[test]
fn a_text_of_a_megabyte_is_cut_and_asked_about() {
    let province = Province::new();
    let reading = province.read(&"BV Hải Âu còn 45% ".repeat(60_000), None);
    assert!(reading.questions.contains(&Question::TooLong));
    let long = "ồ".repeat(LONGEST);
    assert!(province.read(&long, None).questions.contains(&Question::TooLong));
}

#[test]
fn a_chosen_facility_decides_what_its_words_left_open() {
    let province = Province::new();
    let open = province.read("còn 2,1 khối, 120 chai đầy", None);
    assert_eq!(province.shown(&open), "- | full=120 | ? no_facility liquid_or_gas");
    let chosen = province.read("còn 2,1 khối, 120 chai đầy", Some(facility_id(1)));
    assert_eq!(province.shown(&chosen), "HA01 | tank1=2,1m3_liquid, full=120");
}

#[test]
fn places_name_the_words_they_came_from() {
    let text = "BV Hải Âu: còn khoảng 2,1 khối, 12 HFNC, lúc 17h30. BS Lan";
    let reading = Province::new().read(text, None);
    let words: Vec<&str> = reading.figures.iter().map(|figure| &text[figure.place.clone()]).collect();
    assert_eq!(words, ["2,1 khối", "12 HFNC"]);
    assert!(reading.figures[0].about && !reading.figures[1].about);
    assert_eq!(&text[reading.at.unwrap().place], "lúc 17h30");
    assert_eq!(&text[reading.told_by.unwrap().place], "BS Lan");
    assert_eq!(&text[reading.facility.unwrap().place], "BV Hải Âu");
}
