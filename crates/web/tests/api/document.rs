//! The OpenAPI document and the routes it describes.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

use crate::world::on_both_engines;

/// Path under `/api/v1` and method of everything in the document; ids filled in.
fn described() -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(&web::api::openapi().expect("a document")).expect("JSON");
    let paths = document["paths"].as_object().expect("paths").clone();
    let mut all = Vec::new();
    for (path, item) in paths {
        for method in item.as_object().expect("methods").keys() {
            let path = path.replace("{id}", "01935a2b-0000-7000-8000-000000000000");
            all.push((format!("/api/v1{path}"), method.to_uppercase()));
        }
    }
    all
}

/// The whole document: a change of the contract is seen in review (OX19).
#[test]
fn the_document() {
    insta::assert_snapshot!("openapi", web::api::openapi().expect("a document"));
}

#[test]
fn every_refusal_that_the_document_names_has_its_sentence() {
    let document = web::api::openapi().expect("a document");
    let mut named = 0;
    for prefix in ["DSK-", "SEC-", "STO-", "WEB-", "OXY-"] {
        for (start, _) in document.match_indices(prefix) {
            let code = &document[start..start + 7];
            assert!(locale::knows(locale::Locale::Vietnamese, code), "{code}");
            assert!(locale::knows(locale::Locale::English, code), "{code}");
            named += 1;
        }
    }
    assert!(named > 30, "only {named}");
}

/// AC: nothing but the health of the machine is told to somebody who has not signed in.
#[test]
fn a_stranger_is_asked_to_sign_in_by_every_route() {
    on_both_engines(|world| {
        let mut asked = 0;
        for (path, method) in described() {
            let request = Request::builder().method(method.as_str()).uri(&path).body(Body::empty());
            let got = world.send(request.expect("a request"));
            if path.ends_with("/health") {
                assert_eq!(got.status, 200);
                let told = got.json();
                assert_eq!(told["database"], "reachable");
                assert_eq!(told["migration"], store::migrate::KNOWN);
                assert_eq!(told.as_object().map(serde_json::Map::len), Some(2), "no data: {told}");
            } else {
                assert_eq!(got.refusal(), (401, "SEC-012".into()), "{method} {path}");
                asked += 1;
            }
        }
        assert!(asked >= 7, "{asked}");
    });
}

#[test]
fn a_token_that_is_none_opens_nothing() {
    on_both_engines(|world| {
        for token in ["", "x", "1.nonsense", "999999999999999999999.a"] {
            assert_eq!(world.get(token, "/api/v1/facilities").refusal(), (401, "INB-023".into()), "{token}");
        }
    });
}

#[test]
fn an_address_that_is_none_and_a_method_that_is_none_answer_in_json() {
    on_both_engines(|world| {
        assert_eq!(world.get(&world.duty, "/api/v1/nowhere").refusal(), (404, "DSK-001".into()));
        assert_eq!(world.get(&world.duty, "/api/v1/facilities/7K2/outlook").refusal(), (404, "DSK-001".into()));
        assert_eq!(world.get(&world.duty, "/api/v1/facilities/%FF/outlook").refusal(), (404, "DSK-001".into()));
        let got = world.post_bytes(&world.duty, "/api/v1/oxygen/running-out", "khoa-0001", "{}");
        assert_eq!(got.refusal(), (405, "WEB-009".into()));
    });
}
