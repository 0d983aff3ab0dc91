//! How papers name the province whose command post writes them: «tỉnh An Giang», «thành phố Cần Thơ». Its kind comes from
//! the register of areas, never from the program.

use place::body::BodyKind;

use crate::registry::Registry;

/// What names of a demonstration end with.
const INVENTED: &str = " (mô phỏng)";

/// «tỉnh An Giang»; of a city under the central government «thành phố Cần Thơ». Empty without a command post.
pub fn province(registry: &Registry) -> String {
    let Some(post) = registry.post() else { return String::new() };
    let area = post.area_code.parse().ok().and_then(|code| registry.areas().on(code, post.opened_on));
    let city = area.is_some_and(|area| area.unit_type() == "Thành phố") || post.name.starts_with("Thành phố ");
    let name = ["Tỉnh ", "Thành phố "].iter().find_map(|kind| post.name.strip_prefix(kind)).unwrap_or(&post.name);
    titled(name.trim(), city)
}

/// The body above the department as the letterhead names it; where nobody has entered it, «UBND tỉnh An Giang». What is
/// invented is marked at the foot of every page, not in the letterhead.
pub fn above(registry: &Registry) -> String {
    let entered = registry.body_of_kind(BodyKind::PeoplesCommittee);
    entered.map_or_else(|| format!("UBND {}", province(registry)), |body| unmarked(&body.name).to_owned())
}

fn unmarked(name: &str) -> &str {
    name.strip_suffix(INVENTED).unwrap_or(name).trim()
}

fn titled(name: &str, city: bool) -> String {
    format!("{} {name}", if city { "thành phố" } else { "tỉnh" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letterhead_names_the_body_without_the_mark() {
        assert_eq!(unmarked("UBND tỉnh An Giang (mô phỏng)"), "UBND tỉnh An Giang");
        assert_eq!(unmarked("UBND tỉnh An Giang"), "UBND tỉnh An Giang");
    }

    #[test]
    fn a_city_is_not_called_a_province() {
        assert_eq!(titled("Cần Thơ", true), "thành phố Cần Thơ");
        assert_eq!(titled("An Giang", false), "tỉnh An Giang");
    }
}
