//! Packages: read as written, and everything hostile refused with a stable code.

use proptest::prelude::*;

use super::*;

fn layout() -> &'static ExchangeLayout {
    ExchangeLayout::written().unwrap()
}

fn read(bytes: &[u8]) -> Result<Message, ExchangeProblem> {
    read_package(bytes, ExchangeLayout::shipped(), &PackageLimits::PACKAGE)
}

fn letter(bytes: &[u8]) -> Package {
    match read(bytes).unwrap() {
        Message::Letter(package) => package,
        Message::Status(_) => panic_free(),
    }
}

/// A package without anything: never what a test expects.
fn panic_free() -> Package {
    Package { layout: "status".into(), fields: Fields::new(), day: None, attachments: vec![], missing: vec![] }
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes).map_or_else(|problem| quantity::Coded::code(&problem), |_| "taken")
}

fn sample() -> Package {
    let fields = [
        (Key::FromName, "Sở Y tế An Giang (mô phỏng)"),
        (Key::Package, "000.00.15.H01,2026/11/20,118/SYT-NVY"),
        (Key::Number, "118"),
        (Key::Notation, "SYT-NVY"),
        (Key::Day, "2026/11/20"),
        (Key::Kind, "Công văn"),
        (Key::Subject, "rà soát <dự trữ> oxy & trước bão"),
    ];
    Package {
        layout: layout().key.clone(),
        fields: fields.into_iter().map(|(key, value)| (key, vec![value.to_owned()])).collect(),
        day: Some(jiff::civil::date(2026, 11, 20)),
        attachments: vec![
            Attachment { name: "118.txt".into(), media_type: "text/plain".into(), bytes: b"Kinh gui".to_vec() },
            Attachment {
                name: "phu luc.pdf".into(),
                media_type: "application/pdf".into(),
                bytes: b"%PDF-1.4".to_vec(),
            },
        ],
        missing: Vec::new(),
    }
}

/// Issue 4, build 6: what is written is what is read, as one XML and as a zip.
#[test]
fn a_package_is_read_as_it_was_written() {
    for inside in [Inside::Xml, Inside::Zip] {
        let bytes = written(layout(), &sample(), inside, "goi-tin.xml").unwrap();
        assert!(is_package(&bytes), "{inside:?}");
        let read = letter(&bytes);
        assert_eq!(read, sample(), "{inside:?}");
        assert_eq!(read.number().as_deref(), Some("118/SYT-NVY"));
    }
}

#[test]
fn every_shipped_layout_is_read() {
    assert_eq!(ExchangeLayout::shipped().len(), 2);
    for layout in ExchangeLayout::shipped() {
        assert!(layout.unconfirmed && !layout.source.is_empty(), "{}", layout.key);
        assert!(layout.status_of("3").is_some_and(|state| state.name == "received"));
    }
}

#[test]
fn numbers_are_put_together_as_they_are_written() {
    let number = |number: &str, notation: &str| {
        let mut package = sample();
        package.fields.insert(Key::Number, vec![number.into()]);
        package.fields.insert(Key::Notation, vec![notation.into()]);
        package.number()
    };
    for (one, other, whole) in [
        ("7559", "BYT-TB-CT", Some("7559/BYT-TB-CT")),
        ("", "4308/QĐ-BYT", Some("4308/QĐ-BYT")),
        ("4308/QĐ-BYT", "", Some("4308/QĐ-BYT")),
        ("632", "TB/TU", Some("632-TB/TU")),
        ("632", "-TB/TU", Some("632-TB/TU")),
        ("", "BC-SYT", None),
        ("", "", None),
    ] {
        assert_eq!(number(one, other).as_deref(), whole, "{one} + {other}");
    }
}

const SOAP: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"ranh\"; type=\"text/xml\"\r\n\r\n\
--ranh\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <dau>\r\n\r\n\
<?xml version=\"1.0\"?><S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:e=\"http://www.e-doc.vn/Schema/\" \
xmlns:xlink=\"http://www.w3.org/1999/xlink\"><S:Header><e:MessageHeader><e:Code><e:CodeNumber>7559</e:CodeNumber>\
<e:CodeNotation>BYT-TB-CT</e:CodeNotation></e:Code><e:PromulgationInfo><e:Date>24/09/2021</e:Date></e:PromulgationInfo>\
<e:Subject>oxy y tế</e:Subject></e:MessageHeader></S:Header><S:Body><e:Manifest>\
<e:Reference xlink:href=\"cid:t1\" xlink:type=\"text/plain\"><e:AttachmentName>7559.txt</e:AttachmentName></e:Reference>\
<e:Reference xlink:href=\"cid:t2\"><e:AttachmentName>thieu.pdf</e:AttachmentName></e:Reference>\
</e:Manifest></S:Body></S:Envelope>\r\n\
--ranh\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <t1>\r\n\r\nS2luaCBn\r\ndWk6\r\n--ranh--\r\n";

