//! The forms of the links: what is asked, how it is read, what a known link fills in.

use desk::means::Link;
use desk::record::Kept;
use oxygen::chain::{Grid, Ice, Outlets, Part, Pipe, Power, Rated, Tested, Vaporiser};
use place::FacilityId;
use quantity::{Typed, show_number};

use super::fields::Fields;
use super::means_fields::{
    Read, choice_field, day, day_field, day_value, flow, flow_fields, missing, number, number_field, words_field,
    yes_no, yes_no_field,
};
use super::report_told::read_count;
use crate::view::{Form, Say};

const GRIDS: [(&str, &str, Grid); 3] = [
    ("", "chain-grid-unknown", Grid::Unknown),
    ("on", "chain-grid-on", Grid::On),
    ("off", "chain-grid-off", Grid::Off),
];
const ICES: [(&str, &str, Ice); 3] =
    [("", "unknown", Ice::Unknown), ("dry", "chain-dry", Ice::Dry), ("iced", "chain-iced", Ice::Iced)];

/// What a form of a part is for, in one line.
pub(super) fn hints_of(t: Say, part: &str) -> String {
    t.say(&format!("chain-hint-{part}"))
}

/// The form of a kind of part with what was typed.
pub(super) fn form_of(t: Say, facility: FacilityId, part: &str, typed: &Fields, key: String) -> Form {
    let mut form = Form::new(format!("/co-so/{facility}/chuoi"), t.say("chain-save"), key).hidden("part", part);
    let number = |name: &str, label: &str, unit: &str| number_field(t, typed, name, label, unit);
    if part != "power" {
        form = form.field(words_field(t, typed, "name", &format!("chain-name-{part}")).required());
    }
    form.fields.extend(match part {
        "power" => {
            let grids = GRIDS.map(|(value, key, _)| (value.to_owned(), t.say(key)));
            vec![
                choice_field(t, typed, "grid", "chain-field-grid", grids),
                number("kva", "chain-field-kva", "kVA"),
                number("diesel", "chain-field-diesel", "L"),
                number("hourly", "chain-field-hourly", &t.say("unit-l-per-hour")),
                yes_no_field(t, typed, "carries", "chain-field-carries"),
                day_field(t, typed, "checked_on", "chain-field-checked"),
            ]
        }
        "vaporiser" => {
            let ices = ICES.map(|(value, key, _)| (value.to_owned(), t.say(key)));
            vec![
                number("count", "chain-field-count", "").required(),
                choice_field(t, typed, "ice", "chain-field-ice", ices),
            ]
        }
        "pipe" => vec![number("diameter", "chain-field-diameter", "mm")],
        "outlets" => {
            vec![
                number("installed", "chain-field-installed", "").required(),
                number("working", "chain-field-working", ""),
            ]
        }
        _ => Vec::new(),
    });
    if part != "power" {
        form.fields.extend(flow_fields(t, typed, "nameplate", "chain-field-nameplate"));
        form.fields.extend(flow_fields(t, typed, "tested", "chain-field-tested"));
        form = form.field(day_field(t, typed, "tested_on", "chain-field-tested-on"));
    }
    form = form.field(words_field(t, typed, "told_by", "means-told-by"));
    if let Some(link) = typed.some("link") {
        form = form.hidden("link", link).field(words_field(t, typed, "gone", "chain-field-gone"));
    }
    form.means = t.say("chain-save-means");
    form
}

/// What a form says.
pub(super) fn read_part(fields: &Fields) -> Read<Part> {
    Ok(match fields.text("part") {
        "power" => Part::Power(Power {
            grid: chosen(&GRIDS, fields.text("grid")),
            generator_kva: number(fields, "kva")?,
            diesel_litres: number(fields, "diesel")?,
            litres_per_hour: number(fields, "hourly")?,
            carries_oxygen: yes_no(fields, "carries"),
            checked_on: day(fields, "checked_on")?,
        }),
        "manifold" => Part::Manifold(rated(fields)?),
        "vaporiser" => Part::Vaporiser(Vaporiser {
            count: read_count(fields, "count")?.ok_or_else(|| missing("count"))?,
            each: rated(fields)?,
            ice: chosen(&ICES, fields.text("ice")),
        }),
        "pipe" => Part::Pipe(Pipe { diameter_mm: number(fields, "diameter")?, flow: rated(fields)? }),
        "outlets" => Part::Outlets(Outlets {
            installed: read_count(fields, "installed")?.ok_or_else(|| missing("installed"))?,
            working: read_count(fields, "working")?,
            flow: rated(fields)?,
        }),
        _ => return Err(missing("part")),
    })
}

fn chosen<T: Copy + Default>(known: &[(&str, &str, T)], value: &str) -> T {
    known.iter().find(|(code, ..)| *code == value).map(|(.., chosen)| *chosen).unwrap_or_default()
}

