//! All bodies and command posts, and questions about a day.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Body, BodyError};
use crate::{Area, AreaBook, AreaCode, BodyId, Level, ProvinceId};

/// A command post and the province it commands. A merger opens a new one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CommandPost {
    /// Immutable small number.
    pub id: ProvinceId,
    /// The code of its province, read together with a day in its validity; the nation has none.
    pub area: Option<AreaCode>,
    /// First day.
    pub valid_from: Date,
    /// First day on which it no longer commands.
    pub valid_to: Option<Date>,
}

/// Bodies and command posts over the areas of the country.
#[derive(Debug)]
pub struct Directory<'a> {
    pub(super) areas: &'a AreaBook,
    posts: Vec<CommandPost>,
    bodies: Vec<Body>,
    places: HashMap<BodyId, usize>,
}

impl<'a> Directory<'a> {
    /// A directory of bodies; a body given twice counts as its last row.
    pub fn new(areas: &'a AreaBook, posts: Vec<CommandPost>, bodies: Vec<Body>) -> Self {
        let places = bodies.iter().enumerate().map(|(place, body)| (body.id, place)).collect();
        Self { areas, posts, bodies, places }
    }

    /// A body of any day.
    pub fn body(&self, id: BodyId) -> Option<&Body> {
        self.bodies.get(*self.places.get(&id)?)
    }

    /// A body as of a day.
    ///
    /// # Errors
    /// [`BodyError::NotOnThatDay`] when it is unknown, not yet founded or already closed.
    pub fn body_on(&self, id: BodyId, day: Date) -> Result<&Body, BodyError> {
        self.body(id).filter(|body| body.valid_on(day)).ok_or(BodyError::NotOnThatDay { day })
    }

    /// All bodies that exist on a day, in the order they were given.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Body> {
        self.bodies.iter().filter(move |body| body.valid_on(day))
    }

    /// The body and everything it is a unit of on a day, itself first. Ends at a link that does not
    /// exist on the day, and before a body that is its own superior.
    pub fn superiors(&self, id: BodyId, day: Date) -> Vec<&Body> {
        let mut chain: Vec<&Body> = Vec::new();
        let mut next = Some(id);
        while let Some(body) = next.and_then(|id| self.body_on(id, day).ok()) {
            if chain.iter().any(|below| below.id == body.id) {
                break;
            }
            next = body.parent;
            chain.push(body);
        }
        chain
    }

    /// What a body has become by a day, the main one first: itself while it exists.
    pub fn successors(&self, id: BodyId, day: Date) -> Vec<&Body> {
        let mut found: Vec<&Body> = Vec::new();
        let mut seen = vec![id];
        let mut open = vec![id];
        while let Some(body) = open.pop().and_then(|id| self.body(id)) {
            if body.valid_on(day) {
                found.push(body);
                continue;
            }
            for next in body.successors.iter().rev().filter(|_| body.valid_from <= day) {
                if !seen.contains(next) {
                    seen.push(*next);
                    open.push(*next);
                }
            }
        }
        found
    }

    /// The province that a command post commands on a day; none for the nation.
    pub fn province_area(&self, province: ProvinceId, day: Date) -> Option<&'a Area> {
        let post = self.posts.iter().find(|post| post.id == province)?;
        // The code is read inside the post's own days: 91 of a post of 2021 is Kiên Giang.
        let day =
            post.valid_to.and_then(|end| end.yesterday().ok()).map_or(day, |last| day.min(last)).max(post.valid_from);
        self.areas.on(post.area?, day)
    }

    /// The command post that commands a province's code on a day.
    pub fn post_of_area(&self, code: AreaCode, day: Date) -> Option<ProvinceId> {
        let valid = |post: &&CommandPost| post.valid_from <= day && post.valid_to.is_none_or(|end| day < end);
        self.posts.iter().find(|post| post.area == Some(code) && valid(post)).map(|post| post.id)
    }

    /// The area a body serves, on a day.
    pub fn area_of(&self, body: &Body, day: Date) -> Option<&'a Area> {
        self.areas.on(body.area?, day)
    }

    /// Districts inside a command post's province on a day; of the whole country for the nation.
    pub(super) fn areas_under(&self, province: ProvinceId, level: Level, day: Date) -> Vec<&'a Area> {
        if province.is_nation() {
            return self.areas.level_on(level, day).collect();
        }
        self.province_area(province, day).map_or_else(Vec::new, |area| self.areas.within(area.code, level, day))
    }
}
