//! /co-so/{id}/chuoi: one facility's chain from the power line to the bed, drawn, with forms for each link.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::operations::chain::record_link::RecordLink;
use desk::operations::chain::retire_link::RetireLink;
use desk::rights::Capability;
use desk::views::chain::{ChainView, chain};
use oxygen::chain::{Evidence, LinkKind, Part, Stage};
use place::FacilityId;
use quantity::time::show_date;

use super::around::{Around, look};
use super::chain::no_grid;
use super::chain_forms::{form_of, hints_of, read_part, values_of};
use super::chain_words::{
    bed_day_cell, deliverable_words, evidence_words, flow_words, link_key, sentence, simulated_words, typed_words,
};
use super::fields::{Fields, Sent, server_key};
use super::means_fields::{Read, refusal, whole, words};
use super::plain::{answer, done, plain, said_done};
use super::words::{duration, fill, lasting, number};
use crate::app::App;
use crate::chart::{self, ChainBox, ChainSketch, Width};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Link, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// The kinds of parts, in the order of their forms.
pub(super) const PARTS: [&str; 5] = ["power", "vaporiser", "manifold", "pipe", "outlets"];

/// The facility of an address.
pub(super) fn facility_of(id: &str, member: &Member) -> Result<FacilityId, Problem> {
    id.parse().map_err(|_| Problem::no_page(&member.caller))
}

async fn look_up(app: &App, member: &Member, id: FacilityId) -> Result<(Around, ChainView), Problem> {
    look(app, member, move |office, connection, actor| chain(office, connection, actor, id)).await
}

/// GET /co-so/{id}/chuoi; `sua` is a part to be filled into its form.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let (around, view) = look_up(&app, &member, facility_of(&id, &member)?).await?;
    let asked = fields.text("sua");
    let edited = view.links.iter().find(|kept| kept.id.to_string() == asked);
    let typed = edited.map(values_of).unwrap_or_default();
    let said = said_done(member.caller.say, fields.text("xong"));
    Ok(page_of(&app, &member, &around, &view, &typed, None, said))
}

/// POST /co-so/{id}/chuoi: a part as it is now, or that it is gone.
pub(super) async fn record(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let id = facility_of(&id, &member)?;
    let (around, view) = look_up(&app, &member, id).await?;
    member.must(Capability::KeepInstallations)?;
    match perform(&app, &member, &view, &fields).await {
        Ok(()) => Ok(done(&format!("/co-so/{id}/chuoi"), "done-chain-link")),
        Err(unread) => {
            let refused = refusal(unread, &member.caller)?;
            Ok(page_of(&app, &member, &around, &view, &fields, Some(refused), String::new()))
        }
    }
}

async fn perform(app: &App, member: &Member, view: &ChainView, fields: &Fields) -> Read<()> {
    let actor = member.visitor.actor.clone();
    let key = desk::IdempotencyKey::new(fields.text("key"));
    let known = view.links.iter().find(|kept| kept.id.to_string() == fields.text("link"));
    if let (Some(kept), Some(reason)) = (known, fields.some("gone")) {
        let retire = RetireLink { key, link: kept.id, reason: reason.to_owned() };
        return app.office.perform(actor, retire).await.map(drop).map_err(whole);
    }
    let part = read_part(fields)?;
    let name = match (&part, fields.some("name")) {
        (Part::Power(_), None) => member.caller.say.say("chain-link-power"),
        (_, name) => name.unwrap_or_default().to_owned(),
    };
    let record = RecordLink { key, facility: view.facility.id, name, part, told_by: words(fields, "told_by") };
    app.office.perform(actor, record).await.map(drop).map_err(whole)
}

fn page_of(
    app: &App,
    member: &Member,
    around: &Around,
    view: &ChainView,
    typed: &Fields,
    refused: Option<Refusal>,
    said: String,
) -> Response {
    let t = member.caller.say;
    let id = view.facility.id;
    let mut page = plain(app, member, around, "chain-list", sentence(t, &view.line.chain));
    let simulated = simulated_words(t, view.facility.simulated);
    page.title = format!("{} · {}", t.say("chain-facility"), view.facility.body.name);
    page.about = format!("{}{simulated}", view.facility.body.name);
    page.done = said;
    // A refusal that belongs to none of the forms stands above them all.
    page.refusal = refused.clone().filter(|_| !PARTS.contains(&typed.text("part")));
    page.trail = vec![
        Link { text: t.say("chain-list"), href: "/phuong-tien/chuoi".into() },
        Link { text: view.facility.body.name.clone(), href: format!("/co-so/{id}") },
    ];
    page.links = [("means-beds-facility", "giuong"), ("gauge-chart", "bang-do")]
        .map(|(key, path)| Link { text: t.say(key), href: format!("/co-so/{id}/{path}") })
        .into();
    page.links.push(Link { text: t.say("means-inspections"), href: "/phuong-tien/kiem-dinh".into() });
    page.sections = vec![drawing(t, view), parts(t, view), checks(t, view)];
    if view.may_write {
        page.sections.extend(PARTS.map(|part| form_section(t, app, view, typed, refused.as_ref(), part)));
    }
    answer(&page)
}

