//! The imported edition of areas, between the database's rows and `place`.

use place::{Area, AreaBook, Level};
use store::register::AreaRow;

/// The book of what was imported. A row whose codes cannot be read was refused at the import.
pub(crate) fn book(rows: Vec<AreaRow>) -> AreaBook {
    AreaBook::from_rows(rows.into_iter().filter_map(area_of).collect())
}

fn area_of(row: AreaRow) -> Option<Area> {
    let code: place::AreaCode = row.code.parse().ok()?;
    Some(Area {
        level: code.level(),
        code,
        name: row.name.into(),
        parent: row.parent.and_then(|parent| parent.parse().ok()),
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        successors: row.successors.split('|').filter_map(|code| code.parse().ok()).collect(),
        lat: row.latitude,
        lon: row.longitude,
    })
}

/// The row to be stored of an area.
pub(crate) fn row_of(area: &Area) -> AreaRow {
    AreaRow {
        code: area.code.to_string(),
        valid_from: area.valid_from,
        valid_to: area.valid_to,
        name: area.name.to_string(),
        level: match area.level {
            Level::Province => "province",
            Level::District => "district",
            Level::Commune => "commune",
        }
        .to_owned(),
        parent: area.parent.map(|parent| parent.to_string()),
        successors: area.successors.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"),
        latitude: area.lat,
        longitude: area.lon,
    }
}
