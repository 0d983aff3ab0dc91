//! Every page as it stands, and what must hold for any of them.

use std::collections::BTreeSet;
use std::path::Path;

use askama::Template;
use insta::assert_snapshot;
use locale::Locale;

use super::samples;
use super::{BoardFragment, Left, Say, Tone};

const VI: Say = Say(Locale::Vietnamese);
const EN: Say = Say(Locale::English);

/// The page without the hashes of its assets, which would change every snapshot with every style.
fn page(template: &impl Template) -> String {
    let mut html = template.render().unwrap();
    for (url, ..) in crate::assets::all() {
        html = html.replace(url, url.rsplit('/').next().unwrap());
    }
    html
}

fn every_page(t: Say) -> Vec<(&'static str, String)> {
    vec![
        ("oxygen", page(&samples::oxygen(t, 6))),
        ("oxygen_past", page(&samples::oxygen_past())),
        ("oxygen_empty", page(&samples::oxygen_empty())),
        ("facility", page(&samples::facility(t))),
        ("report", page(&samples::form(t))),
        ("report_refused", page(&samples::form_refused(t))),
        ("receipt", page(&samples::receipt(t))),
        ("correction", page(&samples::correction(t))),
        ("sign_in", page(&samples::sign_in(t))),
        ("sign_in_refused", page(&samples::sign_in_refused(t))),
        ("setup", page(&samples::setup(t))),
        ("problem_403", page(&samples::problem(t, 403))),
        ("problem_500", page(&samples::problem(t, 500))),
        ("audit", page(&samples::audit(t))),
        ("norms", page(&samples::norms(t))),
        ("users", page(&samples::users(t))),
        ("plain", page(&samples::plain(t))),
    ]
}

#[test]
fn every_page_in_vietnamese() {
    for (name, html) in every_page(VI) {
        assert_snapshot!(name, html);
    }
}

#[test]
fn the_live_part_alone() {
    assert_snapshot!(
        "board",
        page(&BoardFragment { t: VI, board: samples::board(4), clock: samples::shell(VI, "/oxy").clock })
    );
}

/// What comes over the wire every few seconds is what the page showed first.
#[test]
fn the_live_part_is_the_part_of_the_page() {
    let whole = page(&samples::oxygen(VI, 6));
    let part = page(&BoardFragment { t: VI, board: samples::board(6), clock: None });
    assert!(whole.contains(part.trim()));
}

/// Every key in a template is known in both languages, so that no key is ever read by a person.
#[test]
fn every_word_of_the_templates_is_known() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut keys = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for call in ["t.say(\"", "t.one(\"", "t.two(\""] {
            keys.extend(text.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    assert!(keys.len() > 100, "the search for keys found only {}", keys.len());
    for key in keys {
        for locale in [Locale::Vietnamese, Locale::English] {
            assert!(locale::knows(locale, &key), "{key} has no text in {}", locale.tag());
        }
    }
}

#[test]
fn every_asset_of_the_templates_is_carried() {
    let html = samples::oxygen(VI, 1).render().unwrap();
    for attribute in ["href=\"\"", "src=\"\""] {
        assert!(!html.contains(attribute), "an asset has no address");
    }
}

/// `default-src 'self'`: nothing inline, nothing from elsewhere.
#[test]
fn no_page_breaks_the_content_policy() {
    for (name, html) in every_page(EN) {
        for forbidden in [" style=", "<style", " onclick", "javascript:", "src=\"http", "href=\"http", "hx-on"] {
            assert!(!html.contains(forbidden), "{name} holds {forbidden}");
        }
        for script in html.split("<script").skip(1) {
            assert!(script.contains("></script>"), "{name} has words inside a script");
        }
    }
}

/// One id, one element: labels and live cells are found by it.
#[test]
fn ids_are_unique_and_labels_have_their_field() {
    for (name, html) in every_page(VI) {
        let mut ids = BTreeSet::new();
        for id in html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.insert(id), "{name}: {id} twice");
        }
        for field in html.split(" for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(field), "{name}: a label for {field}, which is not there");
        }
    }
}

/// Every form that writes carries the token, and the key where a second press must not count.
#[test]
fn every_post_carries_its_token() {
    for (name, html) in every_page(VI) {
        for form in html.split("<form").skip(1).filter(|form| form.contains("method=\"post\"")) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("name=\"csrf\""), "{name}: a form without its token");
            assert!(!form.contains("data-once") || form.contains("name=\"key\""), "{name}: a form without its key");
        }
    }
}

/// Names come from people and files: a name may not become markup.
#[test]
fn names_are_text_and_never_markup() {
    let mut sample = samples::oxygen(VI, 1);
    sample.board.rows[0].name = "<img src=x onerror=alert(1)>".into();
    sample.board.rows[0].copy.0 = "\" autofocus onfocus=\"alert(1)".into();
    let html = sample.render().unwrap();
    assert!(!html.contains("<img") && !html.contains("\" autofocus onfocus=\""));
}

/// Unknown is «chưa rõ», never 0 or a dash; zero is said as what it is.
#[test]
fn unknown_and_zero_are_said_in_words() {
    let mut sample = samples::oxygen(VI, 1);
    sample.board.rows[0].usable = super::Figure::default();
    sample.board.rows[0].left = Left::Out { since: "01:50".into() };
    let html = sample.render().unwrap();
    assert!(html.contains(
        r#"<td class="number" id="usable-f0" data-live><span class="figure plain"><span class="unknown">chưa rõ</span>"#
    ));
    assert!(html.contains(r#"<b class="value">đã hết</b> <span class="told">từ 01:50</span>"#));
}

/// A colour never stands alone: the sign and the word are in the row.
#[test]
fn a_colour_has_a_sign_and_a_word() {
    let html = samples::oxygen(VI, 3).render().unwrap();
    assert_eq!(html.matches(r#"<tr id="row-f"#).count(), 3);
    assert_eq!(html.matches(r#"<span class="hidden-words"> hết trước khi xe đến</span>"#).count(), 3);
    assert!(!Tone::Plain.has_sign() && Tone::Danger.has_sign());
}

/// The phone shows the worst three with one call button each (screens at 390 px).
#[test]
fn a_phone_shows_three_cards_with_one_call_each() {
    let html = samples::oxygen(VI, 31).render().unwrap();
    let cards = html.split("<ol class=\"cards").nth(1).unwrap().split("</ol>").next().unwrap();
    assert_eq!(cards.matches("<li").count(), 3);
    assert_eq!(cards.matches("href=\"tel:").count(), 3);
    assert!(html.contains("28 cơ sở còn lại"));
}

/// A refused form keeps what was typed and its key, and marks the field (OX07).
#[test]
fn a_refusal_keeps_what_was_typed() {
    let html = samples::form_refused(VI).render().unwrap();
    assert!(html.contains(r#"value="3100""#) && html.contains("aria-invalid"));
    assert!(!html.contains("data-key"), "the script would change the key of a refused form");
    let sentence = html.find("không thể đúng").unwrap();
    assert!(html.find("OXY-014").unwrap() > sentence, "the code stands after the sentence");
}

/// 1,500 facilities are one page that a tablet still opens.
#[test]
fn fifteen_hundred_facilities_stay_small() {
    let html = samples::oxygen(VI, 1_500).render().unwrap();
    assert!(html.len() < 5_000_000, "{} bytes", html.len());
    assert_eq!(html.matches("<tr id=").count(), 1_500);
}
