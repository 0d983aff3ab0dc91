//! The parts of a facility's page: figures, installation, people to call, patients, beds, the notice.

use desk::views::facility::{FacilityView, Person, StoreView, label_of};
use oxygen::{Basis, Device, Oddity, RatedFlow, Store, StoreKind};
use place::body::{Beds, PostKind};
use quantity::Grams;

use super::oxygen_row::{hourly_of, since, usable_of};
use super::told::counts_words;
use super::words::{count, device_key, duration, fill, mass, mass_figure, number, percent, phone, source_key};
use crate::view::{Bed, Contact, Contacts, DevicePatients, Figure, Installation, Notice, Owner, Say, Tone};

/// Usable stock, use an hour, peak flow, people on oxygen, people without it.
pub(crate) fn figures_of(t: Say, view: &FacilityView) -> Vec<(String, Figure)> {
    let outlook = &view.outlook;
    let main_kind =
        view.stores.iter().find(|each| Some(each.store.id) == outlook.main_store).map(|each| each.store.kind);
    let source = outlook.source.map_or_else(String::new, |source| t.say(source_key(source, main_kind)));
    let age = outlook.age.map_or_else(String::new, |age| duration(t, age));
    let hourly = outlook.burn.map_or_else(Figure::default, |burn| {
        let basis = match burn.basis {
            Basis::Gauge => "basis-gauge",
            Basis::Patients => "basis-patients",
        };
        hourly_of(t, outlook).told(t.one("figure-window", "window", duration(t, burn.window)), t.say(basis))
    });
    let peak = view.flow.map_or_else(Figure::default, |flow| {
        let share = flow.share();
        let tone = if share >= 1.0 { Tone::Danger } else { Tone::Plain };
        let litres = format!("{}/{} L/phút", number(t, flow.needed, 0), number(t, flow.deliverable, 0));
        Figure::of(percent(t, share), "%").told("", litres).toned(tone)
    });
    let taken = view.census.map_or_else(String::new, |taken| duration(t, view.at - taken.at));
    let people = |number: Option<u32>| match number {
        Some(number) => Figure::of(count(t, number), t.say("unit-people")).told(taken.clone(), ""),
        None => Figure::default(),
    };
    let waiting = view.census.and_then(|taken| taken.census.waiting);
    let mut without = people(waiting);
    match waiting {
        None => without.age = t.say("not-asked-yet"),
        Some(number) if number > 0 => without.tone = Tone::Attention,
        Some(_) => {}
    }
    vec![
        (t.say("figure-usable"), usable_of(t, outlook).told(age, source)),
        (t.say("figure-hourly"), hourly),
        (t.say("figure-peak"), peak),
        (t.say("figure-on-oxygen"), people(view.census.map(|taken| taken.census.patients()))),
        (t.say("figure-waiting"), without),
    ]
}

/// The installation register, each with what it last showed.
pub(crate) fn installations_of(t: Say, view: &FacilityView) -> Vec<Installation> {
    view.stores
        .iter()
        .map(|each| Installation {
            name: each.store.label.clone(),
            capacity: capacity_of(t, &each.store),
            gauge_unit: gauge_unit(&each.store),
            content: content_of(t, view, each),
            tested_flow: each.store.rated.as_ref().map(|rated| flow_of(t, rated)).unwrap_or_default(),
            owner: Owner(each.store.owner.clone().unwrap_or_else(|| t.say("owner-own"))),
            working: working_of(t, view, each),
            tone: match &each.condition {
                Some(change) if !change.working.works() => Tone::Attention,
                _ => Tone::Plain,
            },
        })
        .collect()
}

/// Whether it works, why not, and since when; «chưa rõ» where nobody said.
fn working_of(t: Say, view: &FacilityView, each: &StoreView) -> String {
    let Some(change) = &each.condition else { return t.say("unknown") };
    let word = t.say(&format!("working-{}", change.working.code()));
    let told = [change.reason.clone(), duration(t, view.at - change.at)];
    let told: Vec<String> = told.into_iter().filter(|words| !words.is_empty()).collect();
    format!("{word} ({})", told.join(", "))
}

fn gauge_unit(store: &Store) -> String {
    match store.kind {
        StoreKind::Tank | StoreKind::Dewar => store.usual_unit().label().to_owned(),
        _ => String::new(),
    }
}

fn capacity_of(t: Say, store: &Store) -> Figure {
    match (store.kind, store.vessels) {
        (StoreKind::Cylinders, Some(vessels)) => Figure::of(count(t, vessels.owned), t.say("unit-cylinders")),
        (StoreKind::Plant | StoreKind::Concentrators, _) => {
            store.rated.as_ref().map(|rated| typed_flow(t, rated)).unwrap_or_default()
        }
        _ => mass_figure(t, store.capacity),
    }
}

fn typed_flow(t: Say, rated: &RatedFlow) -> Figure {
    Figure::of(number(t, rated.flow.value, 0), rated.flow.unit.label())
}

