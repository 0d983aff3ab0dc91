//! Meetings, inspections, corrective actions, plans, the public bulletin and closed cases through their pages
//! (CM02, DT12, DT15, DT16, DT19, DT20, GS10).

use axum::http::{StatusCode, header};
use desk::Operation;
use desk::operations::command::Attached;
use desk::operations::steering::bulletin::approve_bulletin::ApproveBulletin;
use desk::operations::steering::bulletin::check_bulletin::CheckBulletin;
use desk::operations::steering::bulletin::draft_bulletin::DraftBulletin;
use desk::operations::steering::cases::open_case::OpenCase;
use desk::operations::steering::inspections::inspect::Inspect;
use desk::operations::steering::inspections::note_shortcoming::NoteShortcoming;
use desk::operations::steering::meetings::keep_meeting::KeepMeeting;
use desk::operations::steering::meetings::note_heard::NoteHeard;
use desk::operations::steering::plans::open_plan::OpenPlan;
use desk::rights::Role;
use desk::steering::case::OutcomeKind;
use desk::steering::inspection::Seen;
use desk::views::steering::bulletin::figures;
use jiff::civil::date;

use crate::world::{Answer, Browser, Hospital, World, apart, at, send};

/// A record of each page.
pub struct Ids {
    meeting: String,
    inspection: String,
    plan: String,
    bulletin: String,
    case: String,
}

impl Ids {
    /// The path of a pattern with one of these.
    pub fn concrete(&self, pattern: &str) -> Option<String> {
        let ids = [
            ("/chi-dao/cuoc-hop/", &self.meeting),
            ("/chi-dao/kiem-tra/", &self.inspection),
            ("/chi-dao/ke-hoach/", &self.plan),
            ("/chi-dao/ban-tin/", &self.bulletin),
            ("/chi-dao/vu-viec/", &self.case),
            ("/ban-tin/", &self.bulletin),
        ];
        let (_, id) = ids.into_iter().find(|(begins, _)| pattern.starts_with(begins))?;
        Some(pattern.replace("{id}", id).replace("{place}", "0"))
    }
}

fn does<O: Operation>(world: &World, operation: O) -> O::Done {
    apart(|| world.office.perform_blocking(world.program(), operation)).unwrap().done
}

/// A draft as the duty officer's page would make it, with what the ledger says.
fn draft(world: &World) -> DraftBulletin {
    let program = world.program();
    let given =
        apart(|| world.office.look_blocking(|office, connection| figures(office, connection, &program))).unwrap();
    DraftBulletin {
        key: None,
        bulletin: None,
        revises: None,
        title: "Bản tin thử".into(),
        figures: vec!["facilities_reporting".into(), "patients_on_oxygen".into()],
        preparedness: "Đủ tổ trực.".into(),
        models: String::new(),
        given,
    }
}

