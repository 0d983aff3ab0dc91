//! An officer on his phone without a network: what he writes waits on the phone and arrives once. At 390 px; the first night also
//! at the width of a desk, where the app is a ward's computer.
//! OX07, OX11.

use e2e::Screen;
use serde_json::Value;

mod night;

use night::{LEVEL, Night, SEND, WAITING, Walked};

#[tokio::test]
async fn two_reports_and_a_correction_written_in_an_airplane_arrive_once_each() -> Walked {
    an_airplane(Screen::Phone).await
}

#[tokio::test]
async fn the_computer_of_a_ward_flies_like_a_phone() -> Walked {
    an_airplane(Screen::Desktop).await
}

async fn an_airplane(screen: Screen) -> Walked {
    let night = Night::on(screen).await?;
    let phone = &night.phone;

    // A report that arrives at once: the one to be corrected later. The app keeps its form.
    night.open_form().await?;
    phone.type_into(LEVEL, "210").await?;
    phone.tap(SEND).await?;
    phone.wait_for("div.receipt").await?;
    assert!(phone.text_of("h1").await?.contains("Đã nhận"));
    phone.goto(&night.line.url("/nhap")).await?;
    night
        .until("return (async () => { const last = (await Keep.recall('me')).facilities[0].last; return (await Keep.items())[0].answer.report === last.report && (await Keep.keptForms()).includes('/bao-cao/' + last.report + '/dinh-chinh'); })()")
        .await?;
    assert_eq!(phone.overflowing().await?, [""; 0], "nothing may reach beyond the phone");

    night.line.cut();
    // With a photo of the gauge: three bytes that begin as a JPEG does are one to the server.
    night.open_form().await?;
    phone
        .script("const files = new DataTransfer(); files.items.add(new File([new Uint8Array([255, 216, 255, 224, 1])], 'a.jpg', { type: 'image/jpeg' })); document.querySelector('input[name=photo]').files = files.files;")
        .await?;
    night.send("214", 1).await?;
    assert!(phone.text_of("#waiting").await?.contains("có ảnh"));
    assert!(
        phone.text_of("#sentence").await?.contains("Đang chờ mạng (1) · sẽ tự gửi"),
        "{}",
        phone.text_of("#sentence").await?
    );
    night.write("218", 2).await?;
    // The correction of the report that had arrived.
    phone.tap("#facilities a[href$='/dinh-chinh']").await?;
    phone.wait_for("table.correction").await?;
    phone.type_into("table.correction tr:first-child input", "211").await?;
    phone.tap("input[name=reason_kind] + span").await?;
    phone.tap("p.actions button.main").await?;
    night
        .until(&format!("return location.pathname === '/nhap' && document.querySelectorAll('{WAITING}').length === 3"))
        .await?;
    assert_eq!(phone.overflowing().await?, [""; 0], "nothing may reach beyond the phone");
    assert_eq!((night.times("214").await?, night.times("218").await?, night.times("211").await?), (0, 0, 0));

    // Pages that no form stands on lead to the app, not to a dinosaur.
    phone.goto(&night.line.url("/oxy")).await?;
    night.until("return location.pathname === '/nhap'").await?;

    // The line comes back; nobody presses anything.
    night.line.mend();
    night.until("return document.querySelectorAll('#received li[data-state=received]').length >= 3 && document.querySelectorAll('#waiting li').length === 0").await?;
    let kept = phone.text_of("#received").await?;
    assert!(kept.contains("Đã nhận lúc") && kept.contains("mã"), "{kept}");

    // An answer that never arrived: the same is sent again under the same keys, and changes nothing. (The photo has left
    // the phone with its report.)
    phone
        .script("return (async () => { for (const item of await Keep.items()) if (item.state === 'received' && item.answer.report && !item.summary.startsWith('214')) await Keep.put({ ...item, state: 'waiting' }); await Queue.sendAll(); })()")
        .await?;
    night.until("return document.querySelectorAll('#waiting li').length === 0").await?;
    for level in ["214", "218", "211"] {
        assert_eq!(night.times(level).await?, 1, "{level}: {:#?}", night.arrived().await?);
    }
    let place = night.form.trim_end_matches("/bao-cao");
    let page = night.desk.script(&format!("return fetch('{place}').then((said) => said.text())")).await?;
    assert_eq!(page.as_str().unwrap_or_default().matches("\"/anh/").count(), 1, "the photo came with its report, once");
    let corrected = night
        .arrived()
        .await?
        .into_iter()
        .filter(|report| report["reversed"].is_string() || report["reversed"].is_object())
        .count();
    assert!(corrected >= 1, "the old report stays and is marked");
    Ok(())
}

