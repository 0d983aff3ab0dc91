//! The exported register of a document system is taken in (DT01, DT02, DT04): looked at before it is written, the
//! same file twice changes nothing, a letter without its text is completed when the text comes.

use desk::letters::directive::{Directive, DirectiveId, Standing};
use desk::letters::intake::Incoming;
use desk::letters::task::DueSource;
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::correct::{CorrectReading, Fields};
use desk::operations::letters::take_in::TakeIn;
use desk::record::{self, Kept};
use desk::registers::file::{Counts, Preview, Verdict};
use desk::rights::Role;
use desk::views::letters::graph::graph;
use desk::views::letters::letter;
use desk::views::letters::search::{Asked, Line, register};
use jiff::civil::date;
use letter::{CellDoubt, Role as Named};

use crate::common::{Person, World, code_of, on_both_engines};
use crate::registers::furnished::{codes, entry, preview, sends, writes};

const HEAD: &str = "Số đến;Ngày đến;Tác giả;Số, ký hiệu;Ngày tháng;Tên loại và trích yếu nội dung;Độ khẩn;Đơn vị xử lý;Hạn xử lý;Trạng thái;Độ mật\n";

const LIST: &str = "\
101;05/03/2026 08:15;UBND tỉnh An Giang;148 /UBND-KGVX;04/03/2026;Triển khai thực hiện Quyết định số 4308/QĐ-BYT;Khẩn;Sở Y tế;20/03/2026;Đã xử lý;Thường
102;05/03/2026;Bộ Y tế;4308/QĐ-BYT;01/03/2026;Phê duyệt đề án oxy y tế;;Sở Y tế;;Lưu;
103;06/03/2026;Sở Tài chính;123QĐ-STC;06/03/2026;Trả lời Công văn số 148/UBND-KGVX ngày 04/3/2026;;Phòng KHTC;;;
104;07/03/2026;Sở Y tế;;07/03/2026;Giấy mời họp giao ban;;Văn phòng;;Quá hạn;
105;08/03/2026;Bệnh viện Hải Âu;05/03/2026;08/03/2026;Đề nghị cấp oxy;;Sở Y tế;31/12/2026;Đang xử lý;
";

fn file(rows: &str) -> Vec<u8> {
    format!("{HEAD}{rows}").into_bytes()
}

fn looked_at(clerk: &Person<'_>, rows: &str) -> Preview {
    preview(clerk, sends(clerk, entry("letters"), "so-den.csv", file(rows)).expect("taken"))
}

fn brought(clerk: &Person<'_>, rows: &str) -> Counts {
    let id = sends(clerk, entry("letters"), "so-den.csv", file(rows)).expect("taken");
    writes(clerk, id).expect("written")
}

fn letters(world: &World) -> Vec<Kept<Directive>> {
    let actor = world.a(Role::Clerk).actor;
    let all = world.office.look_blocking(|_, connection| record::newest(connection, actor.province, 1_000));
    all.expect("letters")
}

fn numbered(world: &World, number: &str) -> Kept<Directive> {
    let found = letters(world).into_iter().find(|kept| kept.content.number.as_deref() == Some(number));
    found.unwrap_or_else(|| panic!("no {number}"))
}

fn take(world: &World, text: &str) -> DirectiveId {
    let incoming = Incoming::read(text.to_owned()).expect("reads");
    let taken = TakeIn { key: None, incoming, file: None, party_word: false, simulated: false };
    world.a(Role::Clerk).does(taken).expect("taken in")
}

fn text(issuer: &str, number: &str, day: &str, words: &str) -> String {
    format!(
        "{issuer}\nSố: {number}\nV/v {words}\n\nAn Giang, ngày {day}\n\nKính gửi: Sở Y tế.\n\n\
        Yêu cầu Sở Y tế báo cáo tình hình oxy trước ngày 20/12/2026./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn A\n"
    )
}

