use std::cell::Cell as Counter;
use std::io::{Cursor, Write};

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use zip::write::SimpleFileOptions;

use super::*;
use crate::text::Repair;

const SMALL: Limits = Limits { unpacked_bytes: 1_000_000, ..Limits::UPLOAD };

fn never() -> bool {
    false
}

fn read(bytes: &[u8], name: &str) -> Result<Table, DocumentProblem> {
    read_table(bytes, name, &Limits::UPLOAD, &never)
}

fn texts(table: &Table) -> Vec<Vec<String>> {
    table.rows().map(|row| row.cells().map(|cell| cell.text.to_owned()).collect()).collect()
}

/// A workbook with titles, a date, a percentage, a number and an old font.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.write_string(0, 0, "SỞ Y TẾ TỈNH KIÊN GIANG").unwrap();
    page.write_string(2, 0, "Cơ sở").unwrap();
    page.write_string(2, 1, "Thời điểm").unwrap();
    page.write_string(2, 2, "Trị số").unwrap();
    page.write_string(3, 0, "BV Hải Âu").unwrap();
    let at = jiff::civil::date(2026, 11, 22).at(0, 0, 0, 0);
    page.write_datetime_with_format(3, 1, at, &Format::new().set_num_format("dd/mm/yyyy hh:mm")).unwrap();
    page.write_number_with_format(3, 2, 0.9788, &Format::new().set_num_format("0.00%")).unwrap();
    page.write_string_with_format(4, 0, "B\u{d6}nh vi\u{d6}n s\u{e8} 3", &Format::new().set_font_name(".VnTime"))
        .unwrap();
    page.write_datetime_with_format(4, 1, at, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    page.write_number(4, 2, 310).unwrap();
    book.save_to_buffer().unwrap()
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn delimiters_are_found_though_decimals_have_commas() {
    for (delimiter, content) in [
        (b',', "Cơ sở,Trị số,Đơn vị\nBV Hải Âu,\"97,5\",%\n"),
        (b';', "Cơ sở;Trị số;Đơn vị\nBV Hải Âu;97,5;%\nBV Số 3;12,5;%\n"),
        (b'\t', "Cơ sở\tTrị số\tĐơn vị\nBV Hải Âu\t97,5\t%\n"),
        (b'|', "Cơ sở|Trị số|Đơn vị\nBV Hải Âu|97,5|%\n"),
    ] {
        let table = read(content.as_bytes(), "so-do.csv").unwrap();
        assert!(matches!(table.source(), TableSource::Csv { delimiter: found, .. } if *found == delimiter));
        assert_eq!(texts(&table)[1], ["BV Hải Âu", "97,5", "%"]);
    }
}

/// Bad input of the issue: TCVN3 and NFD in a table.
#[test]
fn old_encodings_and_separate_marks_are_read_in_tables() {
    let tcvn3 =
        b"C\xac s\xeb;Th\xeai \xaei\xd3m;\xa7\xacn v\xde\nB\xd6nh vi\xd6n \xaea khoa t\xd8nh;22/11/2026 02:14;kg\n";
    let table = read(tcvn3, "bc.csv").unwrap();
    assert_eq!(texts(&table)[0], ["Cơ sở", "Thời điểm", "Đơn vị"]);
    assert_eq!(table.row(1).unwrap().cell(0).text, "Bệnh viện đa khoa tỉnh");
    assert!(matches!(table.source(), TableSource::Csv { encoding: crate::text::Encoding::Tcvn3, .. }));

    let nfd = "Co\u{31b} so\u{31b}\u{309};Tri\u{323} so\u{302}\u{301}\nBV;5\n";
    let table = read(nfd.as_bytes(), "bc.csv").unwrap();
    assert_eq!(texts(&table)[0], ["Cơ sở", "Trị số"]);
    assert_eq!(table.repairs(), [Repair::Composed(2)]);
}

#[test]
fn a_stream_in_utf16_is_read_like_any_other() {
    let text = "\u{feff}Cơ sở\tTrị số\r\nBV Hải Âu\t310\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(texts(&read(&bytes, "unicode.txt").unwrap()), [["Cơ sở", "Trị số"], ["BV Hải Âu", "310"]]);
}

#[test]
fn cells_of_a_workbook_keep_place_kind_and_font() {
    let table = read(&workbook(), "bao-cao.xlsx").unwrap();
    let row = table.row(2).unwrap();
    assert_eq!((row.number(), row.cell(1).place.to_string()), (4, "B4".to_owned()));
    let midnight = jiff::civil::date(2026, 11, 22).at(0, 0, 0, 0);
    assert_eq!(row.cell(1).kind, CellKind::DateTime(midnight));
    assert_eq!(row.cell(2).kind, CellKind::Percent(97.88));
    let next = table.row(3).unwrap();
    assert_eq!(next.cell(0).text, "Bệnh viện số 3");
    assert_eq!(next.cell(1).kind, CellKind::Date(midnight.date()));
    assert_eq!((next.cell(2).kind, next.cell(2).text), (CellKind::Number(310.0), "310"));
    assert!(next.cell(9).is_empty());
    assert_eq!(table.repairs(), [Repair::OldFont(crate::text::Encoding::Tcvn3, 1)]);
}

#[test]
fn a_sheet_of_50_megabytes_is_refused_before_it_is_looked_at() {
    let told = read(&vec![b'a'; 50_000_000], "lon.xlsx");
    assert_eq!(told, Err(DocumentProblem::TooLarge { bytes: 50_000_000, limit: 20_000_000 }));
}

#[test]
fn a_zip_bomb_is_refused_whatever_its_headers_say() {
    let zeros = vec![0; 8_000_000];
    let honest = archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(honest.len() < 20_000);
    // The unpacked size 8,000,000 in both headers of the entry becomes 10.
    let mut lying = honest.clone();
    let size = 8_000_000_u32.to_le_bytes();
    let mut changed = 0;
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
            changed += 1;
        }
    }
    assert!(changed >= 1);
    for bomb in [honest, lying] {
        let told = read_table(&bomb, "bom.xlsx", &SMALL, &never);
        // Unpacking stops at the limit, or at the first byte that the lie did not announce.
        assert!(
            matches!(told, Err(DocumentProblem::UnpacksTooLarge { .. } | DocumentProblem::Damaged { .. })),
            "{told:?}"
        );
    }
    let many: Vec<(String, &[u8])> = (0..3000).map(|index| (format!("xl/{index}"), b"".as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    assert!(matches!(read(&archive(&many), "bom.xlsx"), Err(DocumentProblem::UnpacksTooLarge { .. })));
}

/// One cell in the last corner of a sheet: a reader of rectangles would ask for 400 GB.
#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "a").unwrap().write_string(1_048_575, 0, "b").unwrap();
    let told = read(&book.save_to_buffer().unwrap(), "goc.xlsx");
    assert_eq!(told, Err(DocumentProblem::TooManyRows { limit: 100_000 }));
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 16_383, "b").unwrap();
    let told = read(&book.save_to_buffer().unwrap(), "goc.xlsx");
    assert_eq!(told, Err(DocumentProblem::TooManyColumns { row: 1, limit: 256 }));
}

