//! How papers name the province whose command post writes them: «tỉnh An Giang», «thành phố Cần Thơ». Its kind comes from
//! the register of areas, never from the program.

use crate::registry::Registry;

/// «tỉnh An Giang»; of a city under the central government «thành phố Cần Thơ». Empty without a command post.
pub fn province(registry: &Registry) -> String {
    let Some(post) = registry.post() else { return String::new() };
    let area = post.area_code.parse().ok().and_then(|code| registry.areas().on(code, post.opened_on));
    let city = area.is_some_and(|area| area.unit_type() == "Thành phố") || post.name.starts_with("Thành phố ");
    let name = ["Tỉnh ", "Thành phố "].iter().find_map(|kind| post.name.strip_prefix(kind)).unwrap_or(&post.name);
    titled(name.trim(), city)
}

/// The body above the department, where nobody has entered it: «UBND tỉnh An Giang».
pub fn committee(registry: &Registry) -> String {
    format!("UBND {}", province(registry))
}

fn titled(name: &str, city: bool) -> String {
    format!("{} {name}", if city { "thành phố" } else { "tỉnh" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_not_called_a_province() {
        assert_eq!(titled("Cần Thơ", true), "thành phố Cần Thơ");
        assert_eq!(titled("An Giang", false), "tỉnh An Giang");
    }
}
