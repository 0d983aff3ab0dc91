//! A trip in real browsers: the desk makes it from an order, the supplier accepts by his link, the driver's telephone loses
//! its line, he delivers with two hands on the screen, and when the line is back the hospital's stock rises once.
//! OX13, OX15.

use std::time::Duration;

use e2e::{Browser, Line, Screen, Server, Trouble};
use serde_json::Value;

type Walked = Result<(), Box<dyn std::error::Error>>;

/// Draws a hand in a box as a finger does.
const DRAW: &str = "const canvas = document.querySelector('[data-open]:not([hidden]) [data-sign=NAME] canvas'); canvas.setPointerCapture = () => {}; canvas.scrollIntoView(); const box = canvas.getBoundingClientRect(); const tell = (kind, x, y) => canvas.dispatchEvent(new PointerEvent(kind, { pointerId: 1, bubbles: true, cancelable: true, clientX: box.left + x, clientY: box.top + y })); tell('pointerdown', 20, 30); for (let step = 1; step < 20; step++) tell('pointermove', 20 + step * 9, 30 + (step % 4) * 12); tell('pointerup', 200, 60);";

async fn until(browser: &Browser, script: &str) -> Result<(), Trouble> {
    for _ in 0..120 {
        if browser.script(script).await.is_ok_and(|said| said == Value::Bool(true)) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    let seen = browser.script("return document.body.innerText").await?;
    panic!("never came true: {script}\nthe page shows {seen}");
}

/// The path of a link, out of the page on which it is shown once.
async fn link_of(desk: &Browser) -> Result<String, Trouble> {
    let text = desk.text_of("#lien-ket pre").await?;
    let from = text.find("/giao/").expect("a link");
    Ok(text[from..].split_whitespace().next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_driver_delivers_without_a_line_and_the_stock_rises_once() -> Walked {
    let server = Server::demo(&[])?;
    let line = Line::to(&server.url(""))?;
    let desk = Browser::start(Screen::Desktop).await?;
    desk.goto(&server.url("/dang-nhap")).await?;
    desk.tap("button[value=duty_officer]").await?;
    desk.wait_for("#board").await?;
    desk.tap("button[value=pause]").await?;

    // The desk ticks the first order that waits, and makes a trip of it.
    desk.goto(&server.url("/chuyen")).await?;
    assert!(desk.text_of("h1").await?.contains("trễ"), "the late trip of the night is named first");
    assert_eq!(desk.overflowing().await?, [""; 0]);
    desk.script("const make = document.getElementById('lap-chuyen'); make.open = true; const tick = make.querySelector('input[name^=\"don.\"]'); tick.checked = true; make.querySelector('select[name=plate]').value = '68C-910.32'; make.querySelector('input[name=starts_at]').value = make.querySelector('input[name=starts_at]').value.replace(/T.*/, 'T23:30')").await?;
    let about = desk
        .script("return document.querySelector('#lap-chuyen input[name^=\"don.\"]').closest('label').innerText")
        .await?;
    desk.tap("#lap-chuyen form button.main").await?;
    desk.wait_for("#diem-giao").await?;
    let trip = desk.script("return location.pathname").await?.as_str().unwrap_or_default().to_owned();
    assert!(trip.starts_with("/chuyen/"), "{about}: {}", desk.text_of("main").await?);
    let request = desk.script("return document.querySelector('#diem-giao td a').getAttribute('href')").await?;
    let request = request.as_str().unwrap_or_default().to_owned();

    // The supplier accepts by his link.
    desk.goto(&server.url(&request)).await?;
    let supplier = desk
        .script("return document.querySelector('a[href^=\"/cung-ung/nha-cung-ung/\"]').getAttribute('href')")
        .await?;
    desk.goto(&server.url(supplier.as_str().unwrap_or_default())).await?;
    desk.script("document.getElementById('lien-ket').open = true").await?;
    desk.tap("#lien-ket form button.main").await?;
    let link = link_of(&desk).await?;
    let office = Browser::start(Screen::Phone).await?;
    office.goto(&server.url(&link)).await?;
    office.tap("form button.main").await?;
    office.wait_for("section[id^=chuyen-] input[name=said_by]").await?;
    assert_eq!(office.overflowing().await?, [""; 0], "nothing may reach beyond the phone");
    let number = trip_number(&desk, &server, &trip).await?;
    office.type_into(&format!("#chuyen-{number} input[name=said_by]"), "chị Năm").await?;
    office.tap(&format!("#chuyen-{number} form button.main")).await?;
    office.wait_for_words("main", "Đã ghi nhà cung ứng nhận lời").await?;

    // The driver opens his link on his telephone and takes the trip; the desk loads it.
    desk.goto(&server.url(&trip)).await?;
    desk.script("document.getElementById('lien-ket-lai-xe').open = true").await?;
    desk.tap("#lien-ket-lai-xe form button.main").await?;
    let link = link_of(&desk).await?;
    let phone = Browser::start(Screen::Phone).await?;
    phone.goto(&line.url(&link)).await?;
    phone.tap("form button.main").await?;
    phone.wait_for("form[data-trip=accept]").await?;
    phone.tap("form[data-trip=accept] button").await?;
    until(&phone, "return !!document.querySelector('form[data-trip=load]')").await?;
    desk.goto(&server.url(&trip)).await?;
    desk.script("document.getElementById('boc').open = true").await?;
    desk.tap("#boc form button.main").await?;
    desk.wait_for_words("main", "chắc chắn đến").await?;
    phone.goto(&line.url(link.split('?').next().unwrap_or_default())).await?;
    phone.wait_for("form[data-trip=start]").await?;
    until(&phone, "return (async () => !!(await navigator.serviceWorker.getRegistration())?.active && !!(await Trips.keptPage(location.pathname)) && (await (await Trips.keptPage(location.pathname)).text()).includes('data-trip=\"start\"'))()").await?;
    assert_eq!(phone.overflowing().await?, [""; 0], "nothing may reach beyond the phone");

    // The line is gone. He opens his page again, sets off, arrives, delivers with two hands.
    line.cut();
    phone.goto(&line.url(link.split('?').next().unwrap_or_default())).await?;
    phone.tap("form[data-trip=start] button").await?;
    phone.tap("form[data-trip=arrived] button").await?;
    phone.tap("[data-open] details.driver-form:first-of-type summary").await?;
    phone.type_into("input[name=note]", "PX-DT-1").await?;
    phone.type_into("input[name=amount]", "100").await?;
    phone.type_into("input[name=receiver]", "Điều dưỡng trực").await?;
    for name in ["deliverer_drawn", "receiver_drawn"] {
        phone.script(&DRAW.replace("NAME", name)).await?;
    }
    phone.tap("form[data-trip=delivered] button.main").await?;
    until(&phone, "return document.getElementById('waiting').textContent.startsWith('3 việc chờ mạng')").await?;
    assert!(phone.text_of("[data-told]").await?.contains("chờ mạng"), "{}", phone.text_of("main").await?);
    let parts = received(&desk, &server, &request).await?;
    assert_eq!(parts, 0, "nothing has arrived");

    // The line comes back; nobody presses anything. Sent again under the same keys, it changes nothing.
    phone
        .script("return (async () => { window.before = await Trips.of(location.pathname); sessionStorage.setItem('before', JSON.stringify(window.before)); })()")
        .await?;
    line.mend();
    phone.script("dispatchEvent(new Event('online'))").await?;
    phone.wait_for_words("main", "giao một phần: 100 kg").await?;
    phone
        .script("return (async () => { for (const deed of JSON.parse(sessionStorage.getItem('before'))) await Trips.add({ ...deed, state: 'waiting' }); await Trips.sendAll(); })()")
        .await?;
    until(
        &phone,
        "return (async () => (await Trips.of(location.pathname)).every((deed) => deed.state === 'received'))()",
    )
    .await?;
    assert_eq!(received(&desk, &server, &request).await?, 1, "the stock rose once");
    desk.goto(&server.url(&format!("{trip}/phieu"))).await?;
    let hands = desk.script("return document.querySelectorAll('.note-hand .hand').length").await?;
    assert_eq!(hands, Value::from(2), "both hands stand on the note");
    for browser in [office, phone, desk] {
        browser.close().await?;
    }
    Ok(())
}

async fn trip_number(desk: &Browser, server: &Server, trip: &str) -> Result<String, Trouble> {
    desk.goto(&server.url(trip)).await?;
    let heading = desk.text_of("h1").await?;
    let number = heading.split(|sign: char| !sign.is_ascii_digit()).find(|word| !word.is_empty());
    Ok(number.unwrap_or_default().to_owned())
}

/// How many receipts of this note the order has.
async fn received(desk: &Browser, server: &Server, request: &str) -> Result<usize, Trouble> {
    desk.goto(&server.url(request)).await?;
    Ok(desk.text_of("main").await?.matches("PHIẾU GIAO NHẬN OXY số PX-DT-1").count())
}
