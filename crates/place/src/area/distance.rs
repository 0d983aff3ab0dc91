//! How far two areas lie from each other, as the crow flies between the points that the register gives them.

use super::Area;

/// Mean radius of the Earth, kilometres (IUGG).
const EARTH_KM: f64 = 6_371.0;

/// Great-circle kilometres between two points in degrees, latitude first.
pub fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let [lat, other_lat] = [from.0, to.0].map(f64::to_radians);
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let chord = half(from.0, to.0) + lat.cos() * other_lat.cos() * half(from.1, to.1);
    2.0 * EARTH_KM * chord.sqrt().clamp(0.0, 1.0).asin()
}

impl Area {
    /// Its point, degrees north and east; none where the register has none.
    pub fn point(&self) -> Option<(f64, f64)> {
        self.lat.zip(self.lon)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_distances_come_out() {
        // Rạch Giá to Long Xuyên: about 57 km by the map.
        let far = kilometres((10.012, 105.081), (10.386, 105.435));
        assert!((56.0..58.0).contains(&far), "{far}");
        let degree = kilometres((0.0, 0.0), (0.0, 1.0));
        assert!((111.0..111.5).contains(&degree), "{degree}");
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_and_never_more_than_half_the_globe(
            a in -90.0..90.0_f64, b in -180.0..180.0_f64, c in -90.0..90.0_f64, d in -180.0..180.0_f64,
        ) {
            let there = kilometres((a, b), (c, d));
            prop_assert!((there - kilometres((c, d), (a, b))).abs() < 1e-6);
            prop_assert!((0.0..=20_016.0).contains(&there));
            prop_assert!(kilometres((a, b), (a, b)) < 1e-6);
        }
    }
}