fn flow_of(t: Say, rated: &RatedFlow) -> Figure {
    let told = match rated.tested_on {
        Some(day) => t.one("flow-tested", "date", quantity::time::show_date(day)),
        None => t.say("flow-plate"),
    };
    typed_flow(t, rated).told(told, "")
}

fn content_of(t: Say, view: &FacilityView, each: &StoreView) -> Figure {
    let Some(latest) = &each.latest else { return Figure::default() };
    let age = duration(t, view.at - latest.happened_at);
    if let Some(made) = latest.made_per_hour {
        return mass_figure(t, made).told(format!("{} · {age}", t.say("each-hour")), "");
    }
    match &latest.counts {
        Some(counts) => Figure::of(counts_words(t, counts), "").told(age, ""),
        None => mass_figure(t, latest.grams).told(age, ""),
    }
}

/// Whom to call: the duty phone, the focal officer, his deputy.
pub(crate) fn contacts_of(t: Say, view: &FacilityView) -> Contacts {
    let of_kind = |kind: PostKind| view.people.iter().find(|person| person.kind == kind && person.phone.is_some());
    let reached = |person: &Person| phone(&person.name, person.phone.as_deref().unwrap_or_default());
    let contact = |kind| {
        of_kind(kind).map(|person| Contact {
            phone: reached(person),
            presence: t.say(if person.absent { "presence-away" } else { "presence-here" }),
            tone: if person.absent { Tone::Attention } else { Tone::Plain },
        })
    };
    let duty = of_kind(PostKind::DutyOfficer).filter(|person| !person.absent).map(reached);
    let called = view.call.as_ref().map(|(who, number)| phone(who, number));
    Contacts { duty: duty.or(called), focal: contact(PostKind::FocalOfficer), deputy: contact(PostKind::FocalDeputy) }
}

/// Patients by device, as last told.
pub(crate) fn patients_of(t: Say, view: &FacilityView) -> Vec<DevicePatients> {
    let Some(taken) = view.census else { return Vec::new() };
    let row = |device: Device| DevicePatients {
        device: t.say(device_key(device)),
        count: Figure::of(count(t, taken.census.on(device)), ""),
    };
    Device::ALL.into_iter().map(row).collect()
}

/// Beds that somebody has counted; how many are in use is not reported yet.
pub(crate) fn beds_of(t: Say, beds: Beds) -> Vec<Bed> {
    let figure = |number: Option<u32>| number.map(|number| Figure::of(count(t, number), "")).unwrap_or_default();
    let row = |key: &str, planned: Option<u32>, open: Option<u32>| {
        (planned.is_some() || open.is_some()).then(|| Bed {
            kind: t.say(key),
            planned: figure(planned),
            open: figure(open),
            used: Figure::default(),
        })
    };
    let rows = [
        row("beds-all", beds.planned, beds.open),
        row("beds-oxygen", None, beds.oxygen),
        row("beds-icu", None, beds.icu),
    ];
    rows.into_iter().flatten().collect()
}

/// The one thing that somebody should look at first: silence, then what the ledger does not explain,
/// then a gauge and patients that contradict each other.
pub(crate) fn notice_of(t: Say, view: &FacilityView) -> Option<Notice> {
    let outlook = &view.outlook;
    let sentence = if outlook.silence.heard.is_silent() {
        silence_words(t, view)
    } else if let Some((store, oddity)) = outlook.oddities.first() {
        oddity_words(t, &label_of(&view.facility, *store), oddity)
    } else {
        let gap = outlook.check.gap.filter(|_| outlook.check.look)?;
        let sign = if gap > 0.0 { "+" } else { "−" };
        t.one("notice-gap", "gap", format!("{sign}{} %", number(t, gap.abs() * 100.0, 0)))
    };
    Some(Notice { sentence, tone: Tone::Attention })
}

fn silence_words(t: Say, view: &FacilityView) -> String {
    let name = &view.facility.body.name;
    let Some(at) = view.outlook.silence.heard_at else { return t.one("notice-never", "name", name) };
    let since = since(at, view.at);
    match &view.call {
        Some((_, number)) => {
            let facts = [("name", name.into()), ("since", since.into()), ("phone", number.into())];
            fill(t, "notice-silent", &facts)
        }
        None => t.two("notice-silent-no-phone", "name", name, "since", since),
    }
}

fn oddity_words(t: Say, label: &str, oddity: &Oddity) -> String {
    let (key, name, amount, from, until) = match oddity {
        Oddity::UnrecordedDelivery { from, until, at_least } => {
            ("notice-delivery", "amount", mass(t, *at_least), from, until)
        }
        Oddity::AbsurdUse { from, until, rate } => {
            let hourly = format!("{} {}", mass(t, Grams::from_f64(rate.0)), t.say("each-hour"));
            ("notice-absurd", "rate", hourly, from, until)
        }
    };
    let facts = [
        ("label", label.into()),
        (name, amount.into()),
        ("from", from.to_string().into()),
        ("until", until.to_string().into()),
    ];
    fill(t, key, &facts)
}
