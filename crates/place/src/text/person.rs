//! Names of people: sorted by given name, then family name, then what stands between.

use super::collate::sort_key;

/// A Vietnamese name taken apart. The given name is the last word; a single word is the given name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NameParts<'a> {
    /// The last word: Phúc in Hà Văn Phúc.
    pub given: &'a str,
    /// The first word: Hà.
    pub family: &'a str,
    /// Everything between: Văn.
    pub middle: &'a str,
}

impl<'a> NameParts<'a> {
    /// Takes a full name apart; blanks at the ends are ignored.
    pub fn of(name: &'a str) -> Self {
        let name = name.trim();
        let Some((before, given)) = name.rsplit_once(char::is_whitespace) else {
            return Self { given: name, family: "", middle: "" };
        };
        let before = before.trim_end();
        let (family, middle) = before.split_once(char::is_whitespace).unwrap_or((before, ""));
        Self { given, family, middle: middle.trim_start() }
    }
}

/// The bytes to store and to sort people by: given name, family name, middle names, each in
/// Vietnamese order. The byte 0, which no sort key contains, parts them.
pub fn person_sort_key(name: &str) -> Vec<u8> {
    let parts = NameParts::of(name);
    let mut key = sort_key(parts.given);
    for part in [parts.family, parts.middle] {
        key.push(0);
        key.extend(sort_key(part));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_sort_by_given_name_then_family_then_middle() {
        let sorted = [
            "Vũ Thị An",
            "Nguyễn Văn Ân",
            "Lê Thị Đào",
            "Vũ Chí Giang",
            "Hà Văn Phúc",
            "Nguyễn Bá Phúc",
            "Nguyễn Văn Phúc",
            "Bùi Tiến Thanh",
            "Bùi Tiến Thành",
        ];
        let mut names = sorted;
        names.reverse();
        names.sort_by_key(|name| person_sort_key(name));
        assert_eq!(names, sorted);
    }

    #[test]
    fn a_name_comes_apart_whatever_its_blanks() {
        assert_eq!(
            NameParts::of(" Nguyễn  Thị Thu   Hà "),
            NameParts { given: "Hà", family: "Nguyễn", middle: "Thị Thu" }
        );
        assert_eq!(NameParts::of("Y"), NameParts { given: "Y", family: "", middle: "" });
    }
}
