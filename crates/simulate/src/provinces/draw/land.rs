//! Where everything lies: towns, islands, piers, and the ways between.

use oxygen::dispatch::{Closure, Ferry, Minutes, Place, PlaceNo, Roads, Window};

use super::calendar::LASTS;
use crate::dice::Dice;

const KM_LATITUDE: f64 = 1.0 / 111.2;
/// At the tenth parallel.
const KM_LONGITUDE: f64 = 1.0 / 109.5;
const CENTRE: (f64, f64) = (10.0, 105.1);

/// The map while it is drawn.
pub(super) struct Land {
    dice: Dice,
    /// Half of its width, in kilometres.
    half: f64,
    towns: Vec<(f64, f64)>,
    islands: Vec<(f64, f64)>,
    pub(super) places: Vec<Place>,
    pub(super) roads: Roads,
}

impl Land {
    pub(super) fn draw(seed: u64) -> Self {
        let mut dice = Dice::of(seed, "land of a province", 0, 0);
        let half = dice.between(38.0, 62.0);
        let towns = (0..dice.whole(3, 6)).map(|_| (dice.between(-half, half), dice.between(-half, half))).collect();
        let islands = if dice.chance(0.6) { dice.whole(1, 3) } else { 0 };
        let islands =
            (0..islands).map(|_| (-half - dice.between(10.0, 40.0), dice.between(-0.6 * half, 0.6 * half))).collect();
        let kmh = dice.between(35.0, 45.0);
        let roads = Roads { kmh, ..Roads::default() };
        let mut land = Self { dice, half, towns, islands, places: Vec::new(), roads };
        land.ferries();
        land
    }

    pub(super) fn islands(&self) -> usize {
        self.islands.len()
    }

    fn place(&mut self, name: String, (x, y): (f64, f64), land: u16) -> PlaceNo {
        let at = (CENTRE.0 + y * KM_LATITUDE, CENTRE.1 + x * KM_LONGITUDE);
        self.places.push(Place { name, at: Some(at), land });
        PlaceNo::of(self.places.len() - 1)
    }

    /// Near a town in six of ten cases, else anywhere on the mainland.
    pub(super) fn inland(&mut self, name: String) -> PlaceNo {
        let anywhere = (self.dice.between(-self.half, self.half), self.dice.between(-self.half, self.half));
        let town = self.towns[self.dice.below(self.towns.len())];
        let near = (town.0 + 6.0 * self.dice.gauss(), town.1 + 6.0 * self.dice.gauss());
        let at = if self.dice.chance(0.6) { near } else { anywhere };
        self.place(name, at, 0)
    }

    /// In or by a town.
    pub(super) fn in_town(&mut self, name: String, town: usize) -> PlaceNo {
        let town = self.towns[town % self.towns.len()];
        let at = (town.0 + 3.0 * self.dice.gauss(), town.1 + 3.0 * self.dice.gauss());
        self.place(name, at, 0)
    }

    /// On an island.
    pub(super) fn offshore(&mut self, name: String, island: usize) -> PlaceNo {
        let middle = self.islands[island];
        let at = (middle.0 + 3.0 * self.dice.gauss(), middle.1 + 3.0 * self.dice.gauss());
        self.place(name, at, island as u16 + 1)
    }

    /// One ferry an island, three to five sailings a day that take oxygen, none by night, none on days of storm.
    fn ferries(&mut self) {
        for island in 0..self.islands.len() {
            let middle = self.islands[island];
            let coast = (-self.half, middle.1);
            let one = self.place(format!("Bến bờ {}", island + 1), coast, 0);
            let other = self.place(format!("Bến đảo {}", island + 1), (middle.0 + 2.0, middle.1), island as u16 + 1);
            let crossing = (coast.0 - middle.0) / 25.0 * 60.0;
            let takes = Minutes((crossing + self.dice.between(20.0, 40.0)) as i32);
            let hours: Vec<i32> = match self.dice.whole(3, 5) {
                3 => vec![7, 11, 16],
                4 => vec![7, 10, 13, 16],
                _ => vec![6, 8, 11, 14, 17],
            };
            let (mut sails, mut storm) = (Vec::new(), false);
            for day in 0..LASTS {
                storm = self.dice.chance(if storm { 0.4 } else { 0.06 });
                if storm {
                    continue;
                }
                for hour in &hours {
                    // The days of a world begin at 06:00.
                    let from = Minutes::days(day) + Minutes::hours(hour - 6);
                    sails.push(Window::new(from, from + Minutes(60)));
                }
            }
            self.roads.ferries.push(Ferry { name: format!("Phà đảo {}", island + 1), one, other, sails, takes });
        }
    }

    /// In one province of four, floods and works close one to three ways for a day or two.
    pub(super) fn closures(&mut self, sites: &[PlaceNo]) {
        if !self.dice.chance(0.25) {
            return;
        }
        for _ in 0..self.dice.whole(1, 3) {
            let from = sites[self.dice.below(sites.len())];
            let other = sites[self.dice.below(sites.len())];
            let to = (self.dice.chance(0.4) && other != from).then_some(other);
            let begins = Minutes::hours(self.dice.whole(0, 14 * 24) as i32);
            let closed = vec![Window::new(begins, begins + Minutes::hours(self.dice.whole(8, 48) as i32))];
            self.roads.closures.push(Closure { from, to, closed });
        }
    }
}
