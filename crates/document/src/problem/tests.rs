use std::collections::BTreeMap;
use std::path::Path;

use super::*;

fn every_document_problem() -> Vec<DocumentProblem> {
    let text = || "x".to_owned();
    vec![
        DocumentProblem::Empty,
        DocumentProblem::TooLarge { bytes: 1, limit: 1 },
        DocumentProblem::UnpacksTooLarge { limit: 1 },
        DocumentProblem::TooManyRows { limit: 1 },
        DocumentProblem::TooManyColumns { row: 1, limit: 1 },
        DocumentProblem::TooMuchContent { row: 1 },
        DocumentProblem::Stopped,
        DocumentProblem::Damaged { cause: text() },
        DocumentProblem::NotATable { extension: text() },
        DocumentProblem::OldFormat { extension: text() },
        DocumentProblem::Protected,
        DocumentProblem::LettersLost { damaged: 1, words: 1, example: text() },
        DocumentProblem::EncodingUnknown { best: "x", percent: 1 },
        DocumentProblem::EncodingChanges { row: 1, encoding: "x" },
        DocumentProblem::CellTooLong { row: 1, limit: 1 },
        DocumentProblem::ColumnMissing { expected: text(), aliases: vec![], found: vec![], closest: None },
        DocumentProblem::ColumnTwice { expected: text(), first: text(), second: text() },
        DocumentProblem::NothingInside,
        DocumentProblem::LayoutBroken { layout: text(), cause: text() },
        DocumentProblem::NotWritten { cause: text() },
    ]
}

fn every_cell_problem() -> Vec<CellProblem> {
    let reasons = vec![
        CellReason::Missing,
        CellReason::UnitMissing,
        CellReason::UnitUnknown { accepted: vec![] },
        CellReason::NotANumber,
        CellReason::DoesNotFitColumn { example: "1.234,5" },
        CellReason::Ambiguous { thousands: String::new(), decimals: String::new() },
        CellReason::NotWhole,
        CellReason::OutOfRange { low: String::new(), high: String::new() },
        CellReason::NotADate,
        CellReason::NoTimeOfDay,
        CellReason::NotAChoice { accepted: vec![] },
        CellReason::SheetError,
        CellReason::BeyondHeader,
        CellReason::LettersLost,
        CellReason::PercentUnexpected,
    ];
    let place = Place { row: 1, column: 0 };
    let problem = |reason| CellProblem { place, title: String::new(), typed: String::new(), reason };
    reasons.into_iter().map(problem).collect()
}

fn every_letter_file_problem() -> Vec<crate::letter_file::LetterFileProblem> {
    use crate::letter_file::LetterFileProblem as Problem;
    let text = || "x".to_owned();
    vec![
        Problem::Empty,
        Problem::TooLarge { bytes: 1, limit: 1 },
        Problem::UnpacksTooLarge { limit: 1 },
        Problem::TooMuchText { limit: 1 },
        Problem::Stopped,
        Problem::Damaged { cause: text() },
        Problem::OldWord { extension: text() },
        Problem::OtherFormat { extension: text() },
        Problem::NotALetter { extension: text() },
        Problem::Protected,
        Problem::DeclaresType,
        Problem::Picture { pages: 1 },
        Problem::SignsUnreadable { unread: 1, signs: 1 },
        Problem::LettersLost { damaged: 1, words: 1 },
        Problem::EncodingUnknown { best: "x", percent: 1 },
        Problem::NothingInside,
        Problem::TooManyPages { pages: 1, limit: 1 },
    ]
}

/// The sentences of one language by code: sentence and next step together.
fn sentences(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(language);
    let mut sentences: BTreeMap<String, String> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("errors")) {
            continue;
        }
        let mut code = String::new();
        for line in std::fs::read_to_string(path).unwrap().lines() {
            if let Some((found, _)) = line.split_once(" = ").filter(|(found, _)| found.starts_with("DOC-")) {
                code = found.to_owned();
            }
            sentences.entry(code.clone()).or_default().push_str(line);
        }
    }
    sentences
}

#[test]
fn every_code_has_its_sentence_and_next_step_in_both_languages() {
    let mut problems: Vec<Box<dyn Coded>> = Vec::new();
    problems.extend(every_document_problem().into_iter().map(|problem| Box::new(problem) as Box<dyn Coded>));
    problems.extend(every_cell_problem().into_iter().map(|problem| Box::new(problem) as Box<dyn Coded>));
    problems.extend(every_letter_file_problem().into_iter().map(|problem| Box::new(problem) as Box<dyn Coded>));
    let codes: std::collections::BTreeSet<&str> = problems.iter().map(|problem| problem.code()).collect();
    assert_eq!(codes.len(), problems.len());
    for language in ["vi", "en"] {
        let sentences = sentences(language);
        assert_eq!(sentences.keys().filter(|code| code.starts_with("DOC-")).count(), codes.len());
        for problem in &problems {
            let sentence = sentences.get(problem.code()).unwrap_or_else(|| panic!("{language} {}", problem.code()));
            assert!(sentence.contains(".next = "), "{language} {}", problem.code());
            // A sentence asks for no fact that the problem does not give.
            let facts = problem.facts();
            for name in sentence.split("{ $").skip(1).filter_map(|rest| rest.split(' ').next()) {
                assert!(facts.iter().any(|(fact, _)| *fact == name), "{language} {} {name}", problem.code());
            }
        }
    }
}

#[test]
fn sizes_are_written_the_vietnamese_way() {
    assert_eq!(megabytes(1_048_576_500_000), "1.048.576,5 MB");
    assert_eq!(grouped(1_000_000), "1.000.000");
}
