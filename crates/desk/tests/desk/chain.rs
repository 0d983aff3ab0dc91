//! The chain to the bed and what is written down of means: OX04, OX05, OX06, OX10, TR01, TR03, TR05.

mod means;
mod rights;

use desk::operations::chain::chart_gauge::ChartGauge;
use desk::operations::chain::record_link::RecordLink;
use desk::operations::chain::retire_link::RetireLink;
use desk::operations::file_report::{Confirmed, Told};
use desk::views::chain::{ChainView, chain, chains, charts};
use jiff::civil::{Date, date};
use oxygen::chain::{Evidence, Grid, Ice, LinkKind, Outlets, Part, Pipe, Power, Rated, Tested, Vaporiser, Verdict};
use oxygen::{Census, GaugeChart};
use quantity::{Grams, Span, Typed, Unit};

use crate::common::{Person, Place, code_of, nothing, on_both_engines, says};

fn litres(value: f64) -> Typed {
    Typed::measured(value, Unit::LitrePerMinute)
}

pub(crate) fn tested(value: f64, on: Date) -> Rated {
    Rated { nameplate: None, tested: Some(Tested { flow: litres(value), on }) }
}

fn plate(value: f64) -> Rated {
    Rated { nameplate: Some(litres(value)), tested: None }
}

pub(crate) fn pipe(flow: Rated) -> Part {
    Part::Pipe(Pipe { diameter_mm: Some(54.0), flow })
}

pub(crate) fn link(place: &Place<'_>, name: &str, part: Part) -> RecordLink {
    RecordLink { key: None, facility: place.id, name: name.into(), part, told_by: None }
}

const TESTED: Date = date(2026, 9, 1);

/// A chain like London's: a vaporiser of 5,000, a pipe of 3,000, outlets of 4,200 litres a minute.
fn describes(person: &Person<'_>, place: &Place<'_>) {
    let vaporiser = Vaporiser { count: 1, each: tested(5_000.0, TESTED), ice: Ice::Dry };
    let outlets = Outlets { installed: 240, working: Some(236), flow: tested(4_200.0, TESTED) };
    person.does(link(place, "Giàn hóa hơi", Part::Vaporiser(vaporiser))).unwrap();
    person.does(link(place, "Ống chính", pipe(tested(3_000.0, TESTED)))).unwrap();
    person.does(link(place, "Nhà A", Part::Outlets(outlets))).unwrap();
}

fn patients(place: &Place<'_>, mask: u32) -> Told {
    let patients = Some(Census { mask, ..Census::default() });
    Told { patients, confirmed: Confirmed::Everything, ..says(place.store(0), "5.000 kg", None) }
}

fn seen(person: &Person<'_>, place: &Place<'_>) -> desk::Outcome<ChainView> {
    person.world.office.look_blocking(|office, connection| chain(office, connection, &person.actor, place.id))
}

/// OX10 and the second number of the first screen: 2,400 of 3,000 L/min, the pipe the weakest.
#[test]
fn the_weakest_link_says_the_peak() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(9_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, patients(&place, 200)).unwrap();
        assert_eq!(world.desk().line(&place).flow, None, "nobody has described the chain");
        describes(&officer, &place);
        let view = seen(&officer, &place).unwrap();
        assert_eq!(view.line.chain.deliverable.weakest, Some(LinkKind::Pipe));
        assert_eq!((view.line.chain.verdict, view.links.len(), view.may_write), (Verdict::Enough, 3, true));
        // The registry is asked anew after a second; the list with it.
        world.pass(Span::seconds(11));
        let flow = world.desk().line(&place).flow.unwrap();
        assert!((flow.needed - 2_400.0).abs() < 0.5 && (flow.deliverable - 3_000.0).abs() < 0.5, "{flow:?}");
        officer.files(&place, patients(&place, 260)).unwrap();
        let listed = world.office.look_blocking(|office, c| chains(office, c, &world.desk().actor)).unwrap();
        assert_eq!(listed.lines[0].chain.verdict, Verdict::Short);
        assert!(world.desk().line(&place).flow.unwrap().share() > 1.0);
        world.assert_well();
    });
}

/// OX04: a test in place of a plate is a new version of the same part, and what is gone carries nothing.
#[test]
fn a_part_is_tested_renewed_and_taken_away() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(9_000).register();
        let officer = world.officer_of(&place);
        describes(&officer, &place);
        let first = officer.does(link(&place, "Ống chính", pipe(plate(2_000.0)))).unwrap();
        let again = officer.does(link(&place, " Ống chính ", pipe(tested(1_500.0, TESTED)))).unwrap();
        assert_eq!(first, again, "the same part, the next version");
        let view = seen(&officer, &place).unwrap();
        let shown = view.line.chain.stages.iter().find(|stage| stage.kind == LinkKind::Pipe).unwrap();
        assert_eq!((shown.evidence, shown.on, shown.parts.len()), (Evidence::Tested, Some(TESTED), 1));
        let versions = world
            .office
            .look_blocking(|_, c| desk::record::versions::<desk::means::Link>(c, world.province, first))
            .unwrap();
        assert_eq!(versions.len(), 3);
        officer.does(RetireLink { key: None, link: first, reason: "thay ống mới".into() }).unwrap();
        let again = RetireLink { key: None, link: first, reason: "thay ống mới".into() };
        assert_eq!(code_of(officer.does(again)), "CHN-021");
        world.pass(Span::seconds(2));
        let after = seen(&officer, &place).unwrap();
        assert_eq!(after.line.chain.deliverable.unknown, [LinkKind::Pipe]);
        world.assert_well();
    });
}

