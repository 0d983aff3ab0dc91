//! How far two places lie apart over the ground, as a bird flies.

/// Mean radius of the earth, kilometres (IUGG).
const EARTH_KM: f64 = 6_371.008_8;

/// Great-circle distance in kilometres between two places in degrees east, then north. Roads and ferries are longer.
pub fn great_circle_km([east, north]: [f64; 2], [other_east, other_north]: [f64; 2]) -> f64 {
    let (from, to) = (north.to_radians(), other_north.to_radians());
    let high = ((to - from) / 2.0).sin().powi(2);
    let wide = ((other_east - east).to_radians() / 2.0).sin().powi(2);
    2.0 * EARTH_KM * (high + from.cos() * to.cos() * wide).clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn distances_are_those_of_the_map() {
        // A degree of latitude.
        assert!((great_circle_km([105.0, 10.0], [105.0, 11.0]) - 111.195).abs() < 0.01);
        // Rạch Giá – Dương Đông, about 114 km over water.
        let island = great_circle_km([105.08, 10.01], [103.96, 10.22]);
        assert!((120.0..130.0).contains(&island), "{island}");
    }

    proptest! {
        /// The same both ways, nothing from a place to itself, never more than half the earth.
        #[test]
        fn a_distance_is_one(a in (-180.0_f64..180.0, -90.0_f64..90.0), b in (-180.0_f64..180.0, -90.0_f64..90.0)) {
            let (a, b) = ([a.0, a.1], [b.0, b.1]);
            let far = great_circle_km(a, b);
            prop_assert!((far - great_circle_km(b, a)).abs() < 1e-6);
            prop_assert!(great_circle_km(a, a) < 1e-6);
            prop_assert!((0.0..=20_016.0).contains(&far));
        }
    }
}
