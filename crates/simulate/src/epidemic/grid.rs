//! Figures by place and date.

use jiff::ToSpan;
use jiff::civil::Date;

/// Figures by place and date: a row a place, a column a day, or a week under its Saturday. What is not
/// known is NaN, never zero, and a sum over something unknown is unknown.
#[derive(Clone, Debug)]
pub struct Grid {
    first: Date,
    step: usize,
    columns: usize,
    /// The columns of the first place, then those of the next.
    values: Vec<f64>,
}

impl Grid {
    /// A row of days a place, all with one value.
    pub(crate) fn of_days(first: Date, places: usize, days: usize, value: f64) -> Self {
        Self { first, step: 1, columns: days, values: vec![value; places * days] }
    }

    /// The same shape, computed row by row.
    pub(crate) fn map_rows(&self, mut row: impl FnMut(usize, &[f64]) -> Vec<f64>) -> Self {
        let mut values = Vec::with_capacity(self.values.len());
        for (place, known) in self.rows().enumerate() {
            let mut made = row(place, known);
            made.resize(self.columns, f64::NAN);
            values.append(&mut made);
        }
        Self { values, ..*self }
    }

    /// Without the first columns.
    pub(crate) fn without_first(&self, columns: usize) -> Self {
        let left = self.columns.saturating_sub(columns);
        let values = self.rows().flat_map(|row| row[self.columns - left..].iter().copied()).collect();
        Self { first: self.date(self.columns - left), step: self.step, columns: left, values }
    }

    pub(crate) fn row_mut(&mut self, place: usize) -> &mut [f64] {
        &mut self.values[place * self.columns..(place + 1) * self.columns]
    }

    /// How many places.
    pub fn places(&self) -> usize {
        self.values.len().checked_div(self.columns).unwrap_or(0)
    }

    /// How many days or weeks.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Days from one column to the next: 1 or 7.
    pub const fn step(&self) -> usize {
        self.step
    }

    /// The date of a column: the day itself, or the Saturday on which a week ends.
    pub fn date(&self, column: usize) -> Date {
        self.first.saturating_add(((column * self.step) as i64).days())
    }

    /// The column of a day, or of the week in which it lies; `None` outside the grid.
    pub fn column(&self, day: Date) -> Option<usize> {
        // The first column covers the days that end with its date.
        let since = i64::from((day - self.first).get_days()) + self.step as i64 - 1;
        let column = usize::try_from(since).ok()? / self.step;
        (column < self.columns).then_some(column)
    }

    /// The figures of a place, oldest first; none for a place that is not there.
    pub fn row(&self, place: usize) -> &[f64] {
        self.values.get(place * self.columns..(place + 1) * self.columns).unwrap_or(&[])
    }

    /// The figures of every place.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.columns.max(1))
    }

    /// All figures, those of the first place first.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The province: the sum over its places by date.
    pub fn total(&self) -> Vec<f64> {
        let mut total = vec![0.0; self.columns];
        for row in self.rows() {
            for (sum, value) in total.iter_mut().zip(row) {
                *sum += value;
            }
        }
        total
    }

    /// The sums of whole weeks, which end on Saturday. Days before the first Sunday and after the last
    /// Saturday belong to no whole week. Weeks stay weeks.
    pub fn weeks(&self) -> Self {
        if self.step == 7 {
            return self.clone();
        }
        let before = (7 - self.first.weekday().to_sunday_zero_offset() as usize) % 7;
        let columns = self.columns.saturating_sub(before) / 7;
        let values = self
            .rows()
            .flat_map(|row| row.get(before..).unwrap_or(&[]).chunks_exact(7).map(|week| week.iter().sum()))
            .collect();
        Self { first: self.date(before + 6), step: 7, columns, values }
    }
}

/// The same bytes: what is unknown in both is the same.
impl PartialEq for Grid {
    fn eq(&self, other: &Self) -> bool {
        let bits = |grid: &Self| grid.values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        (self.first, self.step, self.columns) == (other.first, other.step, other.columns) && bits(self) == bits(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn grid(first: Date, days: usize) -> Grid {
        let mut grid = Grid::of_days(first, 2, days, 0.0);
        for (day, value) in grid.row_mut(1).iter_mut().enumerate() {
            *value = day as f64;
        }
        grid
    }

    #[test]
    fn weeks_end_on_saturday() {
        // 3 January 2010 was a Sunday.
        let weeks = grid(date(2010, 1, 3), 16).weeks();
        assert_eq!((weeks.columns(), weeks.step(), weeks.date(0)), (2, 7, date(2010, 1, 9)));
        assert_eq!(weeks.row(1), [21.0, 70.0]);
        assert_eq!(weeks.weeks(), weeks);
        // From a Friday on, the first two days belong to a week that is not whole.
        let weeks = grid(date(2010, 1, 1), 16).weeks();
        assert_eq!((weeks.columns(), weeks.date(1), weeks.row(1)), (2, date(2010, 1, 16), &[35.0, 84.0][..]));
        assert_eq!(grid(date(2010, 1, 1), 5).weeks().columns(), 0);
    }

    #[test]
    fn days_are_found_in_their_column() {
        let days = grid(date(2010, 1, 3), 16);
        assert_eq!(days.column(date(2010, 1, 3)), Some(0));
        assert_eq!((days.column(date(2010, 1, 2)), days.column(date(2010, 1, 19))), (None, None));
        let weeks = days.weeks();
        let columns = [2, 3, 9, 10, 16, 17].map(|day| weeks.column(date(2010, 1, day)));
        assert_eq!(columns, [None, Some(0), Some(0), Some(1), Some(1), None]);
    }

    #[test]
    fn unknown_stays_unknown() {
        let mut days = grid(date(2010, 1, 3), 14);
        days.row_mut(0)[8] = f64::NAN;
        let weeks = days.weeks();
        assert!(weeks.row(0)[0] == 0.0 && weeks.row(0)[1].is_nan());
        let total = weeks.total();
        assert!(total[0] == 21.0 && total[1].is_nan());
        assert_eq!(days, days.clone());
        assert_eq!((days.row(2), days.places()), (&[][..], 2));
        assert_eq!(days.without_first(7).weeks().row(1), weeks.row(1)[1..].to_vec());
    }
}