/// One of each, for whoever asks all routes.
pub fn prepare(world: &World, own: Hospital) -> Ids {
    let meeting = does(
        world,
        KeepMeeting {
            key: None,
            meeting: None,
            subject: "Giao ban".into(),
            held_at: at(1, 0),
            place: "Sở Y tế".into(),
            chair: "Giám đốc".into(),
            attendees: String::new(),
            assessment: String::new(),
            simulated: true,
        },
    );
    let file = Some(("bao-cao.pdf".to_owned(), Attached::new(b"%PDF-1.4".to_vec())));
    does(world, NoteHeard { key: None, meeting, by: "Phòng".into(), about: "oxy".into(), file });
    let _ = own;
    let inspection = does(
        world,
        Inspect {
            key: None,
            plan: None,
            again_of: None,
            checklist: "checklist-oxygen-safety/1".into(),
            target: "BV Hải Âu".into(),
            on: date(2026, 11, 21),
            by: "Đoàn số 1".into(),
            ticked: vec![("alarm_works".into(), Seen::NotMet), ("chained".into(), Seen::Met)],
            simulated: true,
        },
    );
    let finding = NoteShortcoming {
        key: None,
        inspection,
        what: "Báo động không kêu".into(),
        remedy: "Thay pin".into(),
        owner: String::new(),
        last_day: Some(date(2026, 11, 25)),
        photo: Some(Attached::new(vec![0xff, 0xd8, 0xff, 0xe0])),
    };
    does(world, finding);
    let days = (date(2026, 11, 23), date(2026, 11, 29));
    let plan =
        OpenPlan { key: None, title: "Tuần 48".into(), from: days.0, to: days.1, after: None, simulated: true };
    let plan = does(world, plan);
    let bulletin = published(world);
    let case = OpenCase {
        key: None,
        outcome: OutcomeKind::Severe,
        happened_on: date(2026, 11, 20),
        unit: "Trạm lưu động số 4".into(),
        cause: "Chậm chuyển tầng".into(),
        posts: "trưởng kíp".into(),
        legal_basis: "Quy chế".into(),
        simulated: true,
    };
    let case = does(world, case);
    let text = |id: quantity::Id| id.to_string();
    Ids {
        meeting: text(meeting.0),
        inspection: text(inspection.0),
        plan: text(plan.0),
        bulletin: text(bulletin),
        case: text(case.0),
    }
}

/// A bulletin that went through three hands.
fn published(world: &World) -> quantity::Id {
    let mut hands = [Role::DutyOfficer, Role::Clerk, Role::Leader].into_iter().map(|role| {
        let user = place::UserId(desk::random::id(at(0, 0)));
        desk::Actor { user: Some(user), roles: vec![role], ..world.program() }
    });
    let mut next = || hands.next().unwrap();
    let run = |actor, operation| apart(|| world.office.perform_blocking(actor, operation)).unwrap().done;
    let id = run(next(), draft(world));
    apart(|| world.office.perform_blocking(next(), CheckBulletin { key: None, bulletin: id })).unwrap();
    apart(|| world.office.perform_blocking(next(), ApproveBulletin { key: None, bulletin: id, version: 2 })).unwrap();
    id.0
}

async fn follow(world: &World, who: &Browser, answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    world.get(who, answer.location()).await.text()
}

fn path_of(answer: &Answer) -> String {
    answer.location().split('?').next().unwrap().to_owned()
}

/// DT19: a meeting is written down, its conclusions pasted, corrected, confirmed.
#[tokio::test]
async fn a_meeting_is_concluded_on_its_page() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let meeting = [
        ("do", "meeting"),
        ("subject", "Giao ban oxy"),
        ("held_at", "2026-11-22T01:00"),
        ("place", "Sở Y tế"),
        ("chair", "Giám đốc"),
        ("attendees", "BV Hải Âu\nKhách mời"),
    ];
    let made = send(&world, &duty, "/chi-dao/cuoc-hop", &meeting).await;
    let path = path_of(&made);
    let page = follow(&world, &duty, &made).await;
    assert!(page.contains("đơn vị trong danh mục") && page.contains("ngoài danh mục"), "{page}");
    let text = "BV Hải Âu: kiểm tra bồn trước ngày 30/11/2026\nTheo dõi tình hình";
    let page = follow(&world, &duty, &send(&world, &duty, &path, &[("do", "conclusions"), ("text", text)]).await).await;
    assert!(page.contains("2 kết luận chờ xác nhận") && page.contains("29/11/2026"), "{page}");
    assert!(page.contains("chưa có đơn vị nhận"), "whoever is missing is asked for");
    let confirm = |version: &'static str| [("do", "confirm"), ("version", version)];
    let refused = send(&world, &duty, &path, &confirm("2")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("chưa có đơn vị nhận") && refused.text().contains("DIR-007"));
    let line = [("do", "line-1"), ("text", "Theo dõi tình hình"), ("owner", "Sở Y tế; BV Hải Âu"), ("last_day", "")];
    follow(&world, &duty, &send(&world, &duty, &path, &line).await).await;
    let page = follow(&world, &duty, &send(&world, &duty, &path, &confirm("3")).await).await;
    assert!(page.contains("đã giao") && page.contains("Đã giao việc đến các đơn vị"), "{page}");
    assert!(!page.contains("value=\"confirm\""), "once");
    let list = world.get(&duty, "/chi-dao/cuoc-hop").await.text();
    assert!(list.contains("2 kết luận chưa làm xong, 0 quá hạn"), "{list}");
    // DT05: after the day it is overdue, and the page says so.
    world.set_time(at(24 * 9, 0));
    let later = world.somebody(Role::Observer, None);
    let list = world.get(&later, "/chi-dao/cuoc-hop").await.text();
    assert!(list.contains("1 quá hạn"), "{list}");
}