#[test]
fn what_cannot_be_is_refused() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(9_000).register();
        let officer = world.officer_of(&place);
        let tries = |name: &str, part: Part| code_of(officer.does(link(&place, name, part)));
        assert_eq!(tries(" ", pipe(plate(100.0))), "CHN-010");
        let kilograms = Rated { nameplate: Some(Typed::measured(100.0, Unit::Kilogram)), tested: None };
        assert_eq!(tries("Ống", pipe(kilograms)), "CHN-011");
        assert_eq!(tries("Ống", pipe(tested(100.0, date(2026, 11, 23)))), "CHN-012");
        let outlets = Outlets { installed: 10, working: Some(12), flow: Rated::default() };
        assert_eq!(tries("Khoa", Part::Outlets(outlets)), "CHN-014");
        assert_eq!(tries("Ống", pipe(plate(1e9))), "CHN-015");
        let none = Vaporiser { count: 0, each: Rated::default(), ice: Ice::Unknown };
        assert_eq!(tries("Giàn", Part::Vaporiser(none)), "CHN-010");
        let power = Power { grid: Grid::On, diesel_litres: Some(-1.0), ..Power::default() };
        assert_eq!(tries("Điện", Part::Power(power)), "CHN-015");
        let first = officer.does(link(&place, "Ống", pipe(plate(10.0)))).unwrap();
        assert_eq!(code_of(officer.does(RetireLink { key: None, link: first, reason: " ".into() })), "CHN-019");
        world.assert_well();
    });
}

/// OX04: a chart is given from a day on; what was read before keeps its weight.
#[test]
fn a_tank_gets_its_chart() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank_in_percent(9_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "50 %", None)).unwrap();
        assert_eq!(place.latest(0), Some(Grams::from_kg(4_500)));
        let kg = Grams::from_kg;
        let chart = GaugeChart::new(Unit::Percent, &[(50.0, kg(4_000)), (100.0, kg(9_000))]).unwrap();
        let today = world.now().date();
        let change = |valid_from, chart: &GaugeChart, source: &str| ChartGauge {
            key: None,
            facility: place.id,
            store: place.store(0),
            valid_from,
            chart: chart.clone(),
            source: source.into(),
        };
        officer.does(change(today, &chart, "bảng của hãng")).unwrap();
        assert_eq!(place.latest(0), Some(kg(4_500)), "what was read keeps its weight");
        let told = Told { confirmed: Confirmed::Everything, ..says(place.store(0), "50 %", None) };
        world.pass(Span::minutes(30));
        officer.files(&place, told).unwrap();
        assert_eq!(place.latest(0), Some(kg(4_000)), "what is read now has the new one");
        // A report of yesterday, told late, is read by the chart of yesterday.
        let yesterday = Some(world.now() - Span::days(1));
        let late =
            Told { happened_at: yesterday, confirmed: Confirmed::Everything, ..says(place.store(0), "60 %", None) };
        officer.files(&place, late).unwrap();
        let samples = world
            .office
            .look_blocking(|_, c| {
                Ok(store::series::readings(
                    c,
                    world.province,
                    place.store(0),
                    world.now() - Span::days(2),
                    world.now(),
                )?)
            })
            .unwrap();
        assert_eq!(samples[0].grams, kg(5_400), "{samples:?}");
        let listed = world.office.look_blocking(|office, c| charts(office, c, &officer.actor, place.id)).unwrap();
        assert_eq!((listed.changes.len(), listed.facility.stores.len()), (1, 2));
        assert_eq!(listed.facility.each_store().count(), 1);
        let above = GaugeChart::proportional(Unit::Percent, 100.0, kg(12_000)).unwrap();
        assert_eq!(code_of(officer.does(change(today, &above, "bảng"))), "CHN-020");
        assert_eq!(code_of(officer.does(change(date(2026, 12, 1), &chart, "bảng"))), "CHN-012");
        assert_eq!(code_of(officer.does(change(today, &chart, ""))), "CHN-010");
        let none = ChartGauge { store: oxygen::StoreId(world.id()), ..change(today, &chart, "bảng") };
        assert_eq!(code_of(officer.does(none)), "CHN-013");
        world.assert_well();
    });
}

/// The same form sent twice writes once.
#[test]
fn pressing_twice_changes_nothing() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(9_000).register();
        let officer = world.officer_of(&place);
        let key = desk::IdempotencyKey::new("khoa-cua-may-1");
        let twice = || RecordLink { key: key.clone(), ..link(&place, "Ống", pipe(plate(10.0))) };
        let first = officer.does(twice()).unwrap();
        assert_eq!(officer.does(twice()).unwrap(), first);
        let versions = world
            .office
            .look_blocking(|_, c| desk::record::versions::<desk::means::Link>(c, world.province, first))
            .unwrap();
        assert_eq!(versions.len(), 1);
        officer.files(&place, Told { note: None, ..patients(&place, 3) }).unwrap();
        assert!(nothing().levels.is_empty());
    });
}
