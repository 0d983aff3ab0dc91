//! The table of `simulate provinces`.

use locale::{Fact, Locale};
use simulate::provinces::compare::{Compared, Mean, compare};
use simulate::provinces::{Balance, Score, Wave};

use super::play::{Maker, OfProvince, Plan, Search};

struct Words(Locale);

impl Words {
    fn say(&self, key: &str, facts: &[(&str, Fact)]) -> String {
        locale::say(self.0, key, facts)
    }

    fn number(&self, number: f64, decimals: usize) -> String {
        let shown = format!("{number:.decimals$}");
        if self.0 == Locale::Vietnamese { shown.replace('.', ",") } else { shown }
    }

    fn perhaps(&self, number: Option<f64>) -> String {
        number.map_or_else(|| self.say("score-unknown", &[]), |number| self.number(number, 3))
    }

    fn range(&self, range: Option<(f64, f64)>) -> String {
        range.map_or_else(
            || self.say("score-unknown", &[]),
            |(low, high)| format!("{} – {}", self.number(low, 3), self.number(high, 3)),
        )
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

/// The whole table.
pub fn text(plan: &Plan, all: &[OfProvince], locale: Locale) -> String {
    let words = Words(locale);
    let means: Vec<Vec<Mean>> = (0..plan.makers.len())
        .map(|maker| {
            let of = |province: &OfProvince| {
                let scores: Vec<Score> = province.played[maker].iter().map(|played| played.score.clone()).collect();
                Mean::of(&scores)
            };
            all.iter().map(of).collect()
        })
        .collect();
    let best = best_rule(plan, all, &means);
    let search = match plan.search {
        Search::For(long) => {
            words.say("simulate-search-seconds", &[("seconds", words.number(long.as_secs_f64(), 2).into())])
        }
        Search::Tries(tries) => words.say("simulate-search-tries", &[("tries", tries.to_string().into())]),
    };
    let facts = [
        ("provinces", Fact::from(plan.provinces.to_string())),
        ("paths", plan.paths.to_string().into()),
        ("days", plan.play.days.to_string().into()),
        ("seed", plan.seed.to_string().into()),
        ("frozen", words.number(plan.play.frozen.as_hours(), 0).into()),
        ("search", search.into()),
    ];
    let mut parts = vec![words.say("simulate-what", &facts)];
    parts.push(aligned(&classes(plan, all, &means, best.as_deref(), &words)));
    if let Some(best) = &best {
        parts.push(aligned(&against(plan, &means, best, &words)));
    }
    parts.push(aligned(&costs(plan, all, &words)));
    parts.push(words.say("simulate-legend", &[]));
    parts.join("\n\n")
}

/// In every province what the rule did that is the better one in provinces of its balance.
fn best_rule(plan: &Plan, all: &[OfProvince], means: &[Vec<Mean>]) -> Option<Vec<Mean>> {
    let rules: Vec<usize> =
        (0..plan.makers.len()).filter(|maker| matches!(plan.makers[*maker], Maker::Rule(_))).collect();
    rules.first()?;
    let mut best: Vec<Mean> = vec![Mean::default(); all.len()];
    for balance in Balance::ALL {
        let of: Vec<usize> = (0..all.len()).filter(|number| all[*number].shape.balance == balance).collect();
        let sum = |rule: &usize| of.iter().map(|number| (means[*rule][*number].unmet + 0.01).ln()).sum::<f64>();
        let Some(rule) = rules.iter().min_by(|one, other| sum(one).total_cmp(&sum(other))) else { continue };
        of.iter().for_each(|number| best[*number] = means[*rule][*number].clone());
    }
    Some(best)
}

/// One row a class of provinces, and one for all.
fn classes(
    plan: &Plan,
    all: &[OfProvince],
    means: &[Vec<Mean>],
    best: Option<&[Mean]>,
    words: &Words,
) -> Vec<Vec<String>> {
    let say = |key: &str| words.say(key, &[]);
    let plain = |maker: &Maker| words.say("simulate-unmet-of", &[("policy", maker.code().into())]);
    let ratio = |maker: &Maker| words.say("simulate-ratio-of", &[("policy", maker.code().into())]);
    let mut head = vec![say("simulate-class"), say("simulate-provinces"), say("simulate-need")];
    head.extend(plan.makers.iter().map(plain));
    if best.is_some() {
        head.extend(plan.makers.iter().map(ratio));
    }
    let mut rows = vec![head];
    let mut row = |name: String, numbers: &[usize]| {
        let mean = |figures: &dyn Fn(usize) -> f64| {
            numbers.iter().map(|number| figures(*number)).sum::<f64>() / numbers.len().max(1) as f64
        };
        let mut cells = vec![name, numbers.len().to_string(), words.number(mean(&|at| means[0][at].need), 0)];
        cells.extend(means.iter().map(|of| words.number(mean(&|at| of[at].unmet), 1)));
        if let Some(best) = best {
            let pick = |of: &[Mean]| numbers.iter().map(|number| of[*number].clone()).collect::<Vec<Mean>>();
            let rule = pick(best);
            cells.extend(means.iter().map(|of| words.perhaps(compare(&pick(of), &rule, plan.seed).ratio)));
        }
        rows.push(cells);
    };
    for balance in Balance::ALL {
        for wave in Wave::ALL {
            let of = |number: &usize| (all[*number].shape.balance, all[*number].shape.wave) == (balance, wave);
            let numbers: Vec<usize> = (0..all.len()).filter(of).collect();
            if !numbers.is_empty() {
                let name = format!("{} · {}", say(&format!("simulate-{balance}")), say(&format!("simulate-{wave}")));
                row(name, &numbers);
            }
        }
    }
    row(say("simulate-all"), &(0..all.len()).collect::<Vec<usize>>());
    rows
}

/// Every policy against the best rule.
fn against(plan: &Plan, means: &[Vec<Mean>], best: &[Mean], words: &Words) -> Vec<Vec<String>> {
    let keys = [
        "simulate-policy",
        "simulate-ratio",
        "simulate-interval",
        "simulate-worst",
        "simulate-fairness",
        "simulate-interval",
        "simulate-compared",
        "simulate-ties",
        "simulate-losses",
    ];
    let mut rows = vec![keys.iter().map(|key| words.say(key, &[])).collect::<Vec<String>>()];
    for (maker, of) in plan.makers.iter().zip(means) {
        let compared: Compared = compare(of, best, plan.seed);
        let worst = compared.worst.map_or_else(
            || words.say("score-unknown", &[]),
            |(ratio, number)| {
                let facts =
                    [("ratio", Fact::from(words.number(ratio, 3))), ("number", (number + 1).to_string().into())];
                words.say("simulate-worst-of", &facts)
            },
        );
        rows.push(vec![
            maker.code().to_owned(),
            words.perhaps(compared.ratio),
            words.range(compared.interval),
            worst,
            words.perhaps(compared.fairness),
            words.range(compared.fairness_interval),
            compared.provinces.to_string(),
            compared.ties.to_string(),
            compared.losses.to_string(),
        ]);
    }
    rows
}

/// What every policy cost: a path's vehicles, changes, failures, refusals, and time.
fn costs(plan: &Plan, all: &[OfProvince], words: &Words) -> Vec<Vec<String>> {
    let keys = [
        "simulate-policy",
        "simulate-hours",
        "simulate-kilometres",
        "simulate-trips",
        "simulate-failed",
        "simulate-changed",
        "simulate-refused",
        "simulate-milliseconds",
        "simulate-longest",
        "simulate-tries",
    ];
    let mut rows = vec![keys.iter().map(|key| words.say(key, &[])).collect::<Vec<String>>()];
    for (at, maker) in plan.makers.iter().enumerate() {
        let played: Vec<_> = all.iter().flat_map(|province| &province.played[at]).collect();
        let count = played.len().max(1) as f64;
        let mean = |figure: &dyn Fn(&Score) -> f64| played.iter().map(|one| figure(&one.score)).sum::<f64>() / count;
        let (announced, changed) = (mean(&|score| score.announced as f64), mean(&|score| score.changed as f64));
        let decisions: f64 = played.iter().map(|one| f64::from(one.decisions)).sum::<f64>().max(1.0);
        let time: f64 = played.iter().map(|one| one.time.as_secs_f64()).sum();
        let longest = played.iter().map(|one| one.longest.as_secs_f64()).fold(0.0, f64::max);
        let tries: u64 = played.iter().map(|one| one.tries).sum();
        let none = || words.say("score-unknown", &[]);
        rows.push(vec![
            maker.code().to_owned(),
            words.number(mean(&|score| score.hours), 0),
            words.number(mean(&|score| score.kilometres), 0),
            words.number(mean(&|score| score.trips as f64), 0),
            words.number(mean(&|score| score.failed as f64), 1),
            if announced > 0.0 { words.number(100.0 * changed / announced, 1) } else { none() },
            played.iter().map(|one| one.score.refusals()).sum::<usize>().to_string(),
            words.number(1_000.0 * time / decisions, 1),
            words.number(1_000.0 * longest, 0),
            if tries > 0 { words.number(tries as f64 / decisions, 0) } else { none() },
        ]);
    }
    rows
}
