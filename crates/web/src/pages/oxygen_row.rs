//! One facility of the list: its colour with its word, how long it lasts, whom to call.

use desk::Actor;
use desk::views::running_out::Line;
use desk::views::supply::road::Road;
use oxygen::{Heard as Cadence, HoursLeft, Outlook, Standing};
use quantity::{Moment, Span};

use super::oxygen_board::may_report;
use super::words::{duration, fill, hourly_figure, marked, mass, mass_figure, phone, range, range_words, source_key};
use crate::view::{Copied, FacilityRow, Figure, Heard, Left, OnRoad, Say, Strip, Tone};

/// Whether nothing usable is left.
pub(crate) fn is_out(line: &Line) -> bool {
    line.outlook.rank.standing == Standing::Empty
}

/// Whether the pessimistic end comes before a moment.
pub(crate) fn runs_out_before(line: &Line, now: Moment, before: Moment) -> bool {
    line.outlook.hours.is_some_and(|hours| ends_before(&hours, now, before))
}

fn ends_before(hours: &HoursLeft, now: Moment, before: Moment) -> bool {
    hours.low < (before - now).as_hours()
}

/// `18:05` of today, `21/11 18:05` of another day, with the year where it is another.
pub(crate) fn since(at: Moment, now: Moment) -> String {
    match (at.date(), now.date()) {
        (then, today) if then == today => at.show_time(),
        (then, today) if then.year() == today.year() => {
            format!("{:02}/{:02} {}", then.day(), then.month(), at.show_time())
        }
        _ => at.to_string(),
    }
}

/// The colour of a facility and the word beside it, where the hours left do not say it already. Red runs
/// out before help arrives, amber must be looked at, grey is old.
pub(crate) fn tone_of(t: Say, outlook: &Outlook, now: Moment, before: Moment) -> (Tone, String) {
    let silent = || match outlook.silence.heard_at {
        Some(at) => t.one("silent-since", "time", since(at, now)),
        None => t.say("never-heard"),
    };
    match outlook.rank.standing {
        Standing::Empty => (Tone::Danger, String::new()),
        Standing::Lost | Standing::Unrated => (Tone::Attention, String::new()),
        // An old figure that already says «before the handover» is no less red for being old.
        Standing::Danger if outlook.hours.is_some_and(|hours| ends_before(&hours, now, before)) => {
            (Tone::Danger, t.say("standing-danger"))
        }
        Standing::Danger if outlook.silence.heard.is_silent() => (Tone::Attention, silent()),
        Standing::Danger => (Tone::Danger, t.say("standing-danger")),
        Standing::Watch | Standing::Enough | Standing::Idle if outlook.silence.heard == Cadence::Late => {
            (Tone::Old, t.say("overdue"))
        }
        Standing::Watch => (Tone::Plain, t.say("standing-watch")),
        Standing::Enough | Standing::Idle => (Tone::Plain, String::new()),
    }
}

/// Who is asked and not ordered is never late (design rule 8).
pub(crate) fn politely(t: Say, asked: bool, (tone, word): (Tone, String)) -> (Tone, String) {
    if asked && tone == Tone::Old { (Tone::Plain, t.say("courtesy-word")) } else { (tone, word) }
}

/// How long a facility lasts, in words.
pub(crate) fn left_of(t: Say, outlook: &Outlook, now: Moment) -> Left {
    if outlook.rank.standing == Standing::Empty {
        let read = outlook.read_at.or(outlook.silence.heard_at);
        return Left::Out { since: read.map_or_else(|| t.say("unknown"), |at| since(at, now)) };
    }
    if let Some(hours) = &outlook.hours {
        return Left::Lasts(range(t, hours));
    }
    let why = match (outlook.rank.standing, outlook.silence.heard_at) {
        (Standing::Idle, _) => t.say("standing-idle"),
        (Standing::Lost, Some(at)) => t.one("silent-since", "time", since(at, now)),
        (_, None) => t.say("never-heard"),
        _ => t.say("standing-unrated"),
    };
    Left::Unknown { why }
}

/// The same inside a sentence.
pub(crate) fn left_words(t: Say, line: &Line) -> String {
    outlook_words(t, &line.outlook)
}

/// «còn 2 giờ 10 – 3 giờ 40», «đã hết», «chưa rõ còn bao lâu».
pub(crate) fn outlook_words(t: Say, outlook: &Outlook) -> String {
    match (outlook.rank.standing, &outlook.hours) {
        (Standing::Empty, _) => t.say("left-out"),
        (_, Some(hours)) => range_words(t, &range(t, hours)),
        _ => t.say("left-unknown"),
    }
}