/// Looked at, written, looked at again: what is new is new once.
#[test]
fn a_register_is_brought_in_once() {
    on_both_engines(|world| {
        let clerk = world.a(Role::Clerk);
        assert_eq!(looked_at(&clerk, LIST).counts(), Counts { new: 5, ..Counts::default() });
        assert!(letters(world).is_empty(), "nothing is written by looking");
        assert_eq!(brought(&clerk, LIST).new, 5);
        assert_eq!(looked_at(&clerk, LIST).counts(), Counts { same: 5, ..Counts::default() });
        let known = numbered(world, "148/UBND-KGVX").content;
        assert_eq!(known.standing, Standing::Confirmed);
        assert_eq!((known.arrival_number, known.arrived_at.date()), (Some(101), date(2026, 3, 5)));
        assert_eq!(known.urgency, Some(letter::Urgency::Urgent));
        assert!(known.lacks_text() && known.draft.is_empty());
        // Another spelling of number and issuer is the same letter; what differs is shown, and written when asked.
        let changed = "101;05/03/2026;Ủy ban nhân dân tỉnh An Giang;148/ubnd–kgvx;04/03/2026;Triển khai đề án oxy;Khẩn;Sở Y tế;20/03/2026;Đã xử lý;\n";
        let preview = looked_at(&clerk, changed);
        assert_eq!(preview.rows[0].verdict, Verdict::Changed);
        let titles: Vec<&str> = preview.rows[0].fields.iter().map(|field| field.title.as_str()).collect();
        assert_eq!(titles, ["Trích yếu"], "{:?}", preview.rows[0].fields);
        assert_eq!(numbered(world, "148/UBND-KGVX").version, 1);
        assert_eq!(brought(&clerk, changed).changed, 1);
        assert_eq!(numbered(world, "148/UBND-KGVX").content.subject.as_deref(), Some("Triển khai đề án oxy"));
        assert_eq!(letters(world).len(), 5);
        world.assert_well();
    });
}

/// A number that cannot be read is kept as typed and marked; what was mended says so.
#[test]
fn what_cannot_be_read_is_kept_as_typed() {
    let world = World::on_sqlite();
    brought(&world.a(Role::Clerk), LIST);
    let doubts = |number: &str| numbered(&world, number).content.listed.unwrap().doubts;
    assert_eq!(doubts("123/QĐ-STC"), [CellDoubt::Mended]);
    assert_eq!(doubts("05/03/2026"), [CellDoubt::LikeADate]);
    let invited = letters(&world).into_iter().find(|kept| kept.content.number.is_none()).unwrap().content;
    assert_eq!(invited.called(), None, "«chưa có số»");
}

/// DT02: parents and children are found from the list alone.
#[test]
fn a_list_tells_who_names_whom() {
    on_both_engines(|world| {
        let clerk = world.a(Role::Clerk);
        brought(&clerk, LIST);
        let id = numbered(world, "148/UBND-KGVX").id;
        let found = world.office.look_blocking(|office, c| graph(office, c, &clerk.actor, id)).unwrap();
        assert_eq!(found.parents[0].found[0].number.as_deref(), Some("4308/QĐ-BYT"));
        let children: Vec<_> =
            found.children.iter().map(|(child, role)| (child.number.clone().unwrap(), *role)).collect();
        assert_eq!(children, [("123/QĐ-STC".to_owned(), Named::Answers)]);
    });
}

