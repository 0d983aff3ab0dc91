//! Lists that people tick off: the milestones of a programme, a readiness check, the posts of a unit.
//! Each line has its source, or the mark "unconfirmed". What was ticked is a record of the desk.

use serde::Deserialize;

use crate::NormProblem;

/// Whom a line asks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// The province, once.
    Province,
    /// Each facility.
    Facility,
}

/// One line.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its stable name, kept beside what is ticked.
    pub key: String,
    /// The part of the list that it belongs to.
    pub group: String,
    /// Whom it asks.
    pub level: Asks,
    /// What a Vietnamese reader sees.
    pub title: String,
    /// Its own source, where it differs from the list's.
    pub source: Option<String>,
    /// Its own mark, where it differs from the list's.
    pub unconfirmed: Option<bool>,
}

/// A list with its version and source.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// Its stable name and version.
    pub id: String,
    /// What a Vietnamese reader sees.
    pub title: String,
    /// Where it stands written.
    pub source: String,
    /// Whether nobody in authority has confirmed it.
    pub unconfirmed: bool,
    /// Its lines, in the order of the list.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

impl Checklist {
    /// Milestones of the oxygen programme (OX01).
    ///
    /// # Errors
    /// Never with the file of this tree, which a test reads.
    pub fn programme_4308() -> Result<Self, NormProblem> {
        Self::from_toml("programme-4308.toml", include_str!("../../../protocols/programme-4308.toml"))
    }

    /// The readiness check «bốn tại chỗ» (PR01).
    ///
    /// # Errors
    /// Never with the file of this tree, which a test reads.
    pub fn four_on_the_spot() -> Result<Self, NormProblem> {
        Self::from_toml("four-on-the-spot.toml", include_str!("../../../protocols/four-on-the-spot.toml"))
    }

    /// Posts of the oxygen coordination unit (OX02).
    ///
    /// # Errors
    /// Never with the file of this tree, which a test reads.
    pub fn oxygen_unit() -> Result<Self, NormProblem> {
        Self::from_toml("oxygen-unit.toml", include_str!("../../../protocols/oxygen-unit.toml"))
    }

    /// What inspections tick off: home care by a mobile station (GS10), safety of oxygen, a vaccination site, prevention
    /// at an enterprise (DT12).
    ///
    /// # Errors
    /// Never with the files of this tree, which a test reads.
    pub fn inspections() -> Result<Vec<Self>, NormProblem> {
        let files = [
            ("checklist-home-care.toml", include_str!("../../../protocols/checklist-home-care.toml")),
            ("checklist-oxygen-safety.toml", include_str!("../../../protocols/checklist-oxygen-safety.toml")),
            ("checklist-vaccination-site.toml", include_str!("../../../protocols/checklist-vaccination-site.toml")),
            ("checklist-enterprise.toml", include_str!("../../../protocols/checklist-enterprise.toml")),
        ];
        files.into_iter().map(|(name, text)| Self::from_toml(name, text)).collect()
    }

    /// A list from its text.
    ///
    /// # Errors
    /// [`NormProblem::Malformed`] when it is no such list, is empty, or has a key twice.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, NormProblem> {
        let malformed = |cause: String| NormProblem::Malformed { file: file.to_owned(), cause };
        let list: Self = toml::from_str(text).map_err(|error| malformed(error.to_string()))?;
        if list.items.is_empty() {
            return Err(malformed("no lines".to_owned()));
        }
        for (place, item) in list.items.iter().enumerate() {
            if list.items[..place].iter().any(|other| other.key == item.key) {
                return Err(malformed(format!("{} stands twice", item.key)));
            }
        }
        Ok(list)
    }

    /// The line of a key.
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    /// The lines that ask a province, or each facility.
    pub fn asking(&self, level: Asks) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.level == level)
    }

    /// The parts of the list, each once, in its order.
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for item in &self.items {
            if !groups.contains(&item.group.as_str()) {
                groups.push(&item.group);
            }
        }
        groups
    }

    /// Where a line stands written.
    pub fn source_of<'a>(&'a self, item: &'a Item) -> &'a str {
        item.source.as_deref().unwrap_or(&self.source)
    }

    /// Whether nobody has confirmed a line.
    pub fn is_unconfirmed(&self, item: &Item) -> bool {
        item.unconfirmed.unwrap_or(self.unconfirmed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OX01, OX02, PR01: the shipped lists can be read and say where they stand written.
    #[test]
    fn the_shipped_lists_have_lines_and_sources() {
        let programme = Checklist::programme_4308().unwrap();
        assert!(programme.source.contains("4308/QĐ-BYT"));
        assert!(programme.asking(Asks::Province).count() >= 5 && programme.asking(Asks::Facility).count() >= 4);
        let readiness = Checklist::four_on_the_spot().unwrap();
        assert_eq!(readiness.groups(), ["command", "forces", "means", "logistics"]);
        for group in readiness.groups() {
            for level in [Asks::Province, Asks::Facility] {
                assert!(readiness.asking(level).any(|item| item.group == group), "{group} asks nobody at {level:?}");
            }
        }
        let unit = Checklist::oxygen_unit().unwrap();
        let head = unit.item("head").unwrap();
        assert!(!unit.is_unconfirmed(head) && unit.source_of(head).contains("Phó chủ tịch"));
        assert!(unit.is_unconfirmed(unit.item("technical").unwrap()));
    }

    /// DT12, GS10: the lists of inspections can be read; what the program words itself is unconfirmed.
    #[test]
    fn the_lists_of_inspections_say_where_they_stand_written() {
        let lists = Checklist::inspections().unwrap();
        assert_eq!(lists.len(), 4);
        assert!(lists[0].source.contains("4038/QĐ-BYT") && lists[0].source.contains("261/QĐ-BYT"));
        for list in &lists {
            assert!(list.unconfirmed && list.asking(Asks::Facility).count() == list.items.len(), "{}", list.id);
        }
    }

    #[test]
    fn a_list_with_a_line_twice_or_without_any_is_refused() {
        let head = "id='a/1'\ntitle='A'\nsource='S'\nunconfirmed=true\n";
        let line = "[[item]]\nkey='a'\ngroup='g'\nlevel='province'\ntitle='T'\n";
        assert!(Checklist::from_toml("a", &format!("{head}{line}")).is_ok());
        assert!(Checklist::from_toml("a", &format!("{head}{line}{line}")).is_err());
        assert!(Checklist::from_toml("a", head).is_err());
        assert!(Checklist::from_toml("a", &format!("{head}{line}other=1\n")).is_err());
    }
}