#[tokio::test]
async fn an_expired_session_asks_to_sign_in_and_then_sends() -> Walked {
    let night = Night::begin().await?;
    night.line.cut();
    night.write("222", 1).await?;
    night.phone.forget_cookie("phien").await?;
    night.line.mend();
    night.phone.tap("#send-now").await?;
    night.phone.wait_for_words("#sentence", "Cần đăng nhập lại để gửi 1 mục").await?;
    assert_eq!(night.times("222").await?, 0);

    // Somebody else signs in on this phone: he learns that something waits, and sends nothing of it.
    night.sign_in("duty_officer").await?;
    night.phone.wait_for("#board").await?;
    night.phone.goto(&night.line.url("/nhap")).await?;
    night.until("return !document.getElementById('others').hidden").await?;
    night.phone.script("return Queue.sendAll()").await?;
    assert_eq!(night.times("222").await?, 0, "it is not his");

    night.sign_in_again().await?;
    night.until("return (async () => (await Keep.items()).every((item) => item.state === 'received'))()").await?;
    assert_eq!(night.times("222").await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_waiting_queue_survives_signing_out() -> Walked {
    let night = Night::begin().await?;
    night.line.cut();
    night.write("226", 1).await?;
    // The kept form has the menu; he leaves in the moment in which the line is back.
    night.open_form().await?;
    night.line.mend();
    night.phone.script("document.querySelector(\"form[action='/dang-xuat']\").requestSubmit()").await?;
    night.phone.wait_for("button[value=focal_officer]").await?;
    night.phone.goto(&night.line.url("/nhap")).await?;
    night.until("return !document.getElementById('others').hidden").await?;
    let kept = "return (async () => { const items = await Keep.items(); return items.length === 1 && items[0].state === 'waiting'; })()";
    assert_eq!(night.phone.script(kept).await?, Value::Bool(true), "it waits for its writer");
    assert_eq!(night.times("226").await?, 0);
    // His pages left with him: without a line nobody opens them.
    assert_eq!(
        night
            .phone
            .script("return caches.keys().then((names) => names.filter((name) => name.startsWith('forms-')).length)")
            .await?,
        0
    );

    night.sign_in_again().await?;
    night.until("return (async () => (await Keep.items()).every((item) => item.state === 'received'))()").await?;
    assert_eq!(night.times("226").await?, 1);
    Ok(())
}

/// What the server refuses stays with its sentence, is mended on the phone, or discarded with a reason.
#[tokio::test]
async fn a_refused_entry_is_mended_and_another_discarded() -> Walked {
    let night = Night::begin().await?;
    let phone = &night.phone;
    night.line.cut();
    night.write("2600", 1).await?;
    night.write("2700", 2).await?;
    night.line.mend();
    phone.tap("#send-now").await?;
    phone.wait_for_words("#sentence", "Có 2 mục chưa gửi được").await?;
    assert!(phone.text_of("#waiting").await?.contains("OXY-017"), "{}", phone.text_of("#waiting").await?);
    assert_eq!(phone.overflowing().await?, [""; 0]);

    phone.tap("#waiting li:first-child a[href*='sua=']").await?;
    phone.wait_for_words("#mending", "không thể đúng").await?;
    assert_eq!(phone.value_of(LEVEL).await?.as_deref(), Some("2600"));
    phone.type_into(LEVEL, "260").await?;
    phone.tap(SEND).await?;
    phone.wait_for("div.receipt").await?;

    phone.goto(&night.line.url("/nhap")).await?;
    phone.tap("#waiting details summary").await?;
    phone.type_into("#waiting .discard input", "đọc nhầm đồng hồ").await?;
    phone.tap("#waiting .discard button").await?;
    phone.wait_for_words("#received", "Đã bỏ: đọc nhầm đồng hồ").await?;
    assert_eq!((night.times("260").await?, night.times("2700").await?), (1, 0));
    Ok(())
}

/// A stolen phone: the desk shuts it, its holder is told so, and what waits on it is sent by its writer alone.
#[tokio::test]
async fn a_phone_told_as_lost_says_so_and_its_queue_waits_for_a_proper_sign_in() -> Walked {
    let night = Night::begin().await?;
    let phone = &night.phone;
    phone.goto(&night.line.url("/dien-thoai")).await?;
    phone.type_into("input[name=pin]", "204913").await?;
    phone.type_into("input[name=pin_again]", "204913").await?;
    phone.tap("p.foot-action button").await?;
    phone.wait_for_words("h1", "mở bằng mã PIN").await?;
    // The PIN opens it once the session is over.
    phone.forget_cookie("phien").await?;
    phone.goto(&night.line.url("/dang-nhap?next=/nhap")).await?;
    phone.type_into("input[name=pin]", "204913").await?;
    phone.tap("form.entry button.main").await?;
    phone.wait_for("#facilities a").await?;

    night.line.cut();
    night.write("230", 1).await?;
    night.desk.goto(&night.server.url("/nguoi-dung/dien-thoai")).await?;
    night.desk.tap("form[action$='/mat'] button").await?;
    night.desk.wait_for_words("main", "Đã khóa điện thoại").await?;

    night.line.mend();
    phone.tap("#send-now").await?;
    phone.wait_for_words("#sentence", "Cần đăng nhập lại để gửi 1 mục").await?;
    phone.tap("#sign-in a").await?;
    phone.wait_for_words("#refusal", "đã được báo mất").await?;
    assert_eq!(night.times("230").await?, 0);
    assert_eq!(phone.overflowing().await?, [""; 0]);

    phone.tap_words("Đăng nhập bằng mật khẩu").await?;
    phone.tap("button[value=focal_officer]").await?;
    phone.wait_for("form.report").await?;
    phone.goto(&night.line.url("/nhap")).await?;
    night.until("return (async () => (await Keep.items()).every((item) => item.state === 'received'))()").await?;
    assert_eq!(night.times("230").await?, 1);
    Ok(())
}

/// The battery dies with a full queue: the browser starts again and sends it.
#[tokio::test]
async fn a_waiting_queue_survives_the_end_of_the_browser() -> Walked {
    let mut night = Night::begin().await?;
    night.line.cut();
    night.write("234", 1).await?;
    night.phone = night.phone.restarted(Screen::Phone).await?;
    // The app opens although there is still no line.
    night.phone.goto(&night.line.url("/nhap")).await?;
    night.until(&format!("return document.querySelectorAll('{WAITING}').length === 1")).await?;
    assert_eq!(night.times("234").await?, 0);
    night.line.mend();
    night.phone.tap("#send-now").await?;
    night.until("return document.querySelectorAll('#received li[data-state=received]').length === 1").await?;
    assert_eq!(night.times("234").await?, 1);
    Ok(())
}

/// OX07: the program is updated while reports wait on the phone: the new shell takes over, each report is sent once.
#[tokio::test]
async fn a_waiting_queue_survives_an_update_of_the_program() -> Walked {
    let night = Night::begin().await?;
    let phone = &night.phone;
    let shell = "return caches.keys().then((names) => names.filter((name) => name.startsWith('shell-')).join(' '))";
    let before = phone.script(shell).await?;
    night.line.cut();
    night.write("238", 1).await?;
    night.write("242", 2).await?;
    let keys_of = "return (async () => (await Keep.items()).map((item) => item.key).sort().join())()";
    let keys = phone.script(keys_of).await?;
    // The update comes with the line: the browser finds another worker before or after what waits has left.
    night.line.update();
    night.line.mend();
    phone.goto(&night.line.url("/nhap")).await?;
    // Each opening of the app asks for it: an install that a busy machine broke off is begun again, one that goes on is
    // left to end.
    night
        .until(&format!(
            "return (async () => {{ const worker = await navigator.serviceWorker.getRegistration(); if (!worker.installing && !worker.waiting) await worker.update(); const names = (await caches.keys()).filter((name) => name.startsWith('shell-')); return names.length === 1 && names[0] !== '{}'; }})()",
            before.as_str().unwrap_or_default()
        ))
        .await?;
    phone.goto(&night.line.url("/nhap")).await?;
    night.until("return (async () => { const items = await Keep.items(); return items.length >= 2 && items.every((item) => item.state === 'received'); })()").await?;
    assert_eq!((night.times("238").await?, night.times("242").await?), (1, 1));
    assert_eq!(phone.script(keys_of).await?, keys, "nothing was lost and nothing made anew");
    // The new shell opens without a line.
    night.line.cut();
    phone.goto(&night.line.url("/nhap")).await?;
    night.until("return document.querySelectorAll('#received li[data-state=received]').length >= 2").await?;
    Ok(())
}

/// Without a line the phone asks back as the server would: 2,1 where two tonnes should be is cubic metres or tonnes.
#[tokio::test]
async fn the_phone_asks_back_about_a_unit_without_a_line() -> Walked {
    let night = Night::begin().await?;
    let phone = &night.phone;
    night.open_form().await?;
    let said = phone
        .script(
            "const guard = { held: 2100, at: 0, perHour: 10, capacity: 3000, own: { label: 'kg', kg: 1 }, others: [{ label: 'm³ khí', kg: 1.331 }, { label: 'tấn', kg: 1000 }, { label: 'm³ lỏng (khối)', kg: 1141 }] };\n\
             const ask = (text, hours) => { const perhaps = Guard.perhaps(text, hours * 3600e3, guard); return perhaps ? perhaps.unit : '-'; };\n\
             return [ask('2,1', 1), ask('2.090', 1), ask('300', 1), ask('1.800', 30), ask('2,1 tấn', 1)].join(' ')",
        )
        .await?;
    assert_eq!(said.as_str(), Some("tấn - - - -"), "a figure that fits, one that fits nowhere, one that was used up");
    // A tank read in kilograms, as the server would have written the form of one.
    night.line.cut();
    phone
        .script("const tank = document.querySelector('[data-tank]'); tank.dataset.guard = JSON.stringify({ words: '{value} {unit} – {perhaps}?', held: 2100, at: Date.now(), perHour: 0, capacity: 3000, own: { label: 'kg', kg: 1 }, others: [{ label: 'tấn', kg: 1000 }] });")
        .await?;
    phone.type_into(LEVEL, "2,1").await?;
    phone.tap(SEND).await?;
    phone.wait_for_words("#doubt", "2,1 kg – tấn?").await?;
    assert_eq!(phone.script("return (async () => (await Keep.items()).length)()").await?, Value::from(0));
    // He looked at the gauge: it stands, and the server is told so.
    phone.tap(SEND).await?;
    night
        .until(&format!("return location.pathname === '/nhap' && document.querySelectorAll('{WAITING}').length === 1"))
        .await?;
    let meant = "return (async () => (await Keep.items())[0].fields.find(([name]) => name === 'meant')[1])()";
    assert!(phone.script(meant).await?.as_str().is_some_and(|meant| meant.starts_with("confirmed=tank.")));
    Ok(())
}
