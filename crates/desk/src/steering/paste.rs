//! Orders typed or pasted one a line, «Trạm Y tế xã A: kiểm tra bình oxy trước ngày 30/11/2026», read into owner, words
//! and deadline. Nothing is guessed: what cannot be read stays in the words, and the person sees both.

use jiff::civil::Date;

/// The longest owner: what stands before a colon further on is a sentence.
const LONGEST_OWNER: usize = 140;
/// The most lines that are taken at once.
pub const MOST_LINES: usize = 200;

/// One line as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// Whose it is, as written; empty where the line does not say.
    pub owner: String,
    /// The order, with the words of its deadline.
    pub text: String,
    /// The last day on which it is in time.
    pub last_day: Option<Date>,
    /// The deadline in its own words.
    pub due_words: String,
}

/// The lines of a text, without empty ones and without their numbers or dashes.
pub fn lines(text: &str) -> Vec<Pasted> {
    text.lines().map(bare).filter(|line| !line.is_empty()).take(MOST_LINES).map(line).collect()
}

/// A line without «1.», «a)», «-», «+» before it.
pub fn bare(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['-', '+', '•', '*', '–']).trim_start();
    let end = line.find(['.', ')']).filter(|end| *end <= 4);
    let numbered = end.filter(|end| {
        let mark = &line[..*end];
        let number = mark.parse::<u16>().is_ok();
        let letter = mark.chars().count() == 1 && mark.chars().all(char::is_alphabetic);
        let spaced = line[end + 1..].starts_with(char::is_whitespace);
        (number || letter) && spaced
    });
    numbered.map_or(line, |end| line[end + 1..].trim_start())
}

fn line(line: &str) -> Pasted {
    let (owner, text) = match line.split_once(':') {
        Some((owner, text)) if is_owner(owner) && !text.trim().is_empty() => (owner.trim(), text.trim()),
        _ => ("", line.trim()),
    };
    let found = deadline(text);
    Pasted {
        owner: owner.to_owned(),
        text: text.to_owned(),
        last_day: found.map(|(day, _)| day),
        due_words: found.map(|(_, words)| words.to_owned()).unwrap_or_default(),
    }
}

fn is_owner(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty()
        && words.chars().count() <= LONGEST_OWNER
        && !words.contains(". ")
        && !words.ends_with(|last: char| last.is_ascii_digit())
}

/// Words that begin a deadline, in lower case, with whether the day itself is still in time.
const WORDS: &[(&str, bool)] =
    &[("chậm nhất", true), ("hạn cuối", true), ("hạn", true), ("trước", false), ("đến hết ngày", true)];

/// The last deadline of an order: its last day, and the words that say it. «Trước ngày 30/11» is in time until the end
/// of 29/11. Without one of the words a day is no deadline («theo Công văn ngày 1/9/2026»).
fn deadline(text: &str) -> Option<(Date, &str)> {
    let mut found = None;
    for (place, _) in text.char_indices() {
        // A lower-case copy may be longer or shorter in bytes, so the words are compared where they stand.
        let Some((word, inclusive)) = WORDS.iter().find(|(word, _)| begins(&text[place..], word)) else { continue };
        let whole = text[..place].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let after = place + matched(&text[place..], word);
        let Some((day, length)) = first_day(&text[after..]).filter(|_| whole) else { continue };
        let last = if *inclusive { Some(day) } else { day.yesterday().ok() };
        if let Some(last) = last {
            found = Some((last, &text[place..after + length]));
        }
    }
    found
}

/// The bytes of the text that a word takes.
fn matched(text: &str, word: &str) -> usize {
    text.chars().take(word.chars().count()).map(char::len_utf8).sum()
}

fn begins(text: &str, word: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    word.chars().all(|wanted| letters.next() == Some(wanted))
}

/// A day at the beginning of some words, after «ngày» and blanks, and where it ends.
fn first_day(text: &str) -> Option<(Date, usize)> {
    let blanks = text.len() - text.trim_start_matches([' ', '\u{a0}', ':']).len();
    let rest = &text[blanks..];
    let (skipped, rest) = match rest.strip_prefix("ngày") {
        Some(after) => (text.len() - after.len(), after),
        None => (blanks, rest),
    };
    let more = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '/').unwrap_or(rest.len());
    let parts: Vec<i16> =
        rest[..end].trim_end_matches('/').split('/').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [day, month, year] = parts[..] else { return None };
    let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (2000..=2100).contains(&year).then_some((day, skipped + more + end))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// DT19: owner, words and deadline of a conclusion as it is typed.
    #[test]
    fn a_line_says_who_what_until_when() {
        let read = lines(
            "1. Trung tâm Y tế khu vực Cồn Phụng: kiểm tra bồn oxy, báo cáo trước ngày 30/11/2026.\n\n\
             - Các Trạm Y tế xã: rà soát bình oxy; chậm nhất 05/12/2026\n\
             + Tiếp tục theo dõi người bệnh tại nhà\nb) Sở Tài chính: hạn 1/12/2026",
        );
        assert_eq!(read.len(), 4);
        assert_eq!(read[0].owner, "Trung tâm Y tế khu vực Cồn Phụng");
        assert_eq!(read[0].last_day, Some(date(2026, 11, 29)), "«trước ngày» ends the day before");
        assert_eq!(read[0].due_words, "trước ngày 30/11/2026");
        assert_eq!((read[1].owner.as_str(), read[1].last_day), ("Các Trạm Y tế xã", Some(date(2026, 12, 5))));
        assert_eq!((read[2].owner.as_str(), read[2].last_day), ("", None));
        assert_eq!(read[3].last_day, Some(date(2026, 12, 1)));
    }

    /// DT05: what is no deadline is none, and a day that does not exist is not mended.
    #[test]
    fn a_day_without_its_word_is_no_deadline() {
        for words in [
            "Thực hiện Công văn số 12/SYT ngày 01/09/2026",
            "Xong trước ngày 30/02/2027",
            "Trực trước, trong và sau Tết",
            "Họp lúc 8:30 trước Hội nghị",
            "Hạn chế tập trung 12/12/2026",
        ] {
            assert_eq!(lines(words)[0].last_day, None, "{words}");
        }
    }

    #[test]
    fn a_number_is_no_owner() {
        let read = lines("Họp giao ban lúc 08:30 tại Sở Y tế");
        assert_eq!((read[0].owner.as_str(), read[0].text.as_str()), ("", "Họp giao ban lúc 08:30 tại Sở Y tế"));
    }

    proptest! {
        /// Whatever is pasted, no order is empty, and every word of it and of its deadline stood in the text.
        #[test]
        fn nothing_is_invented(text in "\\PC{0,80}(\n(- |1\\. )?[A-ZĐÁa-zđáếộ :.;/0-9]{0,60}(trước ngày |hạn )?[0-9]{1,2}/[0-9]{1,2}/20[0-9]{2})?\\PC{0,20}") {
            for read in lines(&text) {
                prop_assert!(!read.text.is_empty());
                for part in [&read.owner, &read.text] {
                    prop_assert!(text.contains(part.as_str()));
                }
                prop_assert!(read.text.contains(&read.due_words));
                prop_assert_eq!(read.last_day.is_some(), !read.due_words.is_empty());
            }
        }
    }
}
