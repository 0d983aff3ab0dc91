//! Opening a command post, and the first administrator (AC).

use desk::operations::found_command_post::{FirstAdministrator, FoundCommandPost};
use desk::{Actor, Outcome};
use jiff::civil::date;
use place::ProvinceId;
use protocol::Readiness;

use crate::common::{Scratch, World, code_of, on_both_engines};

fn founding(area: &str, login: Option<&str>) -> FoundCommandPost {
    FoundCommandPost {
        area: area.parse().unwrap(),
        opened_on: date(2026, 11, 22),
        state: Readiness::Routine,
        administrator: login.map(|login| FirstAdministrator {
            login: login.to_owned(),
            display_name: "Quản trị".into(),
            password_hash: "none".into(),
        }),
    }
}

fn found(world: &World, operation: FoundCommandPost) -> Outcome<ProvinceId> {
    world.office.perform_blocking(Actor::program(ProvinceId::NATION), operation).map(|receipt| receipt.done)
}

#[test]
fn an_area_has_one_command_post() {
    on_both_engines(|world| {
        assert_eq!(code_of(found(world, founding("91", None))), "DSK-011");
        assert_eq!(code_of(found(world, founding("908", None))), "DSK-010", "a district of the past");
        let not_yet = FoundCommandPost { area: "99".parse().unwrap(), ..founding("99", None) };
        assert_eq!(code_of(found(world, not_yet)), "DSK-010");
        let other = found(world, founding("92", None)).unwrap();
        assert_ne!(other, world.province);
        assert_eq!(code_of(found(world, founding("01", Some("tên có dấu")))), "DSK-013");
        // What was refused has opened nothing.
        found(world, founding("01", None)).unwrap();
    });
}

#[test]
fn of_two_who_race_one_becomes_the_first_administrator() {
    for scratch in Scratch::of_each_engine() {
        let world = World::bare(scratch);
        let outcomes: Vec<Outcome<ProvinceId>> = std::thread::scope(|scope| {
            let racers: Vec<_> = [("91", "lan"), ("92", "hoa"), ("91", "mai"), ("01", "cuc")]
                .map(|(area, login)| {
                    scope.spawn({
                        let world = &world;
                        move || found(world, founding(area, Some(login)))
                    })
                })
                .into();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        for failure in outcomes.into_iter().filter_map(Result::err) {
            let code = quantity::Coded::code(&failure);
            assert!(["DSK-011", "DSK-012"].contains(&code), "{code}");
        }
        let posts =
            world.office.look_blocking(|_, connection| Ok(store::register::command_posts(connection)?)).unwrap();
        assert_eq!(posts.len(), 1, "the others were undone whole");
        world.assert_well();
    }
}
