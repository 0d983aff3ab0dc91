//! Patients by device and people who wait: «12 HFNC, 3 thở máy», «chờ giường 4».

use super::words::{Kind, Text};
use super::{Aside, AsideKind, Figure, Question, Reading, Said};
use crate::Device;

/// What a count is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whom {
    On(Device),
    Waiting,
    /// Patients, without the device.
    Somebody,
    /// Machines, staff, beds: counted, but not what is asked.
    Other,
}

/// Longer words first.
const WORDS: &[(&[&str], Whom)] = &[
    (&["tho", "may", "khong", "xam", "nhap"], Whom::On(Device::Niv)),
    (&["tho", "may", "khong", "xam", "lan"], Whom::On(Device::Niv)),
    (&["tho", "may", "xam", "nhap"], Whom::On(Device::Invasive)),
    (&["tho", "may", "xam", "lan"], Whom::On(Device::Invasive)),
    (&["tho", "oxy", "dong", "cao"], Whom::On(Device::Hfnc)),
    (&["tho", "oxy", "mat", "na"], Whom::On(Device::Mask)),
    (&["tho", "oxy", "mask"], Whom::On(Device::Mask)),
    (&["tho", "oxy", "kinh"], Whom::On(Device::Mask)),
    (&["oxy", "gong", "kinh"], Whom::On(Device::Mask)),
    (&["tho", "o", "xy"], Whom::On(Device::Mask)),
    (&["oxy", "dong", "cao"], Whom::On(Device::Hfnc)),
    (&["tho", "dong", "cao"], Whom::On(Device::Hfnc)),
    (&["dong", "cao"], Whom::On(Device::Hfnc)),
    (&["tho", "oxy"], Whom::On(Device::Mask)),
    (&["tho", "may"], Whom::On(Device::Invasive)),
    (&["oxy", "kinh"], Whom::On(Device::Mask)),
    (&["gong", "kinh"], Whom::On(Device::Mask)),
    (&["kinh", "mui"], Whom::On(Device::Mask)),
    (&["mat", "na"], Whom::On(Device::Mask)),
    (&["xam", "nhap"], Whom::On(Device::Invasive)),
    (&["xam", "lan"], Whom::On(Device::Invasive)),
    (&["hfnc"], Whom::On(Device::Hfnc)),
    (&["hfno"], Whom::On(Device::Hfnc)),
    (&["mask"], Whom::On(Device::Mask)),
    (&["canula"], Whom::On(Device::Mask)),
    (&["cannula"], Whom::On(Device::Mask)),
    (&["niv"], Whom::On(Device::Niv)),
    (&["cpap"], Whom::On(Device::Niv)),
    (&["bipap"], Whom::On(Device::Niv)),
    (&["ecmo"], Whom::On(Device::Ecmo)),
    (&["chua", "co", "giuong"], Whom::Waiting),
    (&["cho", "giuong"], Whom::Waiting),
    (&["cho", "oxy"], Whom::Waiting),
    (&["cho", "o", "xy"], Whom::Waiting),
    (&["cho", "chuyen", "vien"], Whom::Waiting),
    (&["cho", "chuyen", "tuyen"], Whom::Waiting),
    (&["cho", "nhap", "vien"], Whom::Waiting),
    (&["thieu", "oxy"], Whom::Waiting),
    (&["cho", "chuyen"], Whom::Waiting),
    (&["may", "tho"], Whom::Other),
    (&["may", "hfnc"], Whom::Other),
    (&["may", "tao", "oxy"], Whom::Other),
    (&["nhan", "vien"], Whom::Other),
    (&["bac", "si"], Whom::Other),
    (&["dieu", "duong"], Whom::Other),
    (&["giuong"], Whom::Other),
    (&["benh", "nhan"], Whom::Somebody),
    (&["nguoi", "benh"], Whom::Somebody),
    (&["bn"], Whom::Somebody),
    (&["f0"], Whom::Somebody),
    (&["ca"], Whom::Somebody),
    (&["nguoi"], Whom::Somebody),
];

/// Stands between a count and what is counted.
const FILLERS: [&str; 22] = [
    "ca", "bn", "benh", "nhan", "nguoi", "f0", "dang", "la", "co", "truong", "hop", "tong", "so", "hien", "con", "can",
    "phai", "chay", "va", "gom", "dung", "cung",
];

/// One mention: where it stands and what of.
struct Mention {
    first: usize,
    last: usize,
    whom: Whom,
}

