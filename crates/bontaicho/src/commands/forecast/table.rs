//! The table of `forecast evaluate`, for people and for programs.

use forecast::score::{INTERVALS, Part, Ratio, Score};
use jiff::civil::Date;
use locale::{Fact, Locale};
use serde_json::{Value, json};

use super::evaluate::{Evaluated, Judged};

/// Words and numbers of a language.
struct Words(Locale);

impl Words {
    fn say(&self, key: &str, facts: &[(&str, Fact)]) -> String {
        locale::say(self.0, key, facts)
    }

    /// A number with so many decimals.
    fn number(&self, number: f64, decimals: usize) -> String {
        let shown = format!("{number:.decimals$}");
        if self.0 == Locale::Vietnamese { shown.replace('.', ",") } else { shown }
    }

    /// The same where there is one, else the word for what is not known.
    fn perhaps(&self, number: Option<f64>, decimals: usize) -> String {
        number.map_or_else(|| self.say("score-unknown", &[]), |number| self.number(number, decimals))
    }

    fn interval(&self, ratio: Option<Ratio>) -> String {
        match ratio.and_then(|ratio| ratio.interval) {
            Some((low, high)) => format!("{} – {}", self.number(low, 3), self.number(high, 3)),
            None => self.say("score-unknown", &[]),
        }
    }

    fn ratio(&self, ratio: Option<Ratio>) -> String {
        match ratio {
            Some(Ratio { ratio, interval: Some((low, high)) }) => {
                format!("{} ({} – {})", self.number(ratio, 3), self.number(low, 3), self.number(high, 3))
            }
            Some(Ratio { ratio, interval: None }) => self.number(ratio, 3),
            None => self.say("score-unknown", &[]),
        }
    }

    fn day(&self, day: Option<&Date>) -> String {
        let form = if self.0 == Locale::Vietnamese { "%d/%m/%Y" } else { "%Y-%m-%d" };
        day.map_or_else(|| self.say("score-unknown", &[]), |day| day.strftime(form).to_string())
    }

    /// A share in per cent, with one decimal.
    fn share(&self, share: Option<f64>) -> String {
        self.perhaps(share.map(|share| 100.0 * share), 1)
    }
}

