//! The harness itself, against a page that does what a form of ours does. When this fails, the
//! machine is at fault and not the program.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use e2e::{Browser, Screen, sheet};

const PAGE: &str = r#"<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Thử</title>
<body><h1>Cơ sở sắp hết oxy</h1>
<form onsubmit="event.preventDefault(); setTimeout(() => { out.textContent = 'Đã nhận ' + level.value }, 300)">
<input id="level" inputmode="decimal" value="40,0"><button>Gửi</button></form>
<p id="out">chưa rõ</p><a href="/sheet.fods" download>Tải bảng</a>"#;

const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="Oxy"><table:table-row>
<table:table-cell office:value-type="string"><text:p>BV Hải Âu, Phú Quốc</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="310"><text:p>310</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document>"#;

/// Serves the page and the sheet until the test process ends.
fn serve() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            // A browser opens connections in advance; none may keep the others waiting.
            std::thread::spawn(move || answer(stream));
        }
    });
    Ok(address)
}

fn answer(mut stream: std::net::TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while !lines.next().transpose()?.unwrap_or_default().is_empty() {}
    let (kind, body) = match first.split(' ').nth(1) {
        Some("/sheet.fods") => ("application/vnd.oasis.opendocument.spreadsheet-flat-xml", SHEET),
        _ => ("text/html; charset=utf-8", PAGE),
    };
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n", body.len())?;
    write!(stream, "connection: close\r\n\r\n{body}")
}

#[tokio::test]
async fn a_phone_types_taps_waits_downloads_and_opens_the_sheet() -> Result<(), Box<dyn std::error::Error>> {
    let address = serve()?;
    let phone = Browser::start(Screen::Phone).await?;
    phone.goto(&address).await?;
    assert_eq!(phone.text_of("h1").await?, "Cơ sở sắp hết oxy");
    assert_eq!(phone.script("return innerWidth").await?, 390);
    assert_eq!(phone.overflowing().await?, [""; 0]);
    assert_eq!(phone.attribute("#level", "inputmode").await?.as_deref(), Some("decimal"));

    phone.type_into("#level", "41,5").await?;
    assert_eq!(phone.value_of("#level").await?.as_deref(), Some("41,5"));
    phone.tap_words("Gửi").await?;
    phone.wait_for_words("#out", "Đã nhận 41,5").await?;

    phone.tap("a[download]").await?;
    let sheet = phone.download_wait(".fods").await?;
    assert_eq!(sheet::rows(&sheet)?, [["BV Hải Âu, Phú Quốc", "310"]]);

    let picture = tempfile::Builder::new().suffix(".png").tempfile()?;
    phone.screenshot(picture.path()).await?;
    assert_eq!(std::fs::read(picture.path())?.get(..8), Some(&b"\x89PNG\r\n\x1a\n"[..]));
    phone.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_desktop_is_wide_and_a_failure_shows_the_page() -> Result<(), Box<dyn std::error::Error>> {
    let address = serve()?;
    let desktop = Browser::start(Screen::Desktop).await?;
    desktop.goto(&address).await?;
    assert_eq!(desktop.script("return innerWidth").await?, 1440);
    desktop
        .script("document.body.insertAdjacentHTML('beforeend', '<p id=wide style=\"width:3000px\">dài</p>')")
        .await?;
    assert_eq!(desktop.overflowing().await?, ["P. dài"]);

    desktop
        .script("document.body.insertAdjacentHTML('beforeend', '<div id=cover style=\"position:fixed;inset:0\">')")
        .await?;
    let told = desktop.tap("button").await.expect_err("the button is covered").to_string();
    assert!(told.starts_with("tap «button»"), "{told}");
    assert!(told.contains("Cơ sở sắp hết oxy"), "{told}");
    desktop.close().await?;
    Ok(())
}
