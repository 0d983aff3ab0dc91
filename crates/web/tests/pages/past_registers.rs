//! Each register at two times: everything is changed after a moment, and the pages of that moment still say what
//! they said then. And the history of a record says what was changed.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use desk::operations::file_report::{Confirmed, FileReport, Told};
use desk::operations::override_norm::OverrideNorm;
use desk::operations::set_state::SetState;
use desk::rights::Role;
use jiff::civil::date;
use oxygen::{Census, Source};
use protocol::{Figure, NormUnit, Override, Readiness, VersionId};
use quantity::Id;
use store::ledger::Stamp;
use store::record::RecordRow;
use store::{Content, OperationId, StoreError};

use crate::past::{WITHOUT, is_page, of_then, said};
use crate::routes::Cast;
use crate::routes_table::rows;
use crate::world::{Browser, World, apart, at, send};

async fn sends(world: &World, who: &Browser, path: &str, fields: &[(&str, &str)]) {
    let answer = send(world, who, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text());
}

/// The cast of the routes with a row in every register.
async fn filled() -> Cast {
    let cast = Cast::new().await;
    let (world, duty, id) = (&cast.world, &cast.duty, cast.own.id.to_string());
    let id = id.as_str();
    let of = |ending: &str| format!("/co-so/{id}/{ending}");
    let tested = ("tested_on", "2026-09-01");
    for (path, fields) in [
        (
            "/phuong-tien/kiem-dinh",
            [("facility", id), ("kind", "tank"), ("serial", "B 0711"), ("owner", "Khí Sao Mai")].as_slice(),
        ),
        (
            "/phuong-tien/cong-trinh",
            &[("facility", id), ("item", "Thay ống trục chính"), ("due", "2026-12-20"), ("percent", "40")],
        ),
        (
            "/phuong-tien/thiet-lap",
            &[("name", "Nhà thi đấu Đồng Xanh"), ("tier", "1"), ("beds", "120"), ("planned_on", "2026-11-20")],
        ),
        (&of("giuong"), &[("open", "60"), ("occupied", "50"), ("icu", "12")]),
        (
            &of("chuoi"),
            &[("part", "pipe"), ("name", "Ống phía đông"), ("tested", "900"), ("tested_unit", "l_per_min"), tested],
        ),
        ("/oxy/nap", &[("facility", id), ("supplier", "Khí Sao Mai"), ("lead", "4,5"), ("station", "7h-17h")]),
        ("/oxy/bao", &[("from", "2026-11-24T06:00"), ("to", "2026-11-25T18:00"), ("note", "Bão số 16")]),
        (
            "/chi-dao/bo-phan-oxy",
            &[("do", "found"), ("number", "15/QĐ-UBND"), ("issued_on", "2026-11-09"), ("issuer", "UBND tỉnh An Giang")],
        ),
        (
            "/chi-dao/bo-phan-oxy",
            &[
                ("do", "seat"),
                ("seat", "deputy"),
                ("name", "Nguyễn Văn Bưởi"),
                ("post", "Giám đốc Sở Y tế"),
                ("from", "2026-11-10"),
            ],
        ),
        (
            "/chi-dao/de-an-4308",
            &[("do", "milestone"), ("line", "survey"), ("facility", id), ("planned_on", "2026-12-01")],
        ),
        (
            "/chi-dao/bon-tai-cho",
            &[
                ("do", "answer"),
                ("line", "command-officer"),
                ("facility", id),
                ("met", "no"),
                ("evidence", "gọi đêm không ai nghe"),
                ("seen_on", "2026-11-21"),
                ("by", "Sở Y tế"),
            ],
        ),
    ] {
        sends(world, duty, path, fields).await;
    }
    world.seal();
    cast
}

const RECORDS: &str = "SELECT record, kind, owner, code, due_at, open, version, recorded_at, content FROM record_state
    WHERE province = ?1 ORDER BY record";

/// Every record of the province as it stands.
fn records(world: &World) -> Vec<RecordRow> {
    let province = world.province;
    let read = |connection: &mut store::Connection| {
        let rows = connection.query(RECORDS, store::params![province])?;
        let row = |row: &store::Row| {
            Ok(RecordRow {
                id: row.get(0)?,
                kind: row.get(1)?,
                owner: row.get(2)?,
                code: row.get(3)?,
                due_at: row.get(4)?,
                open: row.get::<i64>(5)? != 0,
                version: row.get(6)?,
                recorded_at: row.get(7)?,
                content: row.get(8)?,
            })
        };
        rows.iter().map(row).collect::<Result<_, StoreError>>()
    };
    apart(|| world.office.store().read_blocking::<_, StoreError>(read)).expect("the store answers")
}

/// Adds a word to all that people typed; codes, keys and sizes have no blank in them, or begin with a digit.
fn reworded(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::String(text) if text.contains(' ') && !text.starts_with(|c: char| c.is_ascii_digit()) => {
            text.push_str(" (sửa)");
        }
        Value::Array(items) => items.iter_mut().for_each(reworded),
        Value::Object(fields) => fields.values_mut().for_each(reworded),
        _ => {}
    }
}

