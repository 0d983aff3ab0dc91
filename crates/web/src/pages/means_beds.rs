//! /phuong-tien/giuong and /co-so/{id}/giuong: beds by tier, intensive care with machines and people, and the
//! counts of one facility (TR01, TR05).

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::means::{BedCount, Intensive};
use desk::operations::chain::count_beds::CountBeds;
use desk::record::Kept;
use desk::registry::Facility;
use desk::rights::Capability;
use desk::views::means::{BedLine, BedSource, BedsByTier, beds, facility_beds};
use place::FacilityId;
use place::body::Beds;
use quantity::Moment;

use super::around::{Around, look};
use super::chain_facility::facility_of;
use super::chain_words::simulated_words;
use super::fields::{Fields, Sent, field_of, local_moment, server_key};
use super::means_fields::{Read, missing, number_field, refusal, whole, words, words_field};
use super::means_sites::tier_words;
use super::plain::{answer, done, plain, said_done};
use super::report_told::read_count;
use super::words::{count, duration, fill, number};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /phuong-tien/giuong.
pub(super) async fn page(State(app): State<App>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, beds).await?;
    let t = member.caller.say;
    let lines = || found.tiers.values().flatten();
    let sum = |of: fn(&BedLine) -> Option<u32>| lines().filter_map(of).sum::<u32>();
    let facts = [
        ("open", count(t, sum(|line| line.beds(|beds| beds.open).map(|(beds, _)| beds))).into()),
        ("icu", count(t, sum(|line| line.beds(|beds| beds.icu).map(|(beds, _)| beds))).into()),
        ("counted", lines().filter(|line| line.count.is_some()).count().into()),
        ("all", lines().count().into()),
    ];
    let mut page = plain(&app, &member, &around, "means-beds", fill(t, "means-beds-says", &facts));
    page.about = t.say("means-beds-about");
    for (tier, lines) in &found.tiers {
        page.sections.push(tier_section(t, &found, *tier, lines));
    }
    page.sections.push(intensive_section(t, &found));
    Ok(answer(&page))
}

fn age(t: Say, now: Moment, count: Option<&BedCount>) -> String {
    count.map_or_else(String::new, |count| t.one("means-counted", "age", duration(t, now - count.counted_at)))
}

/// A figure with where it comes from; when the count differs from the register, both stand.
fn bed_cell(t: Say, line: &BedLine, which: fn(&Beds) -> Option<u32>) -> Cell {
    let Some((beds, source)) = line.beds(which) else { return Cell::unknown() };
    let register = which(&line.facility.beds).filter(|register| source == BedSource::Counted && *register != beds);
    let told = match (source, register) {
        (_, Some(register)) => t.one("means-register-says", "beds", count(t, register)),
        (BedSource::Register, None) => t.say("means-by-register"),
        (BedSource::Counted, None) => String::new(),
    };
    Cell::text(count(t, beds)).told(told)
}

fn known(t: Say, value: Option<u32>) -> Cell {
    value.map_or_else(Cell::unknown, |value| Cell::text(count(t, value)))
}

fn name_cell(t: Say, now: Moment, line: &BedLine) -> Cell {
    let marked = line.facility.simulated.then(|| t.say("simulated"));
    let told = [Some(age(t, now, line.count.as_ref())).filter(|age| !age.is_empty()), marked];
    Cell::link(&line.facility.body.name, format!("/co-so/{}/giuong", line.facility.id))
        .told(told.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// Beds in use of those open, red when there are more people than beds.
fn used_cell(t: Say, used: Option<u32>, open: Option<u32>) -> Cell {
    let Some(used) = used else { return Cell::unknown() };
    let Some(open) = open.filter(|open| *open > 0) else { return Cell::text(count(t, used)) };
    let share = f64::from(used) / f64::from(open);
    let tone = match share {
        share if share > 1.0 => Tone::Danger,
        share if share >= 0.9 => Tone::Attention,
        _ => Tone::Plain,
    };
    Cell::text(count(t, used)).told(format!("{} %", number(t, share * 100.0, 0))).toned(tone)
}

fn tier_section(t: Say, found: &BedsByTier, tier: u32, lines: &[BedLine]) -> Section {
    let mut section = Section::new(format!("tang-{tier}"), tier_words(t, tier));
    let rows = lines.iter().map(|line| {
        let used = line.count.as_ref().and_then(|count| count.occupied);
        vec![
            name_cell(t, found.at, line),
            bed_cell(t, line, |beds| beds.planned),
            bed_cell(t, line, |beds| beds.open),
            used_cell(t, used, line.beds(|beds| beds.open).map(|(beds, _)| beds)),
            bed_cell(t, line, |beds| beds.oxygen),
            known(t, line.on_oxygen),
        ]
    });
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("means-column-facility")),
            Column::number(t.say("column-planned")),
            Column::number(t.say("column-open")),
            Column::number(t.say("column-used")),
            Column::number(t.say("beds-oxygen")),
            Column::number(t.say("figure-on-oxygen")),
        ],
        rows: rows.collect(),
    });
    section
}

