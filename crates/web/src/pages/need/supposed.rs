//! What is supposed: read from the address, shown as sliders and in words.

use desk::views::oxygen_need::{Reach, Supposed};

use super::super::fields::Fields;
use super::super::words::fill;
use crate::view::{Field, Form, Input, Say};

/// A figure that can be moved: its name in the address, the key of its words, its reach, whether it is per cent.
struct Moved {
    name: &'static str,
    key: &'static str,
    reach: Reach,
    percent: bool,
    of: fn(&mut Supposed) -> &mut u32,
}

const MOVED: [Moved; 5] = [
    Moved {
        name: "nguoi",
        key: "need-moved-people",
        reach: Supposed::PEOPLE,
        percent: true,
        of: |supposed| &mut supposed.people,
    },
    Moved {
        name: "nang",
        key: "need-moved-graver",
        reach: Supposed::GRAVER,
        percent: true,
        of: |supposed| &mut supposed.graver,
    },
    Moved {
        name: "nam-vien",
        key: "need-moved-stays",
        reach: Supposed::STAYS,
        percent: true,
        of: |supposed| &mut supposed.stays,
    },
    Moved {
        name: "luu-luong",
        key: "need-moved-flow",
        reach: Supposed::FLOW,
        percent: true,
        of: |supposed| &mut supposed.flow,
    },
    Moved {
        name: "song",
        key: "need-moved-wave",
        reach: Supposed::WAVE,
        percent: false,
        of: |supposed| &mut supposed.wave,
    },
];

/// What an address supposes: a usual case by its name (`neu`), or figures. What is no figure supposes nothing.
pub(super) fn read(fields: &Fields) -> Supposed {
    let named = Supposed::usual().into_iter().find(|(name, _)| *name == fields.text("neu"));
    let mut supposed = named.map_or_else(Supposed::default, |(_, supposed)| supposed);
    for moved in &MOVED {
        if let Ok(figure) = fields.text(moved.name).parse() {
            *(moved.of)(&mut supposed) = figure;
        }
    }
    supposed.within_reach()
}

/// What is supposed, for the address of another page; empty where nothing is.
pub(super) fn query(mut supposed: Supposed) -> String {
    let mut nothing = Supposed::default();
    let figure = |moved: &Moved| {
        let (figure, usual) = (*(moved.of)(&mut supposed), *(moved.of)(&mut nothing));
        (figure != usual).then(|| format!("{}={figure}", moved.name))
    };
    let figures: Vec<String> = MOVED.iter().filter_map(figure).collect();
    if figures.is_empty() { String::new() } else { format!("?{}", figures.join("&")) }
}

/// The sliders.
pub(super) fn form(t: Say, mut supposed: Supposed, action: &str) -> Form {
    let mut form = Form::new(action, t.say("need-suppose"), "");
    form.asks = true;
    for moved in &MOVED {
        let (least, most, step) = moved.reach;
        let unit = if moved.percent { "%".to_owned() } else { t.say("need-moved-people-unit") };
        let value = (*(moved.of)(&mut supposed)).to_string();
        let slider = Input::Slider(least, most, step, unit);
        form = form.field(Field::words(moved.name, t.say(moved.key)).value(value).input(slider));
    }
    form
}

/// «số người mắc 150 %, nằm viện 120 % so với dự báo»; empty where nothing is supposed.
pub(super) fn words(t: Say, mut supposed: Supposed) -> String {
    let mut nothing = Supposed::default();
    let mut said = Vec::new();
    for moved in &MOVED {
        let (figure, usual) = (*(moved.of)(&mut supposed), *(moved.of)(&mut nothing));
        if figure != usual {
            said.push(fill(t, &format!("{}-is", moved.key), &[("figure", i64::from(figure).into())]));
        }
    }
    said.join(", ")
}