/// DT12, GS10: planned, ticked off, found, given out, through the pages.
#[tokio::test]
async fn an_inspection_is_ticked_off_on_its_page() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let plan = [
        ("do", "plan"),
        ("title", "Kiểm tra tuần 48"),
        ("inspector", "Ban Chỉ đạo xã"),
        ("checklist", "checklist-home-care/1"),
        ("from", "2026-11-20"),
        ("to", "2026-11-30"),
        ("targets", "BV Hải Âu\nKCN Cồn Xanh"),
    ];
    let page = follow(&world, &duty, &send(&world, &duty, "/chi-dao/kiem-tra", &plan).await).await;
    assert!(page.contains("0/2 đơn vị") && page.contains("KCN Cồn Xanh"), "{page}");
    let href = page.split("href=\"").find(|part| part.contains("KCN%20C") && part.contains("ke-hoach=")).unwrap();
    let href = href.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    let sheet = world.get(&duty, href.split('#').next().unwrap()).await.text();
    assert!(sheet.contains("261/QĐ-BYT") && sheet.contains("chưa được cấp có thẩm quyền xác nhận"), "{sheet}");
    let plan_id = href.split("ke-hoach=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let visit = [
        ("do", "inspect"),
        ("phieu", "checklist-home-care/1"),
        ("ke-hoach", plan_id.as_str()),
        ("don-vi", "KCN Cồn Xanh"),
        ("on", "2026-11-21"),
        ("by", "Đoàn số 1"),
        ("tick.staff", "met"),
        ("tick.list", "not_met"),
        ("tick.waste", ""),
    ];
    let made = send(&world, &duty, "/chi-dao/kiem-tra", &visit).await;
    let path = path_of(&made);
    let page = follow(&world, &duty, &made).await;
    assert!(page.contains("đạt 50") && page.contains("chưa rõ"), "what nobody looked at is unknown: {page}");
    let finding =
        [("do", "finding"), ("what", "Thiếu danh sách"), ("remedy", "Lập danh sách"), ("last_day", "2026-11-24")];
    follow(&world, &duty, &send(&world, &duty, &path, &finding).await).await;
    let page = follow(&world, &duty, &send(&world, &duty, &path, &[("do", "confirm"), ("version", "2")]).await).await;
    assert!(page.contains("đã giao"), "{page}");
    assert!(world.get(&duty, "/chi-dao/kiem-tra").await.text().contains("1/2 đơn vị"));
}

