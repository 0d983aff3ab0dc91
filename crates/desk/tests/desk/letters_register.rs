//! The register of letters: found by words and numbers, among others, with decisions, enclosures and copies
//! (DT01, DT02, DT08, DT14, DT18).

use desk::letters::decision::Followed;
use desk::letters::directive::{Direction, DirectiveId, Standing};
use desk::letters::enclosure::Way;
use desk::letters::intake::Incoming;
use desk::operations::letters::attach::AttachToLetter;
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::decide::RecordDecision;
use desk::operations::letters::deliver::NoteDelivery;
use desk::operations::letters::take_in::TakeIn;
use desk::operations::letters::withdraw::WithdrawLetter;
use desk::record::Kept;
use desk::rights::Role;
use desk::views::letters::graph::{Graph, graph, together};
use desk::views::letters::letter;
use desk::views::letters::search::{Asked, Line, ON_A_PAGE, Register, register};
use letter::Role as Named;
use quantity::Span;

use crate::common::{World, code_of, on_both_engines};

const NOTE: &str = include_str!("../../../letter/tests/letters/3183-SYT-KHTC.txt");

/// A letter of a health department with its number, day, subject and words.
fn text(number: &str, day: &str, subject: &str, words: &str) -> String {
    format!(
        "UBND TỈNH KIÊN GIANG\nSỞ Y TẾ\nSố: {number}\nV/v {subject}\n\nKiên Giang, {day}\n\n\
        Kính gửi: Bệnh viện Đa khoa tỉnh.\n\n{words}\n\nNơi nhận:\n- Như trên (để thực hiện);\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nHà Văn Phúc\n"
    )
}

fn take(world: &World, text: String) -> DirectiveId {
    let incoming = Incoming::read(text).expect("reads");
    let taken = TakeIn { key: None, incoming, file: None, party_word: false, simulated: false };
    world.a(Role::Clerk).does(taken).expect("taken in")
}

fn look(world: &World, asked: &Asked) -> Register {
    let actor = world.a(Role::Clerk).actor;
    world.office.look_blocking(|office, connection| register(office, connection, &actor, asked)).expect("a register")
}

fn words(words: &str) -> Asked {
    Asked { words: words.to_owned(), ..Asked::default() }
}

/// The numbers of what is found, in their order.
fn found(world: &World, asked: &Asked) -> Vec<String> {
    let called = |line: &Line| match line {
        Line::Letter(letter) => letter.content.number.clone().unwrap_or_default(),
        Line::Paper(paper) => paper.content.text.clone(),
    };
    look(world, asked).lines.iter().map(called).collect()
}

fn among(world: &World, id: DirectiveId) -> Graph {
    let actor = world.a(Role::Clerk).actor;
    world.office.look_blocking(|office, connection| graph(office, connection, &actor, id)).expect("a graph")
}

