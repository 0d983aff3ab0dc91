//! The main path in a real browser, as two people walk it: an officer on his phone reports, the
//! desk sees the row move, he corrects himself, the desk takes the sheet and opens it.
//! OX04, OX07, OX11, OX18.

use std::time::Duration;

use e2e::{Browser, Screen, Server, sheet};

type Walked = Result<(), Box<dyn std::error::Error>>;

const HIS: &str = "BV Hải Âu";

/// The texts of a selector, read in one go: the live list may be swapped between two questions.
async fn texts(desk: &Browser, selector: &str) -> Result<Vec<String>, e2e::Trouble> {
    let script = format!("return [...document.querySelectorAll(\"{selector}\")].map(found => found.innerText.trim())");
    let found = desk.script(&script).await?;
    let texts = found.as_array().into_iter().flatten().filter_map(|text| text.as_str());
    Ok(texts.map(str::to_owned).collect())
}

/// The names of the list from the worst on.
async fn names(desk: &Browser) -> Result<Vec<String>, e2e::Trouble> {
    texts(desk, "table.board tbody th a").await
}

/// Waits for the live list until what is read of it fits.
async fn watch(desk: &Browser, fits: impl Fn(&[String]) -> bool) -> Result<Vec<String>, e2e::Trouble> {
    let mut seen = Vec::new();
    for _ in 0..60 {
        seen = names(desk).await?;
        if fits(&seen) {
            return Ok(seen);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("the list never came to fit: {seen:#?}");
}

fn place(names: &[String]) -> usize {
    names.iter().position(|name| name == HIS).expect("he is on the list")
}

async fn enter(browser: &Browser, server: &Server, role: &str) -> Walked {
    browser.goto(&server.url("/dang-nhap")).await?;
    browser.tap(&format!("button[value={role}]")).await?;
    Ok(())
}

/// Sends the form with a tank level; the taps it took, the first on the field included.
async fn report(phone: &Browser, level: &str) -> Result<usize, Box<dyn std::error::Error>> {
    let field = "input[name^='tank.']:not([type=hidden])";
    phone.type_into(field, level).await?;
    phone.tap("p.foot-action button.main").await?;
    Ok(2)
}

#[tokio::test]
async fn an_officer_reports_the_row_moves_he_corrects_and_the_sheet_opens() -> Walked {
    let server = Server::demo(&[])?;
    let (phone, desk) = (Browser::start(Screen::Phone).await?, Browser::start(Screen::Desktop).await?);

    // The desk reads the list: his hospital is among the worst.
    enter(&desk, &server, "duty_officer").await?;
    desk.goto(&server.url("/oxy")).await?;
    assert!(desk.text_of("#sentence").await?.contains("trước"), "the sentence names a time");
    let before = names(&desk).await?;
    assert!(before.len() >= 20, "{} facilities", before.len());
    assert!(place(&before) < 4, "{before:?}");

    // He opens the form of his hospital on a phone, 390 px wide.
    enter(&phone, &server, "focal_officer").await?;
    phone.wait_for("form.report").await?;
    assert_eq!(phone.script("return innerWidth").await?, 390);
    assert_eq!(phone.overflowing().await?, [""; 0], "nothing may reach beyond the phone");
    assert!(phone.text_of("h1").await?.contains(HIS));

    // A slip of the unit is stopped politely, and what he typed is kept.
    report(&phone, "2600").await?;
    phone.wait_for("#refusal").await?;
    assert!(phone.text_of("#refusal .code").await?.starts_with("OXY-0"));
    assert_eq!(phone.value_of("input[name^='tank.']:not([type=hidden])").await?.as_deref(), Some("2600"));

    // The truck has come: the level is high. At most eight taps plus digits.
    let taps = report(&phone, "1100").await?;
    assert!(taps <= 8);
    phone.wait_for("div.receipt").await?;
    assert!(phone.text_of("h1").await?.contains("Đã nhận"), "{}", phone.text_of("h1").await?);

    // The row moves by itself, without anybody touching the desk.
    let after = watch(&desk, |names| names.len() == before.len() && place(names) > 5).await?;
    assert!(place(&after) > place(&before));

    // He has misread: he corrects, with the reason; the row comes back.
    phone.tap_words("Đính chính").await?;
    phone.wait_for("table.correction").await?;
    phone.type_into("table.correction tr:first-child input", "150").await?;
    phone.tap("input[name=reason_kind] + span").await?;
    phone.tap("p.actions button.main").await?;
    phone.wait_for_words("h1", "Đã nhận").await?;
    watch(&desk, |names| place(names) < 4).await?;

    // The facility's page keeps both: the old one marked, the new one in its place.
    phone.tap("p.meaning a").await?;
    phone.wait_for_words("h1", HIS).await?;
    let kept = texts(&phone, "main").await?.join("\n");
    assert!(kept.contains("1100") && kept.contains("150 mmH2O"), "{kept}");
    assert!(kept.contains("Đã đính chính"), "{kept}");

    // The desk downloads the sheet of the day, and LibreOffice opens it.
    desk.tap("a[download]").await?;
    let rows = sheet::rows(&desk.download_wait(".xlsx").await?)?;
    let text: Vec<String> = rows.iter().map(|row| row.join(" ")).collect();
    assert!(text.iter().any(|row| row.contains("BÁO CÁO TÌNH HÌNH OXY Y TẾ")), "{text:#?}");
    assert!(text.iter().any(|row| row.contains("MÔ PHỎNG")), "invented figures are marked");
    let his = rows.iter().find(|row| row.first().is_some_and(|cell| cell == HIS)).expect("his row");
    assert!(his.len() >= 30, "{} columns", his.len());
    let facilities = rows.iter().filter(|row| before.iter().any(|name| row.first() == Some(name))).count();
    assert_eq!(facilities, before.len(), "every facility of the list is in the sheet");

    phone.close().await?;
    desk.close().await?;
    Ok(())
}

#[tokio::test]
async fn the_clock_of_the_drill_moves_the_list_and_every_chapter_opens() -> Walked {
    for chapter in ["drill-2026", "delta-2021", "quiet-2026"] {
        let server = Server::demo(&["--chapter", chapter])?;
        let desk = Browser::start(Screen::Desktop).await?;
        enter(&desk, &server, "duty_officer").await?;
        desk.goto(&server.url("/oxy")).await?;
        let before = texts(&desk, "table.board tbody tr").await?;
        assert!(before.len() >= 20, "{chapter}: {} facilities", before.len());
        let clock = desk.text_of("#clock").await?;
        desk.tap("button[value='jump-24h']").await?;
        // The page of before may still stand, and be gone while its clock is read.
        let mut moved = false;
        for _ in 0..60 {
            moved = desk.text_of("#clock").await.is_ok_and(|now| now != clock);
            if moved {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        assert!(moved, "{chapter}: the clock has not moved");
        desk.wait_for("#board").await?;
        // Readings that arrive by the clock change the list, not only the hours that pass.
        let mut after = before.clone();
        for _ in 0..40 {
            after = texts(&desk, "table.board tbody tr").await?;
            if after.len() == before.len() && after != before {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        assert_ne!(after, before, "{chapter}: a day passes and nothing moves");
        desk.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_first_administrator_has_no_default_password() -> Walked {
    let scratch = tempfile::tempdir()?;
    let database = format!("sqlite:{}", scratch.path().join("bontaicho.db").display());
    let migrated =
        std::process::Command::new(bench::process::bontaicho()?).args(["migrate", "--database", &database]).status()?;
    assert!(migrated.success());
    let server = bench::process::Process::start(
        &bench::process::bontaicho()?,
        &["serve", "--listen", "127.0.0.1:0", "--database", &database],
    )?;
    let code = server
        .output()
        .lines()
        .find_map(|line| line.rsplit_once(": ").map(|(_, code)| code.trim().to_owned()))
        .filter(|code| code.len() == 8)
        .expect("a set-up code is printed");
    let browser = Browser::start(Screen::Desktop).await?;
    browser.goto(&format!("http://{}/", server.address())).await?;
    assert!(browser.address().await?.ends_with("/thiet-lap"));
    browser.type_into("input[name=setup_code]", &code).await?;
    browser.type_into("input[name=name]", "Trần Thị Sao").await?;
    browser.type_into("input[name=username]", "sao.tran").await?;
    browser.type_into("input[name=password]", "ba con mèo đen").await?;
    browser.type_into("input[name=password_again]", "ba con mèo đen").await?;
    browser.choose("select[name=province]", "91").await?;
    browser.tap("main form button.main").await?;
    browser.wait_for("#board").await?;
    assert!(browser.text_of(".place").await?.contains("An Giang"));
    browser.close().await?;
    Ok(())
}
