use jiff::civil::{Date, date};
use proptest::prelude::*;
use protocol::{Norms, Readiness};
use quantity::{Grams, GramsPerHour, Moment, Typed, Unit};

use super::*;
use crate::settings::tests::settings_on;
use crate::store::tests::{cylinders, plant, tank};
use crate::{Census, CensusAt, Production, Recent, Settings, Store, StoreState};

const TODAY: Date = date(2026, 11, 22);

fn settings() -> Settings {
    settings_on(TODAY, Readiness::Emergency)
}

fn norms() -> ChainNorms {
    ChainNorms::from_norms(&Norms::shipped().unwrap(), TODAY).unwrap()
}

fn litres(value: f64) -> Typed {
    Typed::measured(value, Unit::LitrePerMinute)
}

fn tested(value: f64) -> Rated {
    Rated { nameplate: None, tested: Some(Tested { flow: litres(value), on: date(2026, 9, 1) }) }
}

fn plate(value: f64) -> Rated {
    Rated { nameplate: Some(litres(value)), tested: None }
}

fn vaporiser(each: Rated) -> (String, Part) {
    ("Giàn hóa hơi".into(), Part::Vaporiser(Vaporiser { count: 1, each, ice: Ice::Dry }))
}

fn pipe(flow: Rated) -> (String, Part) {
    ("Ống chính".into(), Part::Pipe(Pipe { diameter_mm: Some(54.0), flow }))
}

fn outlets(name: &str, flow: Rated) -> (String, Part) {
    (name.into(), Part::Outlets(Outlets { installed: 40, working: Some(38), flow }))
}

fn patients(census: Census) -> Option<CensusAt> {
    Some(CensusAt { at: Moment::start_of(TODAY), census })
}

/// The chain of some parts over some stores.
fn look(parts: &[(String, Part)], stores: &[Store], census: Option<CensusAt>) -> Assessment {
    let recent = Recent::default();
    let states: Vec<StoreState<'_>> =
        stores.iter().map(|store| StoreState { store, recent: &recent, source: None, production: None }).collect();
    assess(&Facts { parts, stores: &states, census, today: TODAY }, &settings(), &norms())
}

/// OX10, facts §1: a London hospital's 200 patients drew 2,400 L/min against a pipe of 3,000.
#[test]
fn the_pipe_of_london() {
    let parts = [vaporiser(tested(5_000.0)), pipe(tested(3_000.0)), outlets("Khoa A", tested(4_200.0))];
    // 200 patients on masks at 12 L/min, the upper end of the shipped norm.
    let told = look(&parts, &[tank()], patients(Census { mask: 200, ..Census::default() }));
    let need = told.need.unwrap();
    assert!((need.high - 2_400.0).abs() < 1e-6, "{need:?}");
    assert!((told.deliverable.low - 3_000.0).abs() < 1e-6, "{:?}", told.deliverable);
    assert_eq!(told.deliverable.weakest, Some(LinkKind::Pipe));
    assert!((told.share().unwrap() - 0.8).abs() < 1e-9);
    assert_eq!(told.verdict, Verdict::Enough);
    let fuller = look(&parts, &[tank()], patients(Census { mask: 200, hfnc: 4, ..Census::default() }));
    assert_eq!(fuller.verdict, Verdict::Tight, "2,600 of 3,000");
    let over = look(&parts, &[tank()], patients(Census { mask: 251, ..Census::default() }));
    assert_eq!(over.verdict, Verdict::Short);
}