fn intensive_section(t: Say, found: &BedsByTier) -> Section {
    let mut section = Section::new("hoi-suc", t.say("means-intensive"));
    section.about = t.say("means-intensive-about");
    section.empty = t.say("means-intensive-empty");
    let has = |line: &&BedLine| {
        let machines = line.count.as_ref().is_some_and(|count| {
            let care = count.intensive;
            [care.ventilators, care.hfnc, care.ecmo].into_iter().flatten().any(|machines| machines > 0)
        });
        machines || line.beds(|beds| beds.icu).is_some_and(|(beds, _)| beds > 0)
    };
    let rows = found.tiers.values().flatten().filter(has).map(|line| {
        let told = line.count.as_ref();
        let care = told.map(|count| count.intensive).unwrap_or_default();
        vec![
            name_cell(t, found.at, line),
            bed_cell(t, line, |beds| beds.icu),
            used_cell(t, told.and_then(|count| count.occupied_icu), line.beds(|beds| beds.icu).map(|(beds, _)| beds)),
            known(t, care.ventilators),
            known(t, care.hfnc),
            known(t, care.ecmo),
            known(t, care.doctors),
            known(t, care.nurses),
        ]
    });
    section.table = Some(Table { columns: intensive_columns(t, "means-column-facility"), rows: rows.collect() });
    section
}

fn intensive_columns(t: Say, first: &str) -> Vec<Column> {
    let numbers =
        ["beds-icu", "column-used", "means-ventilators", "means-hfnc", "means-ecmo", "means-doctors", "means-nurses"];
    [Column::words(t.say(first))].into_iter().chain(numbers.map(|key| Column::number(t.say(key)))).collect()
}

/// One facility with every count of its beds.
struct Found {
    at: Moment,
    facility: Facility,
    counts: Vec<Kept<BedCount>>,
    may_write: bool,
}

async fn look_up(app: &App, member: &Member, id: FacilityId) -> Result<(Around, Found), Problem> {
    look(app, member, move |office, connection, actor| {
        let (at, facility, counts, may_write) = facility_beds(office, connection, actor, id)?;
        Ok(Found { at, facility, counts, may_write })
    })
    .await
}

/// GET /co-so/{id}/giuong.
pub(super) async fn facility_page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let (around, found) = look_up(&app, &member, facility_of(&id, &member)?).await?;
    let typed = found.counts.first().map(|kept| values_of(&kept.content)).unwrap_or_default();
    let said = said_done(member.caller.say, fields.text("xong"));
    Ok(facility_page_of(&app, &member, &around, &found, (&typed, None), said))
}

/// POST /co-so/{id}/giuong.
pub(super) async fn record(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let id = facility_of(&id, &member)?;
    let (around, found) = look_up(&app, &member, id).await?;
    member.must(Capability::KeepInstallations)?;
    match perform(&app, &member, &found, &fields).await {
        Ok(()) => Ok(done(&format!("/co-so/{id}/giuong"), "done-means-beds")),
        Err(unread) => {
            let refused = refusal(unread, &member.caller)?;
            Ok(facility_page_of(&app, &member, &around, &found, (&fields, Some(refused)), String::new()))
        }
    }
}

async fn perform(app: &App, member: &Member, found: &Found, fields: &Fields) -> Read<()> {
    let counted_at = match fields.some("counted_at") {
        None => found.at,
        Some(text) => local_moment(text).ok_or_else(|| missing("counted_at"))?,
    };
    let content = BedCount {
        facility: found.facility.id,
        counted_at,
        told_by: words(fields, "told_by"),
        beds: Beds {
            planned: read_count(fields, "planned")?,
            open: read_count(fields, "open")?,
            oxygen: read_count(fields, "oxygen")?,
            icu: read_count(fields, "icu")?,
        },
        occupied: read_count(fields, "occupied")?,
        occupied_icu: read_count(fields, "occupied_icu")?,
        intensive: Intensive {
            ventilators: read_count(fields, "ventilators")?,
            hfnc: read_count(fields, "hfnc")?,
            ecmo: read_count(fields, "ecmo")?,
            doctors: read_count(fields, "doctors")?,
            nurses: read_count(fields, "nurses")?,
        },
    };
    let counting = CountBeds { key: desk::IdempotencyKey::new(fields.text("key")), content };
    app.office.perform(member.visitor.actor.clone(), counting).await.map(drop).map_err(whole)
}