fn form_section(t: Say, app: &App, view: &ChainView, typed: &Fields, refused: Option<&Refusal>, part: &str) -> Section {
    let here = typed.text("part") == part;
    let empty = Fields::default();
    let typed = if here { typed } else { &empty };
    let mut section = Section::new(format!("ghi-{part}"), t.say(&format!("chain-form-{part}")));
    section.about = hints_of(t, part);
    section.folded = !here;
    let mut form = form_of(t, view.facility.id, part, typed, server_key(app.office.real_now()));
    if here {
        form.refusal = refused.cloned();
    }
    section.forms.push(form);
    section
}

/// The chain drawn from power to bed, and what it says in words.
fn drawing(t: Say, view: &ChainView) -> Section {
    let mut section = Section::new("chuoi", t.say("chain-drawing"));
    let chain = &view.line.chain;
    let facts = [("flow", deliverable_words(t, &chain.deliverable).into())];
    section.about = fill(t, "chain-deliverable", &facts);
    let sketch = ChainSketch {
        id: "chain".into(),
        title: t.say("chain-drawing"),
        description: sentence(t, chain),
        boxes: boxes(t, view),
    };
    section.drawing = format!("{}{}", chart::chain(&sketch, Width::Wide), chart::chain(&sketch, Width::Narrow));
    section
}

fn boxes(t: Say, view: &ChainView) -> Vec<ChainBox> {
    let chain = &view.line.chain;
    let mut boxes = vec![power_box(t, view)];
    for stage in &chain.stages {
        let weakest = chain.deliverable.weakest == Some(stage.kind);
        boxes.push(stage_box(t, view, stage, boxes.len() + 1, weakest));
    }
    if let Some(beside) = &chain.bedside {
        let drawn = stage_box(t, view, beside, boxes.len() + 1, false);
        let head = format!("{}. {}", boxes.len() + 1, t.say("chain-bedside"));
        boxes.push(ChainBox { head, ..drawn });
    }
    if let Some(need) = chain.need {
        let lines = vec![t.say("chain-box-need"), duration(t, view.at - need.at)];
        let figure = flow_words(t, need.high, Some(need.high));
        boxes.push(ChainBox { class: "need", head: t.say("chain-box-patients"), figure, lines });
    }
    boxes
}

fn power_box(t: Say, view: &ChainView) -> ChainBox {
    let head = format!("1. {}", t.say("chain-link-power"));
    let Some(power) = &view.line.chain.power else {
        return ChainBox { class: "old", head, figure: t.say("unknown"), lines: vec![t.say("chain-not-written")] };
    };
    let grid = t.say(match power.grid {
        oxygen::chain::Grid::On => "chain-grid-on",
        oxygen::chain::Grid::Off => "chain-grid-off",
        oxygen::chain::Grid::Unknown => "chain-grid-unknown",
    });
    let generator = match power.generator_kva {
        Some(kva) if kva > 0.0 => t.one("chain-generator", "kva", number(t, kva, 0)),
        Some(_) => t.say("chain-no-generator"),
        None => t.say("chain-generator-unknown"),
    };
    let diesel = match power.diesel_hours() {
        Some(hours) => t.one("chain-diesel-hours", "hours", lasting(t, hours)),
        None => t.say("chain-diesel-unknown"),
    };
    let off = power.grid == oxygen::chain::Grid::Off;
    let checked = power.checked_on.map(|on| t.one("chain-checked-on", "on", show_date(on)));
    let lines = [Some(generator), Some(diesel), checked].into_iter().flatten().collect();
    ChainBox { class: if off { "danger" } else { "" }, head, figure: grid, lines }
}

fn stage_box(t: Say, view: &ChainView, stage: &Stage, number: usize, weakest: bool) -> ChainBox {
    let short = view.line.chain.need.is_some_and(|need| {
        let carried = if stage.is_unknown() { None } else { Some(stage.low) };
        carried.is_some_and(|carried| need.high > carried)
    });
    // The source is no weaker than its vaporiser: the red belongs to the link that limits.
    let class = match (stage.is_unknown(), short, weakest) {
        (true, ..) => "old",
        (_, true, _) => "danger",
        (_, _, true) => "attention",
        _ => "",
    };
    // A box is narrow: the age stands on a line of its own.
    let evidence = evidence_words(t, stage.evidence, stage.on, view.at);
    let mut lines: Vec<String> = evidence.split(" · ").map(str::to_owned).collect();
    if weakest {
        lines.insert(0, t.say("chain-is-weakest"));
    }
    let names = stage.parts.iter().map(|part| part.name.clone()).filter(|name| !name.is_empty()).collect::<Vec<_>>();
    lines.push(if names.is_empty() { t.say("chain-not-written") } else { names.join(", ") });
    if stage.parts.iter().any(|part| part.iced) {
        lines.push(t.say("chain-iced"));
    }
    ChainBox {
        class,
        head: format!("{number}. {}", t.say(&link_key(stage.kind))),
        figure: flow_words(t, stage.low, stage.high),
        lines,
    }
}

