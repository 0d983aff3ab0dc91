//! From a request to a receipt in a real browser: the truck of the drill arrives, two tabs press at once, the stock rises
//! once. At a desk and on a phone. OX13, OX15.

use std::time::Duration;

use e2e::{Browser, Screen, Server};

type Walked = Result<(), Box<dyn std::error::Error>>;

async fn enter(browser: &Browser, server: &Server, role: &str) -> Walked {
    browser.goto(&server.url("/dang-nhap")).await?;
    browser.tap(&format!("button[value={role}]")).await?;
    browser.wait_for(if role == "focal_officer" { "form.report" } else { "#board" }).await?;
    Ok(())
}

/// Fills the receipt of the order that is on the road.
async fn fill(browser: &Browser, note: &str) -> Walked {
    let form = "#nhan form";
    browser.wait_for(form).await?;
    for (name, value) in [("note", note), ("amount", "400"), ("receiver", "Điều dưỡng trực")] {
        browser.type_into(&format!("{form} input[name={name}]"), value).await?;
    }
    browser.choose(&format!("{form} select[name=unit]"), "kg").await?;
    Ok(())
}

#[tokio::test]
async fn two_tabs_press_at_once_and_the_stock_rises_once() -> Walked {
    let server = Server::demo(&[])?;
    let (phone, desk) = (Browser::start(Screen::Phone).await?, Browser::start(Screen::Desktop).await?);

    // The officer sees his truck on the phone: plate, driver, arrival.
    enter(&phone, &server, "focal_officer").await?;
    phone.goto(&server.url("/cung-ung")).await?;
    assert_eq!(phone.overflowing().await?, [""; 0], "nothing may reach beyond the phone");
    let path = phone
        .script("return [...document.querySelectorAll('#dang-mo a')].map(a => a.getAttribute('href')).find(h => h)")
        .await?;
    let path = path.as_str().expect("a request is open").to_owned();
    phone.goto(&server.url(&path)).await?;
    assert!(phone.text_of("h1").await?.contains("đang trên đường"), "{}", phone.text_of("h1").await?);
    assert_eq!(phone.overflowing().await?, [""; 0]);

    // The desk has the same order open. Both fill in the same note and press.
    enter(&desk, &server, "duty_officer").await?;
    desk.goto(&server.url(&path)).await?;
    fill(&phone, "PX-E2E").await?;
    fill(&desk, "PX-E2E").await?;
    let button = "#nhan form button.main";
    let (first, second) = tokio::join!(phone.tap(button), desk.tap(button));
    first?;
    second?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let (on_phone, at_desk) = (phone.text_of("main").await?, desk.text_of("main").await?);
    let told = [&on_phone, &at_desk].map(|text| text.contains("SUP-031"));
    let done = [&on_phone, &at_desk].map(|text| text.contains("Sổ oxy đã tăng một lần"));
    assert_eq!(told.iter().filter(|yes| **yes).count(), 1, "one is told: {on_phone}\n{at_desk}");
    assert_eq!(done.iter().filter(|yes| **yes).count(), 1, "one has received");

    // The order shows one part of 400 kg, and what is still missing.
    desk.goto(&server.url(&path)).await?;
    let text = desk.text_of("main").await?;
    assert_eq!(text.matches("PHIẾU GIAO NHẬN OXY số PX-E2E").count(), 1, "{text}");
    phone.close().await?;
    desk.close().await?;
    Ok(())
}
