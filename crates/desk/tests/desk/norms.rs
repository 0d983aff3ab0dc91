//! A province's own norm: the list follows, its version is named, a bad one changes nothing.

use desk::operations::override_norm::OverrideNorm;
use desk::rights::Role;
use jiff::civil::Date;
use oxygen::Census;
use protocol::{Figure, NormUnit, Override, VersionId};

use crate::common::{code_of, on_both_engines, says};

/// The bars that stay in a cylinder, by a decision of the province.
pub fn seven_bar(from: Date) -> Override {
    Override {
        id: VersionId::new("tinh/ap-suat-du"),
        table: "oxygen.cylinder".into(),
        key: "residual".into(),
        figure: Figure { low: 6.0, value: 7.0, high: 8.0 },
        unit: NormUnit::Bar,
        source: "Quyết định của Sở Y tế".into(),
        valid_from: from,
        valid_to: None,
    }
}

fn usable_half(from: Date) -> Override {
    Override {
        id: VersionId::new("tinh/phan-long"),
        table: "oxygen.heel".into(),
        key: "tank".into(),
        figure: Figure { low: 0.5, value: 0.5, high: 0.5 },
        unit: NormUnit::Share,
        source: "Quyết định của Sở Y tế".into(),
        valid_from: from,
        valid_to: None,
    }
}

#[test]
fn the_list_follows_and_names_the_version() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let told = says(place.store(0), "2.000 kg", None);
        let told =
            desk::operations::file_report::Told { patients: Some(Census { mask: 20, ..Census::default() }), ..told };
        world.officer_of(&place).files(&place, told).unwrap();
        let before = world.a(Role::Leader).line(&place);
        assert_eq!(before.outlook.usable.as_kg(), 1_700.0, "a tenth of the tank stays in it");

        world.a(Role::Leader).does(OverrideNorm { own: usable_half(world.now().date()) }).unwrap();
        let after = world.a(Role::Leader).line(&place);
        assert_eq!(after.outlook.usable.as_kg(), 500.0);
        assert!(after.outlook.versions.iter().any(|version| version.as_str() == "tinh/phan-long"));
        assert!(!before.outlook.versions.iter().any(|version| version.as_str() == "tinh/phan-long"));
        let (soon, late) = (after.outlook.hours.unwrap().low, before.outlook.hours.unwrap().low);
        assert!(soon < late, "{soon} < {late}");
    });
}

#[test]
fn a_bad_norm_is_refused_and_nothing_is_stored() {
    on_both_engines(|world| {
        let leader = world.a(Role::Leader);
        let before = world.operations();
        let day = world.now().date();
        let good = usable_half(day);
        let bad = [
            Override { table: "oxygen.luck".into(), ..good.clone() },
            Override { key: "bucket".into(), ..good.clone() },
            Override { unit: NormUnit::Hours, ..good.clone() },
            Override { figure: Figure { low: 0.9, value: 0.5, high: 0.1 }, ..good.clone() },
            Override { figure: Figure { low: f64::NAN, value: f64::NAN, high: f64::NAN }, ..good },
        ];
        for own in bad {
            let shown = format!("{own:?}");
            assert_eq!(code_of(leader.does(OverrideNorm { own })), "DSK-024", "{shown}");
        }
        assert_eq!(world.operations(), before);
        // A second process reads the norms anew: they still load.
        let other = world.another_office();
        let norms = other.look_blocking(|office, connection| office.registry(connection, world.province)).unwrap();
        assert!(norms.norms().lookup("oxygen.heel", "tank", day).is_ok());
    });
}
