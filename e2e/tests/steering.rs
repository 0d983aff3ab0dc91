//! What steers the command post, in a real browser: a meeting whose conclusions become tasks and whose notice is signed and
//! numbered (DT19), a plan put in force (DT20), a bulletin that the public reads (CM02), an inspection with a finding that
//! becomes a task (DT12).

use e2e::{Browser, Screen, Server};

type Walked = Result<(), Box<dyn std::error::Error>>;

async fn enter(browser: &Browser, server: &Server, role: &str, then: &str) -> Walked {
    browser.goto(&server.url("/dang-nhap")).await?;
    browser.tap(&format!("button[value={role}]")).await?;
    browser.wait_for(then).await?;
    Ok(())
}

/// Fills the form that does something and presses its button; a folded form is opened first.
async fn fill(browser: &Browser, act: &str, fields: &[(&str, &str)]) -> Walked {
    let fields = serde_json::to_string(fields)?;
    let found = browser
        .script(&format!(
            "const form = [...document.querySelectorAll('main form')]
               .find(form => form.querySelector('input[name=do]')?.value === {act:?});
             if (!form) return 'there is no form {act}: ' + document.querySelector('h1')?.textContent;
             const folded = form.closest('details');
             if (folded) folded.open = true;
             for (const [name, value] of {fields}) {{
               const field = [...form.elements].find(one => one.name === name);
               if (!field) return 'the form {act} has no field ' + name;
               if (field.type === 'checkbox') field.checked = true; else field.value = value;
             }}
             setTimeout(() => form.querySelector('button.main').click(), 0);
             return '';"
        ))
        .await?;
    let trouble = found.as_str().unwrap_or("the page did not answer");
    if trouble.is_empty() { Ok(()) } else { Err(trouble.to_owned().into()) }
}

async fn nothing_sticks_out(browser: &Browser) -> Walked {
    assert_eq!(
        browser.overflowing().await?,
        [""; 0],
        "nothing may reach beyond the screen: {}",
        browser.address().await?
    );
    Ok(())
}

/// The address without what was said last.
async fn here(browser: &Browser) -> Result<String, Box<dyn std::error::Error>> {
    let address = browser.address().await?;
    Ok(address.split(['?', '#']).next().unwrap_or(&address).to_owned())
}

#[tokio::test]
async fn a_meeting_ends_in_tasks_and_in_a_signed_notice() -> Walked {
    let server = Server::demo(&[])?;
    let (desk, leader) = (Browser::start(Screen::Desktop).await?, Browser::start(Screen::Phone).await?);
    enter(&desk, &server, "duty_officer", "#board").await?;
    enter(&leader, &server, "leader", "#board").await?;

    desk.goto(&server.url("/chi-dao/cuoc-hop")).await?;
    let meeting = [
        ("subject", "Họp bảo đảm oxy trước bão số 9"),
        ("held_at", "2026-11-21T14:00"),
        ("place", "Sở Y tế"),
        ("chair", "Giám đốc Phạm Văn Đước"),
    ];
    fill(&desk, "meeting", &meeting).await?;
    desk.wait_for_words("h1", "Họp bảo đảm oxy").await?;
    let told = "Sở Y tế: lập danh sách cơ sở phải gọi xe trước bão, chậm nhất 30/11/2026\n\
                Đội vận tải Lạc Hồng: bố trí hai xe chở oxy trực đêm, chậm nhất 28/11/2026";
    fill(&desk, "conclusions", &[("text", told)]).await?;
    desk.wait_for_words("main", "2 kết luận chờ xác nhận").await?;
    // Whom the register does not know is given to somebody whom it knows.
    fill(&desk, "line-1", &[("owner", "Sở Y tế")]).await?;
    desk.wait_for_words("main", "Đã lưu").await?;
    fill(&desk, "confirm", &[]).await?;
    desk.wait_for_words("main", "Đã giao việc đến các đơn vị").await?;
    let page = here(&desk).await?;
    leader.goto(&page).await?;
    nothing_sticks_out(&leader).await?;

    fill(&desk, "notice", &[]).await?;
    desk.wait_for_words("main", "lập danh sách cơ sở phải gọi xe trước bão").await?;
    let paper = here(&desk).await?;
    assert!(paper.contains("/chi-dao/bao-cao/"), "the notice stands among the papers: {paper}");
    desk.tap("#trinh form button.main").await?;
    desk.wait_for_words("h1", "chờ ký").await?;
    leader.goto(&paper).await?;
    nothing_sticks_out(&leader).await?;
    leader.tap("#ky form button.main").await?;
    leader.wait_for_words("h1", "/TB-SYT").await?;
    Ok(())
}