/// A vendor's variation is another TOML: SOAP around it, files as parts of a MIME message, a day written otherwise.
#[test]
fn an_older_gateway_is_another_layout() {
    let read = letter(SOAP.as_bytes());
    assert_eq!((read.layout.as_str(), read.number().as_deref()), ("edxml-soap", Some("7559/BYT-TB-CT")));
    assert_eq!(read.day, Some(jiff::civil::date(2021, 9, 24)));
    assert_eq!(read.attachments.iter().map(|file| file.bytes.as_slice()).collect::<Vec<_>>(), [b"Kinh gui:"]);
    assert_eq!(read.missing, ["thieu.pdf"], "what is not there is said");
}

#[test]
fn a_state_is_told_by_its_code() {
    let text = "<edXML><edXMLEnvelope><edXMLHeader><Status><ResponseFor><Code>12/BC-SYT</Code><DocumentId>goi-1</DocumentId>\
        </ResponseFor><From><OrganName>Bộ Y tế</OrganName></From><StatusCode>03</StatusCode><Timestamp>22/11/2026 08:10:00\
        </Timestamp></Status></edXMLHeader></edXMLEnvelope></edXML>";
    let Message::Status(told) = read(text.as_bytes()).unwrap() else { return assert_eq!("letter", "status") };
    assert_eq!(told.state.as_ref().map(|state| state.name.as_str()), Some("received"));
    assert_eq!(told.text(Key::AnswersPackage), Some("goi-1"));
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    files::packed(files).unwrap()
}

fn xml(head: &str, behind: &str) -> String {
    format!(
        "<edXML><edXMLEnvelope><edXMLHeader><MessageHeader><Code><CodeNumber>1</CodeNumber><CodeNotation>SYT</CodeNotation>\
         </Code>{head}</MessageHeader></edXMLHeader></edXMLEnvelope>{behind}</edXML>"
    )
}

fn attached(content: &str) -> String {
    format!(
        "<AttachmentEncoded><Attachment><ContentId>cid:1</ContentId><AttachmentName>a.txt</AttachmentName>\
         <ContentTransferEncoded>{content}</ContentTransferEncoded></Attachment></AttachmentEncoded>"
    )
}

