//! What is refused, with which code, and that it is never a fault of the program.

use axum::body::Body;
use axum::http::Request;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use quantity::Span;
use serde_json::{Map, Value, json};

use crate::world::{World, on_both_engines, written};

fn refused(world: &World, body: &Value) -> (u16, String) {
    world.post(&world.officer, &world.near.reports(), &world.key(), body).refusal()
}

fn level(world: &World, value: &str, unit: Value) -> Value {
    json!({ "levels": [{ "store": world.near.kilograms, "value": value, "unit": unit }] })
}

/// AC: inside the scope without the right, one is told who has it.
#[test]
fn who_lacks_the_right_is_told_who_has_it() {
    on_both_engines(|world| {
        let got = world.get(&world.administrator, "/api/v1/oxygen/running-out");
        assert_eq!(got.refusal(), (403, "DSK-002".into()));
        assert_eq!(got.json()["who_may"], json!(["trực điều hành", "cán bộ đầu mối", "lãnh đạo", "quan sát"]));
        let got = world.post(&world.observer, &world.near.reports(), &world.key(), &world.near.report("41,5"));
        assert_eq!(got.refusal(), (403, "DSK-002".into()));
        assert_eq!(got.json()["who_may"], json!(["trực điều hành", "cán bộ đầu mối", "cảm biến bồn"]));
        assert_eq!(world.get(&world.officer, "/api/v1/reports/oxygen?day=2026-11-22").refusal().0, 403);
    });
}

/// AC: outside one's scope there is nothing.
#[test]
fn outside_the_scope_nothing_is_there() {
    on_both_engines(|world| {
        let far = world.post(&world.duty, &world.far.reports(), &world.key(), &world.far.report("41,5"));
        assert_eq!(far.status, 201, "{far:?}");
        let report = far.json()["report"].as_str().expect("an id").to_owned();
        let not_found = (404, "DSK-001".to_owned());
        assert_eq!(world.get(&world.officer, &world.far.reports()).refusal(), not_found);
        assert_eq!(world.get(&world.officer, &world.far.outlook()).refusal(), not_found);
        let filed = world.post(&world.officer, &world.far.reports(), &world.key(), &world.far.report("41,5"));
        assert_eq!(filed.refusal(), not_found);
        let reversal = format!("/api/v1/reports/{report}/reversal");
        for body in [json!({ "reason": "gõ nhầm" }), json!({ "reason": "gõ nhầm", "instead": world.far.report("4") })]
        {
            assert_eq!(world.post(&world.officer, &reversal, &world.key(), &body).refusal(), not_found);
        }
        let listed = world.get(&world.officer, "/api/v1/facilities").json();
        assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
        assert_eq!(listed[0]["code"], "HAIAU");
        world.pass(Span::seconds(1));
        let list = world.get(&world.officer, "/api/v1/oxygen/running-out").json();
        assert_eq!(list["facilities"].as_array().map(Vec::len), Some(1), "{list}");
        assert_eq!(list["facilities"][0]["name"], "BV Hải Âu");
    });
}

#[test]
fn what_cannot_be_read_says_where() {
    on_both_engines(|world| {
        let path = world.near.reports();
        let got = world.post_bytes(&world.officer, &path, "khoa-0001", "{\"levels\": [\n  oops");
        assert_eq!(got.refusal(), (400, "WEB-005".into()));
        assert!(got.json()["sentence"].as_str().is_some_and(|text| text.contains("dòng 2")), "{got:?}");
        for body in ["", "\u{feff}{}", "nul"] {
            assert_eq!(world.post_bytes(&world.officer, &path, "khoa-0001", body).refusal(), (400, "WEB-005".into()));
        }
        for body in [
            json!([]),
            json!({ "level": [] }),
            json!({ "patients": { "mask": -1, "hfnc": 0, "niv": 0, "invasive": 0, "ecmo": 0 } }),
            json!({ "patients": { "mask": 1.5, "hfnc": 0, "niv": 0, "invasive": 0, "ecmo": 0 } }),
            json!({ "patients": { "mask": 1 } }),
            json!({ "levels": [{ "store": "7K2", "value": "1", "unit": "kg" }] }),
            json!({ "levels": [{ "store": world.near.kilograms, "value": 41.5, "unit": "kg" }] }),
            level(world, "1", json!("pound")),
            json!({ "source": "rumour" }),
        ] {
            assert_eq!(refused(world, &body), (400, "WEB-006".into()), "{body}");
        }
        let invalid = world.post_bytes(&world.officer, &path, "khoa-0001", b"\"\xff\"".to_vec());
        assert_eq!(invalid.refusal().0, 400);
    });
}

