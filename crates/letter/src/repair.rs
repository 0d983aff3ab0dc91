//! What a scan misread and can be put right without guessing: letters among digits (l5/9/2O21), signs lost from the
//! words that the parts of a letter begin with («Kinh gửi», «Noi nhận»).
//!
//! A repair never changes how many letters a line has, so every place still points at what was printed.

/// Words at the head of a line and what must follow them.
const HEADS: &[(&str, &[char])] = &[("kính gửi", &[':', ' ', '\t']), ("nơi nhận", &[':', ' ']), ("số", &[':'])];

/// Most letters between a day and its month.
const NEAR: usize = 6;

/// A small letter without its marks.
fn plain(letter: char) -> char {
    match letter.to_lowercase().next().unwrap_or(letter) {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ' | 'ẫ' | 'ậ' => {
            'a'
        }
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ' | 'ợ' => {
            'o'
        }
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'đ' => 'd',
        small => small,
    }
}

/// Whether letters are these words but for their marks.
fn same(letters: &[char], words: &str) -> bool {
    letters.len() == words.chars().count()
        && letters.iter().zip(words.chars()).all(|(letter, other)| plain(*letter) == plain(other))
}

/// Whether a line may need a repair; one pass, for most lines need none.
pub(crate) fn is_suspect(letters: impl Iterator<Item = char>) -> bool {
    let digit = |letter: char| letter.is_ascii_digit();
    let misread = |letter: char| matches!(letter, 'l' | 'O');
    let mut last = ['\n'; 3];
    for (at, letter) in letters.enumerate() {
        let [third, second, first] = last;
        let number = digit(letter) && misread(first) || misread(letter) && digit(first);
        let item = at == 1 && first == 'l' && letter == '.';
        let headed = at == 0 && matches!(letter, 'K' | 'N' | 'S');
        // «ngay» and «thang» without their marks.
        let day = (third, second, first, letter) == ('n', 'g', 'a', 'y');
        let month = (third, second, first, letter) == ('h', 'a', 'n', 'g');
        if number || item || headed || day || month {
            return true;
        }
        last = [second, first, letter];
    }
    false
}

/// Puts right what can be put right in a line; `None` where nothing is wrong.
pub(crate) fn line(letters: &[char]) -> Option<Vec<char>> {
    let mut mended = digits(letters);
    if let Some(headed) = head(mended.as_deref().unwrap_or(letters)) {
        mended = Some(headed);
    }
    if let Some(dated) = date(mended.as_deref().unwrap_or(letters)) {
        mended = Some(dated);
    }
    mended
}

/// «l5», «2O21», «31O8/SYT»: l and O in a run of digits. «O2» and «O3» are gases, «l» alone is a letter but for «l.» at
/// the head of a line.
fn digits(letters: &[char]) -> Option<Vec<char>> {
    let first = letters.first() == Some(&'l')
        && letters.get(1) == Some(&'.')
        && letters.get(2) == Some(&' ')
        && letters.get(3).is_some_and(|letter| letter.is_uppercase());
    let near = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        before.is_some_and(char::is_ascii_digit) || letters.get(at + 1).is_some_and(char::is_ascii_digit)
    };
    let suspect = letters.iter().enumerate().any(|(at, letter)| matches!(letter, 'l' | 'O') && near(at));
    if !first && !suspect {
        return None;
    }
    let mut mended = letters.to_vec();
    let mut changed = first;
    if let Some(mark) = mended.first_mut().filter(|_| first) {
        *mark = '1';
    }
    let mut at = 0;
    while at < letters.len() {
        let run = letters.iter().skip(at).take_while(|letter| letter.is_alphanumeric()).count();
        let word = letters.get(at..at + run).unwrap_or_default();
        let numeric = word.iter().all(|letter| letter.is_ascii_digit() || matches!(letter, 'l' | 'O'));
        let counted = word.iter().filter(|letter| letter.is_ascii_digit()).count();
        let gas = word.len() == 2 && word.first() == Some(&'O') && matches!(word.get(1), Some('2' | '3'));
        if numeric && counted > 0 && counted < word.len() && !gas {
            for letter in mended.iter_mut().skip(at).take(run) {
                *letter = match *letter {
                    'l' => '1',
                    'O' => '0',
                    other => other,
                };
            }
            changed = true;
        }
        at += run.max(1);
    }
    changed.then_some(mended)
}

