//! GET /phuong-tien/chuoi: where the flow to the beds is the limit, the worst first (OX04, OX10).

use axum::extract::State;
use desk::views::chain::{ChainLine, Chains, chains};
use oxygen::chain::{Evidence, LinkKind, Verdict};

use super::around::look;
use super::chain_words::{bed_day_cell, deliverable_cell, evidence_words, flow_words, link_key, link_names, tone_of};
use super::plain::{answer, plain};
use super::words::{count, fill, lasting, percent};
use crate::app::App;
use crate::respond::Answer;
use crate::view::{Cell, Column, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /phuong-tien/chuoi.
pub(super) async fn page(State(app): State<App>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, chains).await?;
    let t = member.caller.say;
    let mut page = plain(&app, &member, &around, "chain-list", sentence(t, &found));
    page.about = t.say("chain-list-about");
    page.links = vec![Link { text: t.say("norms"), href: "/dinh-muc#oxygen-chain".into() }];
    let mut section = Section::new("chuoi", "");
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("chain-column-facility")),
            Column::number(t.say("chain-column-share")),
            Column::number(t.say("chain-column-need")),
            Column::number(t.say("chain-column-flow")),
            Column::words(t.say("chain-column-weakest")),
            Column::words(t.say("chain-column-no-grid")),
            Column::number(t.say("chain-column-bed-day")),
        ],
        rows: found.lines.iter().map(|line| row(t, line, &found)).collect(),
    });
    section.empty = t.say("chain-list-empty");
    page.sections.push(section);
    Ok(answer(&page))
}

fn sentence(t: Say, found: &Chains) -> String {
    let of = |verdict: Verdict| found.lines.iter().filter(|line| line.chain.verdict == verdict).count();
    let facts = [
        ("short", of(Verdict::Short).into()),
        ("tight", of(Verdict::Tight).into()),
        ("unknown", of(Verdict::Unknown).into()),
        ("all", found.lines.len().into()),
    ];
    fill(t, if of(Verdict::Short) == 0 { "chain-list-none-short" } else { "chain-list-short" }, &facts)
}

fn row(t: Say, line: &ChainLine, found: &Chains) -> Vec<Cell> {
    let chain = &line.chain;
    let told = [line.area.clone(), if line.simulated { t.say("simulated") } else { String::new() }];
    let told: Vec<String> = told.into_iter().filter(|word| !word.is_empty()).collect();
    let share = match chain.share() {
        Some(share) => Cell::text(format!("{}\u{a0}%", percent(t, share))).toned(tone_of(chain.verdict)),
        None => Cell::unknown(),
    };
    let need = chain.need.map_or_else(Cell::unknown, |need| {
        let patients = line.census.map_or(0, |taken| taken.census.patients());
        Cell::text(flow_words(t, need.high, Some(need.high))).told(t.one("chain-patients", "count", count(t, patients)))
    });
    vec![
        Cell::link(&line.name, format!("/co-so/{}/chuoi", line.facility)).told(told.join(" · ")),
        share,
        need,
        deliverable_cell(t, &chain.deliverable),
        weakest(t, line, found),
        no_grid(t, line),
        bed_day_cell(t, line.bed_day),
    ]
}

fn weakest(t: Say, line: &ChainLine, found: &Chains) -> Cell {
    let flows = &line.chain.deliverable;
    let unknown = match flows.unknown.as_slice() {
        [] => String::new(),
        unknown => t.one("chain-not-known", "links", link_names(t, unknown)),
    };
    let Some(kind) = flows.weakest else { return Cell::unknown().told(link_names(t, &flows.unknown)) };
    let stage = line.chain.stages.iter().find(|stage| stage.kind == kind);
    let evidence = stage.map_or_else(String::new, |stage| evidence_words(t, stage.evidence, stage.on, found.at));
    let old = stage.is_some_and(|stage| stage.evidence >= Evidence::OldTest);
    let told = [evidence, unknown].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · ");
    Cell::text(t.say(&link_key(kind))).told(told).toned(if old { Tone::Attention } else { Tone::Plain })
}

/// What flows without the grid, and for how long.
pub(super) fn no_grid(t: Say, line: &ChainLine) -> Cell {
    let told = &line.chain.no_grid;
    if line.chain.stages.is_empty() && line.chain.bedside.is_none() {
        return Cell::unknown();
    }
    if !told.needs_power {
        return Cell::text(t.say("chain-no-grid-same"));
    }
    let falls = line.chain.deliverable.weakest == Some(LinkKind::Power) || told.after.high == Some(0.0);
    match told.diesel_hours {
        Some(hours) => Cell::text(t.one("chain-no-grid-hours", "hours", lasting(t, hours)))
            .told(t.one("chain-no-grid-after", "flow", flow_words(t, told.after.low, told.after.high)))
            .toned(if hours < 8.0 { Tone::Attention } else { Tone::Plain }),
        None if falls => Cell::text(t.say("chain-no-grid-nothing")).toned(Tone::Danger),
        None if told.after.high.is_none() => Cell::unknown(),
        None => Cell::text(t.one("chain-no-grid-only", "flow", flow_words(t, told.after.low, told.after.high)))
            .toned(Tone::Attention),
    }
}