/// DT16, DT20: a shortcoming and a plan through their pages.
#[tokio::test]
async fn shortcomings_and_plans_go_out_from_their_pages() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let list = [("do", "list"), ("source", "Công văn 148"), ("text", "Báo cáo chậm")];
    let page = follow(&world, &duty, &send(&world, &duty, "/chi-dao/khac-phuc", &list).await).await;
    assert!(page.contains("1 tồn tại chưa khắc phục; 1 chưa giao cho ai") && page.contains("chưa rõ nguyên nhân"));
    let id = page.split("?viec=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    let settle = [
        ("do", "line-0"),
        ("correction", id.as_str()),
        ("text", "Nhắc trực ca"),
        ("owner", "BV Hải Âu"),
        ("last_day", "2026-11-25"),
        ("cause", "đổi người"),
    ];
    let page = follow(&world, &duty, &send(&world, &duty, "/chi-dao/khac-phuc", &settle).await).await;
    assert!(page.contains("do: đổi người"), "{page}");
    let confirm = [("do", "confirm"), ("correction", id.as_str()), ("version", "2")];
    follow(&world, &duty, &send(&world, &duty, "/chi-dao/khac-phuc", &confirm).await).await;
    let mend = [("do", "mend"), ("correction", id.as_str()), ("on", "2026-11-22"), ("evidence", "Biên bản số 3")];
    let page = follow(&world, &duty, &send(&world, &duty, "/chi-dao/khac-phuc", &mend).await).await;
    assert!(page.contains("đã khắc phục 22/11/2026") && page.contains("Biên bản số 3"), "{page}");
    let plan = [("do", "plan"), ("title", "Tuần 48"), ("from", "2026-11-23"), ("to", "2026-11-29")];
    let made = send(&world, &duty, "/chi-dao/ke-hoach", &plan).await;
    let path = path_of(&made);
    let items = [("do", "items"), ("text", "BV Hải Âu: lắp bồn dự phòng")];
    follow(&world, &duty, &send(&world, &duty, &path, &items).await).await;
    follow(&world, &duty, &send(&world, &duty, &path, &[("do", "confirm"), ("version", "2")]).await).await;
    let settle = [("do", "settle"), ("line", "0"), ("became", "done"), ("words", "Đã lắp")];
    let page = follow(&world, &duty, &send(&world, &duty, &path, &settle).await).await;
    assert!(page.contains("xong 1/1 việc") && page.contains("Đã lắp"), "{page}");
}

/// CM02: without an account one reads what was approved and nothing else; it may be kept by caches, has no session, and
/// says moment and definition of each figure.
#[tokio::test]
async fn the_public_reads_approved_bulletins_only() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let nobody = Browser::default();
    let empty = world.get(&nobody, "/ban-tin").await;
    assert!(empty.status == StatusCode::OK && empty.text().contains("Chưa có bản tin nào"));
    let id = published(&world);
    let waiting = does(&world, DraftBulletin { title: "Chưa duyệt".into(), ..draft(&world) });
    let page = world.get(&nobody, "/ban-tin").await;
    let html = page.text();
    assert!(html.contains("Bản tin thử") && html.contains("0/1") && html.contains("02:14"), "{html}");
    assert!(html.contains("trong 24 giờ trước lúc lập"), "each figure says what is counted");
    assert!(!html.contains("Chưa duyệt") && !html.contains("Hải Âu") && !html.contains("csrf"), "{html}");
    assert_eq!(page.header(header::CACHE_CONTROL), "public, max-age=300");
    assert!(page.headers.get(header::SET_COOKIE).is_none());
    let member = world.somebody(Role::Leader, None);
    assert_eq!(world.get(&member, "/ban-tin").await.text(), html, "the same bytes for everybody");
    assert_eq!(world.get(&nobody, &format!("/ban-tin/{}", waiting.0)).await.status, StatusCode::NOT_FOUND);
    let file = world.get(&nobody, &format!("/ban-tin/{id}/docx")).await;
    assert!(file.status == StatusCode::OK && file.bytes.starts_with(b"PK"));
    let withdraw = [("do", "withdraw"), ("reason", "Sai số")];
    follow(&world, &member, &send(&world, &member, &format!("/chi-dao/ban-tin/{id}"), &withdraw).await).await;
    let gone = world.get(&nobody, &format!("/ban-tin/{id}")).await.text();
    assert!(gone.contains("đã được thu hồi") && gone.contains("Sai số") && !gone.contains("0/1"), "{gone}");
    assert_eq!(world.get(&nobody, &format!("/ban-tin/{id}/docx")).await.status, StatusCode::NOT_FOUND);
    let mut refused = 0;
    for _ in 0..80 {
        refused += usize::from(world.get(&nobody, "/ban-tin").await.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 0, "one address is held back");
}