/// Issue 4, bad input: each is refused with its code, nothing is executed, nothing unpacked beyond its limit.
#[test]
fn what_is_hostile_or_broken_is_refused() {
    let plain = xml("", "");
    let deep = format!("{}{}", "<edXML>".repeat(200), "</edXML>".repeat(200));
    let many_parts: String =
        (0..201).map(|_| attached("QQ==")).collect::<String>().replace("</AttachmentEncoded><AttachmentEncoded>", "");
    let wide = format!("<edXML>{}</edXML>", "<a/>".repeat(30_000));
    let bomb = zip(&[("goi.xml", plain.as_bytes()), ("bom.bin", &vec![0; 81_000_000])]);
    let inner = to_base64(&zip(&[("a.txt", &vec![0; 81_000_000])]));
    let many: Vec<(String, &[u8])> = (0..10_000).map(|place| (format!("{place}.txt"), b"x".as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let entity = "<!DOCTYPE edXML [<!ENTITY a \"aaaa\">]><edXML>&a;</edXML>";
    let cut = &plain[..plain.len() - 12];
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "EXC-001"),
        ("words", b"xin chao".to_vec(), "EXC-001"),
        ("a zip without a package", zip(&[("a.txt", b"a")]), "EXC-001"),
        ("a zip bomb beside", bomb, "EXC-002"),
        ("a zip bomb inside a file", xml("", &attached(&inner)).into_bytes(), "EXC-002"),
        ("deep", deep.into_bytes(), "EXC-003"),
        ("wide", wide.into_bytes(), "EXC-003"),
        ("10,000 files", zip(&many), "EXC-004"),
        ("201 files inside", xml("", &many_parts).into_bytes(), "EXC-004"),
        ("entities", entity.as_bytes().to_vec(), "EXC-005"),
        ("an entity without a document type", b"<edXML>&secret;</edXML>".to_vec(), "EXC-005"),
        ("entities in a zip", zip(&[("a.xml", entity.as_bytes())]), "EXC-005"),
        ("cut off", cut.as_bytes().to_vec(), "EXC-006"),
        ("a torn zip", zip(&[("a.xml", plain.as_bytes())])[..60].to_vec(), "EXC-006"),
        ("no UTF-8", [b"<edXML>".as_slice(), &[0xff, 0xfe]].concat(), "EXC-006"),
        ("upwards", zip(&[("a.xml", plain.as_bytes()), ("../../a.sh", b"x")]), "EXC-007"),
        ("from the root", zip(&[("a.xml", plain.as_bytes()), ("/etc/a", b"x")]), "EXC-007"),
        ("a drive", zip(&[("a.xml", plain.as_bytes()), ("C:\\a", b"x")]), "EXC-007"),
        ("a name that leads out", xml("", &attached("QQ==").replace("a.txt", "..\\a.txt")).into_bytes(), "EXC-007"),
        ("wrong base64", xml("", &attached("Q*Q=")).into_bytes(), "EXC-008"),
        ("wrong base64 in MIME", SOAP.replace("S2luaCBn", "!!!!").into_bytes(), "EXC-008"),
        ("two packages in a zip", zip(&[("a.xml", plain.as_bytes()), ("b.xml", plain.as_bytes())]), "EXC-009"),
        (
            "two letters in one",
            plain.replace("</edXMLHeader>", "<MessageHeader/></edXMLHeader>").into_bytes(),
            "EXC-009",
        ),
        ("another root", b"<?xml version='1.0'?><invoice><a>1</a></invoice>".to_vec(), "EXC-010"),
        ("secret", xml("<OtherInfo><SecurityLevel>Mật</SecurityLevel></OtherInfo>", "").into_bytes(), "EXC-011"),
        ("nothing in it", b"<edXML></edXML>".to_vec(), "EXC-001"),
        ("no secret", xml("<OtherInfo><SecurityLevel>Thường</SecurityLevel></OtherInfo>", "").into_bytes(), "taken"),
        ("a file that is packed alone", xml("", &attached(&to_base64(&zip(&[("x", b"abc")])))).into_bytes(), "taken"),
        ("no files at all", plain.into_bytes(), "taken"),
    ];
    for (name, bytes, wanted) in table {
        assert_eq!(code(&bytes), wanted, "{name}");
    }
}

/// The sample of docs/formats/document-exchange.md is read as it stands there.
#[test]
fn the_sample_of_the_format_is_read() {
    let read = letter(include_bytes!("../../../../docs/formats/sample-package.xml"));
    assert_eq!((read.number().as_deref(), read.missing.len()), (Some("118/SYT-NVY"), 0));
    let text = crate::letter_file::read_letter(
        &read.attachments[0].bytes,
        &read.attachments[0].name,
        &crate::letter_file::Limits::LETTER,
        &|| false,
    );
    assert!(text.unwrap().text.contains("Số: 118/SYT-NVY"));
}

#[test]
fn a_letter_by_itself_is_no_package() {
    let docx = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    for (bytes, is) in [
        (docx.as_slice(), false),
        (b"%PDF-1.7", false),
        (b"S\xe1\xbb\x9e Y T\xe1\xba\xbe", false),
        (b"<?xml ", true),
        (b"<!DOCTYPE html><html>", false),
    ] {
        assert_eq!(is_package(bytes), is);
    }
}

proptest! {
    /// Nothing makes the reader fail other than by a code.
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..600), cut in 0_usize..4_000, flip in any::<u8>()) {
        let _ = read(&bytes);
        for inside in [Inside::Xml, Inside::Zip] {
            let mut whole = written(layout(), &sample(), inside, "a.xml").unwrap();
            let place = cut % whole.len();
            whole[place] ^= flip;
            let _ = read(&whole);
            whole.truncate(place);
            let _ = read(&whole);
        }
        let mut soap = SOAP.as_bytes().to_vec();
        let place = cut % soap.len();
        soap[place] ^= flip;
        let _ = read(&soap);
    }

    /// Whatever words stand in a field, they come back as they were, on one line.
    #[test]
    fn words_come_back(subject in "[\\PC<>&\"']{1,80}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut package = sample();
        let plain = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        package.fields.insert(Key::Subject, vec![subject]);
        package.attachments[0].bytes = bytes.clone();
        let read = letter(&written(layout(), &package, Inside::Xml, "a.xml").unwrap());
        use unicode_normalization::UnicodeNormalization as _;
        let plain: String = plain.nfc().filter(|sign| !('\u{fffe}'..='\u{ffff}').contains(sign)).collect();
        prop_assert_eq!(read.text(Key::Subject).unwrap_or_default(), plain);
        prop_assert_eq!(&read.attachments[0].bytes, &bytes);
    }
}
