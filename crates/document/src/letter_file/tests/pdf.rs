//! PDF files written by hand, object by object.

use std::fmt::Write as _;

use super::*;

/// A PDF of these objects, numbered from 1; the first is the catalogue.
pub(super) fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(end, "{place:010} 00000 n ");
    }
    let _ = write!(end, "trailer\n<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    bytes.extend(end.bytes());
    bytes
}

pub(super) fn stream(dict: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<<{dict}/Length {}>>\nstream\n", content.len()).into_bytes();
    bytes.extend(content);
    bytes.extend(b"\nendstream");
    bytes
}

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>";

/// Pages of this content, in one font and with these resources besides.
fn pages(contents: &[Vec<u8>], font: &str, resources: &str, others: &[Vec<u8>]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|page| format!("{} 0 R ", 4 + page * 2)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", contents.len()).into_bytes(),
        font.as_bytes().to_vec(),
    ];
    for (page, content) in contents.iter().enumerate() {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>{resources}>>>>",
            5 + page * 2
        );
        objects.push(page.into_bytes());
        objects.push(stream("", content));
    }
    objects.extend(others.iter().cloned());
    pdf(&objects, "")
}

/// Lines at their places: left, from below, words.
fn lines(lines: &[(i32, i32, &str)]) -> Vec<u8> {
    let one = |(left, below, words): &(i32, i32, &str)| format!("BT /F 13 Tf {left} {below} Td ({words}) Tj ET\n");
    lines.iter().map(one).collect::<String>().into_bytes()
}

#[test]
fn columns_of_the_letterhead_are_read_one_after_the_other() {
    let page = lines(&[
        (90, 780, "SO Y TE"),
        (280, 780, "Doc lap - Tu do - Hanh phuc"),
        (90, 760, "S\\363: 12/SYT-NVY"),
        (300, 758, "An Giang, ng\\340y 3 th\\341ng 9 n\\343m 2026"),
        (90, 744, "V/v bao cao oxy y te"),
        (90, 700, "Sau day la phan noi dung cua van ban, chu chay het chieu ngang cua trang giay"),
        (90, 684, "va xuong dong thu hai."),
    ]);
    let read = text(&pages(&[page], FONT, "", &[]), "a.pdf");
    let at = |words: &str| read.find(words).unwrap_or_else(|| panic!("{words} in {read}"));
    assert!(at("V/v bao") < at("Doc lap"), "{read}");
    assert!(at("giay va xuong") > at("2026"), "{read}");
}

#[test]
fn numbers_of_pages_are_left_out_and_paragraphs_go_on() {
    let long = |below: i32| (90, below, "dong chu dai het chieu ngang trang giay de nguoi doc thay ro rang le");
    let first = lines(&[long(700), long(684), long(668), long(652), long(636), long(620), long(604), long(588)]);
    let second = lines(&[(290, 800, "2"), (90, 760, "van con tiep.")]);
    let read = text(&pages(&[first, second], FONT, "", &[]), "a.pdf");
    assert!(read.ends_with("rang le van con tiep.") && !read.contains('\n'), "{read}");
}

#[test]
fn letters_of_old_fonts_are_decoded() {
    let sentence = "B\\326nh vi\\326n \\256a khoa t\\330nh, l\\255\\356ng oxy c\\337n \\335t, th\\270ng n\\265y ng\\255\\352i b\\326nh n\\306ng";
    let font = FONT.replace("Times-Roman", ".VnTime");
    let read = read(&pages(&[lines(&[(90, 700, sentence)])], &font, "", &[]), "a.pdf").unwrap();
    assert_eq!(read.text, "Bệnh viện đa khoa tỉnh, lượng oxy còn ít, tháng này người bệnh nặng");
    assert_eq!((read.kind, read.pages), (FileKind::Pdf, Some(1)));
}

#[test]
fn text_from_recognition_is_said_to_be_that() {
    let words = "chu nhan dang tu anh chup trang giay, nam duoi anh va khong nhin thay duoc";
    let page = format!("3 Tr {}", String::from_utf8(lines(&[(90, 700, words)])).unwrap());
    let read = read(&pages(&[page.into_bytes()], FONT, "", &[]), "a.pdf").unwrap();
    assert_eq!(read.doubts, [FileDoubt::RecognisedText]);
}

#[test]
fn a_bold_drawn_twice_and_the_caption_of_a_signature_count_once_and_not() {
    let page = lines(&[
        (90, 700, "Chu dam ve hai lan o cung mot cho de trong dam hon binh thuong"),
        (90, 700, "Chu dam ve hai lan o cung mot cho de trong dam hon binh thuong"),
        (90, 100, "Signature Not Verified"),
    ]);
    let read = read(&pages(&[page], FONT, "", &[]), "a.pdf").unwrap();
    assert_eq!(read.text, "Chu dam ve hai lan o cung mot cho de trong dam hon binh thuong");
    assert_eq!(read.doubts, [FileDoubt::SignatureCaption]);
}