/// DT04: past letters give out nothing; one that is open with a day is offered as a task for a person to confirm.
#[test]
fn past_letters_give_nothing_out() {
    on_both_engines(|world| {
        let clerk = world.a(Role::Clerk);
        brought(&clerk, LIST);
        let waiting: Vec<_> = letters(world).into_iter().filter(|one| one.content.standing == Standing::Read).collect();
        assert_eq!(waiting.len(), 1, "«Quá hạn» alone does not say that it is open");
        let asked = Asked::default();
        let found = world.office.look_blocking(|office, c| register(office, c, &clerk.actor, &asked)).unwrap();
        let tasks = found.tasks.unwrap();
        assert_eq!((found.all, tasks.open, tasks.overdue, tasks.done), (Some(5), 0, 0, 0));
        let offered = &waiting[0];
        let page = world.office.look_blocking(|office, c| letter(office, c, &clerk.actor, offered.id)).unwrap();
        assert_eq!(page.text, "");
        let draft = offered.content.draft.clone();
        assert_eq!((draft.len(), draft[0].text.as_str()), (1, "Đề nghị cấp oxy"));
        let confirm = ConfirmLetter { key: None, directive: offered.id, version: 1, fields: None, draft };
        clerk.does(confirm).unwrap();
        let page = world.office.look_blocking(|office, c| letter(office, c, &clerk.actor, offered.id)).unwrap();
        assert_eq!(page.directive.content.arrival_number, Some(105), "the number of the document system stays");
        let due = page.tasks[0].content.due.clone().unwrap();
        assert_eq!((due.until.date(), due.source), (date(2026, 12, 31), DueSource::Letter));
        // Said to be finished later: what a person gave out is his to end.
        let closed = LIST.replace("Đang xử lý", "Đã xử lý");
        assert_eq!(brought(&clerk, &closed).changed, 1);
        let page = world.office.look_blocking(|office, c| letter(office, c, &clerk.actor, offered.id)).unwrap();
        assert!(page.tasks[0].content.stage.is_open());
        world.assert_well();
    });
}

/// DT01: the text of a letter that the list knows makes one letter, not two, and keeps what the list said.
#[test]
fn a_text_completes_its_row() {
    on_both_engines(|world| {
        let clerk = world.a(Role::Clerk);
        brought(&clerk, LIST);
        let row = numbered(world, "148/UBND-KGVX");
        let words = text("ỦY BAN NHÂN DÂN\nTỈNH AN GIANG", "148/UBND-KGVX", "04 tháng 3 năm 2026", "đề án oxy");
        assert_eq!(take(world, &words), row.id);
        assert_eq!(letters(world).len(), 5);
        let letter = numbered(world, "148/UBND-KGVX").content;
        assert!(!letter.lacks_text() && !letter.draft.is_empty());
        assert!(letter.draft.iter().all(|task| task.left_out), "the list calls it finished");
        assert_eq!((letter.standing, letter.arrival_number), (Standing::Read, Some(101)));
        assert_eq!(letter.listed.unwrap().row.subject, "Triển khai thực hiện Quyết định số 4308/QĐ-BYT");
        let again = Incoming::read(words).unwrap();
        let again = TakeIn { key: None, incoming: again, file: None, party_word: false, simulated: false };
        assert_eq!(code_of(clerk.does(again)), "DIR-003");
        assert_eq!(looked_at(&clerk, LIST).counts(), Counts { same: 5, ..Counts::default() });
        // The same number of the same day by somebody else is another letter.
        take(world, &text("SỞ NỘI VỤ", "4308/QĐ-BYT", "01 tháng 3 năm 2026", "việc khác"));
        assert_eq!(letters(world).len(), 6);
        world.assert_well();
    });
}

/// A letter that was read before the list came keeps its fields; what the list says stands beside them.
#[test]
fn a_list_never_overwrites_what_was_read() {
    on_both_engines(|world| {
        let clerk = world.a(Role::Clerk);
        let id =
            take(world, &text("ỦY BAN NHÂN DÂN\nTỈNH AN GIANG", "148/UBND-KGVX", "04 tháng 3 năm 2026", "đề án oxy"));
        let before = numbered(world, "148/UBND-KGVX").content;
        let preview = looked_at(&clerk, LIST);
        assert_eq!(preview.counts(), Counts { new: 4, changed: 1, ..Counts::default() });
        brought(&clerk, LIST);
        let after = numbered(world, "148/UBND-KGVX");
        assert_eq!(after.id, id);
        let listed = after.content.listed.clone();
        assert_eq!(Directive { listed: None, ..after.content }, before);
        assert_eq!(listed.unwrap().row.handler, "Sở Y tế");
        assert_eq!(looked_at(&clerk, LIST).counts(), Counts { same: 5, ..Counts::default() });
    });
}