/// The fields of a count: name, key of its label.
const COUNTS: [(&str, &str); 11] = [
    ("planned", "means-field-planned"),
    ("open", "means-field-open"),
    ("occupied", "means-field-occupied"),
    ("oxygen", "beds-oxygen"),
    ("icu", "beds-icu"),
    ("occupied_icu", "means-field-occupied-icu"),
    ("ventilators", "means-ventilators"),
    ("hfnc", "means-hfnc"),
    ("ecmo", "means-ecmo"),
    ("doctors", "means-doctors"),
    ("nurses", "means-nurses"),
];

fn numbers_of(told: &BedCount) -> [Option<u32>; 11] {
    let (beds, care) = (told.beds, told.intensive);
    [
        beds.planned,
        beds.open,
        told.occupied,
        beds.oxygen,
        beds.icu,
        told.occupied_icu,
        care.ventilators,
        care.hfnc,
        care.ecmo,
        care.doctors,
        care.nurses,
    ]
}

fn values_of(told: &BedCount) -> Fields {
    let pairs = COUNTS.iter().zip(numbers_of(told));
    let filled = pairs.filter_map(|((name, _), number)| Some(((*name).to_owned(), number?.to_string())));
    Fields(filled.collect())
}

fn facility_page_of(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Found,
    (typed, refused): (&Fields, Option<Refusal>),
    said: String,
) -> Response {
    let t = member.caller.say;
    let id = found.facility.id;
    let sentence = match found.counts.first() {
        Some(kept) => {
            let told = &kept.content;
            let line = BedLine { facility: found.facility.clone(), count: Some(told.clone()), on_oxygen: None };
            let open = line.beds(|beds| beds.open).map_or_else(|| t.say("unknown"), |(beds, _)| count(t, beds));
            let used = told.occupied.map_or_else(|| t.say("unknown"), |used| count(t, used));
            let facts =
                [("open", open.into()), ("used", used.into()), ("age", duration(t, found.at - told.counted_at).into())];
            fill(t, "means-facility-beds-says", &facts)
        }
        None => t.say("means-facility-beds-never"),
    };
    let mut page = plain(app, member, around, "means-beds", sentence);
    page.title = format!("{} · {}", t.say("means-beds-facility"), found.facility.body.name);
    let simulated = simulated_words(t, found.facility.simulated);
    page.about = format!("{}{simulated}", found.facility.body.name);
    page.done = said;
    page.trail = vec![
        Link { text: t.say("means-beds"), href: "/phuong-tien/giuong".into() },
        Link { text: found.facility.body.name.clone(), href: format!("/co-so/{id}") },
    ];
    if found.may_write {
        page.sections.push(form(t, app, found, typed, refused));
    }
    page.sections.push(history(t, found));
    answer(&page)
}

fn form(t: Say, app: &App, found: &Found, typed: &Fields, refused: Option<Refusal>) -> Section {
    let mut section = Section::new("ghi", t.say("means-count-now"));
    let action = format!("/co-so/{}/giuong", found.facility.id);
    let when = typed.some("counted_at").map_or_else(|| field_of(found.at), str::to_owned);
    let mut form = Form::new(action, t.say("chain-save"), server_key(app.office.real_now()));
    form.fields = COUNTS.iter().map(|(name, label)| number_field(t, typed, name, label, "")).collect();
    form.fields.push(Field::words("counted_at", t.say("means-field-counted-at")).input(Input::Moment).value(when));
    form.fields.push(words_field(t, typed, "told_by", "means-told-by"));
    form.means = t.say("means-count-means");
    form.refusal = refused;
    section.forms.push(form);
    section
}

fn history(t: Say, found: &Found) -> Section {
    let mut section = Section::new("cac-lan", t.say("means-counts"));
    section.empty = t.say("means-facility-beds-never");
    let row = |kept: &Kept<BedCount>| {
        let told = &kept.content;
        let who = told.told_by.clone().unwrap_or_else(|| t.say("chain-by-officer"));
        let first = Cell::text(told.counted_at.to_string()).told(who);
        [first].into_iter().chain(numbers_of(told).map(|number| known(t, number))).collect()
    };
    let columns = [Column::words(t.say("means-field-counted-at"))];
    section.table = Some(Table {
        columns: columns.into_iter().chain(COUNTS.map(|(_, key)| Column::number(t.say(key)))).collect(),
        rows: found.counts.iter().map(row).collect(),
    });
    section
}