/// DT01: accents left out, a phrase, parts of a number, filters; what was withdrawn is left out.
#[test]
fn a_letter_is_found_by_words_numbers_and_filters() {
    on_both_engines(|world| {
        let oxygen = take(
            world,
            text("12/SYT-NVY", "ngày 5 tháng 3 năm 2021", "oxy y tế cho Phú Quốc", "Bố trí ô xy cho TTYT Phú Quốc."),
        );
        take(world, text("3183/SYT-KHTC", "ngày 13 tháng 9 năm 2022", "phù quý quốc gia", "Không nói gì."));
        assert_eq!(found(world, &words("oxy phu quoc")), ["12/SYT-NVY"]);
        assert_eq!(found(world, &words("quoc phu")).len(), 2, "words in any order");
        assert_eq!(found(world, &words("phú quốc"))[0], "12/SYT-NVY", "as it was typed comes first");
        assert_eq!(found(world, &words("«phù quý»")), ["3183/SYT-KHTC"], "a phrase");
        assert_eq!(found(world, &words("\"quý phú\"")), [""; 0]);
        assert_eq!(found(world, &words("3183/SYT")), ["3183/SYT-KHTC"]);
        assert_eq!(found(world, &words("trung tâm y tế phú quốc")), ["12/SYT-NVY"], "what an abbreviation stands for");
        let of = |change: fn(&mut Asked)| {
            let mut asked = Asked::default();
            change(&mut asked);
            found(world, &asked)
        };
        assert_eq!(of(|asked| asked.year = Some(2021)), ["12/SYT-NVY"]);
        assert_eq!(of(|asked| asked.issuer = "so y te kien giang".into()).len(), 2);
        assert_eq!(of(|asked| asked.issuer = "Bộ Y tế".into()), [""; 0]);
        assert_eq!(of(|asked| asked.kind = "công văn".into()).len(), 2);
        assert_eq!(of(|asked| asked.standing = Some(Standing::Confirmed)), [""; 0]);
        assert_eq!(of(|asked| asked.direction = Some(Direction::Outgoing)), [""; 0]);
        let reason = "nhận nhầm".to_owned();
        world.a(Role::Clerk).does(WithdrawLetter { key: None, directive: oxygen, reason }).unwrap();
        assert_eq!(found(world, &words("phu quoc")), ["3183/SYT-KHTC"]);
        assert_eq!(of(|asked| asked.standing = Some(Standing::Withdrawn)), ["12/SYT-NVY"]);
        let all = look(world, &Asked::default());
        assert_eq!((all.all, all.next), (Some(1), None));
        assert_eq!(all.years, [("2022".to_owned(), 1), ("2021".to_owned(), 1)]);
        world.assert_well();
    });
}

/// Page after page by the last place, each letter once; a letter that came between pages disturbs nothing.
#[test]
fn the_register_is_read_page_by_page() {
    on_both_engines(|world| {
        let many = ON_A_PAGE + 7;
        for number in 1..=many {
            take(world, text(&format!("{number}/SYT-VP"), "ngày 5 tháng 3 năm 2021", "họp giao ban", "Mời dự họp."));
        }
        let first = look(world, &words("giao ban"));
        assert_eq!((first.lines.len(), first.all), (ON_A_PAGE, Some(many as u64)));
        take(world, text("99/SYT-VP", "ngày 6 tháng 3 năm 2021", "họp giao ban", "Mời dự họp."));
        let second = look(world, &Asked { before: first.next, ..words("giao ban") });
        assert_eq!((second.lines.len(), second.next), (7, None));
        let phrase = look(world, &words("\"giao ban\""));
        assert_eq!((phrase.lines.len(), phrase.all), (ON_A_PAGE, None), "texts are looked at, and no sum is made");
        let rest = look(world, &Asked { before: phrase.next, ..words("\"giao ban\"") });
        assert_eq!((rest.lines.len(), rest.next), (8, None));
    });
}

/// DT03: a letter is found by its open tasks as long as one of them is open.
#[test]
fn letters_with_open_tasks_are_found() {
    on_both_engines(|world| {
        let id = take(
            world,
            text(
                "12/SYT-NVY",
                "ngày 5 tháng 3 năm 2021",
                "oxy",
                "Sở Y tế yêu cầu:\n1. Bệnh viện Đa khoa tỉnh\n- Kiểm tra bồn oxy trước ngày 10/3/2021.\n",
            ),
        );
        let open = Asked { open_tasks: true, ..Asked::default() };
        assert_eq!(found(world, &open), [""; 0], "nothing is a task before a person confirms");
        let actor = world.a(Role::Clerk).actor;
        let full = world.office.look_blocking(|office, connection| letter(office, connection, &actor, id)).unwrap();
        let Kept { version, content, .. } = full.directive;
        let tasks = content.draft.len() as i64;
        assert!(tasks > 0);
        world
            .a(Role::Clerk)
            .does(ConfirmLetter { key: None, directive: id, version, fields: None, draft: content.draft })
            .unwrap();
        assert_eq!(found(world, &open), ["12/SYT-NVY"]);
        let counted = look(world, &Asked::default()).tasks.expect("of now");
        assert_eq!((counted.open, counted.done), (tasks, 0));
        assert!(counted.overdue >= 1, "{counted:?}");
        world.assert_well();
    });
}