/// Every part with its flow, evidence and age; a part that one may change leads to its form.
fn parts(t: Say, view: &ChainView) -> Section {
    let mut section = Section::new("bo-phan", t.say("chain-parts"));
    section.empty = t.say("chain-parts-empty");
    let id = view.facility.id;
    let rows = view.links.iter().map(|kept| {
        let link = &kept.content;
        let flow = view.line.chain.stages.iter().flat_map(|stage| stage.parts.iter().map(move |part| (stage, part)));
        let flow = flow.filter(|(stage, part)| stage.kind == link.part.link() && part.name == link.name);
        let flow = flow.map(|(_, part)| part).next();
        let name = match view.may_write {
            true => Cell::link(&link.name, format!("/co-so/{id}/chuoi?sua={}#ghi-{}", kept.id, link.part.code())),
            false => Cell::text(&link.name),
        };
        let carried = match flow {
            Some(part) if part.evidence != Evidence::Unknown => Cell::text(flow_words(t, part.low, part.high)),
            _ if link.part.link() == LinkKind::Power => Cell::default(),
            _ => Cell::unknown(),
        };
        let evidence = flow.map_or_else(Cell::default, |part| {
            let tone = if part.evidence >= Evidence::OldTest { Tone::Attention } else { Tone::Plain };
            Cell::text(evidence_words(t, part.evidence, part.on, view.at)).toned(tone)
        });
        let written = t.two(
            "chain-written",
            "age",
            duration(t, view.at - kept.recorded_at),
            "who",
            link.told_by.clone().unwrap_or_else(|| t.say("chain-by-officer")),
        );
        vec![
            Cell::text(t.say(&format!("chain-part-{}", link.part.code()))),
            name.told(details(t, &link.part)),
            carried,
            evidence,
            Cell::text(written),
        ]
    });
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("chain-column-link")),
            Column::words(t.say("chain-column-part")),
            Column::number(t.say("chain-column-flow")),
            Column::words(t.say("chain-column-evidence")),
            Column::words(t.say("chain-column-written")),
        ],
        rows: rows.collect(),
    });
    section
}

/// What else is known of a part.
fn details(t: Say, part: &Part) -> String {
    let typed = |rated: &oxygen::chain::Rated| {
        let plate = rated.nameplate.as_ref().map(|flow| t.one("chain-plate", "flow", typed_words(t, flow)));
        let tested = rated.tested.as_ref().map(|tested| t.one("chain-typed", "flow", typed_words(t, &tested.flow)));
        [plate, tested]
    };
    let words: Vec<Option<String>> = match part {
        Part::Power(power) => vec![
            power.diesel_litres.map(|litres| t.one("chain-diesel", "litres", number(t, litres, 0))),
            power.litres_per_hour.map(|litres| t.one("chain-diesel-hourly", "litres", number(t, litres, 0))),
        ],
        Part::Manifold(rated) => typed(rated).into(),
        Part::Vaporiser(each) => {
            let count = Some(t.one("chain-vaporisers", "count", each.count.to_string()));
            let iced = (each.ice == oxygen::chain::Ice::Iced).then(|| t.say("chain-iced"));
            [count].into_iter().chain(typed(&each.each)).chain([iced]).collect()
        }
        Part::Pipe(pipe) => {
            let wide = pipe.diameter_mm.map(|wide| t.one("chain-diameter", "mm", number(t, wide, 0)));
            [wide].into_iter().chain(typed(&pipe.flow)).collect()
        }
        Part::Outlets(outlets) => {
            let working = outlets.working.map_or_else(|| t.say("unknown"), |working| working.to_string());
            let all = t.two("chain-outlets", "working", working, "installed", outlets.installed.to_string());
            [Some(all)].into_iter().chain(typed(&outlets.flow)).collect()
        }
    };
    words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Without the grid, and what a bed takes: two questions of one line each.
fn checks(t: Say, view: &ChainView) -> Section {
    let mut section = Section::new("kiem-tra", t.say("chain-checks"));
    let stock = view
        .line
        .hours
        .map_or_else(Cell::unknown, |hours| Cell::text(t.one("chain-stock-from", "hours", lasting(t, hours.low))));
    let need = view.line.chain.need.map_or_else(Cell::unknown, |need| {
        Cell::text(flow_words(t, need.low, Some(need.high))).told(t.one(
            "chain-need-mid",
            "flow",
            flow_words(t, need.mid, Some(need.mid)),
        ))
    });
    let rows = [
        ("chain-check-need", need),
        ("chain-check-no-grid", no_grid(t, &view.line)),
        ("chain-check-stock", stock),
        ("chain-check-bed-day", bed_day_cell(t, view.line.bed_day)),
    ];
    section.table = Some(Table {
        columns: vec![Column::words(t.say("chain-column-question")), Column::words(t.say("chain-column-answer"))],
        rows: rows.map(|(key, cell)| vec![Cell::text(t.say(key)), cell]).into(),
    });
    let versions: Vec<String> = view.norms.versions.iter().map(ToString::to_string).collect();
    section.about = t.one("chain-norms", "versions", versions.join(", "));
    section
}