/// What a person corrected in a letter without a text is not undone by the next list.
#[test]
fn a_correction_outlives_the_next_list() {
    let world = World::on_sqlite();
    let clerk = world.a(Role::Clerk);
    brought(&clerk, LIST);
    let kept = letters(&world).into_iter().find(|one| one.content.standing == Standing::Read).unwrap();
    let fields = Fields {
        issuer: kept.content.issuer.clone(),
        number: Some("5/3/BVHA-KHTH".to_owned()),
        date: kept.content.date,
        kind: None,
        subject: Some("Đề nghị cấp oxy lỏng".to_owned()),
    };
    let correct =
        CorrectReading { key: None, directive: kept.id, version: kept.version, fields: Some(fields), draft: None };
    clerk.does(correct).unwrap();
    assert_eq!(brought(&clerk, &LIST.replace("Đang xử lý", "Đã xử lý")).changed, 1);
    let after = world.office.look_blocking(|office, c| letter(office, c, &clerk.actor, kept.id)).unwrap().directive;
    assert_eq!(after.content.subject.as_deref(), Some("Đề nghị cấp oxy lỏng"));
    assert_eq!((after.content.standing, after.content.draft.len()), (Standing::Read, 1));
    assert_eq!(after.content.listed.unwrap().row.state, "Đã xử lý");
}

/// The next number of arrival steps over those that the document system gave.
#[test]
fn numbers_of_arrival_are_given_once() {
    let world = World::on_sqlite();
    let clerk = world.a(Role::Clerk);
    let rows: String =
        (1..=3).map(|n| format!("{n};0{n}/11/2026;Bộ Y tế;{n}/BYT-DP;0{n}/11/2026;Việc {n};;;;;\n")).collect();
    brought(&clerk, &rows);
    let id = take(&world, &text("BỘ NỘI VỤ", "77/BNV-VP", "05 tháng 11 năm 2026", "báo cáo"));
    let kept = world.office.look_blocking(|office, c| letter(office, c, &clerk.actor, id)).unwrap().directive;
    let confirm =
        ConfirmLetter { key: None, directive: id, version: kept.version, fields: None, draft: kept.content.draft };
    clerk.does(confirm).unwrap();
    let kept = world.office.look_blocking(|office, c| letter(office, c, &clerk.actor, id)).unwrap().directive;
    assert_eq!(kept.content.arrival_number, Some(4));
}

/// Secret rows: nothing of the file is kept. Party papers wait for the clerk's word. Rows that say two things of one
/// letter, or a day that is none, come back with their reason.
#[test]
fn rows_that_cannot_go_in_come_back() {
    let world = World::on_sqlite();
    let clerk = world.a(Role::Clerk);
    let secret = format!("{LIST}106;09/03/2026;Công an tỉnh;7/CAT;09/03/2026;Nội dung kín;;;;;Tối mật\n");
    assert_eq!(code_of(sends(&clerk, entry("letters"), "so-den.csv", file(&secret))), "LST-001");
    let rows = "\
1;05/03/2026;Tỉnh ủy;632-TB/TU;04/03/2026;Kết luận của Thường trực;;;;;
2;31/02/2026;Bộ Y tế;1/BYT-DP;04/03/2026;Ngày sai;;;;;
3;05/03/2026;Bộ Y tế;2/BYT-DP;04/03/2026;Một việc;;;;;
4;06/03/2026;Bộ Y tế;2/BYT-DP;04/03/2026;Việc khác;;;;;
";
    let preview = looked_at(&clerk, rows);
    let found: Vec<String> = codes(&preview).into_iter().map(|(row, code)| format!("{row} {code}")).collect();
    assert_eq!(found, ["2 LST-002", "3 DOC-038", "5 IMP-004"]);
    let head = HEAD.replace("Độ mật", "Văn bản Đảng được lưu ở đây");
    let allowed = format!("{head}1;05/03/2026;Tỉnh ủy;632-TB/TU;04/03/2026;Kết luận của Thường trực;;;;;có\n");
    let id = sends(&clerk, entry("letters"), "so-den.csv", allowed.into_bytes()).unwrap();
    assert_eq!(preview_counts(&clerk, id), Counts { new: 1, ..Counts::default() });
    assert_eq!(code_of(sends(&world.a(Role::Leader), entry("letters"), "so-den.csv", file(LIST))), "DSK-002");
}

