//! Reports: filed once, read back as sent, corrected by reversal.

use quantity::Span;
use serde_json::{Value, json};

use crate::world::{escaped, on_both_engines, written};

/// OX07: the same request under the same key changes nothing twice.
#[test]
fn a_report_sent_again_gets_the_same_receipt() {
    on_both_engines(|world| {
        let (path, key, body) = (world.near.reports(), world.key(), world.near.report("41,5"));
        let first = world.post(&world.officer, &path, &key, &body);
        assert_eq!(first.status, 201, "{first:?}");
        let told = first.json();
        assert_eq!(told["replayed"], false);
        assert_eq!(told["recorded_at"], "2026-11-22T02:14:00+07:00");
        assert_eq!(told["code"].as_str().map(str::len), Some(3));
        assert_eq!(told["conflicts_with"], Value::Null);
        world.pass(Span::minutes(30));
        let again = world.post(&world.officer, &path, &key, &body);
        assert_eq!(again.status, 200);
        assert_eq!(again.json()["replayed"], true);
        for field in ["report", "code", "recorded_at", "conflicts_with"] {
            assert_eq!(again.json()[field], told[field], "{field}");
        }
        assert_eq!(world.get(&world.officer, &path).json().as_array().map(Vec::len), Some(1));
        let other = world.post(&world.officer, &path, &key, &world.near.report("41,6"));
        assert_eq!(other.refusal(), (409, "DSK-003".into()));
    });
}

/// What the load generator and the rounds of kill -9 compare: key, levels, cylinders, patients.
#[test]
fn a_report_comes_back_as_it_was_sent() {
    on_both_engines(|world| {
        let (key, mut sent) = (world.key(), world.near.report("41,5"));
        let since = world.now();
        sent["happened_at"] = written(since).into();
        assert_eq!(world.post(&world.officer, &world.near.reports(), &key, &sent).status, 201);
        let kept = world.get(&world.officer, &format!("{}?since={}", world.near.reports(), escaped(since))).json();
        assert_eq!(kept.as_array().map(Vec::len), Some(1), "{kept}");
        assert_eq!(kept[0]["key"], key);
        for field in ["levels", "cylinders", "patients", "waiting", "source", "happened_at"] {
            assert_eq!(kept[0][field], sent[field], "{field}");
        }
        assert_eq!(kept[0]["reversed"], Value::Null);
        let weights: Vec<f64> =
            kept[0]["contents"].as_array().into_iter().flatten().filter_map(|c| c["kg"].as_f64()).collect();
        assert_eq!(weights.first(), Some(&1_245.0), "41,5 % of 3 t");
        assert_eq!(weights.get(1), Some(&1_245.0), "1.245,0 is one tonne and a quarter");
        assert_eq!(weights.len(), 3);

        let later = world.now() + Span::micros(1);
        let none = world.get(&world.officer, &format!("{}?since={}", world.near.reports(), escaped(later))).json();
        assert_eq!(none, json!([]));
        // Another account's key is its own business.
        assert_eq!(world.get(&world.duty, &world.near.reports()).json()[0]["key"], Value::Null);
    });
}

#[test]
fn reports_come_newest_first_and_all_since_a_moment() {
    on_both_engines(|world| {
        let since = world.now();
        for number in 0..7 {
            let sent = world.file(&json!({ "levels": [{ "store": world.near.kilograms, "value": format!("{},5", 900 - number), "unit": "kg" }] }));
            assert_eq!(sent.status, 201, "{sent:?}");
        }
        let path = format!("{}?since={}", world.near.reports(), escaped(since));
        let all = world.get(&world.officer, &path).json();
        let shown: Vec<&str> =
            all.as_array().into_iter().flatten().filter_map(|r| r["levels"][0]["value"].as_str()).collect();
        assert_eq!(shown, ["894,5", "895,5", "896,5", "897,5", "898,5", "899,5", "900,5"]);
        let some = world.get(&world.officer, &format!("{path}&limit=2")).json();
        assert_eq!(some.as_array().map(Vec::len), Some(2));
        assert_eq!(some[0], all[0]);
        let keys: std::collections::BTreeSet<&str> =
            all.as_array().into_iter().flatten().filter_map(|r| r["key"].as_str()).collect();
        assert_eq!(keys.len(), 7, "each under its own key");
    });
}

/// More reports than are read at first.
#[test]
fn none_of_many_reports_is_left_out() {
    on_both_engines(|world| {
        let since = world.now();
        for _ in 0..300 {
            world.pass(Span::seconds(1));
            let body = json!({ "patients": { "mask": 8, "hfnc": 2, "niv": 1, "invasive": 2, "ecmo": 0 } });
            let got = world.post(&world.officer, &world.near.reports(), &world.key(), &body);
            assert_eq!(got.status, 201, "{got:?}");
        }
        let path = format!("{}?since={}", world.near.reports(), escaped(since));
        assert_eq!(world.get(&world.officer, &path).json().as_array().map(Vec::len), Some(300));
        assert_eq!(world.get(&world.officer, &world.near.reports()).json().as_array().map(Vec::len), Some(100));
    });
}

