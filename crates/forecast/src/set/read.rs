//! Reading the files of a set, the baseline first.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::problem::{Oddity, Remark, SetProblem};
use super::table::{Limits, Remarks, Table};
use super::{Model, Set, Target};
use crate::frame::{MOST_WEEKS, Told, Vintages};
use crate::quantiles::{LEVEL, LEVELS, Quantiles};
use crate::score::WEEKS_AHEAD;

/// Which days of forecast are scored; both ends belong to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The first.
    pub from: Option<Date>,
    /// The last.
    pub to: Option<Date>,
}

impl Days {
    fn has(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The last day of the first week ahead, where a week so many ahead ends on a day.
pub(super) fn first_week(day: Date, weeks: usize) -> Date {
    day.saturating_sub(i64::try_from(weeks.saturating_sub(1)).unwrap_or(0).weeks())
}

/// A row of a model's file.
struct Row {
    line: u64,
    target: Target,
    quantiles: Option<Quantiles>,
}

/// A set that is being read: baseline, then what became known, then the truth, then the models.
#[derive(Debug)]
pub struct Reading {
    limits: Limits,
    remarks: Remarks,
    numbers: HashMap<String, usize>,
    places: Vec<String>,
    targets: Vec<Target>,
    baseline: Model,
}

impl Reading {
    /// Reads the baseline, which says what is to be forecast on which days.
    ///
    /// # Errors
    /// What cannot be understood, by file and line; no target on these days.
    pub fn baseline(file: &str, name: &str, input: impl Read, days: Days, limits: Limits) -> Result<Self, SetProblem> {
        let mut reading = Self {
            limits,
            remarks: Remarks::default(),
            numbers: HashMap::new(),
            places: Vec::new(),
            targets: Vec::new(),
            baseline: Model { name: name.to_owned(), said: Vec::new() },
        };
        let mut rows = reading.rows(file, input, true)?;
        rows.retain(|row| days.has(row.target.on));
        reading.agree(file, &mut rows);
        // Places get their numbers in the order of their names, not in that of the rows.
        reading.sort(&mut rows);
        rows.sort_by_key(|row| (row.target.on, row.target.place, row.target.weeks, row.line));
        for row in rows {
            match (reading.targets.last(), reading.baseline.said.last()) {
                (Some(target), Some(said)) if *target == row.target => {
                    if *said != row.quantiles {
                        return Err(SetProblem::Contradiction { file: file.to_owned(), line: row.line });
                    }
                }
                _ => {
                    reading.targets.push(row.target);
                    reading.baseline.said.push(row.quantiles);
                }
            }
        }
        match reading.targets.is_empty() {
            true => Err(SetProblem::Nothing { file: file.to_owned() }),
            false => Ok(reading),
        }
    }

    /// Reads what became known on which day. Places that no target has help as well.
    ///
    /// # Errors
    /// What cannot be understood, by file and line; no count at all.
    pub fn vintages(&mut self, file: &str, input: impl Read) -> Result<Vintages, SetProblem> {
        let mut table = Table::open(file, input, self.limits)?;
        let [on, place, week, count] =
            [table.column("as_of")?, table.column("location")?, table.column("date")?, table.column("value")?];
        table.tell_others(&[on, place, week, count], &mut self.remarks);
        let last = self.targets.iter().map(|target| target.day).max().unwrap_or(Date::MIN);
        let mut told = Vec::new();
        let mut known: HashMap<(Date, usize, Date), u64> = HashMap::new();
        while let Some(line) = table.next()? {
            let row = Told {
                on: table.day(line, on)?,
                week: table.day(line, week)?,
                place: number(&mut self.numbers, &mut self.places, &table, line, place, self.limits)?,
                count: table.count(line, count, &mut self.remarks)?,
            };
            if row.week > row.on {
                self.remarks.add(file, Oddity::NotOver, line, table.cell(week));
                continue;
            }
            let days = row.week.until(last).map_or(-1, |span| span.get_days());
            if days % 7 != 0 || days >= 7 * i32::try_from(MOST_WEEKS).unwrap_or(i32::MAX) {
                self.remarks.add(file, Oddity::OtherWeek, line, table.cell(week));
                continue;
            }
            match known.insert((row.on, row.place, row.week), row.count.to_bits()) {
                None => told.push(row),
                Some(before) if before == row.count.to_bits() => {}
                Some(_) => return Err(SetProblem::Contradiction { file: file.to_owned(), line }),
            }
        }
        if told.is_empty() {
            return Err(SetProblem::Nothing { file: file.to_owned() });
        }
        let order = self.order();
        for target in &mut self.targets {
            target.place = order[target.place];
        }
        for told in &mut told {
            told.place = order[told.place];
        }
        // The targets' places were in order before; with others between them they still are.
        Ok(Vintages::new(self.places.len(), told))
    }

    /// Reads the final counts.
    ///
    /// # Errors
    /// What cannot be understood, by file and line.
    pub fn truth(&mut self, file: &str, input: impl Read) -> Result<HashMap<(usize, Date), f64>, SetProblem> {
        let mut table = Table::open(file, input, self.limits)?;
        let [place, week, count] = [table.column("location")?, table.column("date")?, table.column("value")?];
        table.tell_others(&[place, week, count], &mut self.remarks);
        let mut truth: HashMap<(usize, Date), f64> = HashMap::new();
        while let Some(line) = table.next()? {
            let name = table.place(line, place)?;
            let (day, number) = (table.day(line, week)?, self.numbers.get(name).copied());
            let value = table.count(line, count, &mut self.remarks)?;
            let Some(number) = number else { continue };
            if truth.insert((number, day), value).is_some_and(|before| before.to_bits() != value.to_bits()) {
                return Err(SetProblem::Contradiction { file: file.to_owned(), line });
            }
        }
        Ok(truth)
    }

    /// Reads what another model says of the targets.
    ///
    /// # Errors
    /// What cannot be understood, by file and line.
    pub fn model(&mut self, file: &str, name: &str, input: impl Read) -> Result<Model, SetProblem> {
        let rows = self.rows(file, input, false)?;
        let same = |target: &Target| (target.on, target.place, target.weeks);
        let place: HashMap<_, usize> =
            self.targets.iter().enumerate().map(|(number, target)| (same(target), number)).collect();
        let mut said: Vec<Option<Quantiles>> = vec![None; self.targets.len()];
        let mut seen = HashSet::new();
        for row in rows {
            let Some(number) = place.get(&same(&row.target)).copied() else { continue };
            if self.targets[number].day != row.target.day {
                self.remarks.add(file, Oddity::OtherTarget, row.line, &row.target.day.to_string());
                continue;
            }
            if !seen.insert(number) && said[number] != row.quantiles {
                return Err(SetProblem::Contradiction { file: file.to_owned(), line: row.line });
            }
            said[number] = row.quantiles;
        }
        Ok(Model { name: name.to_owned(), said })
    }

    /// The whole set, and what of its files was not taken as it stands.
    ///
    /// # Errors
    /// No target has come true.
    pub fn done(
        self,
        vintages: Vintages,
        truth: HashMap<(usize, Date), f64>,
        mut models: Vec<Model>,
    ) -> Result<(Set, Vec<Remark>), SetProblem> {
        models.sort_by(|one, other| one.name.cmp(&other.name));
        let Self { places, targets, baseline, remarks, .. } = self;
        let set = Set { places, vintages, truth, targets, baseline, models };
        match set.cases().0.is_empty() {
            true => Err(SetProblem::Nothing { file: "truth".to_owned() }),
            false => Ok((set, remarks.all())),
        }
    }

    /// The rows of a model's file, without those of other horizons and without unknown quantiles. A place that is not
    /// known is new in the baseline, and left out elsewhere.
    fn rows(&mut self, file: &str, input: impl Read, new_places: bool) -> Result<Vec<Row>, SetProblem> {
        let mut table = Table::open(file, input, self.limits)?;
        let [on, place, weeks, day] = [
            table.column("reference_date")?,
            table.column("location")?,
            table.column("horizon")?,
            table.column("target_end_date")?,
        ];
        let levels = levels(&table)?;
        let known: Vec<usize> = [on, place, weeks, day].into_iter().chain(levels).collect();
        table.tell_others(&known, &mut self.remarks);
        let mut rows = Vec::new();
        while let Some(line) = table.next()? {
            let on = table.day(line, on)?;
            let day = table.day(line, day)?;
            let horizon = table.number(line, weeks)?;
            let mut figures = [0.0; LEVELS];
            for (figure, column) in figures.iter_mut().zip(levels) {
                *figure = table.number(line, column)?;
            }
            let name = table.place(line, place)?;
            let known = self.numbers.get(name).copied();
            let place = match (known, new_places) {
                (Some(number), _) => number,
                (None, true) => number(&mut self.numbers, &mut self.places, &table, line, place, self.limits)?,
                (None, false) => continue,
            };
            let Some(weeks) = (1..=WEEKS_AHEAD).find(|weeks| *weeks as f64 == horizon) else {
                self.remarks.add(file, Oddity::OtherHorizon, line, table.cell(weeks));
                continue;
            };
            let whole = figures.iter().all(|figure| !figure.is_nan());
            if !whole {
                self.remarks.add(file, Oddity::Unknown, line, "");
            }
            let quantiles = whole.then(|| Quantiles::rising(figures));
            rows.push(Row { line, target: Target { on, place, weeks, day }, quantiles });
        }
        Ok(rows)
    }

    /// Leaves rows out whose target ends on another day than most of the same forecast day say.
    fn agree(&mut self, file: &str, rows: &mut Vec<Row>) {
        let mut votes: BTreeMap<Date, BTreeMap<Date, usize>> = BTreeMap::new();
        for Row { target, .. } in rows.iter() {
            *votes.entry(target.on).or_default().entry(first_week(target.day, target.weeks)).or_default() += 1;
        }
        rows.retain(|Row { line, target, .. }| {
            let first = votes[&target.on].iter().max_by_key(|(_, votes)| **votes).map(|(day, _)| *day);
            let agrees = first == Some(first_week(target.day, target.weeks));
            if !agrees {
                self.remarks.add(file, Oddity::OtherTarget, *line, &target.day.to_string());
            }
            agrees
        });
    }

    fn sort(&mut self, rows: &mut [Row]) {
        let order = self.order();
        for row in rows {
            row.target.place = order[row.target.place];
        }
    }

    /// Puts the places in the order of their names and says which new number each old one has.
    fn order(&mut self) -> Vec<usize> {
        let mut by_name: Vec<usize> = (0..self.places.len()).collect();
        by_name.sort_by(|one, other| self.places[*one].cmp(&self.places[*other]));
        let mut order = vec![0; by_name.len()];
        for (new, old) in by_name.iter().enumerate() {
            order[*old] = new;
        }
        self.places.sort();
        self.numbers = self.places.iter().enumerate().map(|(number, name)| (name.clone(), number)).collect();
        order
    }
}

/// The number of the place of a row, a new one for a new name.
fn number<R: Read>(
    numbers: &mut HashMap<String, usize>,
    places: &mut Vec<String>,
    table: &Table<'_, R>,
    line: u64,
    column: usize,
    limits: Limits,
) -> Result<usize, SetProblem> {
    let name = table.place(line, column)?;
    if let Some(number) = numbers.get(name) {
        return Ok(*number);
    }
    if places.len() == limits.places {
        return Err(SetProblem::TooMany { file: table.file().to_owned(), line, limit: limits.places });
    }
    numbers.insert(name.to_owned(), places.len());
    places.push(name.to_owned());
    Ok(places.len() - 1)
}

/// Where the column of each level stands: `q` and the level, however many zeros are behind it.
fn levels<R: Read>(table: &Table<'_, R>) -> Result<[usize; LEVELS], SetProblem> {
    let mut columns = [None; LEVELS];
    for (column, title) in table.titles().iter().enumerate() {
        let level = title.strip_prefix('q').and_then(|level| level.parse::<f64>().ok());
        let level = level.and_then(|level| LEVEL.iter().position(|known| (known - level).abs() < 1e-9));
        if let Some(level) = level
            && columns[level].replace(column).is_some()
        {
            return Err(SetProblem::TwoColumns { file: table.file().to_owned(), column: title.clone() });
        }
    }
    let missing: Vec<String> = columns
        .iter()
        .zip(LEVEL)
        .filter(|(column, _)| column.is_none())
        .map(|(_, level)| format!("q{level}"))
        .collect();
    match missing.is_empty() {
        true => Ok(columns.map(Option::unwrap_or_default)),
        false => Err(SetProblem::NoLevels { file: table.file().to_owned(), levels: missing.join(", ") }),
    }
}