/// Facts §1: 10 L/min are 14.4 m³ and 19.1 kg a day; a bed that takes 146 times more is a unit slip.
#[test]
fn a_bed_takes_what_a_bed_can_take() {
    let census = Census { mask: 10, ..Census::default() };
    let ten_each =
        quantity::convert::rate_of_l_per_min(100.0, quantity::ReferenceTemperature::Celsius21, quantity::Purity::PURE);
    let told = bed_day(ten_each, census, &norms()).unwrap();
    assert!((told.m3 - 14.4).abs() < 0.01 && (told.kg - 19.1).abs() < 0.02, "{told:?}");
    assert!((told.litres_per_minute - 10.0).abs() < 1e-9);
    assert_eq!(told.verdict, BedDayVerdict::Within);
    // 7.4 L/min × 8.778 read as m³/h: in production for two years.
    let slip = GramsPerHour(7.4 * 8.778 * 1_327.0 * 10.0);
    let slipped = bed_day(slip, census, &norms()).unwrap();
    assert_eq!(slipped.verdict, BedDayVerdict::High);
    assert!((slipped.litres_per_minute / 7.4 - 146.3).abs() < 0.1, "{slipped:?}");
    // 860 L of gas taken for a litre of liquid's kilogram: a bed that takes nothing.
    assert_eq!(bed_day(GramsPerHour(10.0), census, &norms()).unwrap().verdict, BedDayVerdict::Low);
    assert_eq!(bed_day(ten_each, Census::default(), &norms()), None);
    // Intensive care takes more: 25 L/min are too much for a ward, not for ventilators.
    let care = Census { invasive: 10, ..Census::default() };
    let heavy = GramsPerHour(ten_each.0 * 2.5);
    assert_eq!(bed_day(heavy, census, &norms()).unwrap().verdict, BedDayVerdict::High);
    assert_eq!(bed_day(heavy, care, &norms()).unwrap().verdict, BedDayVerdict::Within);
}

/// Facts §1: 1 Nm³/h is 16.7 normal litres a minute, 17.9 litres at 21 °C.
#[test]
fn a_vaporiser_in_normal_cubic_metres() {
    let each = Rated { nameplate: Some(Typed::measured(100.0, Unit::NormalCubicMetrePerHour)), tested: None };
    let flow = each.flow("Giàn", TODAY, None, &norms());
    assert!((flow.high.unwrap() - 1_793.5).abs() < 0.5, "{flow:?}");
    let unsaid = plate(1_000.0).flow("Giàn", TODAY, None, &norms());
    assert_eq!(unsaid.evidence, Evidence::Unknown, "litres without a temperature are refused where a province says so");
    let strange = Rated { nameplate: Some(Typed::measured(100.0, Unit::Kilogram)), tested: None };
    assert_eq!(strange.flow("Giàn", TODAY, settings().assumed, &norms()).evidence, Evidence::Unknown);
}

#[test]
fn a_plate_is_discounted_and_so_is_an_old_test_and_ice() {
    let (assumed, norms) = (settings().assumed, norms());
    let flow = plate(1_000.0).flow("Ống", TODAY, assumed, &norms);
    assert_eq!(
        (flow.low.round(), flow.high.map(f64::round), flow.evidence),
        (800.0, Some(1_000.0), Evidence::Nameplate)
    );
    let old = Rated { tested: Some(Tested { flow: litres(1_000.0), on: date(2024, 1, 1) }), ..plate(2_000.0) };
    let flow = old.flow("Ống", TODAY, assumed, &norms);
    assert_eq!((flow.low.round(), flow.high.map(f64::round), flow.evidence), (900.0, Some(1_000.0), Evidence::OldTest));
    let iced = Vaporiser { count: 2, each: tested(1_000.0), ice: Ice::Iced };
    let flow = iced.flow("Giàn", TODAY, assumed, &norms);
    assert_eq!((flow.low.round(), flow.high.map(f64::round), flow.iced), (1_000.0, Some(2_000.0), true));
}