/// Writes another version of every record, of every kind, in which what people typed reads otherwise.
fn change_everything(world: &World) -> BTreeSet<String> {
    let mut changed = BTreeSet::new();
    let rows: Vec<RecordRow> = records(world)
        .into_iter()
        .filter_map(|row| {
            let mut content: serde_json::Value = serde_json::from_str(&row.content).expect("the store answers");
            reworded(&mut content);
            let content = content.to_string();
            (content != row.content).then(|| RecordRow { version: row.version + 1, content, ..row })
        })
        .collect();
    changed.extend(rows.iter().filter(|row| row.content.contains("(sửa)")).map(|row| row.kind.clone()));
    let (province, recorded_at) = (world.province, at(8, 0));
    let writing = move |transaction: &mut store::Transaction<'_>| {
        let stamp = Stamp { province, operation: OperationId(desk::random::id(recorded_at)), recorded_at };
        let mut content = Content::default();
        rows.iter().try_for_each(|row| store::record::append(transaction, &mut content, &stamp, row))
    };
    apart(|| world.office.store().write_blocking::<_, StoreError, _>(writing)).expect("the store answers");
    changed
}

/// What every page of the routes says, by path, as of a moment or now.
async fn all_pages(cast: &Cast, then: Option<&str>) -> BTreeMap<&'static str, Vec<String>> {
    let mut pages = BTreeMap::new();
    // Reading a closed case is itself written into the journal.
    let quiet = |row: &crate::routes_table::Row| row.path != "/chi-dao/vu-viec/{id}";
    for row in rows().into_iter().filter(|row| row.method == "GET" && row.gets == 200 && quiet(row)) {
        let path = cast.concrete(row.path);
        let path = then.map_or_else(|| path.clone(), |then| of_then(&path, then));
        let answer = cast.world.get((row.right)(cast), &path).await;
        if is_page(&answer) && answer.status == StatusCode::OK {
            pages.insert(row.path, said(&answer.text()));
        }
    }
    pages
}

/// Issue 3, 9: each register shows its former value. Every record gets another version, a tank is read again, a norm
/// and the state of the province are changed, all after the moment that is looked back to.
#[tokio::test]
async fn every_register_shows_its_former_value() {
    let cast = filled().await;
    let world = &cast.world;
    // The first round of visits stands in the journal itself.
    all_pages(&cast, None).await;
    world.seal();
    let before = all_pages(&cast, None).await;
    world.set_time(at(8, 0));
    let kinds = change_everything(world);
    for kind in [
        "contract",
        "supplier",
        "vehicle",
        "given_machine",
        "oxygen_request",
        "oxygen_loan",
        "improvement_work",
        "treatment_site",
        "vessel",
        "chain_link",
        "refill_terms",
        "closure",
        "duty_shift",
        "display",
        "oxygen_unit",
        "readiness_answer",
        "inbox_message",
    ] {
        assert!(kinds.contains(kind), "{kind} was not changed; changed were {kinds:?}");
    }
    world.shows(cast.own, at(7, 50), "300 mmH2O");
    let told = Told {
        happened_at: Some(at(7, 50)),
        source: Source::Sensor,
        told_by: None,
        note: None,
        photo: None,
        levels: Vec::new(),
        cylinders: Vec::new(),
        patients: Some(Census { mask: 40, ..Census::default() }),
        confirmed: Confirmed::Everything,
    };
    let report = FileReport { key: None, facility: cast.own.id, told };
    apart(|| world.office.perform_blocking(world.program(), report)).unwrap();
    let state = SetState { facility: None, state: Readiness::Routine, reason: Some("hết bão".into()) };
    apart(|| world.office.perform_blocking(world.program(), state)).unwrap();
    let own = Override {
        id: VersionId::new("dinh-muc/17"),
        table: "oxygen.flow".to_owned(),
        key: "hfnc".to_owned(),
        figure: Figure { low: 40.0, value: 40.0, high: 40.0 },
        unit: NormUnit::LPerMin,
        source: "Công văn 17/SYT".to_owned(),
        valid_from: date(2026, 11, 1),
        valid_to: None,
    };
    apart(|| world.office.perform_blocking(world.program(), OverrideNorm { own })).unwrap();
    world.seal();

    let now = all_pages(&cast, None).await;
    let reworded = |path: &str| now.get(path).is_some_and(|said| said.iter().any(|cell| cell.contains("(sửa)")));
    for path in [
        "/cung-ung",
        "/cung-ung/yeu-cau/{id}",
        "/cung-ung/nha-cung-ung",
        "/cung-ung/nha-cung-ung/{id}",
        "/cung-ung/hop-dong",
        "/cung-ung/hop-dong/{id}",
        "/cung-ung/muon-tra",
        "/phuong-tien",
        "/phuong-tien/may-muon",
        "/phuong-tien/may-muon/{id}",
        "/phuong-tien/kiem-dinh",
        "/phuong-tien/cong-trinh",
        "/phuong-tien/thiet-lap",
        "/co-so/{id}/chuoi",
        "/oxy/nap",
        "/oxy/bao",
        "/oxy/truc",
        "/oxy/hop-thu",
        "/chi-dao/bo-phan-oxy",
        "/chi-dao/bon-tai-cho",
        "/lich-su/{id}",
    ] {
        assert!(reworded(path), "{path} does not show what was changed: {:?}", now.get(path));
    }
    for path in
        ["/oxy", "/co-so/{id}", "/phuong-tien/chuoi", "/chi-dao", "/dinh-muc", "/nhat-ky", "/phuong-tien/giuong"]
    {
        assert!(now.get(path) != before.get(path), "{path} shows no change");
    }
    let then = all_pages(&cast, Some("2026-11-22T02:14")).await;
    for path in before.keys().filter(|path| !WITHOUT.contains(path)) {
        assert!(then.contains_key(path), "{path} is not there in the past");
    }
    for (path, said) in &then {
        let was = before.get(path).unwrap_or_else(|| panic!("{path} was not there"));
        let differs = said.iter().zip(was).find(|(now, then)| now != then);
        assert!(said == was, "{path} is not what it was: {} cells for {}, {differs:?}", said.len(), was.len());
    }
}

