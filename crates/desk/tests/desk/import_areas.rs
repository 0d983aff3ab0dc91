//! An edition of the areas: the registry's lookups follow it, a broken one changes nothing.

use desk::Failure;
use desk::import::areas::import;
use desk::rights::Role;
use jiff::civil::date;

use crate::common::{code_of, on_both_engines};

const HEAD: &str = "code,name,level,parent,valid_from,valid_to,successor_code,lat,lon\n";
const EDITION: &str = "91,Tỉnh Kiên Giang,province,,2021-11-01,2025-07-01,91,9.825,105.1259
91,Tỉnh An Giang,province,,2025-07-01,,,10.1791,105.096
908,Huyện An Biên,district,91,2021-11-01,2025-07-01,,9.8212,105.0529
30985,Thị trấn Thứ Ba,commune,908,2021-11-01,2025-07-01,99990,,
99990,Đặc khu Hải Đăng,commune,91,2025-07-01,,,,
";

#[test]
fn lookups_of_a_day_follow_the_edition() {
    on_both_engines(|world| {
        let administrator = world.a(Role::Administrator);
        let text = format!("{HEAD}{EDITION}bad,Xã Hỏng,commune,91,2025-07-01,,,,\n");
        let told = import(&world.office, &administrator.actor, &text).unwrap();
        assert_eq!((told.good, told.bad.len(), told.bad[0].line), (5, 1, 7));
        for office in [world.office.clone(), world.another_office()] {
            let areas = office.areas();
            let name = |code: &str, day| areas.on(code.parse().unwrap(), day).map(|area| area.name.to_string());
            assert_eq!(name("91", date(2021, 11, 22)).as_deref(), Some("Tỉnh Kiên Giang"));
            assert_eq!(name("91", date(2026, 11, 22)).as_deref(), Some("Tỉnh An Giang"));
            assert_eq!(name("99990", date(2026, 11, 22)).as_deref(), Some("Đặc khu Hải Đăng"));
            assert_eq!(name("01", date(2026, 11, 22)), None, "the edition is all there is");
        }
        let place = world.facility("BV Hải Âu").lying_in("99990".parse().unwrap()).with_tank(100).register();
        assert_eq!(world.desk().line(&place).area, "Hải Đăng");
    });
}

#[test]
fn a_broken_edition_changes_nothing() {
    on_both_engines(|world| {
        let administrator = world.a(Role::Administrator);
        let import = |text: &str| import(&world.office, &administrator.actor, text);
        let before = world.operations();
        let renamed = format!("{}{EDITION}", HEAD.replace("valid_from", "tu_ngay"));
        assert!(code_of(import(&renamed)).starts_with("PLA-"));
        assert!(code_of(import("")).starts_with("PLA-"));
        assert_eq!(code_of(import(HEAD)), "DSK-027", "a head alone would empty the map");
        let mostly_bad =
            format!("{HEAD}91,Tỉnh An Giang,province,,2025-07-01,,,,\n{}", "x,Xã,commune,91,1,,,,\n".repeat(3));
        assert_eq!(code_of(import(&mostly_bad)), "DSK-027");
        let told =
            desk::import::areas::import(&world.office, &world.a(Role::Leader).actor, &format!("{HEAD}{EDITION}"));
        assert!(matches!(told, Err(Failure::Forbidden(_))));
        assert_eq!(world.operations(), before + 1, "the leader's account alone");
        assert!(world.office.areas().on("01".parse().unwrap(), date(2026, 11, 22)).is_some());
    });
}