/// CM02: the drafter sees no button to check or approve his own; another's hand does, through the pages.
#[tokio::test]
async fn a_bulletin_passes_from_hand_to_hand() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let (clerk, leader) = (world.somebody(Role::Clerk, None), world.somebody(Role::Leader, None));
    let fields = [("do", "draft"), ("title", "Bản tin 22/11"), ("figure.patients_on_oxygen", "1")];
    let made = send(&world, &duty, "/chi-dao/ban-tin", &fields).await;
    let path = path_of(&made);
    let page = follow(&world, &duty, &made).await;
    assert!(page.contains("chờ người khác kiểm tra") && !page.contains("value=\"check\""), "{page}");
    assert!(page.contains("chưa rõ"), "nobody has counted: unknown, not nothing");
    let personal = [("do", "draft"), ("title", "Gọi 0912345678")];
    let refused = send(&world, &duty, "/chi-dao/ban-tin", &personal).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("MTG-004"));
    let page = follow(&world, &clerk, &send(&world, &clerk, &path, &[("do", "check")]).await).await;
    assert!(page.contains("chờ lãnh đạo duyệt") && !page.contains("value=\"approve\""), "{page}");
    assert!(world.get(&leader, &path).await.text().contains("value=\"approve\""));
    let page =
        follow(&world, &leader, &send(&world, &leader, &path, &[("do", "approve"), ("version", "2")]).await).await;
    assert!(page.contains("Đang công bố, số 1/2026"), "{page}");
}

/// DT15: nothing of a case is found by anybody else: no page, no room, no journal words, no sheet; reading it is shown.
#[tokio::test]
async fn a_case_is_closed_to_everybody_else() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let ids = prepare(&world, own);
    let path = format!("/chi-dao/vu-viec/{}", ids.case);
    let leader = world.somebody(Role::Leader, None);
    let page = world.get(&leader, &path).await.text();
    assert!(page.contains("Chậm chuyển tầng") && page.contains("Ai đã xem") && page.contains("xem</span>"), "{page}");
    let sheet = world.get(&leader, &format!("{path}?tep=xlsx")).await;
    assert_eq!(sheet.status, StatusCode::FORBIDDEN, "it is taken out nowhere");
    for role in [Role::DutyOfficer, Role::Observer, Role::Administrator, Role::Clerk] {
        let other = world.somebody(role, None);
        for asked in ["/chi-dao/vu-viec", path.as_str(), &format!("/lich-su/{}", ids.case)] {
            let answer = world.get(&other, asked).await;
            let hidden = answer.status == StatusCode::NOT_FOUND
                || asked.starts_with("/lich-su") && answer.status == StatusCode::FORBIDDEN;
            assert!(hidden, "{role:?} {asked}: {}", answer.status);
            assert!(!answer.text().contains("Chậm chuyển tầng"));
        }
        assert!(
            !world.get(&other, "/chi-dao/cuoc-hop").await.text().contains("/chi-dao/vu-viec"),
            "{role:?}: not in the room"
        );
    }
    let duty = world.somebody(Role::DutyOfficer, None);
    let journal = world.get(&duty, "/nhat-ky").await.text();
    assert!(
        journal.contains("sổ lưu riêng") && !journal.contains(&ids.case) && !journal.contains("Chậm chuyển"),
        "{journal}"
    );
    let list = world.get(&leader, "/chi-dao/vu-viec").await.text();
    assert!(
        !list.contains("Chậm chuyển tầng") && list.contains("1 vụ việc đang xem xét"),
        "the list names no cause: {list}"
    );
}