/// A stamp across the page is no line of the letter, but one of secrecy must reach who refuses it.
#[test]
fn a_stamp_of_secrecy_across_the_page_is_read_and_others_are_not() {
    let words = "Mot trang co du chu de khong bi coi la anh chup trang giay";
    let across = |stamp: &str| format!("BT /F 40 Tf 0.7 0.7 -0.7 0.7 200 400 Tm ({stamp}) Tj ET\n").into_bytes();
    // «MẬT» in .VnTimeH: a circumflex with a dot below is one byte.
    let font =
        FONT.replace("/WinAnsiEncoding", "<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/uni1EAC]>>");
    let page = |stamp: &str| [lines(&[(90, 700, words)]), across(stamp)].concat();
    assert_eq!(text(&pages(&[page("M\\001T")], &font, "", &[]), "a.pdf"), format!("MẬT\n{words}"));
    assert_eq!(text(&pages(&[page("BAN SAO")], &font, "", &[]), "a.pdf"), words);
}

#[test]
fn pictures_of_pages_ask_for_the_text() {
    let image =
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80");
    let file = pages(&[b"/I Do".to_vec()], FONT, "/XObject<</I 6 0 R>>", &[image]);
    assert_eq!(read(&file, "a.pdf"), Err(LetterFileProblem::Picture { pages: 1 }));
    let mixed = pages(
        &[lines(&[(90, 700, "Trang dau co chu, trang sau chi la anh chup cua phu luc")]), b" ".to_vec()],
        FONT,
        "",
        &[],
    );
    assert_eq!(read(&mixed, "a.pdf").unwrap().doubts, [FileDoubt::PagesWithoutText]);
}

#[test]
fn signs_without_letters_are_refused() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
                /BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type\
                /FontDescriptor/FontName/A/Flags 4>>>>]>>";
    let codes: String = (0..60).map(|code| format!("{:04x}", 40 + code)).collect();
    let page = format!("BT /F 13 Tf 90 700 Td <{codes}> Tj ET").into_bytes();
    assert_eq!(code(&pages(&[page], font, "", &[]), "a.pdf"), "DOC-072");
}

#[test]
fn a_password_is_refused() {
    let key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 0/Kids[]>>".to_vec(),
        format!("<</Filter/Standard/V 1/R 2/P -44/O<{key}>/U<{key}>>>").into_bytes(),
    ];
    let file = pdf(&objects, &format!("/Encrypt 3 0 R/ID[<{key}><{key}>]"));
    assert_eq!(read(&file, "a.pdf"), Err(LetterFileProblem::Protected));
}

/// Ten levels of ten forms each, and one that draws itself: refused before anything is drawn.
#[test]
fn forms_without_end_are_refused_at_once() {
    let begun = std::time::Instant::now();
    let draws = b"/X Do ".repeat(10);
    let mut forms = Vec::new();
    for level in 0..10 {
        let next = 7 + level;
        let dict = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>");
        forms.push(stream(&dict, &draws));
    }
    let words = lines(&[(90, 700, "Mot trang co du chu de khong bi coi la anh chup trang giay")]);
    let page = [words, b" /X Do".to_vec()].concat();
    let file = pages(std::slice::from_ref(&page), FONT, "/XObject<</X 6 0 R>>", &forms);
    assert_eq!(code(&file, "a.pdf"), "DOC-065");
    let own = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", b"/X Do");
    assert_eq!(code(&pages(&[page], FONT, "/XObject<</X 6 0 R>>", &[own]), "a.pdf"), "DOC-065");
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn two_hundred_pages_are_read_and_a_thousand_and_one_are_not() {
    let words = "dong chu dai het chieu ngang trang giay de nguoi doc thay ro rang le";
    let places: Vec<(i32, i32, &str)> = (0..40).map(|line| (90, 780 - line * 17, words)).collect();
    let page = lines(&places);
    let begun = std::time::Instant::now();
    let read = read(&pages(&vec![page.clone(); 200], FONT, "", &[]), "a.pdf").unwrap();
    assert_eq!(read.pages, Some(200));
    assert!(read.text.len() > 200 * 40 * words.len(), "{}", read.text.len());
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let many = pages(&vec![b" ".to_vec(); 1_001], FONT, "", &[]);
    assert_eq!(code(&many, "a.pdf"), "DOC-076");
}

#[test]
fn reading_ends_when_its_time_is_over() {
    let page = lines(&[(90, 700, "Mot trang co du chu de khong bi coi la anh chup trang giay")]);
    let file = pages(&[page], FONT, "", &[]);
    let limits = Limits { time: Duration::ZERO, ..Limits::LETTER };
    assert_eq!(read_letter(&file, "a.pdf", &limits, &|| false), Err(LetterFileProblem::Stopped));
}