#[test]
fn a_write_needs_its_key() {
    on_both_engines(|world| {
        let body = world.near.report("41,5");
        for key in ["", "ngan", "khoá-có-dấu", "a b c d e f", &"x".repeat(81)] {
            let got = world.post(&world.officer, &world.near.reports(), key, &body);
            assert_eq!(got.refusal(), (400, "WEB-003".into()), "{key}");
        }
        let request = Request::post(world.near.reports()).header("authorization", format!("Bearer {}", world.officer));
        let got = world.send(request.body(Body::from(body.to_string())).expect("a request"));
        assert_eq!(got.refusal(), (400, "WEB-003".into()));
    });
}

#[test]
fn a_time_or_a_parameter_that_cannot_be_read_is_named() {
    on_both_engines(|world| {
        let body = |at: &str| json!({ "happened_at": at, "levels": level(world, "900", json!("kg"))["levels"] });
        for at in ["22/11/2026 02:14", "2026-11-22T02:14:00", "hôm qua"] {
            assert_eq!(refused(world, &body(at)), (400, "WEB-004".into()), "{at}");
            let since = format!("{}?since={}", world.near.reports(), at.replace(' ', "%20").replace('ô', "o"));
            assert_eq!(world.get(&world.officer, &since.replace('ử', "u")).refusal(), (400, "WEB-004".into()), "{at}");
        }
        let list = "/api/v1/oxygen/running-out";
        for query in ["then=2026-11-22T02:14:00Z", "at=2026-11-22T02:14:00Z&at=2026-11-22T02:14:00Z"] {
            assert_eq!(
                world.get(&world.duty, &format!("{list}?{query}")).refusal(),
                (400, "WEB-007".into()),
                "{query}"
            );
        }
        let limit = format!("{}?limit=all", world.near.reports());
        assert_eq!(world.get(&world.officer, &limit).refusal(), (400, "WEB-007".into()));
        for day in ["day=22/11/2026", "day=", ""] {
            let path = format!("/api/v1/reports/oxygen?{day}");
            assert_eq!(world.get(&world.duty, &path).refusal(), (400, "WEB-007".into()), "{day}");
        }
    });
}

/// The commonest slip of 2021: cubic metres typed where kilograms belong (OX04, OX07).
#[test]
fn cubic_metres_in_place_of_kilograms_are_asked_about_once() {
    on_both_engines(|world| {
        assert_eq!(world.file(&level(world, "1.500", json!("kg"))).status, 201);
        let mut slip = level(world, "1.100", json!("kg"));
        let got = world.post(&world.officer, &world.near.reports(), &world.key(), &slip);
        assert_eq!(got.refusal(), (422, "OXY-018".into()));
        let told = got.json();
        let next = told["next"].as_str().expect("a next step");
        assert!(next.contains("m³"), "{next}");
        // The gauge was looked at again: it may be a leak.
        slip["confirmed"] = true.into();
        assert_eq!(world.file(&slip).status, 201);
        let tonnes =
            world.post(&world.officer, &world.near.reports(), &world.key(), &level(world, "22.400", json!("kg")));
        let (status, code) = tonnes.refusal();
        assert!(status == 422 && ["OXY-014", "OXY-017"].contains(&code.as_str()), "{tonnes:?}");
        assert!(tonnes.json()["sentence"].as_str().is_some_and(|text| text.contains("không thể đúng")), "{tonnes:?}");
    });
}

#[test]
fn figures_that_cannot_be_are_refused_and_nothing_is_kept() {
    on_both_engines(|world| {
        assert_eq!(refused(world, &level(world, "900", Value::Null)), (422, "QTY-010".into()));
        assert_eq!(refused(world, &level(world, "nửa bồn", json!("kg"))).0, 422);
        assert_eq!(refused(world, &json!({})), (422, "OXY-034".into()));
        let strange = json!({ "levels": [{ "store": world.far.kilograms, "value": "900", "unit": "kg" }] });
        assert_eq!(refused(world, &strange), (422, "OXY-033".into()));
        let line = &level(world, "900", json!("kg"))["levels"][0];
        assert_eq!(refused(world, &json!({ "levels": [line, line] })), (422, "OXY-035".into()));
        let shells = json!({ "cylinders": [{ "store": world.near.cylinders, "full": 61, "part": 0, "empty": 0, "damaged": 0 }] });
        assert_eq!(refused(world, &shells), (422, "OXY-012".into()));
        assert_eq!(refused(world, &json!({ "waiting": 3 })), (422, "WEB-008".into()));
        let late = json!({ "happened_at": written(world.now() + Span::minutes(11)), "levels": [line] });
        assert_eq!(refused(world, &late), (422, "OXY-016".into()));
        assert_eq!(world.get(&world.officer, &world.near.reports()).json(), json!([]));
    });
}

