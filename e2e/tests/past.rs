//! Looking back in a real browser (issue 3, 9), at phone and at desktop width: from the clock of the bar to a page of
//! yesterday, along its links, and back to now.

use e2e::{Browser, Screen, Server};

type Walked = Result<(), Box<dyn std::error::Error>>;

#[tokio::test]
async fn yesterday_is_two_taps_away_and_stays_along_the_links() -> Walked {
    let server = Server::demo(&[])?;
    for screen in [Screen::Phone, Screen::Desktop] {
        let browser = Browser::start(screen).await?;
        browser.goto(&server.url("/dang-nhap")).await?;
        browser.tap("button[value=duty_officer]").await?;
        browser.wait_for("#board").await?;
        browser.goto(&server.url("/cung-ung")).await?;
        browser.tap("#look-back summary").await?;
        let set = "const field = document.querySelector('#look-back input[name=biet]'); field.value = '2026-11-21T07:00'; return field.max";
        assert!(browser.script(set).await?.as_str().is_some_and(|latest| latest.starts_with("2026-11-2")));
        assert_eq!(browser.overflowing().await?, [""; 0], "nothing may reach beyond the screen");
        browser.tap("#look-back button").await?;
        browser.wait_for_words("#past", "Đang xem như lúc 07:00 ngày 21/11/2026").await?;
        assert_eq!(browser.overflowing().await?, [""; 0], "nothing may reach beyond the screen");

        // Along the links the moment stays, and there is nothing to write into.
        for page in ["/oxy", "/oxy/canh-bao", "/oxy/truc"] {
            browser
                .script(&format!(
                    "document.querySelector(\"nav.pages a[href^='{page}?'], nav.rooms a[href^='{page}?']\").click()"
                ))
                .await?;
            browser.wait_for_words("#past", "07:00 ngày 21/11/2026").await?;
            assert!(browser.address().await?.contains("biet=2026-11-21T07"), "{}", browser.address().await?);
            let forms = browser.script("return document.querySelectorAll('main form[method=post]').length").await?;
            assert_eq!(forms, 0, "{page}");
            assert_eq!(browser.overflowing().await?, [""; 0], "{page} reaches beyond the screen");
        }
        browser.tap("#past a").await?;
        browser.wait_for("#look-back").await?;
        assert!(!browser.address().await?.contains("biet="), "back to now");
        let band = browser.script("return document.querySelectorAll('#past').length").await?;
        assert_eq!(band, 0);
        browser.close().await?;
    }
    Ok(())
}
