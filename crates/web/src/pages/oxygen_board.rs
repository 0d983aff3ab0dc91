//! The list of who is running out as the first screen shows it: the sentence, the five numbers, the rows.

use std::sync::Arc;

use desk::Actor;
use desk::rights::Capability;
use desk::views::alarms::Changed;
use desk::views::running_out::{Flow, Line, RunningOut};
use oxygen::{Heard, Standing};
use protocol::Readiness;
use quantity::Moment;

use super::alarms::since_words;
use super::oxygen_row::{is_out, left_words, row_of, runs_out_before};
use super::shift::next_handover;
use super::words::{count, duration, lasting, marked, number, percent};
use crate::respond::form_urlencoded;
use crate::view::{AllClear, Aside, Board, Copied, Figure, Number, RowsShown, Say, Stale, Tone};

/// More rows than this are shown when they are asked for.
const ROWS: usize = 60;
/// Lines of the list that is pasted into a message.
const PASTED: usize = 5;

/// What the page was asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// Words searched for.
    pub query: String,
    /// Every row.
    pub all: bool,
}

impl Asked {
    /// The same question as the query of an address.
    fn href(&self, path: &str, all: bool, mark: Option<&str>) -> String {
        let parts = [
            ("tu", mark),
            ("q", Some(self.query.as_str()).filter(|query| !query.is_empty())),
            ("tat-ca", all.then_some("1")),
        ];
        let parts: Vec<String> =
            parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", form_urlencoded(value?)))).collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
}

/// A list, and which of its lines are shown.
pub(crate) struct Showing {
    pub list: Arc<RunningOut>,
    /// Places of the lines that match, worst first.
    pub matching: Vec<usize>,
    /// What changed since the visit before.
    pub changed: Option<Changed>,
    /// Open alarms.
    pub alarms: usize,
    /// People who wait, and how many facilities were asked: with what the desk was told when it called.
    pub waiting: (u32, usize),
    /// Whether the list is of the past and stands still.
    pub stands: bool,
}

impl Showing {
    /// What a page shows is right until something is recorded or a minute of the domain clock passes.
    pub fn mark(&self) -> String {
        format!("{}.{}", self.list.seq, self.list.at.micros() / 60_000_000)
    }
}

/// The live part of the page.
pub(crate) fn board_of(t: Say, actor: &Actor, showing: &Showing, asked: &Asked) -> Board {
    let list = showing.list.as_ref();
    let total = showing.matching.len();
    let shown = if asked.all { total } else { total.min(ROWS) };
    let before = next_handover(list.at);
    let (sentence, tone) = sentence(t, list, before);
    let rows = showing.matching.iter().take(shown).filter_map(|place| list.lines.get(*place));
    Board {
        poll_href: (!showing.stands).then(|| asked.href("/oxy/bang", asked.all, Some(&showing.mark()))),
        asides: asides(t, showing),
        numbers: if list.lines.is_empty() { Vec::new() } else { numbers(t, showing) },
        rows: rows.map(|line| row_of(t, actor, list.at, before, line)).collect(),
        shown: RowsShown {
            shown,
            total,
            all_href: (shown < total).then(|| asked.href("/oxy", true, None)),
            query: asked.query.clone(),
        },
        stale: stale(t, list),
        empty: empty(t, list, total),
        copy: copied(t, list, &sentence),
        sentence,
        tone,
    }
}

/// The answer in the first line. What nobody knows is never counted as well supplied.
fn sentence(t: Say, list: &RunningOut, before: Moment) -> (String, Tone) {
    let time = before.show_time();
    let out = list.lines.iter().filter(|line| is_out(line)).count();
    let running = list.lines.iter().filter(|line| !is_out(line) && runs_out_before(line, list.at, before)).count();
    let unknown = list.lines.iter().filter(|line| is_unknown(line)).count();
    if list.lines.is_empty() {
        return (t.say("empty-no-facility"), Tone::Plain);
    }
    match (out, running, unknown) {
        (0, 0, 0) => (t.one("sentence-calm", "before", time), Tone::Plain),
        (0, 0, all) if all == list.lines.len() => (t.say("sentence-silent"), Tone::Attention),
        (0, 0, some) => (t.two("sentence-calm-unknown", "before", time, "count", some), Tone::Attention),
        (0, count, _) => (t.two("sentence-running-out", "count", count, "before", time), Tone::Danger),
        (out, 0, _) => (t.one("sentence-out", "count", out), Tone::Danger),
        (out, count, _) => {
            let facts = [("out", out.into()), ("count", count.into()), ("before", time.into())];
            (super::words::fill(t, "sentence-out-and-running", &facts), Tone::Danger)
        }
    }
}

fn is_unknown(line: &Line) -> bool {
    matches!(line.outlook.rank.standing, Standing::Lost | Standing::Unrated)
}

fn asides(t: Say, showing: &Showing) -> Vec<Aside> {
    let list = showing.list.as_ref();
    let is_late = |line: &&Line| line.courtesy.is_none() && line.outlook.silence.heard != Heard::OnTime;
    let late = list.lines.iter().filter(is_late).count();
    let aside = Aside { text: t.one("aside-late", "count", late), href: None, tone: Tone::Attention };
    let link = |text: String, tone| Aside { text, href: Some("/oxy/canh-bao".to_owned()), tone };
    let open = (showing.alarms > 0).then(|| link(t.one("alarms-count", "count", showing.alarms), Tone::Attention));
    let since = showing.changed.filter(|changed| changed.opened + changed.cleared > 0);
    let since = since.map(|changed| link(since_words(t, &changed), Tone::Plain));
    open.into_iter().chain((late > 0).then_some(aside)).chain(since).collect()
}

/// The five numbers of the first screen, in their order.
fn numbers(t: Say, showing: &Showing) -> Vec<Number> {
    let list = showing.list.as_ref();
    let unknown = |key: &str, note: &str| Number {
        label: t.say(key),
        figure: Figure::default(),
        note: if note.is_empty() { String::new() } else { t.say(note) },
    };
    vec![
        hours_number(t, list),
        flow_number(t, list),
        heard_number(t, list),
        arriving_number(t, list).unwrap_or_else(|| unknown("number-arriving", "note-not-tracked")),
        waiting_number(t, showing).unwrap_or_else(|| unknown("number-without", "note-nobody-asked")),
    ]
}

fn hours_number(t: Say, list: &RunningOut) -> Number {
    let worst = list.lines.iter().find(|line| is_out(line)).or_else(|| {
        let timed = list.lines.iter().filter_map(|line| Some((line, line.outlook.hours?.low)));
        timed.min_by(|left, right| left.1.total_cmp(&right.1)).map(|(line, _)| line)
    });
    let figure = match worst {
        Some(line) if is_out(line) => Figure::of(t.say("left-out"), "").toned(Tone::Danger),
        Some(line) => {
            let tone = if line.outlook.rank.standing == Standing::Danger { Tone::Danger } else { Tone::Plain };
            line.outlook.hours.map(|hours| Figure::of(lasting(t, hours.low), "").toned(tone)).unwrap_or_default()
        }
        None => Figure::default(),
    };
    Number { label: t.say("number-hours"), figure, note: worst.map(|line| line.name.clone()).unwrap_or_default() }
}

fn flow_number(t: Say, list: &RunningOut) -> Number {
    let share = Flow::share;
    let flows = list.lines.iter().filter_map(|line| Some((line, share(line.flow?))));
    let worst = flows.max_by(|left, right| left.1.total_cmp(&right.1));
    let figure = worst.map(|(_, share)| {
        let tone = if share >= 1.0 { Tone::Danger } else { Tone::Plain };
        Figure::of(percent(t, share), "%").toned(tone)
    });
    Number {
        label: t.say("number-flow"),
        figure: figure.unwrap_or_default(),
        note: worst.map(|(line, _)| line.name.clone()).unwrap_or_default(),
    }
}

/// Who was really heard from, and how many of the patients on oxygen are there.
fn heard_number(t: Say, list: &RunningOut) -> Number {
    let heard = |line: &&Line| line.outlook.silence.heard == Heard::OnTime;
    let patients = |line: &Line| line.census.map_or(0, |taken| u64::from(taken.census.patients()));
    let all: u64 = list.lines.iter().map(patients).sum();
    let with: u64 = list.lines.iter().filter(heard).map(patients).sum();
    let emergency = list.readiness == Readiness::Emergency;
    let share = number(t, with as f64 / all.max(1) as f64 * 100.0, 0);
    Number {
        label: t.say(if emergency { "number-heard" } else { "number-heard-due" }),
        figure: Figure::of(
            format!("{}/{}", list.lines.iter().filter(heard).count(), list.lines.len()),
            t.say("unit-facilities"),
        ),
        note: if all > 0 { t.one("note-heard", "share", format!("{share} %")) } else { String::new() },
    }
}

/// Loaded with plate and driver: ordered is not loaded is not received. Where no order is open nobody may have written
/// any, so nothing is said; where one is, nothing loaded is nothing certain.
fn arriving_number(t: Say, list: &RunningOut) -> Option<Number> {
    let roads = || list.lines.iter().filter_map(|line| Some((line, line.road.as_ref()?)));
    roads().next()?;
    let loaded = || roads().filter(|(_, road)| road.plate.is_some());
    let grams: quantity::Grams = loaded().map(|(_, road)| road.loaded).sum();
    let vehicles: usize = loaded().map(|(_, road)| road.vehicles).sum();
    let late = loaded().filter(|(line, road)| super::oxygen_row::road_of(t, road, &line.outlook, list.at).late).count();
    let facts = [("vehicles", vehicles.into()), ("late", late.into())];
    let key = if late > 0 { "supply-arriving-late" } else { "supply-arriving" };
    let tone = if late > 0 { Tone::Attention } else { Tone::Plain };
    Some(Number {
        label: t.say("number-arriving"),
        figure: super::words::mass_figure(t, grams).toned(tone),
        note: super::words::fill(t, key, &facts),
    })
}

/// A zero is only a zero where somebody asked.
fn waiting_number(t: Say, showing: &Showing) -> Option<Number> {
    let list = showing.list.as_ref();
    let (waiting, asked) = showing.waiting;
    let tone = if waiting > 0 { Tone::Attention } else { Tone::Plain };
    (asked > 0 || waiting > 0).then(|| Number {
        label: t.say("number-without"),
        figure: Figure::of(count(t, waiting), t.say("unit-people")).toned(tone),
        note: t.two("note-asked", "asked", asked, "all", list.lines.len()),
    })
}

/// All figures are older than they should be.
fn stale(t: Say, list: &RunningOut) -> Option<Stale> {
    if list.lines.iter().any(|line| line.outlook.silence.heard == Heard::OnTime) {
        return None;
    }
    let newest = list.lines.iter().filter_map(|line| line.outlook.silence.heard_at).max()?;
    let since = if newest.date() == list.at.date() { newest.show_time() } else { newest.to_string() };
    Some(Stale { age: duration(t, list.at - newest), since })
}

fn empty(t: Say, list: &RunningOut, total: usize) -> Option<AllClear> {
    let clear = |key: &str, href: Option<&str>| AllClear {
        sentence: t.say(key),
        next: t.say(&format!("{key}.next")),
        href: href.map(str::to_owned),
        link: t.say(&format!("{key}.link")),
    };
    match (list.lines.is_empty(), total) {
        (true, _) => Some(clear("empty-no-facility", None)),
        (false, 0) => Some(clear("empty-no-match", Some("/oxy"))),
        _ => None,
    }
}

/// The list for a message: the sentence and the worst few.
fn copied(t: Say, list: &RunningOut, sentence: &str) -> Copied {
    let simulated = list.lines.iter().any(|line| line.simulated);
    let head = t.two("zalo-list", "at", list.at.to_string(), "sentence", sentence);
    let worst = list.lines.iter().take(PASTED).map(|line| {
        let area = if line.area.is_empty() { String::new() } else { format!(" ({})", line.area) };
        format!("– {}{area}: {}", line.name, left_words(t, line))
    });
    Copied([marked(t, simulated, head)].into_iter().chain(worst).collect::<Vec<_>>().join("\n"))
}

/// Whether an account may enter for a facility.
pub(crate) fn may_report(actor: &Actor, facility: place::FacilityId) -> bool {
    actor.may(Capability::ReportOxygen)
        && (actor.own_facility() == Some(facility) || actor.may(Capability::ReportOnBehalf))
}