/// One long shared string named by many cells: small packed, huge unpacked in memory.
#[test]
fn text_repeated_by_reference_is_counted() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let long = "a".repeat(30_000);
    for row in 0..400 {
        page.write_string(row, 0, &long).unwrap();
    }
    let limits = Limits { text_bytes: 1_000_000, ..Limits::UPLOAD };
    let told = read_table(&book.save_to_buffer().unwrap(), "dai.xlsx", &limits, &never);
    assert!(matches!(told, Err(DocumentProblem::TooMuchContent { row: 34 })), "{told:?}");
}

#[test]
fn other_kinds_of_files_get_advice() {
    let ole = [[0xd0, 0xcf, 0x11, 0xe0].as_slice(), &[0; 600]].concat();
    let mut locked = ole.clone();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let docx = archive(&[("word/document.xml", b"<w/>")]);
    let extension = |text: &str| text.to_owned();
    assert_eq!(read(&ole, "cu.XLS"), Err(DocumentProblem::OldFormat { extension: extension("xls") }));
    assert_eq!(read(&ole, "cu.doc"), Err(DocumentProblem::OldFormat { extension: extension("doc") }));
    assert_eq!(read(&locked, "khoa.xlsx"), Err(DocumentProblem::Protected));
    assert_eq!(read(&docx, "thu.docx"), Err(DocumentProblem::NotATable { extension: extension("docx") }));
    assert_eq!(read(b"%PDF-1.7", "thu.pdf"), Err(DocumentProblem::NotATable { extension: extension("pdf") }));
    assert_eq!(read(b"<html><table>", "web.xls"), Err(DocumentProblem::NotATable { extension: extension("xls") }));
    assert!(matches!(read(b"a,b", "ten.xlsx"), Err(DocumentProblem::Damaged { .. })));
    assert_eq!(read(b"", "a.csv"), Err(DocumentProblem::Empty));
    assert_eq!(read(b";;\n;\n", "a.csv"), Err(DocumentProblem::NothingInside));
    let mut book = Workbook::new();
    book.add_worksheet();
    assert_eq!(read(&book.save_to_buffer().unwrap(), "a.xlsx"), Err(DocumentProblem::NothingInside));
}

#[test]
fn reading_stops_when_told_and_survives_a_panic() {
    let book = workbook();
    let asked = Counter::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    assert_eq!(read_table(&book, "a.xlsx", &Limits::UPLOAD, &stop), Err(DocumentProblem::Stopped));
    assert_eq!(
        read_table(b"a,b\n1,2\n", "a.csv", &Limits::UPLOAD, &|| true),
        Ok(read(b"a,b\n1,2\n", "a.csv").unwrap())
    );
    let long = "a,b\n".repeat(5_000);
    assert_eq!(read_table(long.as_bytes(), "a.csv", &Limits::UPLOAD, &|| true), Err(DocumentProblem::Stopped));
    let told = archive::guarded::<()>(|| panic!("a foreign reader"));
    assert!(matches!(told, Err(DocumentProblem::Damaged { .. })));
}