/// DT02, DT14: the note of a provincial department asks to weigh an earlier letter; who decided is recorded, and
/// nothing is locked.
#[test]
fn two_letters_are_read_together_and_the_decision_is_recorded() {
    on_both_engines(|world| {
        let note = take(world, NOTE.to_owned());
        let before = among(world, note);
        assert!(before.parents.iter().all(|parent| parent.found.is_empty()), "{:?}", before.parents);
        assert_eq!(before.together.len(), 1, "{:?}", before.together);
        let pair = &before.together[0];
        assert_eq!((pair.role, pair.earlier_number.as_str()), (Named::Reconsiders, "3109/SYT-KHTC"));
        assert!(pair.earlier.is_none() && pair.decisions.is_empty());
        assert_eq!(pair.deciders, ["Bệnh viện Đa khoa tỉnh"]);

        let earlier = take(
            world,
            text("3109/SYT-KHTC", "ngày 6 tháng 9 năm 2022", "trả máy tạo oxy", "Trả lại máy tạo oxy đã mượn."),
        );
        // Of another year, so another letter: numbers restart each January.
        take(world, text("3109/SYT-KHTC", "ngày 6 tháng 9 năm 2021", "việc khác", "Không liên quan."));
        let shown = among(world, earlier);
        assert_eq!(shown.children.len(), 1);
        assert_eq!(shown.together[0].earlier.as_ref().unwrap().id, earlier.0);
        let decision = |earlier: &str, decider: &str| RecordDecision {
            key: None,
            later: note,
            earlier: earlier.to_owned(),
            followed: Followed::Later,
            decider: decider.to_owned(),
            words: "Giữ máy đến hết tháng 12.".to_owned(),
        };
        let clerk = world.a(Role::Clerk);
        assert_eq!(code_of(clerk.does(decision("3109/SYT-KHTC", " "))), "DIR-101");
        assert!(clerk.does(decision("1/SYT-KHTC", "Ông Sóng")).is_err(), "it names no such letter");
        assert!(world.a(Role::Observer).does(decision("3109/SYT-KHTC", "Ông Sóng")).is_err());
        world.a(Role::Clerk).does(decision("3109 / SYT-KHTC", "BS. Lê Văn Sóng, giám đốc")).unwrap();
        // Whatever carries the number of either shows the question and its answer.
        let actor = world.a(Role::Clerk).actor;
        for number in ["3109/SYT-KHTC", "3183/SYT-KHTC"] {
            let numbers = [number.to_owned()];
            let pairs = world.office.look_blocking(|_, connection| together(connection, &actor, &numbers)).unwrap();
            assert_eq!(pairs.len(), 1, "{number}");
            assert_eq!(pairs[0].decisions[0].content.decider, "BS. Lê Văn Sóng, giám đốc");
        }
        assert_eq!(among(world, note).letter.content.standing, Standing::Read, "nothing is locked");
        world.assert_well();
    });
}

/// DT02: chains up and down, a circle ends, and the last of those that replace it is in force.
#[test]
fn a_chain_is_followed_and_a_circle_ends() {
    on_both_engines(|world| {
        let day = "ngày 5 tháng 3 năm 2021";
        let first = take(
            world,
            text("1/SYT-NVY", day, "quy định trực oxy", "Căn cứ Công văn số 3/SYT-NVY ngày 5/3/2021 của Sở Y tế."),
        );
        let second = take(
            world,
            text(
                "2/SYT-NVY",
                day,
                "thay thế",
                "Công văn này thay thế Công văn số 1/SYT-NVY ngày 5/3/2021 của Sở Y tế.",
            ),
        );
        let third = take(
            world,
            text(
                "3/SYT-NVY",
                day,
                "thay thế nữa",
                "Công văn này thay thế Công văn số 2/SYT-NVY ngày 5/3/2021 của Sở Y tế.",
            ),
        );
        let graph = among(world, first);
        assert_eq!(graph.in_force.as_ref().map(|brief| brief.id), Some(third.0), "{:?}", graph.children);
        assert!(among(world, third).in_force.is_none(), "a letter that is named by what it replaced stays in force");
        let down: Vec<(usize, bool)> = graph.down.iter().map(|line| (line.depth, line.again)).collect();
        assert_eq!(down, [(1, false), (2, false), (3, true)], "{:?}", graph.down);
        assert!(graph.up.last().is_some_and(|line| line.again), "{:?}", graph.up);
        assert_eq!(among(world, second).parents[0].found[0].id, first.0);
    });
}

