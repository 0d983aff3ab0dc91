//! Letters with a part taken out: what stood there is expected missing.

use letter::Missing;

use super::expected::Expected;

/// The text without the lines that this says.
fn without(text: &str, drop: impl Fn(usize, &str) -> bool) -> String {
    let kept = text.lines().enumerate().filter(|(index, line)| !drop(*index, line.trim()));
    kept.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

fn at(text: &str, begins: &str) -> Option<usize> {
    text.lines().position(|line| line.trim().to_lowercase().starts_with(begins))
}

/// Lines of a stamp that are missing, in the order of the data.
fn missing(parts: &[Missing]) -> &'static [Missing] {
    match parts {
        [Missing::Number] => &[Missing::Number],
        [Missing::Date] => &[Missing::Date],
        [Missing::Number, Missing::Date] => &[Missing::Number, Missing::Date],
        [Missing::Number, Missing::Day] => &[Missing::Number, Missing::Day],
        _ => &[],
    }
}

/// Name, text and what is still to be read.
pub fn all(text: &str, expected: &Expected) -> Vec<(&'static str, String, Expected)> {
    let mut all = Vec::new();
    let has_number = at(text, "số:").is_some();
    let is_dated = |line: &str| line.contains(", ngày") && line.chars().count() < 60;
    let head = at(text, "kính gửi").unwrap_or(0);
    let dated = text.lines().take(head).any(is_dated);
    let headed = text.contains("CỘNG HÒA");
    // Without a letterhead a department's province is told by the place alone.
    let bare = if expected.issuer.starts_with("Sở Y tế") { "Sở Y tế" } else { expected.issuer };
    if has_number {
        let still = if dated { &[Missing::Number][..] } else { &[Missing::Number, Missing::Date] };
        let still = if expected.missing.contains(&Missing::Day) { &[Missing::Number, Missing::Day][..] } else { still };
        // The family and the issuer are told by the letterhead or the number alone.
        let issuer = if headed { expected.issuer } else { "" };
        let family = expected.family.filter(|_| headed);
        let changed = Expected { number: None, missing: missing(still), issuer, family, ..*expected };
        all.push(("number", without(text, |_, line| line.to_lowercase().starts_with("số:")), changed));
    }
    if dated {
        let still = if expected.missing.contains(&Missing::Number) {
            missing(&[Missing::Number, Missing::Date])
        } else {
            missing(&[Missing::Date])
        };
        let issuer = if headed { expected.issuer } else { bare };
        let changed = Expected { date: "", place: None, missing: still, issuer, ..*expected };
        all.push(("place and date", without(text, |index, line| index < head && is_dated(line)), changed));
    }
    if let (Some(from), Some(to)) = (at(text, "v/v"), at(text, "kính gửi")) {
        // From «V/v» to the next blank or dated line.
        let lines: Vec<&str> = text.lines().collect();
        let end = (from + 1..to).find(|index| lines[*index].trim().is_empty() || is_dated(lines[*index]));
        let end = end.unwrap_or(to);
        // A letter is known by its «V/v»; a document named there alone goes with it.
        let subject_only = expected.references.iter().filter(|(number, _)| {
            let rest = without(text, |index, _| (from..end).contains(&index));
            rest.contains(number)
        });
        let whole = subject_only.count() == expected.references.len();
        if whole {
            let changed = Expected { subject: "", kind: "", ..*expected };
            all.push(("subject", without(text, |index, _| (from..end).contains(&index)), changed));
        }
    }
    let copies = at(text, "nơi nhận").expect("copies");
    let archive = text.lines().position(|line| line.trim().trim_start_matches("- ").to_lowercase().starts_with("lưu"));
    let archive = archive.expect("an archive line");
    let changed = Expected { copies: 0, archive: "", ..*expected };
    all.push(("copies", without(text, |index, _| (copies..=archive).contains(&index)), changed));
    if expected.post.is_some() {
        let posts = [expected.post, expected.name].map(|part| part.unwrap_or("-").to_lowercase());
        let authority: Vec<String> = expected.authority.unwrap_or("-").split(" / ").map(str::to_lowercase).collect();
        let changed = Expected { authority: None, post: None, name: None, ..*expected };
        let signs = |line: &str| {
            let low = line.trim_matches(|letter: char| !letter.is_alphabetic() && letter != '/').to_lowercase();
            posts.contains(&low) || authority.contains(&low)
        };
        all.push(("signature", without(text, |_, line| signs(line)), changed));
    }
    all
}