/// A phone whose clock stands in 2024: the report is as old as the phone says, and no older.
#[test]
fn a_wrong_clock_of_a_phone_does_no_harm() {
    on_both_engines(|world| {
        let (path, key) = (world.near.reports(), world.key());
        let shown = |minutes: i64, now: i64| {
            let wrong = world.now() - Span::days(700);
            let mut body = world.near.report("41,5");
            body["happened_at"] = written(wrong - Span::minutes(minutes)).into();
            body["device_now"] = written(wrong + Span::minutes(now)).into();
            body
        };
        let expected = world.now() - Span::minutes(3);
        let first = world.post(&world.officer, &path, &key, &shown(3, 0));
        assert_eq!(first.status, 201, "{first:?}");
        let kept = world.get(&world.officer, &path).json();
        assert_eq!(kept[0]["happened_at"], written(expected));

        // Sent again after a while: 40 s later by the server, 41 s by the phone.
        let mut again = shown(3, 0);
        world.pass(Span::seconds(40));
        again["device_now"] = written(world.now() - Span::days(700) + Span::seconds(1)).into();
        let again = world.post(&world.officer, &path, &key, &again);
        assert_eq!((again.status.as_u16(), &again.json()["report"]), (200, &first.json()["report"]), "{again:?}");
        // The same key for another time is another report.
        assert_eq!(world.post(&world.officer, &path, &key, &shown(200, 0)).refusal(), (409, "DSK-003".into()));
        // The same key for another content too.
        let mut other = shown(3, 0);
        other["levels"][0]["value"] = "41,6".into();
        assert_eq!(world.post(&world.officer, &path, &key, &other).refusal(), (409, "DSK-003".into()));
        assert_eq!(world.get(&world.officer, &path).json().as_array().map(Vec::len), Some(1));

        // Dated a little ahead of the phone itself: now. Far ahead: refused.
        let ahead = world.post(&world.officer, &path, &world.key(), &shown(-5, 0));
        assert_eq!(ahead.status, 201, "{ahead:?}");
        assert_eq!(ahead.json()["conflicts_with"], first.json()["report"], "both are kept, the conflict shown");
        assert_eq!(world.get(&world.officer, &path).json()[0]["happened_at"], written(world.now()));
        assert_eq!(world.post(&world.officer, &path, &world.key(), &shown(-60, 0)).refusal(), (422, "OXY-016".into()));
    });
}

/// «Xác nhận qua điện thoại, do ai»: a desk names whose words it types; telemetry is named itself.
#[test]
fn whose_words_a_report_is_stands_beside_it() {
    on_both_engines(|world| {
        let mut body = world.near.report("41,5");
        assert_eq!(world.post(&world.duty, &world.near.reports(), &world.key(), &body).status, 201);
        body["told_by"] = "DS. Mận".into();
        body["source"] = "phone".into();
        world.pass(Span::minutes(10));
        assert_eq!(world.post(&world.duty, &world.near.reports(), &world.key(), &body).status, 201);
        world.pass(Span::minutes(10));
        assert_eq!(world.file(&world.near.report("41,5")).status, 201);
        let kept = world.get(&world.duty, &world.near.reports()).json();
        let told: Vec<&Value> = kept.as_array().into_iter().flatten().map(|report| &report["told_by"]).collect();
        assert_eq!(told, [&Value::Null, &json!("DS. Mận"), &json!("Tài khoản truc")]);
    });
}

/// OX07: a correction is a reversal with its reason; nothing is overwritten.
#[test]
fn a_report_is_taken_back_and_another_stands_in_its_place() {
    on_both_engines(|world| {
        let filed = world.file(&world.near.report("41,5")).json();
        let wrong = filed["report"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/reports/{wrong}/reversal");
        assert_eq!(
            world.post(&world.officer, &path, &world.key(), &json!({ "reason": "" })).refusal(),
            (422, "OXY-040".into())
        );
        let (key, body) = (world.key(), json!({ "reason": "đọc nhầm bồn", "instead": world.near.report("14,5") }));
        let got = world.post(&world.officer, &path, &key, &body);
        assert_eq!(got.status, 201, "{got:?}");
        let done = got.json();
        assert_eq!(done["reversed"], wrong);
        let right = done["instead"]["report"].as_str().expect("a replacement").to_owned();
        let again = world.post(&world.officer, &path, &key, &body);
        assert_eq!((again.status.as_u16(), &again.json()["replayed"]), (200, &json!(true)));
        assert_eq!(again.json()["instead"]["report"], right);

        let kept = world.get(&world.officer, &world.near.reports()).json();
        let of = |id: &str| kept.as_array().into_iter().flatten().find(|r| r["id"] == id).cloned().expect("kept");
        assert_eq!(of(&wrong)["reversed"], json!({ "reason": "đọc nhầm bồn", "replacement": right }));
        assert_eq!(of(&wrong)["levels"][0]["value"], "41,5", "the old figures stay");
        assert_eq!(of(&right)["reversed"], Value::Null);
        assert_eq!(of(&right)["happened_at"], of(&wrong)["happened_at"], "of the same moment");
        assert_eq!(of(&right)["key"], key);

        let outlook = world.get(&world.officer, &world.near.outlook()).json();
        assert_eq!(outlook["stores"][0]["content_kg"], 435.0, "14,5 % of 3 t");
        let twice = world.post(&world.officer, &path, &world.key(), &body);
        assert_eq!(twice.refusal(), (422, "OXY-041".into()));
        let never = format!("/api/v1/reports/{}/reversal", world.near.id);
        assert_eq!(world.post(&world.officer, &never, &world.key(), &body).refusal(), (404, "DSK-001".into()));
        let gone = format!("/api/v1/reports/{right}/reversal");
        let taken = world.post(&world.officer, &gone, &world.key(), &json!({ "reason": "nhập hai lần" }));
        assert_eq!((taken.status.as_u16(), &taken.json()["instead"]), (201, &Value::Null));
    });
}