#[test]
fn a_refusal_speaks_the_language_asked_for() {
    on_both_engines(|world| {
        let request = Request::get("/api/v1/nowhere")
            .header("authorization", format!("Bearer {}", world.duty))
            .header("accept-language", "en-GB");
        let got = world.send(request.body(Body::empty()).expect("a request")).json();
        let expected = locale::say(locale::Locale::English, "DSK-001", &[]);
        assert_eq!(got["sentence"], expected);
    });
}

/// A page of another site may send a browser's cookie along, and cannot read the token.
#[test]
fn a_browser_shows_that_it_can_read_our_pages() {
    on_both_engines(|world| {
        let (token, csrf) = world.browser.clone();
        let send = |shown: Option<&str>| {
            let mut request = Request::post(world.near.reports())
                .header("cookie", format!("phien={token}"))
                .header("idempotency-key", world.key());
            if let Some(shown) = shown {
                request = request.header("x-csrf-token", shown);
            }
            world.send(request.body(Body::from(world.near.report("41,5").to_string())).expect("a request"))
        };
        assert_eq!(send(None).refusal(), (403, "SEC-013".into()));
        assert_eq!(send(Some("nonsense")).refusal(), (403, "SEC-013".into()));
        assert_eq!(send(Some(&csrf)).status, 201);
    });
}

#[test]
fn too_large_a_body_is_refused() {
    on_both_engines(|world| {
        let got = world.post_bytes(&world.officer, &world.near.reports(), "khoa-0001", vec![b' '; 15 << 20]);
        assert_eq!(got.refusal(), (413, "WEB-002".into()));
    });
}

/// Any JSON at all.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "-?[0-9]{0,9}[.,]?[0-9]{0,12} ?(kg|m3|%|mmH2O|l)?".prop_map(Value::from),
        "[0-9+-]{4,6}-1[0-2]-2[0-9]T[0-2][0-9]:14:00(Z|\\+07:00)".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map("[a-z_]{0,10}", inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Everything that a report says, one place after another.
const PLACES: [&str; 18] = [
    "",
    "/happened_at",
    "/device_now",
    "/levels",
    "/levels/0",
    "/levels/0/store",
    "/levels/0/value",
    "/levels/0/unit",
    "/levels/0/running",
    "/cylinders",
    "/cylinders/0",
    "/cylinders/0/full",
    "/patients",
    "/patients/mask",
    "/waiting",
    "/source",
    "/told_by",
    "/note",
];

/// Whatever is sent, it is taken or refused with a code: the program itself never fails.
#[test]
fn no_body_makes_the_program_fail() {
    on_both_engines(|world| {
        let whole = |world: &World| {
            let mut whole = world.near.report("41,5");
            for field in ["happened_at", "device_now", "told_by", "note"] {
                whole[field] = Value::Null;
            }
            whole["levels"][0]["running"] = Value::Null;
            whole
        };
        let cases = Config { cases: 300, failure_persistence: None, ..Config::default() };
        let outcome =
            TestRunner::new(cases).run(&(0..PLACES.len(), anything(), any::<bool>()), |(place, odd, reverses)| {
                let mut body = whole(world);
                *body.pointer_mut(PLACES[place]).expect("a place of a report") = odd;
                let (path, body) = if reverses {
                    let path = format!("/api/v1/reports/{}/reversal", world.near.id);
                    (path, json!({ "reason": "thử", "instead": body }))
                } else {
                    (world.near.reports(), body)
                };
                let got = world.post(&world.officer, &path, &world.key(), &body);
                world.pass(Span::seconds(1));
                prop_assert!(matches!(got.status.as_u16(), 201 | 400 | 404 | 422), "{} {:?}", body, got);
                if got.status != 201 {
                    prop_assert!(!got.refusal().1.is_empty());
                }
                Ok(())
            });
        outcome.unwrap_or_else(|failure| panic!("{failure}"));
    });
}
