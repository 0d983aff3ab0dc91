//! The report on the implementation of 7559/BYT-TB-CT, written by the program from the tasks of the demonstration through
//! the page of the letter, signed, and measured on paper: the .pdf as it is, the .docx as LibreOffice prints it. Every part
//! within 3 mm and 1 pt of the table of Decree 30/2020/NĐ-CP, appendix I. DT17, PR06.

#[cfg(test)]
#[path = "../../crates/document/src/official/tests/measured/printed.rs"]
mod printed;

use e2e::{Browser, Screen, Server};
use unicode_normalization as _;

use printed::{MILLIMETRE, Printed, by_libreoffice, folder, middle, near};

type Walked = Result<(), Box<dyn std::error::Error>>;

async fn enter(browser: &Browser, server: &Server, role: &str) -> Walked {
    browser.goto(&server.url("/dang-nhap")).await?;
    browser.tap(&format!("button[value={role}]")).await?;
    browser.wait_for("#board").await?;
    Ok(())
}

/// Every row of the table that such a report has.
fn follows_the_decree(printed: &Printed, number: &str) {
    let name = printed.name;
    let text = || printed.words.iter().filter(|word| word.page <= 2 && word.top > 15.0 * MILLIMETRE);
    near(name, "left margin", text().map(|word| word.left).fold(f64::MAX, f64::min) / MILLIMETRE, 30.0..=35.0);
    near(name, "right margin", 210.0 - text().map(|word| word.right).fold(0.0, f64::max) / MILLIMETRE, 15.0..=20.0);
    near(name, "top margin", text().map(|word| word.top).fold(f64::MAX, f64::min) / MILLIMETRE, 20.0..=25.0);
    let (nation, motto) = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc");
    printed.is_written(nation, 12.0..=13.0, true, false);
    printed.is_written(motto, 13.0..=14.0, true, false);
    let under = printed.place(motto);
    near(name, "the motto's centre under the nation's", middle(under), {
        let centre = middle(printed.place(nation));
        centre..=centre
    });
    let rule = printed.rule((90.0, under.3 - 1.0), (200.0, under.3 + 4.0));
    near(name, "the rule's beginning", rule.0, under.0..=under.0);
    near(name, "the rule's end", rule.1, under.2..=under.2);
    printed.is_written("SỞ Y TẾ", 12.0..=13.0, true, false);
    let said = format!("Số: {number}");
    printed.is_written(&said, 13.0..=13.0, false, false);
    let date = printed.place("ngày 22 tháng 11");
    near(name, "number and date on one line", printed.place(&said).1, date.1..=date.1);
    printed.is_written("ngày 22 tháng 11", 13.0..=14.0, false, true);
    printed.is_written("BÁO CÁO", 13.0..=14.0, true, false);
    near(name, "the kind's centre", middle(printed.place("BÁO CÁO")), 110.0..=110.0);
    printed.is_written("Kết quả thực hiện", 13.0..=14.0, true, false);
    printed.is_written("Kính gửi:", 13.0..=14.0, false, false);
    printed.is_written("Thực hiện Công văn", 13.0..=14.0, false, false);
    near(name, "the first line's indent", printed.place("Thực hiện Công văn").0, 40.0..=42.7);
    printed.is_written("1. Kết quả chung", 13.0..=14.0, true, false);
    printed.is_written("Nơi nhận:", 12.0..=12.0, true, true);
    near(name, "«Nơi nhận» at the left", printed.place("Nơi nhận:").0, 30.0..=35.0);
    printed.is_written("- Như trên;", 11.0..=11.0, false, false);
    printed.is_written("Phạm Văn Đước", 13.0..=14.0, true, false);
    near(name, "the signature in the right half", middle(printed.place("Phạm Văn Đước")), 150.0..=150.0);
    assert_eq!(printed.line("Nơi nhận:")[0].page, printed.line("Phạm Văn Đước")[0].page, "{name}: one page");
    assert!(printed.words.iter().any(|word| word.text.ends_with("./.")), "{name}: the text ends");
    let above = |page: usize| {
        let on = printed.words.iter().filter(move |word| word.page == page && word.bottom < 20.0 * MILLIMETRE);
        on.map(|word| word.text.clone()).collect::<Vec<_>>()
    };
    assert!(above(1).is_empty(), "{name}: a number on the first page");
    for page in 2..=printed.pages.len() {
        assert_eq!(above(page), [page.to_string()], "{name}: the number of page {page}");
    }
    // The head of the table of tasks stands once on each page that the table reaches.
    let last = printed.line("Nơi nhận:")[0].page;
    let heads = printed.words.windows(2).filter(|two| two[0].text == "Nhiệm" && two[1].text == "vụ");
    assert!(heads.count() + 1 >= last, "{name}: the head is repeated");
}

#[tokio::test]
async fn the_report_on_7559_is_written_by_the_program_and_follows_the_decree() -> Walked {
    let server = Server::demo(&[])?;
    let (desk, leader) = (Browser::start(Screen::Desktop).await?, Browser::start(Screen::Phone).await?);
    enter(&desk, &server, "duty_officer").await?;
    enter(&leader, &server, "leader").await?;
    desk.goto(&server.url("/van-ban/so?q=7559/BYT")).await?;
    let letter = desk
        .script(
            "return [...document.querySelectorAll(\"main a[href^='/van-ban/']\")]
               .find(link => link.textContent.trim() === '7559/BYT-TB-CT')?.getAttribute('href') ?? '';",
        )
        .await?;
    desk.goto(&server.url(letter.as_str().unwrap_or_default())).await?;
    desk.wait_for("form[action$='/soan']").await?;
    desk.script(
        "document.querySelector('input[name=kind][value=implementation]').form.querySelector('button').click();",
    )
    .await?;
    desk.wait_for("textarea[name=body]").await?;
    let address = desk.address().await?;
    let page = address.split('?').next().unwrap_or(&address).trim_end_matches("/sua").to_owned();
    desk.goto(&page).await?;
    desk.tap("#trinh form button.main").await?;
    desk.wait_for_words("h1", "chờ ký").await?;
    leader.goto(&page).await?;
    leader.tap("#ky form button.main").await?;
    leader.wait_for_words("h1", "/BC-SYT").await?;
    let signed = leader.text_of("h1").await?;
    let number = signed.split_whitespace().find(|word| word.contains("/BC-SYT")).unwrap_or_default();
    let number = number.trim_end_matches([',', '.', ';']);

    desk.goto(&page).await?;
    let folder = folder("7559");
    for (format, file) in [("docx", "bao-cao.docx"), ("pdf", "own.pdf")] {
        desk.tap(&format!("a[href$='/tai/{format}']")).await?;
        std::fs::copy(desk.download_wait(&format!(".{format}")).await?, folder.join(file))?;
    }
    match Printed::of(&folder, "own.pdf") {
        Some(printed) => follows_the_decree(&printed, number),
        None => println!("skipped: poppler is not installed"),
    }
    match by_libreoffice(&folder, "bao-cao.docx").and_then(|()| Printed::of(&folder, "bao-cao.pdf")) {
        Some(printed) => follows_the_decree(&printed, number),
        None => println!("skipped: LibreOffice or poppler is not installed"),
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
