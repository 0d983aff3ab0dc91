//! The files beside `docs/merger.md`.

use desk::Actor;
use desk::import::facilities;
use desk::rights::Role;
use jiff::civil::date;

use crate::common::on_both_engines;
use crate::merger::{TODAY, codes, found_on};

/// They are taken as it says.
#[test]
fn the_files_of_the_written_example_go_in_as_it_says() {
    on_both_engines(|world| {
        let first_days = date(2025, 6, 1);
        let posts = ["91", "89"].map(|area| Actor::program(found_on(world, area, first_days)));
        let [kien_giang, an_giang, old]: [&[u8]; 3] = [
            include_bytes!("../../../../docs/merger/kien-giang.csv"),
            include_bytes!("../../../../docs/merger/an-giang.csv"),
            include_bytes!("../../../../docs/merger/cu.csv"),
        ];
        for (post, file, rows) in [(&posts[0], kien_giang, 1), (&posts[1], an_giang, 2)] {
            let imported = facilities::import(&world.office, post, file, "mau.csv", first_days).unwrap();
            assert_eq!((imported.good, codes(&imported)), (rows, Vec::new()));
        }
        let keeper = world.a(Role::Administrator);
        let imported = facilities::import(&world.office, &keeper.actor, old, "cu.csv", TODAY).unwrap();
        let mut told = codes(&imported);
        told.sort_unstable();
        assert_eq!((imported.good, told), (2, vec![(4, "MRG-010"), (5, "MRG-011")]));
    });
}