/// Usable stock; unknown where no store was ever read.
pub(crate) fn usable_of(t: Say, outlook: &Outlook) -> Figure {
    outlook.read_at.map(|_| mass_figure(t, outlook.usable)).unwrap_or_default()
}

/// What is used in an hour.
pub(crate) fn hourly_of(t: Say, outlook: &Outlook) -> Figure {
    outlook.burn.map(|burn| hourly_figure(t, burn.range.mid)).unwrap_or_default()
}

fn heard_of(t: Say, line: &Line, now: Moment) -> Heard {
    let silence = &line.outlook.silence;
    let tone = match silence.heard {
        Cadence::OnTime => Tone::Plain,
        Cadence::Late => Tone::Old,
        Cadence::Silent | Cadence::Never => Tone::Attention,
    };
    let Some(at) = silence.heard_at else {
        return Heard { age: t.say("never-heard"), source: String::new(), tone };
    };
    // The gauge's source belongs to the gauge's age: a newer count of patients has its own.
    let source = line.outlook.source.filter(|_| line.outlook.read_at == Some(at));
    let source = source.map_or_else(
        || if line.census.is_some_and(|taken| taken.at == at) { t.say("facility-patients") } else { String::new() },
        |source| t.say(source_key(source, line.main_kind)),
    );
    Heard { age: duration(t, now - at), source, tone }
}

/// One row.
pub(crate) fn row_of(t: Say, actor: &Actor, now: Moment, before: Moment, line: &Line) -> FacilityRow {
    let outlook = &line.outlook;
    let (tone, word) = politely(t, line.courtesy.is_some(), tone_of(t, outlook, now, before));
    let id = line.facility.to_string();
    FacilityRow {
        name: line.name.clone(),
        area: line.area.clone(),
        href: format!("/co-so/{id}"),
        tone,
        word,
        left: left_of(t, outlook, now),
        strip: strip_of(outlook, line.road.as_ref(), now),
        usable: usable_of(t, outlook),
        hourly: hourly_of(t, outlook),
        on_road: line.road.as_ref().map(|road| road_of(t, road, outlook, now)),
        heard: match heard_of(t, line, now) {
            heard if line.courtesy.is_some() && heard.tone == Tone::Old => Heard { tone: Tone::Plain, ..heard },
            heard => heard,
        },
        call: line.call.as_ref().map(|(who, number)| phone(who, number)),
        report_href: may_report(actor, line.facility).then(|| format!("/co-so/{id}/bao-cao")),
        copy: pasted(t, &line.name, &line.area, outlook, line.simulated),
        simulated: line.simulated,
        id,
    }
}

/// What is on the road: the vehicle that arrives first. Late is what arrives after the stock may be gone, or should
/// have been here.
pub(crate) fn road_of(t: Say, road: &Road, outlook: &Outlook, now: Moment) -> OnRoad {
    let eta = road.eta.map(|eta| since(eta, now));
    let amount = if road.plate.is_some() { road.loaded } else { road.promised };
    let parts = [road.plate.clone(), Some(mass(t, amount)), eta];
    let gone = outlook.hours.map(|hours| now + Span::minutes((hours.low * 60.0) as i64));
    OnRoad {
        text: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        late: road.eta.is_some_and(|eta| eta < now || gone.is_some_and(|gone| eta > gone)),
        loaded: road.plate.is_some(),
    }
}

fn strip_of(outlook: &Outlook, road: Option<&Road>, now: Moment) -> Option<Strip> {
    let hours = outlook.hours.filter(|_| outlook.rank.standing != Standing::Empty)?;
    let loaded = road.filter(|road| road.plate.is_some());
    let arrival_hours = loaded.and_then(|road| road.eta).map(|eta| (eta - now).as_hours().max(0.0));
    // Beyond the day that the strip shows, an open end looks like its right edge.
    Some(Strip { low_hours: hours.low, high_hours: hours.high.unwrap_or(24.0), arrival_hours })
}

/// What is pasted into a message: the same words as on screen, marked when invented.
pub(crate) fn pasted(t: Say, name: &str, area: &str, outlook: &Outlook, simulated: bool) -> Copied {
    let unknown = || t.say("unknown");
    let hourly = outlook.burn.map(|burn| mass(t, burn.range.mid.over(Span::hours(1))));
    let facts = [
        ("name", name.into()),
        ("area", area.into()),
        ("left", outlook_words(t, outlook).into()),
        ("usable", outlook.read_at.map_or_else(unknown, |_| mass(t, outlook.usable)).into()),
        ("hourly", hourly.unwrap_or_else(unknown).into()),
        ("at", outlook.read_at.map_or_else(unknown, |at| at.to_string()).into()),
    ];
    Copied(marked(t, simulated, fill(t, "zalo-facility", &facts)))
}