/// A test without its day is no test: nobody could say how old it is.
fn rated(fields: &Fields) -> Read<Rated> {
    let tested = match flow(fields, "tested")? {
        Some(flow) => Some(Tested { flow, on: day(fields, "tested_on")?.ok_or_else(|| missing("tested_on"))? }),
        None => None,
    };
    Ok(Rated { nameplate: flow(fields, "nameplate")?, tested })
}

/// The fields of a link as it is written down.
pub(super) fn values_of(kept: &Kept<Link>) -> Fields {
    let link = &kept.content;
    let mut fields = Fields::default();
    let mut set = |name: &str, value: String| {
        fields.0.insert(name.to_owned(), value);
    };
    let plain = |value: Option<f64>| value.map_or_else(String::new, |value| show_number(value, 1).replace(",0", ""));
    let count = |value: Option<u32>| value.map_or_else(String::new, |value| value.to_string());
    set("link", kept.id.to_string());
    set("part", link.part.code().to_owned());
    set("name", link.name.clone());
    set("told_by", link.told_by.clone().unwrap_or_default());
    let rated = match &link.part {
        Part::Power(power) => {
            set("grid", GRIDS.iter().find(|(.., grid)| *grid == power.grid).map_or("", |(code, ..)| *code).to_owned());
            set("kva", plain(power.generator_kva));
            set("diesel", plain(power.diesel_litres));
            set("hourly", plain(power.litres_per_hour));
            set("carries", power.carries_oxygen.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned());
            set("checked_on", day_value(power.checked_on));
            None
        }
        Part::Manifold(rated) => Some(rated),
        Part::Vaporiser(vaporiser) => {
            set("count", vaporiser.count.to_string());
            set("ice", ICES.iter().find(|(.., ice)| *ice == vaporiser.ice).map_or("", |(code, ..)| *code).to_owned());
            Some(&vaporiser.each)
        }
        Part::Pipe(pipe) => {
            set("diameter", plain(pipe.diameter_mm));
            Some(&pipe.flow)
        }
        Part::Outlets(outlets) => {
            set("installed", outlets.installed.to_string());
            set("working", count(outlets.working));
            Some(&outlets.flow)
        }
    };
    let mut set_flow = |name: &str, flow: Option<&Typed>| {
        if let Some(flow) = flow {
            set(name, show_number(flow.value, 1).replace(",0", ""));
            set(&format!("{name}_unit"), flow.unit.code().to_owned());
        }
    };
    if let Some(rated) = rated {
        set_flow("nameplate", rated.nameplate.as_ref());
        set_flow("tested", rated.tested.as_ref().map(|tested| &tested.flow));
        set("tested_on", day_value(rated.tested.as_ref().map(|tested| tested.on)));
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::record::RecordId;
    use quantity::{Id, Moment, Unit};

    fn kept(part: Part) -> Kept<Link> {
        let id = Id::from_bytes([3; 16]);
        let content = Link { facility: FacilityId(id), name: "Một".into(), part, told_by: None, gone: None };
        Kept { id: RecordId::new(id), version: 1, recorded_at: Moment::from_micros(0), content }
    }

    /// What a link fills into its form is what the form says again.
    #[test]
    fn a_form_says_again_what_filled_it() {
        let rated = || Rated {
            nameplate: Some(Typed::new("1.250,5", 1_250.5, Unit::LitrePerMinute)),
            tested: Some(Tested {
                flow: Typed::new("90", 90.0, Unit::NormalCubicMetrePerHour),
                on: jiff::civil::date(2026, 9, 1),
            }),
        };
        let power = Power {
            grid: Grid::Off,
            generator_kva: Some(250.0),
            diesel_litres: Some(1_200.5),
            litres_per_hour: None,
            carries_oxygen: Some(false),
            checked_on: Some(jiff::civil::date(2026, 11, 1)),
        };
        let parts = [
            Part::Power(power),
            Part::Manifold(rated()),
            Part::Vaporiser(Vaporiser { count: 2, each: rated(), ice: Ice::Iced }),
            Part::Pipe(Pipe { diameter_mm: Some(54.0), flow: Rated::default() }),
            Part::Outlets(Outlets { installed: 40, working: None, flow: rated() }),
        ];
        for part in parts {
            let again = read_part(&values_of(&kept(part.clone())));
            assert_eq!(again.ok(), Some(part));
        }
    }

    #[test]
    fn a_test_needs_its_day() {
        let mut fields = values_of(&kept(Part::Pipe(Pipe::default())));
        fields.0.insert("tested".into(), "900".into());
        assert_eq!(read_part(&fields).map_err(|unread| unread.field).err().as_deref(), Some("tested_on"));
    }
}
