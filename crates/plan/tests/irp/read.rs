//! What is read and what is refused, by code.

use plan::irp::{Instance, IrpProblem};
use proptest::prelude::*;
use quantity::Coded as _;

use crate::SMALL;

fn refusal(text: &str) -> &'static str {
    Instance::read(text).map_or_else(|problem| problem.code(), |_| "read")
}

/// The small instance with one text in place of another, which must stand in it.
fn with(old: &str, new: &str) -> String {
    assert!(SMALL.contains(old), "{old}");
    SMALL.replacen(old, new, 1)
}

#[test]
fn an_instance_is_read_as_it_stands() {
    let instance = Instance::read(SMALL).unwrap();
    assert_eq!((instance.days, instance.capacity, instance.vehicles), (3, 100, 2));
    assert_eq!((instance.stock, instance.production, instance.customers.len()), (300, 90, 3));
    assert_eq!((instance.distance(1, 2), instance.distance(0, 3), instance.distance(2, 2)), (50, 50, 0));
    let last = &instance.customers[2];
    assert_eq!((last.stock, last.most, last.least, last.demand, last.holding), (30, 90, 0, 30, 0.10));
    // Tabs, line ends of other systems, empty lines, a mark of byte order, whole numbers with a point.
    let other =
        format!("\u{feff}{}\r\n\r\n", SMALL.replace(' ', "\t").replace('\n', "\r\n").replace("\t60\t", "\t60.0\t"));
    assert_eq!(Instance::read(&other).unwrap(), instance);
    // No more vehicles than customers can leave.
    assert_eq!(Instance::read(&with("4 3 100 2", "4 3 100 900")).unwrap().vehicles, 3);
}

#[test]
fn what_cannot_be_used_is_refused_by_line() {
    for (text, code) in [
        (String::new(), "IRP-001"),
        ("4 3 100 2\n".to_owned(), "IRP-001"),
        (SMALL.lines().take(4).collect::<Vec<_>>().join("\n"), "IRP-001"),
        (with("4 3 100 2", "4 3 100"), "IRP-002"),
        (with("2 0.0 40.0 60 90 0 30 0.40", "2 0.0 40.0 60 90 30 0.40"), "IRP-002"),
        (with("300 90 0.30", "300 90 0.30 7"), "IRP-002"),
        (with("300 90", "-300 90"), "IRP-003"),
        (with("300 90", "NaN 90"), "IRP-003"),
        (with("300 90", "inf 90"), "IRP-003"),
        (with("0.20", "-0.20"), "IRP-003"),
        (with("60 90 0 30 0.40", "60 90 0 30.5 0.40"), "IRP-003"),
        (with("60 90 0 30 0.40", "60 1e300 0 30 0.40"), "IRP-003"),
        (with("30.0 40.0", "1e9 40.0"), "IRP-003"),
        (with("4 3", "vier 3"), "IRP-003"),
        (with("2 0.0 40.0", "7 0.0 40.0"), "IRP-004"),
        (with("0 0.0 0.0", "1 0.0 0.0"), "IRP-004"),
        (format!("{SMALL}4 1 1 30 60 0 30 0.2\n"), "IRP-005"),
        (format!("{SMALL}EOF\n"), "IRP-005"),
        (with("4 3 100 2", "1 3 100 2"), "IRP-006"),
        (with("4 3 100 2", "4 0 100 2"), "IRP-006"),
        (with("4 3 100 2", "4 3 0 2"), "IRP-006"),
        (with("4 3 100 2", "4 3 100 0"), "IRP-006"),
        (with("4 3 100 2", "4 3 100 -1"), "IRP-006"),
        (with("4 3 100 2", "999999999 3 100 2"), "IRP-006"),
        (with("1 30.0 0.0 30 60", "1 30.0 0.0 61 60"), "IRP-007"),
        (with("60 90 0 30 0.40", "60 90 0 91 0.40"), "IRP-008"),
        (with("60 90 0 30 0.40", "60 90 70 30 0.40"), "IRP-008"),
        (with("4 3 100 2", "4 3 10 2"), "IRP-009"),
        (with("4 3 100 2", "4 3 19 3"), "IRP-009"),
        (with("300 90", "10 10"), "IRP-010"),
        (with("300 90", "60 0"), "IRP-010"),
        (with("4 3 100 2", "2000 100 100 900"), "IRP-012"),
    ] {
        assert_eq!(refusal(&text), code, "{text}");
    }
    let told = Instance::read(&with("300 90", "drei 90")).unwrap_err();
    assert_eq!(told, IrpProblem::NoNumber { line: 2, column: 4, typed: "drei".to_owned() });
    assert_eq!(told.facts()[0], ("line", "2".to_owned()));
}

proptest! {
    /// Whatever stands in a file: an instance or a code, never a panic.
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}", cut in 0usize..140, at in 0usize..140) {
        let _ = refusal(&text);
        let begin: String = SMALL.chars().take(cut).collect();
        prop_assert_ne!(refusal(&format!("{begin}{text}")), "");
        let (at, mut changed) = (at.min(SMALL.len()), SMALL.to_owned());
        changed.insert_str(at, &text);
        prop_assert_ne!(refusal(&changed), "");
    }

    /// Figures that are numbers but not what belongs there.
    #[test]
    fn any_figures_are_read_or_refused(figures in proptest::collection::vec(-1e10f64..1e10, 34), whole in any::<bool>()) {
        let mut words = SMALL.split_inclusive([' ', '\n']).zip(figures).map(|(word, figure)| {
            let end = if word.ends_with('\n') { "\n" } else { " " };
            // One in eight is replaced.
            let replaced = if whole { figure.trunc() } else { figure };
            if figure.to_bits() % 8 == 0 { format!("{replaced}{end}") } else { word.to_owned() }
        });
        let text: String = words.by_ref().collect();
        prop_assert_ne!(refusal(&text), "");
    }
}