/// What was founded later is not there at all: its own page is not found, lists are as empty as they were.
#[tokio::test]
async fn what_came_later_is_not_there() {
    let world = World::new();
    world.set_time(at(8, 0));
    let own = world.hospital("BV Hải Âu");
    world.shows(own, at(7, 50), "300 mmH2O");
    let supply = crate::supply::prepare(&world, own);
    let duty = world.somebody(Role::DutyOfficer, None);
    world.seal();
    for pattern in ["/cung-ung/hop-dong/{id}", "/cung-ung/yeu-cau/{id}", "/phuong-tien/may-muon/{id}", "/lich-su/{id}"]
    {
        let path = supply.concrete(pattern).unwrap();
        assert_eq!(world.get(&duty, &path).await.status, StatusCode::OK, "{path}");
        let then = world.get(&duty, &of_then(&path, "2026-11-22T02:14")).await;
        assert_eq!(then.status, StatusCode::NOT_FOUND, "{path}");
        assert!(then.text().contains("id=\"past\""), "{path}: no way back");
    }
    for path in ["/cung-ung", "/cung-ung/hop-dong", "/cung-ung/nha-cung-ung", "/phuong-tien", "/phuong-tien/may-muon"] {
        let then = world.get(&duty, &of_then(path, "2026-11-22T02:14")).await.text();
        assert!(!then.contains("Sao Mai") && !then.contains("68C-123.45"), "{path}: {then}");
    }
}

/// Versions with who, when and what, in words: no field without its name, no choice by its code.
#[tokio::test]
async fn the_history_of_a_record_is_told_field_by_field() {
    let cast = filled().await;
    let world = &cast.world;
    world.set_time(at(8, 0));
    change_everything(world);
    let told: BTreeSet<&str> = desk::views::history::kinds().collect();
    let mut seen = BTreeSet::new();
    for row in records(world).iter().filter(|row| told.contains(row.kind.as_str())) {
        let page = world.get(&cast.duty, &format!("/lich-su/{}", row.id)).await;
        assert_eq!(page.status, StatusCode::OK, "{}: {}", row.kind, page.text());
        let html = page.text();
        assert!(html.contains("(sửa)") && html.contains("Bản 1 · 22/11/2026 02:14"), "{}: {html}", row.kind);
        assert!(!html.contains("history-"), "{}: a field without its name: {:?}", row.kind, said(&html));
        for cell in said(&html) {
            assert!(!cell.contains('_') && row.id.to_string() != cell, "{}: {cell}", row.kind);
        }
        seen.insert(row.kind.clone());
    }
    assert_eq!(seen.iter().map(String::as_str).collect::<BTreeSet<_>>(), told, "each kind was looked at");
    let nobody: Id = desk::random::id(at(8, 0));
    assert_eq!(world.get(&cast.duty, &format!("/lich-su/{nobody}")).await.status, StatusCode::NOT_FOUND);
    let shift = records(world).into_iter().find(|row| row.kind == "display").unwrap();
    assert_eq!(world.get(&cast.duty, &format!("/lich-su/{}", shift.id)).await.status, StatusCode::NOT_FOUND);
}

/// What belongs to another facility has no history for its officers.
#[tokio::test]
async fn a_history_has_the_rights_of_its_register() {
    let cast = filled().await;
    for row in records(&cast.world).iter().filter(|row| row.kind == "improvement_work" || row.kind == "treatment_site")
    {
        let path = format!("/lich-su/{}", row.id);
        assert_eq!(cast.world.get(&cast.focal_elsewhere, &path).await.status, StatusCode::NOT_FOUND, "{}", row.kind);
        assert_eq!(cast.world.get(&cast.observer, &path).await.status, StatusCode::OK, "{}", row.kind);
    }
}
