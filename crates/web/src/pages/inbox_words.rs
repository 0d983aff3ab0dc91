//! How a reading of a message is worded: its text with marks, its questions, what is no reading.

use desk::operations::inbox::InboxMessage;
use oxygen::message::{AsideKind, Place, Question, Reading, Said};
use place::FacilityId;

use super::words::fill;
use crate::view::{Asked, InboxPiece as Piece, Mark, Say};

/// The text in pieces: what was understood, what is asked about, the rest. A question wins over a mark.
pub(super) fn pieces(text: &str, reading: &Reading) -> Vec<Piece> {
    let mut marks: Vec<(Place, Mark)> = Vec::new();
    for question in &reading.questions {
        marks.extend(question.place().cloned().map(|place| (place, Mark::Asked)));
        if let Question::Contradiction { second, .. } = question {
            marks.push((second.clone(), Mark::Asked));
        }
        if let Question::SeveralFacilities { facilities } = question {
            marks.extend(facilities.iter().map(|found| (found.place.clone(), Mark::Asked)));
        }
    }
    let understood = reading.figures.iter().map(|figure| &figure.place);
    let whole = [reading.facility.as_ref().map(|found| &found.place), reading.at.as_ref().map(|found| &found.place)];
    let by = reading.told_by.as_ref().map(|found| &found.place);
    let all = understood.chain(whole.into_iter().flatten()).chain(by);
    marks.extend(all.map(|place| (place.clone(), Mark::Understood)));
    marks.retain(|(place, _)| place.start < place.end && text.get(place.clone()).is_some());
    marks.sort_by_key(|(place, mark)| (place.start, *mark != Mark::Asked));
    let mut pieces = Vec::new();
    let mut done = 0;
    for (place, mark) in marks {
        if place.start < done {
            continue;
        }
        push(&mut pieces, &text[done..place.start], Mark::None);
        push(&mut pieces, &text[place.clone()], mark);
        done = place.end;
    }
    push(&mut pieces, &text[done..], Mark::None);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, mark: Mark) {
    if !text.is_empty() {
        pieces.push(Piece { text: text.to_owned(), mark });
    }
}

fn quoted(text: &str, place: Option<&Place>) -> String {
    let words = place.and_then(|place| text.get(place.clone())).unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect()
}

/// Key of a question's words.
pub(super) fn question_key(question: &Question) -> &'static str {
    match question {
        Question::NoFacility => "inbox-ask-no-facility",
        Question::UnknownFacility { .. } => "inbox-ask-unknown-facility",
        Question::WhichFacility { .. } => "inbox-ask-which-facility",
        Question::SeveralFacilities { .. } => "inbox-ask-several-facilities",
        Question::NoUnit { .. } => "inbox-ask-no-unit",
        Question::TwoNumbers { .. } => "inbox-ask-two-numbers",
        Question::LiquidOrGas { .. } => "inbox-ask-liquid-or-gas",
        Question::WhichVessel { .. } => "inbox-ask-which-vessel",
        Question::NotOfThisVessel { .. } => "inbox-ask-not-of-this-vessel",
        Question::LevelOrSize { .. } => "inbox-ask-level-or-size",
        Question::Contradiction { .. } => "inbox-ask-contradiction",
        Question::FullOrEmpty { .. } => "inbox-ask-full-or-empty",
        Question::WhichDevice { .. } => "inbox-ask-which-device",
        Question::UsedInWhatTime { .. } => "inbox-ask-used-in-what-time",
        Question::WhatHour { .. } => "inbox-ask-what-hour",
        Question::LaterThanNow { .. } => "inbox-ask-later-than-now",
        Question::SaysEmpty { .. } => "inbox-ask-says-empty",
        Question::TooLong => "inbox-ask-too-long",
        Question::NoFigure => "inbox-ask-no-figure",
    }
}

/// The questions with the words they are about.
pub(super) fn questions(t: Say, content: &InboxMessage, facilities: &[(FacilityId, String)]) -> Vec<Asked> {
    let name = |id: &FacilityId| {
        facilities.iter().find(|(known, _)| known == id).map_or_else(String::new, |(_, name)| name.clone())
    };
    let one = |question: &Question| {
        let quote = match question {
            Question::Contradiction { first, second } => {
                format!("{} / {}", quoted(&content.text, Some(first)), quoted(&content.text, Some(second)))
            }
            Question::SeveralFacilities { facilities } => {
                let names: Vec<String> = facilities.iter().map(|found| name(&found.value)).collect();
                names.join(" / ")
            }
            Question::WhichFacility { facilities, .. } => facilities.iter().map(name).collect::<Vec<_>>().join(" / "),
            other => quoted(&content.text, other.place()),
        };
        Asked { quote, sentence: t.say(question_key(question)) }
    };
    content.proposal.questions.iter().map(one).collect()
}

/// What was understood but is no reading, and use per day, which the gauge is asked about instead.
pub(super) fn asides(t: Say, content: &InboxMessage) -> Vec<String> {
    let of_kind = |kind: AsideKind| match kind {
        AsideKind::Phone => "inbox-aside-phone",
        AsideKind::Delivery => "inbox-aside-delivery",
        AsideKind::Need => "inbox-aside-need",
        AsideKind::Size => "inbox-aside-size",
        AsideKind::Lasting => "inbox-aside-lasting",
        AsideKind::Other => "inbox-aside-other",
    };
    let line = |key: &str, place: &Place| fill(t, key, &[("words", quoted(&content.text, Some(place)).into())]);
    let used = content.proposal.figures.iter().filter(|figure| matches!(figure.said, Said::UsedPerDay { .. }));
    used.map(|figure| line("inbox-aside-used", &figure.place))
        .chain(content.proposal.asides.iter().map(|aside| line(of_kind(aside.kind), &aside.place)))
        .collect()
}

/// Use per day as it was said: kept in the note of the report.
pub(super) fn note(content: &InboxMessage) -> String {
    let used = content.proposal.figures.iter().filter(|figure| matches!(figure.said, Said::UsedPerDay { .. }));
    used.map(|figure| quoted(&content.text, Some(&figure.place))).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxygen::Device;
    use oxygen::message::{Figure, Found};
    use proptest::prelude::*;

    #[test]
    fn a_text_comes_back_whole_with_its_marks() {
        let text = "HA: 12 HFNC còn 45";
        let figure = Figure { said: Said::Patients { device: Device::Hfnc, count: 12 }, place: 4..11, about: false };
        let reading = Reading {
            figures: vec![figure],
            questions: vec![Question::NoUnit { place: 17..19 }],
            told_by: Some(Found { value: "x".into(), place: 400..410 }),
            ..Reading::default()
        };
        let pieces = pieces(text, &reading);
        assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
        assert_eq!(pieces[1], Piece { text: "12 HFNC".into(), mark: Mark::Understood });
        assert_eq!(pieces[3].mark, Mark::Asked);
    }

    proptest! {
        #[test]
        fn marks_never_lose_a_letter(text in "[aồ 1]{0,20}", start in 0_usize..30, end in 0_usize..30) {
            let reading = Reading { questions: vec![Question::NoUnit { place: start..end }], ..Reading::default() };
            let together: String = pieces(&text, &reading).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(together, text);
        }
    }
}