/// Finds patients and people who wait.
pub(super) fn people(text: &mut Text<'_>, reading: &mut Reading) {
    let mut found = Vec::new();
    let mut index = 0;
    while index < text.tokens.len() {
        match mention_at(text, index) {
            Some(mention) => {
                index = mention.last + 1;
                found.push(mention);
            }
            None => index += 1,
        }
    }
    // Who breathes through what comes before people without a device: «12 ca HFNC» is one count.
    for plain in [false, true] {
        for mention in found.iter().filter(|mention| (mention.whom == Whom::Somebody) == plain) {
            bind(text, mention, reading);
        }
    }
    nobody_waits(text, reading);
}

fn mention_at(text: &Text<'_>, at: usize) -> Option<Mention> {
    let (words, whom) = WORDS.iter().find(|(words, _)| text.has(at, words))?;
    // «cho oxy» without its tone may be «cho»: to give.
    let waits = words.first() == Some(&"cho");
    if waits
        && !text.get(at).is_some_and(|token| token.written == "chờ" || (token.written == "cho" && words[1] != "oxy"))
    {
        return None;
    }
    // «cho chuyển»: to let go. Without its tone only a bed is waited for.
    if waits && text.get(at).is_some_and(|token| token.written == "cho") && words[1] != "giuong" {
        return None;
    }
    Some(Mention { first: at, last: at + words.len() - 1, whom: *whom })
}

fn bind(text: &mut Text<'_>, mention: &Mention, reading: &mut Reading) {
    let left = left_of(text, mention.first);
    let right = right_of(text, mention.last);
    let pointed = matches!(text.sign(mention.last + 1), Some(':' | '='));
    let number = match (left, right) {
        (_, Some(right)) if pointed => right,
        (Some(left), _) => left,
        (None, Some(right)) if mention.whom != Whom::Somebody => right,
        _ => return,
    };
    let Some(count) = text.whole(number) else { return };
    let (from, to) = (number.min(mention.first), number.max(mention.last));
    let place = text.place(from, to);
    text.use_up(from..to + 1);
    let said = match mention.whom {
        Whom::On(device) => Said::Patients { device, count },
        Whom::Waiting => Said::Waiting { count },
        Whom::Somebody => {
            reading.questions.push(Question::WhichDevice { place });
            return;
        }
        Whom::Other => {
            reading.asides.push(Aside { kind: AsideKind::Other, place });
            return;
        }
    };
    let about = super::stores::is_about(text, from);
    reading.figures.push(Figure { said, place, about });
}

/// The count before a mention, over words like «ca» and «bệnh nhân».
fn left_of(text: &Text<'_>, first: usize) -> Option<usize> {
    let mut at = first.checked_sub(1)?;
    for _ in 0..4 {
        let token = text.get(at)?;
        match token.kind {
            Kind::Number => return (!token.used && text.whole(at).is_some()).then_some(at),
            Kind::Word if FILLERS.contains(&token.plain.as_str()) && !token.used => at = at.checked_sub(1)?,
            _ => return None,
        }
    }
    None
}

/// The count after a mention, when it is no other figure with a unit of its own.
fn right_of(text: &Text<'_>, last: usize) -> Option<usize> {
    let mut at = last + 1;
    for _ in 0..4 {
        let token = text.get(at)?;
        match token.kind {
            Kind::Number => {
                let free = !token.used && text.whole(at).is_some();
                return (free && !super::stores::has_unit(text, at + 1)).then_some(at);
            }
            Kind::Sign(':' | '=' | '-' | '(') => at += 1,
            Kind::Word if FILLERS.contains(&token.plain.as_str()) && !token.used => at += 1,
            _ => return None,
        }
    }
    None
}

/// «không có ai chờ», «không ai chờ giường»: a zero that somebody has said.
fn nobody_waits(text: &mut Text<'_>, reading: &mut Reading) {
    let waits = |at: usize| text.get(at).is_some_and(|token| token.written == "chờ" || token.written == "cho");
    let ways: [&[&str]; 5] = [
        &["khong", "co", "ai"],
        &["khong", "ai"],
        &["khong", "co", "bn"],
        &["khong", "co", "benh", "nhan"],
        &["khong", "con", "ai"],
    ];
    let found = (0..text.tokens.len()).find_map(|at| {
        let way = ways.iter().find(|way| text.has(at, way) && waits(at + way.len()))?;
        Some((at, at + way.len()))
    });
    if let Some((first, mut last)) = found {
        if matches!(text.word(last + 1), "giuong" | "oxy" | "chuyen") {
            last += 1;
        }
        let place = text.place(first, last);
        text.use_up(first..last + 1);
        reading.figures.push(Figure { said: Said::Waiting { count: 0 }, place, about: false });
    }
}
