//! `forecast evaluate DIR`: how good our forecasts would have been, day by day with what was known then, beside those of
//! others. Nothing is stored.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::ArgMatches;
use flate2::Compression;
use flate2::write::GzEncoder;
use forecast::Quantiles;
use forecast::score::{Part, Ratio, Score, compare, score, thirds};
use forecast::set::{Days, Model, Set};
use jiff::civil::Date;
use locale::{Fact, Locale};

use super::method::{Method, methods};
use super::{folder, table};
use crate::exit::{Ended, Ending, print, say};
use crate::progress::Bar;
use crate::{cli, house};

/// Fixes which days the intervals draw: the same files give the same table.
const SEED: u64 = 2_022;

/// How long our forecast of a day took, on one core.
pub struct Times {
    pub median: Duration,
    pub longest: Duration,
}

/// What is said of a model that this program ran.
pub struct Own {
    pub priors: Option<String>,
    pub times: Times,
}

/// One model, scored.
pub struct Judged {
    pub name: String,
    /// None for a model that was read from a file.
    pub own: Option<Own>,
    /// On the targets of which every model says something.
    pub common: Score,
    /// On all targets of which this model says something.
    pub alone: Score,
    /// The mean score of the first model, which is ours, over that of this one, on the common targets; outside none for
    /// the first itself.
    pub against: Option<Option<Ratio>>,
}

/// A set, scored.
pub struct Evaluated {
    pub set: String,
    pub places: usize,
    pub dates: Vec<Date>,
    pub baseline: String,
    /// Targets that came true and of which the baseline says something.
    pub targets: usize,
    /// Those of which every model says something.
    pub common: usize,
    /// On how many days those lie.
    pub common_dates: usize,
    pub models: Vec<Judged>,
}

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let from = cli::text(matches, "folder").unwrap_or_default();
    let day = |name| cli::text(matches, name).map(house::day).transpose();
    let days = Days { from: day("from")?, to: day("to")? };
    let to = cli::text(matches, "write").map(Path::new);
    // Refused before anything is read: a name without an ending is a slip.
    if let Some(to) = to.filter(|to| to.file_name().is_none_or(|name| folder::bare(&name.to_string_lossy()).is_none()))
    {
        return Err(Ending::Argument("cli-forecast-ending", to.display().to_string()));
    }
    let bar = Bar::rows();
    let (set, remarks) = folder::read(from, days, to, |file| bar.show(file, 0))?;
    let own: Vec<(Model, Own)> =
        methods(matches.get_flag("no-priors")).into_iter().map(|method| walk(&set, &method, &bar)).collect();
    bar.done();
    for remark in &remarks {
        let words = locale::sentence(locale, remark);
        say(&format!("{} ({})", words.sentence, words.code));
        say(&words.next);
    }
    let name = Path::new(from).canonicalize().ok();
    let name = name.as_deref().and_then(Path::file_name).map_or(from.to_owned(), |name| name.to_string_lossy().into());
    let written = own.first().map(|(model, _)| model.clone());
    let evaluated = evaluate(name, &set, own);
    match cli::text(matches, "format") {
        Some("json") => {
            let json = serde_json::to_string_pretty(&table::json(&evaluated));
            print(&json.map_err(|error| Ending::File("json".to_owned(), error.into()))?);
        }
        _ => print(&table::text(&evaluated, locale)),
    }
    if let (Some(to), Some(model)) = (to, written) {
        let shown = to.display().to_string();
        write(&set, &model, to).map_err(|error| Ending::File(shown.clone(), error))?;
        say(&locale::say(locale, "cli-written", &[("name", Fact::from(shown))]));
    }
    Ok(())
}

/// Calls a method for every day of the set with what was known on it, and nothing else.
fn walk(set: &Set, method: &Method, bar: &Bar) -> (Model, Own) {
    let (mut all, mut times) = (Vec::new(), Vec::new());
    for (number, (on, first_target)) in (1..).zip(set.days()) {
        bar.show(method.name, number);
        let known = set.known_on(on);
        let begun = Instant::now();
        let ahead = (method.ahead)(&known, on, first_target);
        times.push(begun.elapsed());
        all.push((on, ahead));
    }
    times.sort();
    let at = |number: usize| times.get(number).copied().unwrap_or_default();
    let times = Times { median: at(times.len() / 2), longest: at(times.len().saturating_sub(1)) };
    (set.said(method.name, &all), Own { priors: method.priors.clone(), times })
}

/// Scores our models, the baseline and all others.
fn evaluate(name: String, set: &Set, own: Vec<(Model, Own)>) -> Evaluated {
    let (cases, at) = set.cases();
    let of_cases = |model: &Model| -> Vec<Option<Quantiles>> { at.iter().map(|number| model.said[*number]).collect() };
    let others = std::iter::once(set.baseline()).chain(set.models()).map(|model| (model.clone(), None));
    let models: Vec<(String, Option<Own>, Vec<Option<Quantiles>>)> = own
        .into_iter()
        .map(|(model, own)| (model, Some(own)))
        .chain(others)
        .map(|(model, own)| (of_cases(&model), model.name, own))
        .map(|(said, name, own)| (name, own, said))
        .collect();
    let common: Vec<bool> =
        (0..cases.len()).map(|case| models.iter().all(|(_, _, said)| said[case].is_some())).collect();
    let every = vec![true; cases.len()];
    let thirds = thirds(&cases, set.places().len());
    let first = models.first().map(|(_, _, said)| said.clone()).unwrap_or_default();
    let judged: Vec<Judged> = models
        .into_iter()
        .enumerate()
        .map(|(number, (name, own, said))| Judged {
            common: score(&cases, &said, &common, &thirds, SEED),
            alone: score(&cases, &said, &every, &thirds, SEED),
            against: (number > 0).then(|| compare(&cases, &first, &said, &common, SEED)),
            name,
            own,
        })
        .collect();
    let Part { targets: counted, .. } = judged.first().map(|one| one.common.all).unwrap_or_default();
    Evaluated {
        set: name,
        places: set.places().len(),
        dates: set.days().into_iter().map(|(day, _)| day).collect(),
        baseline: set.baseline().name.clone(),
        targets: cases.len(),
        common: counted,
        common_dates: judged.first().map_or(0, |one| one.common.dates),
        models: judged,
    }
}

/// Writes a model, packed where the name says so; packed bytes carry no time, so the same forecasts give the same file.
fn write(set: &Set, model: &Model, to: &Path) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    set.write(model, &mut bytes)?;
    if folder::packed(to) {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(&bytes)?;
        bytes = packer.finish()?;
    }
    std::fs::write(to, bytes)
}