/// OX10: an unknown link widens; it is not left out and it is not a zero.
#[test]
fn an_unknown_link_widens_the_answer() {
    let parts = [vaporiser(tested(1_000.0)), pipe(Rated::default()), outlets("Khoa A", tested(900.0))];
    let few = look(&parts, &[tank()], patients(Census { mask: 20, ..Census::default() }));
    assert_eq!(few.deliverable.unknown, [LinkKind::Pipe]);
    assert_eq!((few.deliverable.low, few.deliverable.high.map(f64::round)), (0.0, Some(900.0)));
    assert_eq!(few.deliverable.weakest, Some(LinkKind::Outlets));
    assert_eq!((few.verdict, few.share()), (Verdict::Unknown, None));
    let many = look(&parts, &[tank()], patients(Census { mask: 100, ..Census::default() }));
    assert_eq!(many.verdict, Verdict::Short, "more than the known links let through, whatever the pipe does");
    assert!(many.share().unwrap() > 1.3);
    let nothing = look(&[], &[tank()], patients(Census { mask: 100, ..Census::default() }));
    assert_eq!((nothing.verdict, nothing.described), (Verdict::Unknown, false));
    assert_eq!(nothing.deliverable.unknown, [LinkKind::Vaporiser, LinkKind::Pipe, LinkKind::Outlets]);
}

/// A plant needs power, a tank does not.
#[test]
fn without_the_grid_a_tank_flows_and_a_plant_stops() {
    let power = |carries, diesel| {
        let power = Power {
            grid: Grid::On,
            generator_kva: Some(250.0),
            diesel_litres: Some(diesel),
            litres_per_hour: Some(40.0),
            carries_oxygen: carries,
            checked_on: Some(TODAY),
        };
        ("Điện".to_owned(), Part::Power(power))
    };
    let rest = [pipe(tested(3_000.0)), outlets("Khoa A", tested(3_000.0))];
    let with = |power: (String, Part), stores: &[Store]| {
        let parts: Vec<_> = [power, vaporiser(tested(1_000.0))].into_iter().chain(rest.clone()).collect();
        look(&parts, stores, None)
    };
    let both = with(power(Some(true), 400.0), &[tank(), plant()]);
    // 10 Nm³/h at 93 % are 166.8 L/min of pure oxygen.
    assert!((both.deliverable.low - 1_166.8).abs() < 0.5, "{:?}", both.deliverable);
    assert_eq!(both.no_grid.diesel_hours, Some(10.0));
    assert!((both.no_grid.at_once.low - 1_166.8).abs() < 0.5);
    assert!((both.no_grid.after.low - 1_000.0).abs() < 1e-6);
    let unsaid = with(power(None, 400.0), &[tank(), plant()]);
    assert!((unsaid.no_grid.at_once.low - 1_000.0).abs() < 1e-6, "nobody says that the generator carries it");
    assert_eq!(unsaid.no_grid.diesel_hours, None);
    let dry = with(power(Some(true), 0.0), &[plant()]);
    assert_eq!((dry.no_grid.at_once.low, dry.no_grid.at_once.high), (0.0, Some(0.0)));
    assert!(dry.no_grid.needs_power && dry.deliverable.low > 100.0);
    let down = Part::Power(Power { grid: Grid::Off, ..Power::default() });
    let dark = with(("Điện".into(), down), &[plant()]);
    assert_eq!(dark.deliverable.high, Some(0.0));
    assert!(!with(power(None, 0.0), &[tank(), cylinders()]).no_grid.needs_power);
}

#[test]
fn concentrators_stand_at_the_bed_and_take_no_pipe() {
    let recent = Recent::default();
    let rated = crate::RatedFlow { flow: litres(10.0), tested_on: None };
    let small = Store::concentrators(crate::store::tests::store_id(9), "Máy tạo oxy", rated);
    let made =
        quantity::convert::rate_of_l_per_min(93.0, quantity::ReferenceTemperature::Celsius21, quantity::Purity::PURE);
    let seen = |production| StoreState { store: &small, recent: &recent, source: None, production };
    let census = patients(Census { mask: 7, ..Census::default() });
    let told = |state: StoreState<'_>| {
        assess(&Facts { parts: &[], stores: &[state], census, today: TODAY }, &settings(), &norms())
    };
    let running = told(seen(Some(Production { at: Moment::start_of(TODAY), rate: made })));
    assert!(running.stages.is_empty());
    assert!((running.deliverable.low - 93.0).abs() < 1e-6, "{:?}", running.deliverable);
    assert_eq!(running.verdict, Verdict::Tight, "84 of 93");
    let unseen = told(seen(None));
    assert_eq!(unseen.verdict, Verdict::Unknown, "how many run nobody has said");
    assert_eq!(running.no_grid.after.high, Some(0.0), "without power nothing comes out of them");
}

