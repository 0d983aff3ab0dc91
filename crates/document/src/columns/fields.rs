//! The cells of one row, read as the kinds of their columns.

use jiff::civil::Date;
use quantity::Moment;

use super::date::{self, Written};
use super::find::{ColumnId, Columns};
use super::layout::{Choice, Column, Kind};
use crate::table::{Cell, CellKind, RowView};
use crate::{CellProblem, CellReason, Place};

/// A number with what stood around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure<'a> {
    /// Its value; of a percentage the hundredfold, as the author sees it.
    pub value: f64,
    /// Whether a percent sign or a percent format went with it.
    pub percent: bool,
    /// The words as typed.
    pub typed: &'a str,
}

/// One row, read through the columns of its file. A getter answers `None` for an empty cell of a
/// column that may be empty, and for a column that the file lacks.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    columns: &'a Columns,
    row: RowView<'a>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(columns: &'a Columns, row: RowView<'a>) -> Self {
        Self { columns, row }
    }

    /// The columns of the file.
    pub fn columns(&self) -> &'a Columns {
        self.columns
    }

    /// The row itself.
    pub fn row(&self) -> RowView<'a> {
        self.row
    }

    /// Refuses a row that no getter would: cells beyond the header, none of a group of which one
    /// must be filled.
    ///
    /// # Errors
    /// [`CellReason::BeyondHeader`], [`CellReason::Missing`].
    pub fn check(&self) -> Result<(), CellProblem> {
        let width = self.columns.headers().len();
        if usize::from(self.row.width()) > width
            && let Some(cell) = self.row.cells().skip(width).find(|cell| !cell.is_empty())
        {
            return Err(problem(&cell, "", CellReason::BeyondHeader));
        }
        for group in &self.columns.layout().one_of {
            let ids: Vec<ColumnId> = group.iter().filter_map(|key| self.columns.column(key).ok()).collect();
            let filled = ids.iter().any(|id| self.cell(*id).is_some_and(|cell| !cell.is_empty()));
            if !filled && let Some(cell) = ids.iter().find_map(|id| self.cell(*id)) {
                let titles: Vec<&str> = group
                    .iter()
                    .filter_map(|key| self.columns.layout().column(key))
                    .map(|c| c.title.as_str())
                    .collect();
                return Err(problem(&cell, &titles.join(" / "), CellReason::Missing));
            }
        }
        Ok(())
    }

    /// The cell of a column as it stands; `None` where the file lacks the column.
    pub fn cell(&self, column: ColumnId) -> Option<Cell<'a>> {
        self.columns.place(column).map(|at| self.row.cell(at))
    }

    /// A problem found by the caller's own rules, at the place of this column.
    pub fn place(&self, column: ColumnId) -> Place {
        Place { row: self.row.number(), column: self.columns.place(column).unwrap_or(0) }
    }

    /// Words.
    ///
    /// # Errors
    /// [`CellReason::Missing`], [`CellReason::SheetError`], [`CellReason::LettersLost`].
    pub fn text(&self, column: ColumnId) -> Result<Option<&'a str>, CellProblem> {
        let Some((layout, cell)) = self.filled(column)? else {
            return Ok(None);
        };
        if cell.text.contains(['?', char::REPLACEMENT_CHARACTER])
            && cell.text.split_whitespace().any(crate::text::has_lost_letter)
        {
            return Err(problem(&cell, &layout.title, CellReason::LettersLost));
        }
        Ok(Some(cell.text))
    }

    /// A number with what stood around it. A percent sign passes here whatever the column says:
    /// the caller compares it with the unit.
    ///
    /// # Errors
    /// Those of numbers, [`CellReason::OutOfRange`], [`CellReason::NotWhole`].
    pub fn figure(&self, column: ColumnId) -> Result<Option<Figure<'a>>, CellProblem> {
        let Some((layout, cell)) = self.filled(column)? else {
            return Ok(None);
        };
        let whole = layout.kind == Kind::Integer;
        let (value, percent) = match cell.kind {
            CellKind::Number(value) => (value, false),
            CellKind::Percent(value) => (value, true),
            CellKind::Text => self
                .columns
                .numbers(column)
                .parse(cell.text, whole)
                .map_err(|reason| problem(&cell, &layout.title, reason))?,
            _ => return Err(problem(&cell, &layout.title, CellReason::NotANumber)),
        };
        if whole && value.fract() != 0.0 {
            return Err(problem(&cell, &layout.title, CellReason::NotWhole));
        }
        hold_bounds(layout, value).map_err(|reason| problem(&cell, &layout.title, reason))?;
        Ok(Some(Figure { value, percent, typed: cell.text }))
    }

    /// A number of a column whose unit is known.
    ///
    /// # Errors
    /// As [`Fields::figure`], and [`CellReason::PercentUnexpected`].
    pub fn decimal(&self, column: ColumnId) -> Result<Option<f64>, CellProblem> {
        let Some(figure) = self.figure(column)? else {
            return Ok(None);
        };
        let expects_percent = self.columns.layout().columns.get(column.0).is_some_and(|layout| layout.percent);
        match self.cell(column) {
            Some(cell) if figure.percent && !expects_percent => {
                Err(problem(&cell, self.title(column), CellReason::PercentUnexpected))
            }
            _ => Ok(Some(figure.value)),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// As [`Fields::decimal`], and [`CellReason::NotWhole`] beyond 2⁵³.
    pub fn integer(&self, column: ColumnId) -> Result<Option<i64>, CellProblem> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let Some(value) = self.decimal(column)? else {
            return Ok(None);
        };
        if value.fract() != 0.0 || value.abs() > EXACT {
            let cell = self.cell(column);
            return Err(cell.map_or_else(
                || self.absent(column, CellReason::NotWhole),
                |cell| problem(&cell, self.title(column), CellReason::NotWhole),
            ));
        }
        Ok(Some(value as i64))
    }

    /// A day.
    ///
    /// # Errors
    /// [`CellReason::NotADate`].
    pub fn date(&self, column: ColumnId) -> Result<Option<Date>, CellProblem> {
        Ok(self.written(column)?.map(|(_, written)| written.day))
    }

    /// A moment by Vietnam's clocks.
    ///
    /// # Errors
    /// [`CellReason::NotADate`], and [`CellReason::NoTimeOfDay`] for a date alone: midnight is not
    /// guessed.
    pub fn moment(&self, column: ColumnId) -> Result<Option<Moment>, CellProblem> {
        let Some((cell, written)) = self.written(column)? else {
            return Ok(None);
        };
        let time = written.time.ok_or_else(|| problem(&cell, self.title(column), CellReason::NoTimeOfDay))?;
        Ok(Some(Moment::from_local(written.day.to_datetime(time))))
    }

    /// The accepted word that a unit or choice column holds.
    ///
    /// # Errors
    /// [`CellReason::UnitMissing`], [`CellReason::UnitUnknown`], [`CellReason::NotAChoice`].
    pub fn choice(&self, column: ColumnId) -> Result<Option<&'a Choice>, CellProblem> {
        let Some((layout, cell)) = self.filled(column)? else {
            return Ok(None);
        };
        let unknown = || {
            let accepted = layout.choice_titles();
            match layout.kind {
                Kind::Unit => CellReason::UnitUnknown { accepted },
                _ => CellReason::NotAChoice { accepted },
            }
        };
        layout.choice(cell.text).map(Some).ok_or_else(|| problem(&cell, &layout.title, unknown()))
    }

    fn written(&self, column: ColumnId) -> Result<Option<(Cell<'a>, Written)>, CellProblem> {
        let Some((layout, cell)) = self.filled(column)? else {
            return Ok(None);
        };
        let written = match cell.kind {
            CellKind::Date(day) => Some(Written { day, time: None }),
            CellKind::DateTime(at) => Some(Written { day: at.date(), time: Some(at.time()) }),
            CellKind::Text => date::read(cell.text),
            _ => None,
        };
        let written = written.ok_or_else(|| problem(&cell, &layout.title, CellReason::NotADate))?;
        Ok(Some((cell, written)))
    }

    /// The filled cell of a column, with its layout.
    fn filled(&self, column: ColumnId) -> Result<Option<(&'a Column, Cell<'a>)>, CellProblem> {
        let Some(layout) = self.columns.layout().columns.get(column.0) else {
            return Ok(None);
        };
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        match cell.kind {
            CellKind::Empty if layout.required => {
                let reason = if layout.kind == Kind::Unit { CellReason::UnitMissing } else { CellReason::Missing };
                Err(problem(&cell, &layout.title, reason))
            }
            CellKind::Empty => Ok(None),
            CellKind::Error => Err(problem(&cell, &layout.title, CellReason::SheetError)),
            _ => Ok(Some((layout, cell))),
        }
    }

    fn title(&self, column: ColumnId) -> &'a str {
        self.columns.layout().columns.get(column.0).map_or("", |layout| layout.title.as_str())
    }

    /// A problem in a column that this file lacks or leaves empty: a unit without which another
    /// column's figure means nothing.
    pub fn absent(&self, column: ColumnId, reason: CellReason) -> CellProblem {
        CellProblem { place: self.place(column), title: self.title(column).to_owned(), typed: String::new(), reason }
    }
}

fn hold_bounds(layout: &Column, value: f64) -> Result<(), CellReason> {
    let within = layout.least.is_none_or(|least| value >= least) && layout.most.is_none_or(|most| value <= most);
    if within {
        return Ok(());
    }
    let shown = |bound: Option<f64>| {
        bound.map_or_else(|| "không giới hạn".to_owned(), |bound| bound.to_string().replace('.', ","))
    };
    Err(CellReason::OutOfRange { low: shown(layout.least), high: shown(layout.most) })
}

fn problem(cell: &Cell<'_>, title: &str, reason: CellReason) -> CellProblem {
    CellProblem { place: cell.place, title: title.to_owned(), typed: cell.text.chars().take(60).collect(), reason }
}
