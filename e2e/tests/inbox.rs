//! The inbox in a real browser (OX07, OX13): a pasted Zalo text to a confirmed reading that moves the list, at
//! phone and at desktop width.

use std::time::Duration;

use e2e::{Browser, Screen, Server};

type Walked = Result<(), Box<dyn std::error::Error>>;

const HIS: &str = "BV Hải Âu";

async fn enter(browser: &Browser, server: &Server) -> Walked {
    browser.goto(&server.url("/dang-nhap")).await?;
    browser.tap("button[value=duty_officer]").await?;
    Ok(())
}

async fn place(desk: &Browser) -> Result<usize, e2e::Trouble> {
    let script = "return [...document.querySelectorAll('table.board tbody th a')].map(found => found.innerText.trim())";
    let names = desk.script(script).await?;
    let found = names.as_array().and_then(|names| names.iter().position(|name| name.as_str() == Some(HIS)));
    Ok(found.unwrap_or(usize::MAX))
}

async fn paste(browser: &Browser, server: &Server, text: &str) -> Walked {
    browser.goto(&server.url("/oxy/hop-thu")).await?;
    assert_eq!(browser.overflowing().await?, [""; 0], "nothing may reach beyond the screen");
    browser.type_into("textarea[name=text]", text).await?;
    browser.tap("#paste button.main").await?;
    browser.wait_for("blockquote.message-text").await?;
    assert_eq!(browser.overflowing().await?, [""; 0], "nothing may reach beyond the screen");
    Ok(())
}

#[tokio::test]
async fn a_pasted_zalo_text_becomes_a_reading_that_moves_the_list() -> Walked {
    let server = Server::demo(&[])?;
    for screen in [Screen::Phone, Screen::Desktop] {
        let phone = matches!(screen, Screen::Phone);
        let (browser, board) = (Browser::start(screen).await?, Browser::start(Screen::Desktop).await?);
        enter(&browser, &server).await?;
        enter(&board, &server).await?;
        board.goto(&server.url("/oxy?tat-ca=1")).await?;
        let before = place(&board).await?;

        // The truck has come, and has gone again when the desk sits at its desk.
        let level = if phone { 1_100 } else { 150 };
        paste(&browser, &server, &format!("{HIS} còn {level} mmH2O ạ. BS Lan")).await?;
        assert_eq!(browser.text_of("blockquote mark").await?, HIS);
        assert!(browser.text_of("h1").await?.contains("đọc được 1 con số"), "{}", browser.text_of("h1").await?);
        assert_eq!(browser.value_of("input[name=told_by]").await?.as_deref(), Some("BS Lan"));
        browser.tap("form.confirm button.main").await?;
        browser.wait_for("#reply").await?;
        assert!(browser.text_of("#reply pre").await?.contains(&format!("{level} mmH2O")));

        let mut after = before;
        for _ in 0..60 {
            after = place(&board).await?;
            if after != before && after != usize::MAX {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        assert!(if phone { after > before } else { after < before }, "{before} → {after}");

        // Numbers without units are asked about, nothing stands in the field.
        paste(&browser, &server, &format!("{HIS} còn {level}")).await?;
        assert_eq!(browser.text_of("mark.asked").await?, level.to_string());
        assert_eq!(browser.value_of("input[name^='level.']").await?.as_deref(), Some(""));
        browser.close().await?;
        board.close().await?;
    }
    Ok(())
}