#[tokio::test]
async fn a_plan_is_put_in_force_and_a_finding_becomes_a_task() -> Walked {
    let server = Server::demo(&[])?;
    let desk = Browser::start(Screen::Phone).await?;
    enter(&desk, &server, "duty_officer", "#board").await?;
    desk.goto(&server.url("/chi-dao/ke-hoach")).await?;
    let plan = [("title", "Kế hoạch oxy tuần sau bão"), ("from", "2026-11-30"), ("to", "2026-12-06")];
    fill(&desk, "plan", &plan).await?;
    desk.wait_for_words("main", "Kế hoạch oxy tuần sau bão").await?;
    fill(&desk, "items", &[("text", "Sở Y tế: kiểm kê chai sau bão, chậm nhất 05/12/2026")]).await?;
    desk.wait_for_words("main", "Kiểm kê chai sau bão").await?;
    fill(&desk, "confirm", &[]).await?;
    desk.wait_for_words("main", "Đã giao").await?;
    nothing_sticks_out(&desk).await?;

    desk.goto(&server.url("/chi-dao/kiem-tra?phieu=checklist-oxygen-safety/1&don-vi=S%E1%BB%9F%20Y%20t%E1%BA%BF"))
        .await?;
    nothing_sticks_out(&desk).await?;
    // Nothing looked at is no visit; the page says so in the words of an inspection.
    let visit = [("on", "2026-11-21"), ("by", "Đoàn số 1")];
    fill(&desk, "inspect", &visit).await?;
    desk.wait_for_words("main", "MTG-011").await?;
    nothing_sticks_out(&desk).await?;
    let seen = desk.attribute("select[name^='tick.']", "name").await?.ok_or("the list has lines")?;
    fill(&desk, "inspect", &[visit[0], visit[1], (seen.as_str(), "not_met")]).await?;
    desk.wait_for("input[name=do][value=finding]").await?;
    let finding = [
        ("what", "Báo động áp lực không kêu"),
        ("remedy", "Thay pin, thử lại báo động"),
        ("owner", "Sở Y tế"),
        ("last_day", "2026-11-27"),
    ];
    fill(&desk, "finding", &finding).await?;
    desk.wait_for_words("main", "Báo động áp lực không kêu").await?;
    fill(&desk, "confirm", &[]).await?;
    desk.wait_for_words("main", "Đã giao").await?;
    let task = desk.attribute("main a[href^='/viec/']", "href").await?.ok_or("the finding has its task")?;
    desk.goto(&server.url(&task)).await?;
    desk.wait_for_words("main", "Thay pin, thử lại báo động").await?;
    nothing_sticks_out(&desk).await?;
    Ok(())
}

#[tokio::test]
async fn a_bulletin_is_approved_by_others_and_read_by_anybody() -> Walked {
    let server = Server::demo(&[])?;
    let desk = Browser::start(Screen::Desktop).await?;
    enter(&desk, &server, "duty_officer", "#board").await?;
    desk.goto(&server.url("/chi-dao/ban-tin")).await?;
    let words = [("title", "Bản tin oxy ngày bão"), ("preparedness", "Đủ tổ trực ba ca.")];
    fill(&desk, "draft", &words).await?;
    desk.wait_for("input[name=bulletin]").await?;
    let page = here(&desk).await?;
    let id = page.rsplit('/').next().unwrap_or_default().to_owned();
    for (role, act, then) in [("clerk", "check", "main"), ("leader", "approve", "main")] {
        let other = Browser::start(Screen::Phone).await?;
        enter(&other, &server, role, "main").await?;
        other.goto(&page).await?;
        nothing_sticks_out(&other).await?;
        fill(&other, act, &[]).await?;
        other.wait_for(".band.confirmed").await?;
        other.wait_for(then).await?;
        other.close().await?;
    }
    // Without an account, on a phone.
    let public = Browser::start(Screen::Phone).await?;
    public.goto(&server.url(&format!("/ban-tin/{id}"))).await?;
    public.wait_for_words("h1", "Bản tin oxy ngày bão").await?;
    nothing_sticks_out(&public).await?;
    public.goto(&server.url("/cong-bo")).await?;
    public.wait_for_words("h1", "Tình hình thực hiện nhiệm vụ").await?;
    nothing_sticks_out(&public).await?;
    Ok(())
}
