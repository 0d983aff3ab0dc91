//! A group addressee becomes the list of bodies it means on a day (DT04).

use jiff::civil::Date;

use super::phrase::{AreaLevel, Group, Phrase, normal, parse};
use super::{Body, Directory, GroupError};
use crate::{Area, AreaKey, BodyId, Level, ProvinceId};

/// The bodies that an addressee means on a day, and what the reader should know about the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expansion {
    /// The phrase as written.
    pub phrase: String,
    /// The day it was read for.
    pub day: Date,
    /// The bodies, in Vietnamese order of their names.
    pub bodies: Vec<BodyId>,
    /// What is missing or read in a certain way.
    pub notes: Vec<GroupNote>,
}

/// Something about an expansion that must be shown beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GroupNote {
    /// An area of the kind named has no such body in the directory.
    NoBodyFor(AreaKey),
    /// Areas of this type exist there, and the phrase does not name the type.
    TypeNotNamed {
        /// «Thị xã».
        unit_type: &'static str,
        /// How many such areas.
        count: usize,
    },
    /// The phrase names areas; the people's committees that govern them stand for them.
    CommitteesForAreas,
}

impl Directory<'_> {
    /// Expands an addressee written by a body of a command post. A single body is found by its
    /// name; a group by its words. An issuer of the nation addresses the whole country.
    ///
    /// # Errors
    /// [`GroupError`]; nothing is guessed.
    pub fn expand(&self, phrase: &str, issuer: ProvinceId, day: Date) -> Result<Expansion, GroupError> {
        let phrase = phrase.trim().trim_end_matches(['.', ';', ',']).trim_end();
        if let Some(body) = self.named(phrase, issuer, day)? {
            return Ok(Expansion { phrase: phrase.to_owned(), day, bodies: vec![body], notes: Vec::new() });
        }
        match parse(phrase) {
            Some(parsed) => self.expand_group(phrase, &parsed, issuer, day),
            None if looks_like_one_body(phrase) => Err(GroupError::Nobody { phrase: phrase.to_owned(), day }),
            None => Err(GroupError::NotUnderstood { phrase: phrase.to_owned() }),
        }
    }

    /// A body by its name: as written, or with its province left out («Bệnh viện Đa khoa tỉnh»).
    fn named(&self, phrase: &str, issuer: ProvinceId, day: Date) -> Result<Option<BodyId>, GroupError> {
        let wanted = normal(phrase);
        let of_issuer = |body: &&Body| issuer.is_nation() || body.province == issuer || body.province.is_nation();
        let found: Vec<BodyId> = self
            .on(day)
            .filter(of_issuer)
            .filter(|body| self.names_of(body, day).contains(&wanted))
            .map(|body| body.id)
            .collect();
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            // A plural that is also a name («Sở Y tế» of every province) is left to the grammar.
            several if parse(phrase).is_none() => {
                Err(GroupError::Several { phrase: phrase.to_owned(), count: several.len() })
            }
            _ => Ok(None),
        }
    }

    /// The ways in which letters of its own province write a body's name.
    fn names_of(&self, body: &Body, day: Date) -> Vec<String> {
        let full = normal(&body.name);
        let mut names = vec![full.clone()];
        if let Some(province) = self.province_area(body.province, day) {
            let kind = normal(province.unit_type());
            for (ending, left) in [
                (normal(&province.name), String::new()),
                (normal(&province.name), kind),
                (normal(province.short_name()), String::new()),
            ] {
                if let Some(stem) = full.strip_suffix(&ending).and_then(|stem| stem.strip_suffix(' ')) {
                    names.push(if left.is_empty() { stem.to_owned() } else { format!("{stem} {left}") });
                }
            }
        }
        names
    }

    fn expand_group(
        &self,
        phrase: &str,
        parsed: &Phrase,
        issuer: ProvinceId,
        day: Date,
    ) -> Result<Expansion, GroupError> {
        let group = &parsed.group;
        let scope = match &parsed.province {
            Some(place) => self
                .province_named(place, day)
                .ok_or_else(|| GroupError::UnknownProvince { phrase: phrase.to_owned(), day })?,
            None => issuer,
        };
        let districts = group.level_of_areas == Some(AreaLevel::District);
        if districts && !self.areas.has_districts(day) {
            let since = self.areas.districts_end().unwrap_or(day);
            return Err(GroupError::NoDistricts { phrase: phrase.to_owned(), since });
        }
        let mut bodies: Vec<&Body> = self.on(day).filter(|body| self.is_meant(body, group, scope, day)).collect();
        if bodies.is_empty() {
            return Err(GroupError::Nobody { phrase: phrase.to_owned(), day });
        }
        bodies.sort_by_cached_key(|body| crate::text::sort_key(&body.name));
        let notes = self.notes(group, &bodies, scope, day);
        Ok(Expansion {
            phrase: phrase.to_owned(),
            day,
            bodies: bodies.into_iter().map(|body| body.id).collect(),
            notes,
        })
    }

    fn is_meant(&self, body: &Body, group: &Group, scope: ProvinceId, day: Date) -> bool {
        let in_scope = scope.is_nation() || body.province == scope;
        let named_type = || {
            group.area_types.is_empty()
                || self
                    .area_of(body, day)
                    .is_some_and(|area| group.area_types.contains(&normal(area.unit_type()).as_str()))
        };
        in_scope
            && group.kinds.contains(&body.kind)
            && group.level.is_none_or(|level| body.level == level)
            && group.ownership.is_none_or(|owner| body.ownership == owner)
            && named_type()
    }

    /// What the list lacks: areas of the named types without a body, and types not named.
    fn notes(&self, group: &Group, bodies: &[&Body], scope: ProvinceId, day: Date) -> Vec<GroupNote> {
        let mut notes = Vec::new();
        if group.areas_named {
            notes.push(GroupNote::CommitteesForAreas);
        }
        let level = match group.level_of_areas {
            Some(AreaLevel::Province) => Level::Province,
            Some(AreaLevel::District) => Level::District,
            Some(AreaLevel::Commune) => Level::Commune,
            None => return notes,
        };
        let served: std::collections::HashSet<_> = bodies.iter().filter_map(|body| body.area).collect();
        let mut not_named: Vec<(&'static str, usize)> = Vec::new();
        for area in self.areas_under(scope, level, day) {
            if self.type_is_named(group, area) {
                if !served.contains(&area.code) {
                    notes.push(GroupNote::NoBodyFor(area.key()));
                }
            } else if let Some(known) = not_named.iter_mut().find(|known| known.0 == area.unit_type()) {
                known.1 += 1;
            } else {
                not_named.push((area.unit_type(), 1));
            }
        }
        notes.extend(not_named.into_iter().map(|(unit_type, count)| GroupNote::TypeNotNamed { unit_type, count }));
        notes
    }

    fn type_is_named(&self, group: &Group, area: &Area) -> bool {
        group.area_types.is_empty() || group.area_types.contains(&normal(area.unit_type()).as_str())
    }

    /// The command post of «tỉnh Kiên Giang» on a day.
    fn province_named(&self, place: &str, day: Date) -> Option<ProvinceId> {
        let named = |area: &&Area| normal(&area.name) == place || normal(area.short_name()) == place;
        let code = self.areas.level_on(Level::Province, day).find(named)?.code;
        self.post_of_area(code, day)
    }
}

/// A singular with a kind of body in front («Bệnh viện Số 9») is one body that nobody has entered,
/// rather than words that are not understood.
fn looks_like_one_body(phrase: &str) -> bool {
    let normal = normal(phrase);
    ["benh vien ", "trung tam y te ", "so ", "uy ban nhan dan ", "tram y te "]
        .iter()
        .any(|head| normal.starts_with(head))
}
