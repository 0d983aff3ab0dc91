//! Looking back: every page at a moment of the past, and what it shows of it.

use axum::http::{StatusCode, header};

use crate::routes::Cast;
use crate::routes_table::{Row, rows};
use crate::world::{Answer, World, at, device_key};

/// When the world of these tests was made, as an address names it.
const THEN: &str = "2026-11-22T02:14";

/// Pages that keep no past and say so.
pub const WITHOUT: &[&str] = &[
    "/thiet-lap",
    "/dang-nhap",
    "/ma-pin",
    "/dien-thoai",
    "/nhap",
    "/tuong",
    "/tuong/bang",
    "/nguoi-dung",
    "/nguoi-dung/ma",
    "/giao/{id}",
    "/co-so/{id}/bao-cao",
    "/bao-cao/{id}/dinh-chinh",
    "/chi-dao/vu-viec",
    "/chi-dao/vu-viec/{id}",
    "/ban-tin",
    "/ban-tin/{id}",
    "/ban-tin/{id}/docx",
    "/cong-bo",
    "/cong-bo/{id}",
    "/cong-bo/{id}/docx",
    "/chi-dao/van-ban-di",
    "/chi-dao/bao-cao/{id}/sua",
];

/// The address of a page as it was known then.
pub fn of_then(path: &str, then: &str) -> String {
    format!("{path}{}biet={then}", if path.contains('?') { '&' } else { '?' })
}

pub fn is_page(answer: &Answer) -> bool {
    answer.header(header::CONTENT_TYPE).starts_with("text/html")
}

/// The attributes of every tag of a name.
fn tags<'p>(html: &'p str, name: &str) -> Vec<&'p str> {
    html.split(&format!("<{name} ")).skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

fn stands_still(path: &str, html: &str) {
    for form in tags(html, "form").iter().filter(|form| form.contains("method=\"post\"")) {
        let harmless = ["action=\"/ngon-ngu\"", "action=\"/dang-xuat\""].iter().any(|action| form.contains(action));
        assert!(harmless, "{path}: a form of the past: {form}");
    }
    assert!(!html.contains(" hx-"), "{path}: asks by itself");
    for link in tags(html, "a").iter().filter(|link| link.contains("href=\"/") && !link.contains("data-leaves-past")) {
        assert!(link.contains("biet=2026-11-22T02%3A14"), "{path}: leads to the present: {link}");
    }
}

impl Cast {
    async fn then(&self, row: &Row) -> Answer {
        self.world.get((row.right)(self), &of_then(&self.concrete(row.path), THEN)).await
    }
}

/// Issue 3, 9: as-of on every page. A page of the past says so, keeps its moment and writes nothing.
#[tokio::test]
async fn every_page_has_its_past_or_says_that_it_has_none() {
    let cast = Cast::new().await;
    cast.world.seal();
    let mut shown = 0;
    for row in rows().iter().filter(|row| row.method == "GET") {
        let (path, answer) = (row.path, cast.then(row).await);
        if WITHOUT.contains(&path) {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            let html = answer.text();
            assert!(html.contains("PST-004") && html.contains("Về hiện tại"), "{path}");
            stands_still(path, &html);
            continue;
        }
        assert_eq!(answer.status.as_u16(), row.gets, "{path}: {}", answer.text());
        if path == "/oxy/bang" || !is_page(&answer) {
            continue;
        }
        let html = answer.text();
        assert!(html.contains("id=\"past\"") && html.contains("02:14 ngày 22/11/2026"), "{path}: no band");
        assert!(html.contains("data-leaves-past>Về hiện tại</a>"), "{path}: no way back");
        stands_still(path, &html);
        shown += 1;
    }
    assert!(shown > 35, "only {shown} pages were looked at");
}