/// «Kinh gửi:», «Noi nhận:», «Sô: 12/…» at the head of a line.
fn head(letters: &[char]) -> Option<Vec<char>> {
    if !matches!(letters.first(), Some('K' | 'N' | 'S')) {
        return None;
    }
    HEADS.iter().find_map(|(words, follow)| {
        let count = words.chars().count();
        let printed = letters.get(..count)?;
        let next = letters.get(count);
        let exact = printed.iter().zip(words.chars()).all(|(letter, other)| {
            let small = letter.to_lowercase().next();
            small == Some(other)
        });
        let ends = next.is_none_or(|next| follow.contains(next));
        if exact || !ends || !same(printed, words) {
            return None;
        }
        let mut mended: Vec<char> = words.chars().collect();
        if let (Some(first), Some(printed)) = (mended.first_mut(), printed.first()) {
            *first = *printed;
        }
        mended.extend(letters.iter().skip(count));
        Some(mended)
    })
}

/// «ngay 15 thang 9 nam 2021» without its marks.
fn date(letters: &[char]) -> Option<Vec<char>> {
    let mut mended: Option<Vec<char>> = None;
    let mut at = 0;
    while let Some(step) = letters.get(at..)?.iter().position(|letter| *letter == 'n') {
        let day = at + step;
        at = day + 1;
        let word = |from: usize, words: &str| {
            letters.get(from..from + words.chars().count()).is_some_and(|printed| same(printed, words))
        };
        // Past blanks and digits, of which there is at least one.
        let number = |from: usize| {
            let run = letters.iter().skip(from).take(NEAR);
            let run: Vec<char> = run.copied().take_while(|letter| *letter == ' ' || letter.is_ascii_digit()).collect();
            run.iter().any(char::is_ascii_digit).then_some(from + run.len())
        };
        let starts = day.checked_sub(1).and_then(|before| letters.get(before)).is_none_or(|before| *before == ' ');
        if !starts || !word(day, "ngày") {
            continue;
        }
        let Some(month) = number(day + 4).filter(|month| word(*month, "tháng")) else { continue };
        let Some(year) = number(month + 5).filter(|year| word(*year, "năm")) else { continue };
        let copy = mended.get_or_insert_with(|| letters.to_vec());
        for (from, words) in [(day, "ngày"), (month, "tháng"), (year, "năm")] {
            for (letter, right) in copy.iter_mut().skip(from).zip(words.chars()) {
                *letter = right;
            }
        }
        at = year;
    }
    mended.filter(|mended| mended != letters)
}

#[cfg(test)]
mod tests {
    use super::line;

    fn mended(text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        line(&letters).unwrap_or(letters).into_iter().collect()
    }

    #[test]
    fn letters_among_digits_are_digits() {
        assert_eq!(mended("Sô: l47/PYT"), "Số: 147/PYT");
        assert_eq!(mended("trước ngày l5/9/2O21"), "trước ngày 15/9/2021");
        assert_eq!(mended("l. Kiểm kê"), "1. Kiểm kê");
    }

    #[test]
    fn gases_words_and_symbols_stay() {
        for text in ["chai O2 loại 40 l", "SpO2 từ 94", "khí O3", "lô 5", "QLCL", "12/OCOP", "xã l. a"] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn marks_lost_from_the_words_of_a_form_come_back() {
        assert_eq!(mended("Kinh gừi: Sở Y tế"), "Kính gửi: Sở Y tế");
        assert_eq!(mended("Nơi nhân:"), "Nơi nhận:");
        assert_eq!(mended("An Giang, ngay 05 thang 9 nam 2021"), "An Giang, ngày 05 tháng 9 năm 2021");
        assert_eq!(mended("So với tháng trước"), "So với tháng trước");
        assert_eq!(mended("bố trí ngay 02 xe"), "bố trí ngay 02 xe");
    }
}