/// DT18, DT08: what was enclosed and is not there is said; every copy has its state.
#[test]
fn enclosures_and_copies_are_kept_beside_the_letter() {
    on_both_engines(|world| {
        let id =
            take(world, text("12/SYT-NVY", "ngày 5 tháng 3 năm 2021", "oxy", "Rà soát theo biểu mẫu (gửi kèm theo)."));
        let lacking = among(world, id).lacking;
        let title = lacking.first().cloned().unwrap_or_else(|| "Biểu mẫu".to_owned());
        let attach = |bytes: &[u8]| AttachToLetter {
            key: None,
            directive: id,
            title: title.clone(),
            file: "bieu-mau.pdf".to_owned(),
            digest: store::sha256(bytes),
            bytes: bytes.to_vec(),
        };
        let clerk = world.a(Role::Clerk);
        assert_eq!(code_of(clerk.does(attach(b"MZ\x90"))), "DIR-103", "by its bytes, not by its name");
        clerk.does(attach(b"%PDF-1.7 mau")).unwrap();
        let after = among(world, id);
        assert_eq!(after.enclosures[0].content.file, "bieu-mau.pdf");
        assert!(!after.lacking.contains(&title));
        let now = world.now();
        let note = |to: &str, received: Option<Span>| NoteDelivery {
            key: None,
            directive: id,
            to: to.to_owned(),
            way: Way::System,
            sent_at: Some(now),
            acknowledged_at: received.map(|span| now + span),
            note: "0012".to_owned(),
        };
        let clerk = world.a(Role::Clerk);
        assert_eq!(code_of(clerk.does(note(" ", None))), "DIR-104");
        assert_eq!(code_of(clerk.does(note("Như trên", Some(Span::hours(-1))))), "DIR-105");
        clerk.does(note("Như trên", None)).unwrap();
        clerk.does(note("Như trên", Some(Span::hours(2)))).unwrap();
        let copies = among(world, id).deliveries;
        assert_eq!(copies.len(), 1, "one state for each copy");
        assert!(copies[0].content.acknowledged_at.is_some());
        world.assert_well();
    });
}

/// DT01: a folder of letters goes in once; what is secret leaves nothing, and every other file is named.
#[test]
fn a_folder_is_taken_in_once() {
    use desk::Actor;
    use desk::import::letters::{Became, files_of, import};
    on_both_engines(|world| {
        let folder = tempfile::TempDir::new().expect("a folder");
        let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
        let day = "ngày 5 tháng 3 năm 2021";
        put("1.txt", text("12/SYT-NVY", day, "oxy", "Rà soát.").as_bytes());
        put("2.txt", text("12/SYT-NVY", day, "oxy", "Rà soát.").as_bytes());
        put("3.txt", format!("MẬT\n{}", text("13/SYT-NVY", day, "oxy", "Bí mật.")).as_bytes());
        put("4.txt", b"");
        put(".hidden", b"nothing");
        let files = files_of(folder.path()).expect("files");
        assert_eq!(files.len(), 4);
        let actor = Actor::program(world.province);
        let once = || import(&world.office, &actor, &files, false, &mut |_| ()).expect("an import");
        let report = once();
        assert_eq!((report.taken_in, report.known, report.others.len()), (1, 1, 2));
        assert!(report.others[0].0.ends_with("3.txt"), "{:?}", report.others);
        assert!(
            matches!(&report.others[0].1, Became::Refused(failure) if failure.to_string().contains("DIR-001")),
            "{:?}",
            report.others
        );
        assert_eq!(found(world, &words("bí mật")), [""; 0]);
        let again = once();
        assert_eq!((again.taken_in, again.known), (0, 2));
        world.assert_well();
    });
}