#[test]
fn rows_cells_and_quotes_are_limited() {
    let limits = Limits { rows: 3, columns: 4, cell_bytes: 10, file_bytes: 1_000, ..Limits::UPLOAD };
    let told = |text: &str| read_table(text.as_bytes(), "a.csv", &limits, &never).map(|_| ());
    assert_eq!(told("a,b\n1,2\n3,4\n5,6\n"), Err(DocumentProblem::TooManyRows { limit: 3 }));
    assert_eq!(told("a,b\n1,2,3,4,5\n"), Err(DocumentProblem::TooManyColumns { row: 2, limit: 4 }));
    // Empty cells at the right are no columns.
    assert_eq!(told("a,b\n1,2,,,,,,,\n"), Ok(()));
    assert_eq!(told("a,b\n1,\"never closed\n3,4\n5,6\n"), Err(DocumentProblem::CellTooLong { row: 2, limit: 10 }));
    assert!(matches!(
        told(&"a,b\n".repeat(400)),
        Err(DocumentProblem::TooLarge { .. } | DocumentProblem::TooManyRows { .. })
    ));
}

#[test]
fn a_stream_gives_what_the_table_gives() {
    let mut text = String::from("Mã;Cơ sở;Trị số\n");
    for index in 0..20_000 {
        text.push_str(&format!("CS{index};Bệnh viện số {index};{}\n", index * 3));
    }
    let table = read(text.as_bytes(), "a.csv").unwrap();
    let mut stream = CsvStream::open(text.as_bytes(), &Limits::BULK).unwrap();
    assert_eq!(stream.preamble().len(), 30);
    stream.skip_to(1);
    let mut seen = 1;
    while let Some(row) = stream.next_row(&never).unwrap() {
        let held = table.row(seen).unwrap();
        assert_eq!(
            (row.number(), row.cell(1).text, row.cell(2).text),
            (held.number(), held.cell(1).text, held.cell(2).text)
        );
        seen += 1;
    }
    assert_eq!(seen, 20_001);
}

/// A quotation mark that is never closed ends the reading long before the file does.
#[test]
fn an_open_quotation_mark_does_not_gather_the_file() {
    let taken = Counter::new(0_usize);
    struct Endless<'c>(&'c Counter<usize>);
    impl std::io::Read for Endless<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            into.fill(b'a');
            if self.0.get() == 0 {
                into[..6].copy_from_slice(b"a;b\n1\"");
                into[5] = b';';
                into[6] = b'"';
            }
            self.0.set(self.0.get() + into.len());
            Ok(into.len())
        }
    }
    let told = CsvStream::open(Endless(&taken), &Limits::BULK).map(|_| ());
    assert_eq!(told, Err(DocumentProblem::CellTooLong { row: 2, limit: 32_767 }));
    assert!(taken.get() < 10_000_000, "{}", taken.get());
}

#[test]
fn bytes_that_change_encoding_midway_are_found() {
    let mut bytes = "Mã;Cơ sở\n".repeat(20_000).into_bytes();
    bytes.extend(b"C\xac s\xeb;1\n");
    let told = read(&bytes, "a.csv");
    assert_eq!(told, Err(DocumentProblem::EncodingChanges { row: 20_001, encoding: "UTF-8" }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_under_any_name_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), name in "[a-z.]{0,8}") {
        let _ = read(&bytes, &name);
    }

    #[test]
    fn separated_text_never_panics(text in "[a-zđơưếạ0-9,;\\t\"\n\r?. ]{0,300}") {
        if let Ok(table) = read(text.as_bytes(), "a.csv") {
            for row in table.rows() {
                prop_assert!(!row.is_blank());
            }
        }
    }

    #[test]
    fn a_workbook_with_flipped_bytes_never_panics(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = workbook();
        for (at, value) in flips {
            let index = at.index(bytes.len());
            bytes[index] = value;
        }
        let _ = read(&bytes, "a.xlsx");
    }

    /// Damage inside the packed entries, sealed again so that it reaches the reader of cells.
    #[test]
    fn a_sheet_with_flipped_letters_never_panics(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..30), which in 0usize..20) {
        let book = workbook();
        let mut zip = zip::ZipArchive::new(Cursor::new(book)).unwrap();
        let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).unwrap();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
            entries.push((entry.name().unwrap().into_owned(), content));
        }
        let count = entries.len();
        let content = &mut entries[which % count].1;
        for (at, value) in flips {
            let index = at.index(content.len());
            content[index] = value;
        }
        let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
        let _ = read(&archive(&entries), "a.xlsx");
    }
}
