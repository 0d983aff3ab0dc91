//! Every operation of the command room against the table of rights and the scope of its actor.

use std::collections::BTreeSet;

use desk::command::readiness::Met;
use desk::operations::command::acknowledge_notice::AcknowledgeNotice;
use desk::operations::command::answer_readiness::AnswerReadiness;
use desk::operations::command::approve_programme::ApproveProgramme;
use desk::operations::command::explain_late::ExplainLate;
use desk::operations::command::hold_drill::HoldDrill;
use desk::operations::command::import_boundaries::ImportBoundaries;
use desk::operations::command::link_recount::LinkRecount;
use desk::operations::command::mask_facility::MaskFacility;
use desk::operations::command::mend_finding::MendFinding;
use desk::operations::command::note_finding::NoteFinding;
use desk::operations::command::note_group::NoteGroup;
use desk::operations::command::notify_ministry::NotifyMinistry;
use desk::operations::command::recount_stock::RecountStock;
use desk::operations::command::relieve_member::RelieveMember;
use desk::operations::command::set_milestone::SetMilestone;
use desk::record::RecordId;
use desk::rights::{Capability, Role, allows};
use desk::{Failure, Outcome};
use oxygen::ReportId;
use quantity::Id;

use crate::command::{TODAY, founding, head};
use crate::common::{Person, Place, World, on_both_engines, says};

type Try = Box<dyn Fn(&Person<'_>) -> Outcome<()>>;

fn row<O: desk::Operation>(make: impl Fn(&World) -> O + 'static) -> (&'static str, Capability, Try) {
    (O::NAME, O::NEEDS, Box::new(move |person| person.does(make(person.world)).map(drop)))
}

/// Every operation of the command room, aimed at nothing in particular.
fn operations(place: &Place<'_>) -> Vec<(&'static str, Capability, Try)> {
    let facility = place.id;
    let told = says(place.store(0), "2.000 kg", None);
    let id = Id::from_bytes([9; 16]);
    let words = || "x".to_owned();
    vec![
        row(|_| founding()),
        row(|_| head(true, "")),
        row(move |_| RelieveMember { key: None, member: id, on: TODAY }),
        row(move |_| NotifyMinistry { key: None, sent_on: TODAY, way: words() }),
        row(move |_| AcknowledgeNotice { key: None, notice: RecordId::new(id), on: TODAY, by: words() }),
        row(move |_| ApproveProgramme { key: None, number: words(), issued_on: TODAY, issuer: words(), file: None }),
        row(move |_| SetMilestone {
            key: None,
            line: "survey".into(),
            facility: Some(facility),
            planned_on: Some(TODAY),
            reached_on: None,
            evidence: words(),
            holder: words(),
        }),
        row(move |_| AnswerReadiness {
            key: None,
            line: "command-officer".into(),
            facility: Some(facility),
            met: Met::Yes,
            evidence: words(),
            seen_on: TODAY,
            by: words(),
        }),
        row(move |_| HoldDrill { key: None, held_on: TODAY, scenario: words(), took_part: words() }),
        row(move |_| NoteFinding { key: None, of: id, what: words(), remedy: words(), holder: words(), due_on: TODAY }),
        row(move |_| MendFinding { key: None, finding: RecordId::new(id), on: TODAY, evidence: words() }),
        row(move |_| ExplainLate { key: None, facility, period: words(), reason: words(), told_by: words() }),
        row(move |_| MaskFacility { key: None, facility, hidden: true, reason: words() }),
        row(move |_| NoteGroup {
            key: None,
            group: "private".into(),
            facilities: 1,
            patients: Some(1),
            stock: String::new(),
            told_by: words(),
            phone: words(),
            at: None,
        }),
        row(move |_| RecountStock { key: None, facility, told: told.clone(), by: words(), note: words() }),
        row(move |_| LinkRecount { recount: RecordId::new(id), report: ReportId(id) }),
        row(move |_| ImportBoundaries {
            key: None,
            shapes: Vec::new(),
            about: desk::command::boundaries::Boundaries {
                layer: "province".into(),
                file_name: words(),
                imported_on: TODAY,
                shapes: String::new(),
                areas: 0,
                left_out: 0,
                points_before: 0,
                points: 0,
                tolerance: 0.0,
                closed: 0,
                source: words(),
            },
        }),
    ]
}

/// Every operation of the folder has a row, and asks the table of rights; outside the scope there is nothing.
#[test]
fn every_operation_of_the_room_asks_the_table_and_the_scope() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/operations/command");
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for line in text.lines().filter_map(|line| line.trim().strip_prefix("const NAME: &'static str = \"")) {
            names.insert(line.trim_end_matches("\";").to_owned());
        }
    }
    on_both_engines(|world| {
        let place = world.facility("BV An").with_tank(3_000).register();
        let rows = operations(&place);
        assert_eq!(rows.iter().map(|(name, ..)| (*name).to_owned()).collect::<BTreeSet<_>>(), names);
        let far = world.a_local(Role::DutyOfficer, world.commune("91", 5));
        for (name, _, attempt) in &rows {
            let outcome = attempt(&far);
            assert!(matches!(outcome, Err(Failure::NotFound)), "{name} from outside the scope: {outcome:?}");
        }
        for role in Role::ALL {
            let person = world.one_of(*role, &place);
            for (name, needs, attempt) in operations(&place) {
                let outcome = attempt(&person);
                let forbidden = matches!(&outcome, Err(Failure::Forbidden(asked)) if *asked == needs);
                assert_eq!(forbidden, !allows(*role, needs), "{name} by {}: {outcome:?}", role.code());
            }
        }
        world.assert_well();
    });
}

/// What a drill of the province found is the province's: an officer of one facility reports figures, and reads no blame.
#[test]
fn findings_of_the_province_are_not_shown_to_one_facility() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let words = |text: &str| text.to_owned();
        let drill =
            HoldDrill {
                key: None, held_on: TODAY, scenario: words("bão"), took_part: words("BV Hải Âu, BV An Lành")
            };
        let of = world.desk().does(drill).unwrap().0;
        let finding = NoteFinding {
            key: None,
            of,
            what: words("BV An Lành gọi chậm"),
            remedy: words("tập lại"),
            holder: words("BV An Lành"),
            due_on: TODAY,
        };
        world.desk().does(finding).unwrap();
        let seen = |actor: &desk::Actor| {
            let look = |office: &desk::Office, connection: &mut store::Connection| {
                desk::views::command::readiness::readiness(office, connection, actor)
            };
            world.office.look_blocking(look).unwrap().findings.len()
        };
        assert_eq!(seen(&world.a(Role::Leader).actor), 1);
        assert_eq!(seen(&world.officer_of(&place).actor), 0);
    });
}
