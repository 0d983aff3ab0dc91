//! A text taken apart: words, numbers and signs, each with its place, and whether it has been understood.

use std::ops::Range;

use place::text::ascii_fold;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Sign(char),
}

/// One word, number or sign.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
    /// Without tones and case; a number as it stands.
    pub plain: String,
    /// Lower case as written, for the few words that only their tone tells apart.
    pub written: String,
    /// Begins with a capital.
    pub capital: bool,
    /// Already understood.
    pub used: bool,
    /// Stands right behind the one before, without a blank.
    pub joined: bool,
}

/// The tokens of a text.
#[derive(Debug)]
pub(super) struct Text<'t> {
    pub raw: &'t str,
    pub tokens: Vec<Token>,
}

fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}')
}

fn in_word(sign: char) -> bool {
    sign.is_alphanumeric() || is_mark(sign)
}

impl<'t> Text<'t> {
    pub fn of(raw: &'t str) -> Self {
        let signs: Vec<(usize, char)> = raw.char_indices().collect();
        let end_of = |index: usize| signs.get(index).map_or(raw.len(), |(at, _)| *at);
        let mut tokens: Vec<Token> = Vec::new();
        let mut index = 0;
        while let Some(&(start, sign)) = signs.get(index) {
            let first = index;
            let kind = if sign.is_ascii_digit() {
                index = number_end(&signs, index);
                Kind::Number
            } else if in_word(sign) {
                while signs.get(index).is_some_and(|(_, next)| in_word(*next)) {
                    index += 1;
                }
                Kind::Word
            } else {
                index += 1;
                if sign.is_whitespace() && sign != '\n' {
                    continue;
                }
                Kind::Sign(sign)
            };
            debug_assert!(index > first);
            let range = start..end_of(index);
            let text = &raw[range.clone()];
            let joined = tokens.last().is_some_and(|before| before.range.end == start);
            let plain = ascii_fold(text).to_lowercase().replace('³', "3").replace('₂', "2");
            tokens.push(Token {
                kind,
                plain: if kind == Kind::Word { plain } else { text.to_owned() },
                written: composed(text),
                capital: sign.is_uppercase(),
                used: false,
                joined,
                range,
            });
        }
        Self { raw, tokens }
    }

    pub fn get(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    /// The plain word at a place that nobody has understood yet; empty for anything else.
    pub fn word(&self, index: usize) -> &str {
        self.get(index).filter(|token| token.kind == Kind::Word && !token.used).map_or("", |token| &token.plain)
    }

    /// The same whether understood or not.
    pub fn any_word(&self, index: usize) -> &str {
        self.get(index).filter(|token| token.kind == Kind::Word).map_or("", |token| &token.plain)
    }

    /// Whether words follow each other from a place on.
    pub fn has(&self, index: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.word(index + offset) == *word)
    }

    pub fn sign(&self, index: usize) -> Option<char> {
        match self.get(index)?.kind {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    /// A number that nobody has understood yet.
    pub fn number(&self, index: usize) -> Option<&str> {
        self.get(index).filter(|token| token.kind == Kind::Number && !token.used).map(|token| token.plain.as_str())
    }

    /// A whole number of at most six digits.
    pub fn whole(&self, index: usize) -> Option<u32> {
        whole(self.number(index)?)
    }

    pub fn use_up(&mut self, range: Range<usize>) {
        for token in self.tokens.iter_mut().take(range.end).skip(range.start) {
            token.used = true;
        }
    }

    /// From the beginning of one token to the end of another.
    pub fn place(&self, first: usize, last: usize) -> Range<usize> {
        let start = self.get(first).map_or(0, |token| token.range.start);
        start..self.get(last).map_or(start, |token| token.range.end)
    }

    /// Whether a clause ends here.
    pub fn is_break(&self, index: usize) -> bool {
        matches!(self.sign(index), None | Some(',' | ';' | '\n' | '.' | '|' | '+')) && self.sign(index).is_some()
    }
}

/// `1.234,5`: digits, with points and commas that stand between digits.
fn number_end(signs: &[(usize, char)], mut index: usize) -> usize {
    loop {
        while signs.get(index).is_some_and(|(_, next)| next.is_ascii_digit()) {
            index += 1;
        }
        let mark = signs.get(index).is_some_and(|(_, next)| matches!(next, '.' | ','));
        if mark && signs.get(index + 1).is_some_and(|(_, next)| next.is_ascii_digit()) {
            index += 1;
        } else {
            return index;
        }
    }
}

/// Lower case and composed: «chờ» however it was typed. Only the marks of Vietnamese are composed.
fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect::<String>().to_lowercase()
}

/// A whole number of at most six digits; `1.200` is twelve hundred, as a count never has decimals.
pub(super) fn whole(text: &str) -> Option<u32> {
    let groups: Vec<&str> = text.split('.').collect();
    let grouped = groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3);
    let digits: String = if grouped { groups.concat() } else { text.to_owned() };
    let fits = digits.len() <= 6 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}