fn preview_counts(clerk: &Person<'_>, id: record::RecordId<desk::registers::file::RegisterFile>) -> Counts {
    preview(clerk, id).counts()
}

/// The register of what went out: number and symbol in two columns, no issuer.
#[test]
fn what_went_out_is_brought_in_too() {
    on_both_engines(|world| {
        let clerk = world.a(Role::Clerk);
        let rows = "Số văn bản;Ký hiệu;Ngày ban hành;Trích yếu;Người ký;Nơi nhận\n\
            12;SYT-NVY;05/03/2026;Báo cáo oxy;Hà Văn Phúc;UBND tỉnh; \n13;/KH-SYT;06/03/2026;Kế hoạch oxy;Hà Văn Phúc;Các bệnh viện\n";
        let rows = rows.replace("UBND tỉnh; ", "UBND tỉnh");
        let id = sends(&clerk, entry("letters-sent"), "so-di.csv", rows.clone().into_bytes()).unwrap();
        assert_eq!(writes(&clerk, id).unwrap().new, 2);
        numbered(world, "12/SYT-NVY");
        numbered(world, "13/KH-SYT");
        let id = sends(&clerk, entry("letters-sent"), "so-di.csv", rows.into_bytes()).unwrap();
        assert_eq!(preview(&clerk, id).counts(), Counts { same: 2, ..Counts::default() });
        let asked = Asked { words: "12/SYT".into(), ..Asked::default() };
        let found = world.office.look_blocking(|office, c| register(office, c, &clerk.actor, &asked)).unwrap();
        assert!(matches!(&found.lines[0], Line::Letter(one) if one.content.lacks_text()));
    });
}

/// A thousand rows, or as many as `BONTAICHO_LIST_ROWS` says; the time is told with `--no-capture`.
#[test]
fn a_long_list_goes_in_whole() {
    let world = World::on_sqlite();
    let clerk = world.a(Role::Clerk);
    let wanted = std::env::var("BONTAICHO_LIST_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000);
    let row = |n: usize| {
        let day = format!("{:02}/{:02}/2025", n % 28 + 1, n % 12 + 1);
        format!("{n};{day};Sở Y tế;{n}/SYT-NVY;{day};Báo cáo tình hình oxy y tế lần {n};;Văn phòng;;Đã xử lý;\n")
    };
    let rows: String = (1..=wanted).map(row).collect();
    let begun = std::time::Instant::now();
    let id = sends(&clerk, entry("letters"), "so-den.csv", file(&rows)).unwrap();
    let looked = begun.elapsed();
    assert_eq!(writes(&clerk, id).unwrap().new, wanted);
    let written = begun.elapsed() - looked;
    assert_eq!(looked_at(&clerk, &rows).counts(), Counts { same: wanted, ..Counts::default() });
    let again = begun.elapsed() - written - looked;
    println!("{wanted} rows: looked at in {looked:?}, written in {written:?}, looked at again in {again:?}");
}

/// The example of docs/formats/letter-list.md is taken in as the page says.
#[test]
fn the_documented_example_is_taken_in() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats/letter-list/so-van-ban-den.csv");
    let bytes = std::fs::read(path).expect("the example");
    let world = World::on_sqlite();
    let clerk = world.a(Role::Clerk);
    let id = sends(&clerk, entry("letters"), "so-van-ban-den.csv", bytes).expect("taken");
    assert_eq!(preview(&clerk, id).counts(), Counts { new: 6, ..Counts::default() });
    assert_eq!(writes(&clerk, id).expect("written").new, 6);
    let waiting = letters(&world).into_iter().filter(|one| one.content.standing == Standing::Read).count();
    assert_eq!(waiting, 1);
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats/letter-list.md"));
    let page = page.expect("the page");
    for title in ["Số, ký hiệu", "Ngày văn bản", "Trích yếu", "Đơn vị xử lý", "Hạn xử lý", "Trạng thái", "Độ mật"]
    {
        assert!(page.contains(title), "{title} is not documented");
    }
}