/// Rows of cells, the first column to the left, the others to the right.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let long = |cell: &String| cell.chars().count();
    let widths: Vec<usize> =
        (0..columns).map(|column| rows.iter().filter_map(|row| row.get(column)).map(long).max().unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let padded = cells.map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// For people: what was scored, one row a model, then a table for each.
pub fn text(evaluated: &Evaluated, locale: Locale) -> String {
    let words = Words(locale);
    let say = |key: &str| words.say(key, &[]);
    let facts = [
        ("set", Fact::from(evaluated.set.as_str())),
        ("places", evaluated.places.into()),
        ("dates", evaluated.dates.len().into()),
        ("from", words.day(evaluated.dates.first()).into()),
        ("to", words.day(evaluated.dates.last()).into()),
        ("targets", evaluated.targets.into()),
    ];
    let mut parts = vec![words.say("score-set", &facts)];
    let facts = [
        ("baseline", Fact::from(evaluated.baseline.as_str())),
        ("common", evaluated.common.into()),
        ("dates", evaluated.common_dates.into()),
    ];
    parts.push(words.say(if evaluated.common > 0 { "score-common" } else { "score-nothing-common" }, &facts));
    parts.push(String::new());
    let mut rows = vec![
        ["score-model", "score-rel", "score-interval", "score-lrel", "score-inside-90", "score-against", "score-own"]
            .map(say)
            .to_vec(),
    ];
    for judged in &evaluated.models {
        let Judged { common, alone, .. } = judged;
        let own = [("rel", Fact::from(words.perhaps(alone.all.rel, 3))), ("targets", alone.all.targets.into())];
        rows.push(vec![
            title(judged, &words),
            words.perhaps(common.all.rel, 3),
            words.interval(common.rel),
            words.perhaps(common.all.lrel, 3),
            words.share(common.all.coverage.map(|coverage| coverage[1])),
            judged.against.map_or_else(String::new, |ratio| words.ratio(ratio)),
            words.say("score-own-cell", &own),
        ]);
    }
    parts.push(aligned(&rows));
    for judged in &evaluated.models {
        // Where the models have nothing in common each is told by itself.
        let score = if evaluated.common > 0 { &judged.common } else { &judged.alone };
        parts.push(String::new());
        parts.push(title(judged, &words));
        if let Some(own) = &judged.own {
            let priors = own.priors.clone().unwrap_or_else(|| say("score-no-priors"));
            parts.push(words.say("score-priors", &[("priors", priors.into())]));
            let time = |time: std::time::Duration| Fact::from(words.number(1_000.0 * time.as_secs_f64(), 1));
            let facts = [("median", time(own.times.median)), ("longest", time(own.times.longest))];
            parts.push(words.say("score-times", &facts));
        }
        parts.push(of_model(score, &words));
    }
    parts.push(String::new());
    parts.push(say("score-legend"));
    parts.join("\n")
}

/// The name of a model; ours is marked.
fn title(judged: &Judged, words: &Words) -> String {
    match judged.own {
        Some(_) => words.say("score-ours", &[("name", judged.name.as_str().into())]),
        None => judged.name.clone(),
    }
}

/// By weeks ahead, together, by third of the places.
fn of_model(score: &Score, words: &Words) -> String {
    let say = |key: &str| words.say(key, &[]);
    let titles = [
        "score-part",
        "score-targets",
        "score-wis",
        "score-rel",
        "score-lrel",
        "score-inside-50",
        "score-inside-90",
        "score-inside-95",
    ];
    let mut rows = vec![titles.map(say).to_vec()];
    let mut row = |name: String, part: &Part| {
        let coverage = (0..INTERVALS.len()).map(|interval| words.share(part.coverage.map(|all| all[interval])));
        let mut cells =
            vec![name, words.say("score-count", &[("count", part.targets.into())]), words.perhaps(part.wis, 2)];
        cells.extend([part.rel, part.lrel].map(|ratio| words.perhaps(ratio, 3)));
        cells.extend(coverage);
        rows.push(cells);
    };
    for (week, part) in (1_usize..).zip(&score.weeks) {
        row(words.say("score-week", &[("week", week.into())]), part);
    }
    row(say("score-all"), &score.all);
    for (key, part) in ["score-small", "score-middle", "score-large"].into_iter().zip(&score.thirds) {
        row(say(key), part);
    }
    aligned(&rows)
}

/// For programs: the same, not rounded; `null` where nothing is known.
pub fn json(evaluated: &Evaluated) -> Value {
    let models: Vec<Value> = evaluated.models.iter().map(of_judged).collect();
    json!({
        "set": evaluated.set,
        "places": evaluated.places,
        "dates": evaluated.dates.len(),
        "from": evaluated.dates.first().map(Date::to_string),
        "to": evaluated.dates.last().map(Date::to_string),
        "baseline": evaluated.baseline,
        "targets": evaluated.targets,
        "common": { "targets": evaluated.common, "dates": evaluated.common_dates },
        "models": models,
    })
}

fn of_judged(judged: &Judged) -> Value {
    let own = judged.own.as_ref().map(|own| {
        let milliseconds = |time: std::time::Duration| 1_000.0 * time.as_secs_f64();
        json!({
            "priors": own.priors,
            "milliseconds_per_date": { "median": milliseconds(own.times.median), "longest": milliseconds(own.times.longest) },
        })
    });
    json!({
        "name": judged.name,
        "ours": own,
        "common": of_score(&judged.common),
        "alone": of_score(&judged.alone),
        "ours_over_this": of_ratio(judged.against.flatten()),
    })
}

fn of_score(score: &Score) -> Value {
    json!({
        "dates": score.dates,
        "all": of_part(&score.all),
        "rel_interval_90": score.rel.and_then(|ratio| ratio.interval).map(|(low, high)| [low, high]),
        "by_week": score.weeks.iter().map(of_part).collect::<Vec<_>>(),
        "by_third": score.thirds.iter().map(of_part).collect::<Vec<_>>(),
    })
}

fn of_ratio(ratio: Option<Ratio>) -> Value {
    ratio.map_or(
        Value::Null,
        |ratio| json!({ "ratio": ratio.ratio, "interval_90": ratio.interval.map(|(low, high)| [low, high]) }),
    )
}

fn of_part(part: &Part) -> Value {
    let coverage = |at: usize| part.coverage.map(|coverage| coverage[at]);
    json!({
        "targets": part.targets,
        "wis": part.wis,
        "rel": part.rel,
        "lrel": part.lrel,
        "coverage_50": coverage(0),
        "coverage_90": coverage(1),
        "coverage_95": coverage(2),
    })
}
