//! What became of an area: the chain of successors, onward in time.

use jiff::civil::Date;

use super::{Area, AreaBook, AreaKey, Level};

impl AreaBook {
    /// What an area has become by a day, the main heir first: itself while it is valid, otherwise
    /// the heirs of its heirs. Empty when its end is recorded without heirs (the mergers of
    /// communes before 1/7/2025), or when the day lies before the area.
    ///
    /// A district that ended with all districts has the heirs of its communes.
    pub fn heirs(&self, key: AreaKey, day: Date) -> Vec<&Area> {
        let mut found = Vec::new();
        if let Some(area) = self.get(key) {
            self.follow(area, self.answered_by(day), &mut found);
        }
        found
    }

    fn follow<'a>(&'a self, area: &'a Area, day: Date, found: &mut Vec<&'a Area>) {
        if area.valid_on(day) {
            if !found.iter().any(|known| known.key() == area.key()) {
                found.push(area);
            }
        } else if area.valid_from <= day {
            for next in self.step(area) {
                self.follow(next, day, found);
            }
        }
    }

    /// What an area becomes on the day it ends. Every step goes forward in time, so a chain ends.
    pub(super) fn step<'a>(&'a self, area: &'a Area) -> Vec<&'a Area> {
        let Some(end) = area.valid_to else { return Vec::new() };
        if !area.successors.is_empty() {
            return area.successors.iter().filter_map(|code| self.on(*code, end)).collect();
        }
        if let Some(same) = self.lives(area.code).iter().find(|next| next.valid_from == end) {
            // The same code goes on under a new name or rank, unless that day gave codes away:
            // then only recorded successors count.
            return if self.codes_reused_on(end, area.level) { Vec::new() } else { vec![same] };
        }
        if area.level == Level::District {
            return self.communes_become(area, end);
        }
        Vec::new()
    }

    fn communes_become<'a>(&'a self, district: &'a Area, end: Date) -> Vec<&'a Area> {
        let Ok(last) = end.yesterday() else { return Vec::new() };
        let mut found: Vec<&Area> = Vec::new();
        for commune in self.children(district.code, last).filter(|commune| commune.valid_to == Some(end)) {
            for next in self.step(commune) {
                if !found.iter().any(|known| known.key() == next.key()) {
                    found.push(next);
                }
            }
        }
        found
    }

    fn codes_reused_on(&self, day: Date, level: Level) -> bool {
        self.reuse_days.contains(&(day, level))
    }
}