/// A page without the elements of a name whose tag says something.
fn without(html: &str, name: &str, says: impl Fn(&str) -> bool) -> String {
    let (open, close) = (format!("<{name} "), format!("</{name}>"));
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(&open) {
        kept.push_str(before);
        let tag = after.split('>').next().unwrap_or_default();
        rest = if says(tag) {
            after.split_once(&close).map_or("", |(_, after)| after)
        } else {
            kept.push_str(&open);
            after
        };
    }
    kept.push_str(rest);
    kept
}

/// The cells, sentences and terms of a page, without its forms and the links to forms.
pub fn said(html: &str) -> Vec<String> {
    let main = html.split("<main").nth(1).unwrap_or_default();
    let to_a_form = |tag: &str| tag.contains("/dinh-chinh\"") || tag.contains("/bao-cao\"") && tag.contains("/co-so/");
    let without = without(&without(main, "form", |_| true), "a", to_a_form);
    let text = |inside: &str| {
        let mut text = String::new();
        for part in inside.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    ["td", "dd", "h1", "li"]
        .iter()
        .flat_map(|tag| {
            let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
            without
                .split(&open)
                .skip(1)
                .filter(|rest| rest.starts_with(['>', ' ']))
                .filter_map(|rest| Some(text(rest.split_once('>')?.1.split(&close).next()?)))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// What is known now is what is known as of now, on every page.
#[tokio::test]
async fn as_of_now_a_page_says_what_it_says_now() {
    let cast = Cast::new().await;
    cast.world.seal();
    for row in rows().iter().filter(|row| row.method == "GET" && row.gets == 200 && !WITHOUT.contains(&row.path)) {
        let now = cast.world.get((row.right)(&cast), &cast.concrete(row.path)).await;
        if is_page(&now) {
            assert_eq!(said(&cast.then(row).await.text()), said(&now.text()), "{}", row.path);
        }
    }
}

/// A moment that is still to come, one before the founding and one that cannot be read are told in plain words;
/// nothing is written into the past.
#[tokio::test]
async fn moments_that_cannot_be_looked_at_are_told_plainly() {
    let cast = Cast::new().await;
    for (asked, code) in [
        ("2026-11-23T02:14", "PST-001"),
        ("2025-12-31T23:59", "PST-002"),
        ("h%C3%B4m-qua", "PST-003"),
        ("2026-02-30T00:00", "PST-003"),
    ] {
        for path in ["/oxy", "/cung-ung/hop-dong", "/oxy/truc"] {
            let answer = cast.world.get(&cast.duty, &of_then(path, asked)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {asked}");
            let html = answer.text();
            assert!(html.contains(code), "{path} {asked}: {html}");
            assert!(html.contains(&format!("href=\"{path}\">Về hiện tại")), "{path} {asked}: no way back");
        }
    }
    let key = device_key();
    let fields = [("csrf", cast.duty.csrf.as_str()), ("key", &key), ("kind", "daily")];
    let answer = cast.world.post(&cast.duty, &of_then("/chi-dao/bao-cao/soan", THEN), &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("PST-005"));
}

/// Nobody sees in the past what he may not see today, and nobody without a session sees anything.
#[tokio::test]
async fn rights_are_of_today() {
    let cast = Cast::new().await;
    cast.world.seal();
    for row in rows().iter().filter(|row| row.method == "GET" && !WITHOUT.contains(&row.path)) {
        let path = of_then(&cast.concrete(row.path), THEN);
        if let Some(wrong) = row.wrong_role {
            assert_eq!(cast.world.get(wrong(&cast), &path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        if let Some(outside) = row.outside {
            assert_eq!(cast.world.get(outside(&cast), &path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

/// A file of the past says so in its name.
#[tokio::test]
async fn a_sheet_of_the_past_names_its_moment() {
    let world = World::new();
    let observer = world.somebody(desk::rights::Role::Observer, None);
    world.set_time(at(8, 0));
    world.seal();
    let answer = world.get(&observer, &of_then("/xuat/oxy", THEN)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let named = answer.header(header::CONTENT_DISPOSITION);
    assert!(named.contains("-xem-lai-20261122-0214.xlsx"), "{named}");
}
