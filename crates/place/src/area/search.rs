//! Finding an area by a typed name. Every hit carries its province, because 245 commune names of
//! today occur in more than one.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::civil::Date;

use super::{Area, AreaBook};
use crate::text::{MatchRank, SearchKeys, sort_key};

/// Which areas a search looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// Those valid on a day.
    On(Date),
    /// Those of all times; a hit shows its days.
    Ever,
}

/// An area found, with what stands above it.
#[derive(Clone, Copy, Debug)]
pub struct AreaHit<'a> {
    /// The area.
    pub area: &'a Area,
    /// How well its name answers.
    pub rank: MatchRank,
    /// Its district, while there were districts.
    pub district: Option<&'a Area>,
    /// Its province; a province is its own.
    pub province: &'a Area,
}

impl AreaHit<'_> {
    /// «Xã Tây Yên, Huyện An Biên, Tỉnh Kiên Giang».
    pub fn label(&self) -> String {
        let mut label = String::from(&*self.area.name);
        let above = self.district.into_iter().chain([self.province]);
        for area in above.filter(|above| above.key() != self.area.key()) {
            label.push_str(", ");
            label.push_str(&area.name);
        }
        label
    }
}

/// Every name's ASCII key, sorted by what stands from each word on: one binary search finds all
/// names in which some words stand.
#[derive(Debug)]
pub(super) struct Index {
    names: Vec<Name>,
    /// (area, byte in its ASCII key), sorted by the text from that byte.
    words: Vec<(u32, u16)>,
    /// The place of each area in Vietnamese order, province before district before commune.
    order: Vec<u32>,
}

#[derive(Debug)]
struct Name {
    keys: SearchKeys,
    /// Where the name without its type begins in each of the three keys.
    short: [usize; 3],
}

impl Index {
    fn of(areas: &[Area]) -> Self {
        let names: Vec<Name> = areas.iter().map(Name::of).collect();
        let mut words: Vec<(u32, u16)> = Vec::with_capacity(areas.len() * 4);
        for (place, name) in (0_u32..).zip(&names) {
            let ascii = &name.keys.ascii;
            words.push((place, 0));
            words.extend(ascii.match_indices(' ').filter_map(|(at, _)| Some((place, u16::try_from(at + 1).ok()?))));
        }
        words.sort_by_key(|word| suffix(&names, *word));

        let mut sorted: Vec<(u32, super::Level, Vec<u8>)> =
            (0_u32..).zip(areas).map(|(place, area)| (place, area.level, sort_key(area.short_name()))).collect();
        sorted.sort_by(|left, right| (left.1, &left.2).cmp(&(right.1, &right.2)));
        let mut order = vec![0; areas.len()];
        for (rank, (place, ..)) in (0_u32..).zip(&sorted) {
            if let Some(slot) = order.get_mut(*place as usize) {
                *slot = rank;
            }
        }
        Self { names, words, order }
    }

    /// The best rank of every area in whose name the query stands.
    fn find(&self, query: &SearchKeys) -> BTreeMap<u32, MatchRank> {
        let wanted = query.ascii.as_str();
        let start = self.words.partition_point(|word| suffix(&self.names, *word) < wanted);
        let mut found = BTreeMap::new();
        for word in self.words.iter().skip(start).take_while(|word| suffix(&self.names, **word).starts_with(wanted)) {
            let Some(name) = self.names.get(word.0 as usize) else { continue };
            let rank = name.rank(usize::from(word.1), query);
            match found.entry(word.0) {
                Entry::Vacant(slot) => drop(slot.insert(rank)),
                Entry::Occupied(mut best) => *best.get_mut() = rank.min(*best.get()),
            }
        }
        found
    }
}

fn suffix(names: &[Name], (place, at): (u32, u16)) -> &str {
    names.get(place as usize).and_then(|name| name.keys.ascii.get(usize::from(at)..)).unwrap_or("")
}

impl Name {
    fn of(area: &Area) -> Self {
        let keys = SearchKeys::of(&area.name);
        let kind = SearchKeys::of(area.unit_type());
        let after =
            |whole: &str, kind: &str| if kind.is_empty() || whole.len() <= kind.len() { 0 } else { kind.len() + 1 };
        let short =
            [after(&keys.exact, &kind.exact), after(&keys.toneless, &kind.toneless), after(&keys.ascii, &kind.ascii)];
        Self { keys, short }
    }

