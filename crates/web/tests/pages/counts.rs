//! /so-ca: counts by place and day (F010), and how a figure has changed.

use axum::http::StatusCode;
use desk::rights::Role;

use crate::world::{World, at, device_key, send};

const TODAY: &str = "2026-11-22";

/// A figure is entered, corrected, and its past stays; what stands out is asked about once.
#[tokio::test]
async fn counts_are_entered_corrected_and_their_past_is_shown() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.hospital("TTYT Sao Biển");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let empty = world.get(&focal, "/so-ca").await.text();
    assert!(empty.contains("14 ngày qua chưa nơi nào báo cáo") && empty.contains("Nhập số của một nơi"), "{empty}");
    assert!(!empty.contains("TTYT Sao Biển"), "no place of others is offered");
    let place = own.id.to_string();
    let tell = |day: &'static str, told: &'static str, count: &'static str| {
        [
            ("place", place.clone()),
            ("loai", "admissions".into()),
            ("day", day.into()),
            ("told", told.into()),
            ("count", count.into()),
        ]
    };
    let fields = |told: &[(&'static str, String)]| told.to_vec();
    let press = |told: Vec<(&'static str, String)>| {
        let (world, focal) = (&world, &focal);
        async move {
            let pairs: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
            send(world, focal, "/so-ca", &pairs).await
        }
    };
    let done = press(fields(&tell("2026-11-21", "count", "12"))).await;
    assert_eq!(done.location(), "/so-ca?loai=admissions&xong=done-counts", "{}", done.text());
    world.set_time(at(3, 0));
    press(fields(&tell("2026-11-21", "fewer", "2"))).await;
    let page = world.get(&focal, "/so-ca?loai=admissions").await.text();
    assert!(page.contains("Nhập viện ngày 21/11/2026: cả 1 nơi đã báo cáo."), "{page}");
    assert!(page.contains("chưa rõ"), "days without a figure are unknown");
    let link = format!("/so-ca/lich-su?noi={place}&#38;ngay=2026-11-21&#38;loai=admissions");
    assert!(page.contains(&link) || page.contains(&link.replace("&#38;", "&amp;")), "{page}");
    let past = world.get(&focal, &link.replace("&#38;", "&")).await.text();
    assert!(past.contains("BV Hải Âu, Nhập viện ngày 21/11/2026: hiện ghi 10, đã đổi 1 lần."), "{past}");
    assert!(past.contains("02:14") && past.contains("03:00"), "{past}");

    let refused = press(fields(&tell("2026-11-21", "fewer", "11"))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("DEM-012"), "{}", refused.text());
    let words = press(fields(&tell(TODAY, "count", "NaN"))).await.text();
    assert!(words.contains("DEM-015") && words.contains("không phải số nguyên"), "{words}");
    let large = press(fields(&tell(TODAY, "count", "2.500"))).await.text();
    assert!(large.contains("DEM-014") && large.contains("name=\"sure\""), "{large}");
    let mut sure = fields(&tell(TODAY, "count", "2.500"));
    sure.push(("sure", "1".to_owned()));
    assert_eq!(press(sure).await.status, StatusCode::SEE_OTHER);

    // Others see the page by their rights; a figure of nobody is not found.
    let observer = world.somebody(Role::Observer, None);
    let seen = world.get(&observer, "/so-ca?loai=admissions").await.text();
    assert!(seen.contains("2.500") && !seen.contains("Nhập số của một nơi"), "{seen}");
    let none = world.get(&observer, "/so-ca/lich-su?noi=x&ngay=2026-11-21&loai=cases").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let key = device_key();
    let forbidden = world.post(&observer, "/so-ca", &[("csrf", observer.csrf.as_str()), ("key", key.as_str())]).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
}

/// As-of: what was known then is shown, and no form.
#[tokio::test]
async fn counts_of_the_past_are_those_known_then() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let place = own.id.to_string();
    let tell = |count: &'static str| [("place", place.clone()), ("day", "2026-11-21".into()), ("count", count.into())];
    for (hour, count) in [(3, "41"), (5, "57")] {
        world.set_time(at(hour, 0));
        let fields = tell(count);
        let pairs: Vec<(&str, &str)> =
            fields.iter().map(|(name, value): &(&str, String)| (*name, value.as_str())).collect();
        assert_eq!(send(&world, &focal, "/so-ca", &pairs).await.status, StatusCode::SEE_OTHER);
    }
    world.seal();
    let page = world.get(&focal, "/so-ca?biet=2026-11-22T04:00").await.text();
    assert!(page.contains(">41<") && !page.contains(">57<"), "{page}");
    assert!(!page.contains("action=\"/so-ca\" ") || !page.contains("name=\"count\""), "the past has no forms");
    assert!(world.get(&focal, "/so-ca").await.text().contains(">57<"));
}