#[test]
fn a_part_survives_storage() {
    let parts = [vaporiser(tested(10.0)), pipe(plate(10.0)), outlets("Khoa", Rated::default())];
    for (_, part) in parts.into_iter().chain([("x".to_owned(), Part::Power(Power::default()))]) {
        let stored = serde_json::to_string(&part).unwrap();
        assert_eq!(serde_json::from_str::<Part>(&stored).unwrap(), part);
    }
    let first: Part = serde_json::from_str(r#"{"power":{"grid":"on","checked_on":null}}"#).unwrap();
    assert_eq!(first.code(), "power", "what was left out is «chưa rõ»");
}

#[test]
fn a_day_before_the_norms_is_refused() {
    let told = ChainNorms::from_norms(&Norms::shipped().unwrap(), date(2019, 1, 1));
    assert!(matches!(told, Err(protocol::NormProblem::NotInForce { .. })));
}

proptest! {
    /// No link carries more than the weakest, and the low end is never above the high one.
    #[test]
    fn the_weakest_link_is_the_least(
        dry in 1.0..9_000.0_f64, wide in 1.0..9_000.0_f64, wall in 1.0..9_000.0_f64, measured in any::<bool>(),
    ) {
        let rated = |value| if measured { tested(value) } else { plate(value) };
        let parts = [vaporiser(rated(dry)), pipe(rated(wide)), outlets("Khoa", rated(wall))];
        let told = look(&parts, &[tank()], None);
        let least = dry.min(wide).min(wall);
        let share = if measured { 1.0 } else { norms().nameplate };
        prop_assert!((told.deliverable.low - least * share).abs() < 1e-6);
        prop_assert!((told.deliverable.high.unwrap() - least).abs() < 1e-6);
        prop_assert!(told.deliverable.unknown.is_empty());
    }

    /// Taking a measurement away never makes the sure flow larger nor the possible one smaller.
    #[test]
    fn to_know_less_is_never_to_be_surer(flows in prop::collection::vec(1.0..9_000.0_f64, 3), lost in 0_usize..3) {
        let rated = |place: usize| if place == lost { Rated::default() } else { tested(flows[place]) };
        let known = [vaporiser(tested(flows[0])), pipe(tested(flows[1])), outlets("Khoa", tested(flows[2]))];
        let less = [vaporiser(rated(0)), pipe(rated(1)), outlets("Khoa", rated(2))];
        let (known, less) = (look(&known, &[tank()], None), look(&less, &[tank()], None));
        prop_assert!(less.deliverable.low <= known.deliverable.low);
        prop_assert!(less.deliverable.high.unwrap() >= known.deliverable.high.unwrap());
    }

    #[test]
    fn a_bed_day_is_as_much_in_every_unit(grams in 1.0..1e7_f64, mask in 1_u32..500) {
        let told = bed_day(GramsPerHour(grams), Census { mask, ..Census::default() }, &norms()).unwrap();
        prop_assert!((told.kg / told.m3 - 1.327).abs() < 0.01 || Grams::from_f64(grams * 24.0 / f64::from(mask)).0 < 1_000);
        prop_assert!((told.m3 / told.litres_per_minute - 1.44).abs() < 0.01 || told.kg < 1.0);
    }
}