    /// The rank of a query known to stand at a byte of the ASCII key.
    fn rank(&self, at: usize, query: &SearchKeys) -> MatchRank {
        let begins = if at == 0 {
            [0; 3]
        } else if at == self.short[2] {
            self.short
        } else {
            return MatchRank::Contains;
        };
        if self.keys.ascii.len() - at > query.ascii.len() {
            return MatchRank::Prefix;
        }
        if self.keys.exact.get(begins[0]..) == Some(query.exact.as_str()) {
            MatchRank::Exact
        } else if self.keys.toneless.get(begins[1]..) == Some(query.toneless.as_str()) {
            MatchRank::Toneless
        } else {
            MatchRank::Ascii
        }
    }
}

impl AreaBook {
    /// Builds the search index now; otherwise the first search does.
    pub fn prepare_search(&self) {
        self.index();
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.areas))
    }

    /// Areas whose name answers, best first, then province before district before commune, then in
    /// Vietnamese order. Words of the areas above may follow the name, with or without a comma:
    /// «Tân Phú, Đồng Nai», «an bien an giang».
    pub fn search(&self, typed: &str, when: When, limit: usize) -> Vec<AreaHit<'_>> {
        let (name, above) = typed.split_once(',').map_or((typed, None), |(name, above)| (name, Some(above)));
        if let Some(above) = above {
            return self.search_below(name, above, when, limit);
        }
        let hits = self.search_below(name, "", when, limit);
        if !hits.is_empty() {
            return hits;
        }
        // No name holds all the words: let the last ones name the areas above.
        let words: Vec<&str> = name.split_whitespace().collect();
        (1..words.len().min(12))
            .rev()
            .map(|split| self.search_below(&words[..split].join(" "), &words[split..].join(" "), when, limit))
            .find(|hits| !hits.is_empty())
            .unwrap_or_default()
    }

    fn search_below(&self, name: &str, above: &str, when: When, limit: usize) -> Vec<AreaHit<'_>> {
        let query = SearchKeys::of(name);
        if query.ascii.is_empty() {
            return Vec::new();
        }
        let above = SearchKeys::of(above).ascii;
        let index = self.index();
        let mut found: Vec<(MatchRank, u32, u32)> = index
            .find(&query)
            .into_iter()
            .filter(|(place, _)| self.areas.get(*place as usize).is_some_and(|area| self.looked_at(area, when)))
            .map(|(place, rank)| (rank, index.order.get(place as usize).copied().unwrap_or(u32::MAX), place))
            .collect();
        found.sort_unstable();
        found
            .into_iter()
            .filter_map(|(rank, _, place)| self.hit(place, rank, when))
            .filter(|hit| above.is_empty() || stands_above(hit, &above))
            .take(limit)
            .collect()
    }

    fn looked_at(&self, area: &Area, when: When) -> bool {
        match when {
            When::On(day) => area.valid_on(self.answered_by(day)),
            When::Ever => true,
        }
    }

    fn hit(&self, place: u32, rank: MatchRank, when: When) -> Option<AreaHit<'_>> {
        let area = self.areas.get(place as usize)?;
        let day = match when {
            When::On(day) => day,
            // The area's own last day shows what stood above it when it ended.
            When::Ever => area.valid_to.map_or(area.valid_from, |end| end.yesterday().unwrap_or(end)),
        };
        let chain = self.chain(area.code, day);
        let at = |level| chain.iter().find(|above| above.level == level).copied();
        Some(AreaHit { area, rank, district: at(super::Level::District), province: at(super::Level::Province)? })
    }
}

/// Whether every word typed for the areas above begins a word of their names.
fn stands_above(hit: &AreaHit<'_>, above: &str) -> bool {
    let names: Vec<String> = hit
        .district
        .into_iter()
        .chain([hit.province])
        .filter(|area| area.key() != hit.area.key())
        .map(|area| SearchKeys::of(&area.name).ascii)
        .collect();
    above.split(' ').all(|word| names.iter().flat_map(|name| name.split(' ')).any(|stored| stored.starts_with(word)))
}
