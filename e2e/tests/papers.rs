//! A report on its way in a real browser: the desk drafts and submits it, the leader signs it, the desk downloads
//! it as .docx and .pdf, and LibreOffice opens the .docx without repair. OX18, DT17.

use std::path::Path;
use std::process::Command;

use e2e::{Browser, Screen, Server};

type Walked = Result<(), Box<dyn std::error::Error>>;

async fn enter(browser: &Browser, server: &Server, role: &str) -> Walked {
    browser.goto(&server.url("/dang-nhap")).await?;
    browser.tap(&format!("button[value={role}]")).await?;
    browser.wait_for("#board").await?;
    Ok(())
}

/// The words of a `.pdf` in one line.
fn words(pdf: &Path) -> String {
    let output = Command::new("pdftotext").arg(pdf).arg("-").output().expect("pdftotext is installed");
    assert!(output.status.success(), "{}: {output:?}", pdf.display());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    // A hyphen that does not break the line reads like any other.
    text.replace(['\u{2010}', '\u{2011}'], "-").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A `.docx` as LibreOffice prints it.
fn printed(docx: &Path) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
        .args(["--headless", "--norestore", "--convert-to", "pdf:writer_pdf_Export", "--outdir"])
        .arg(folder.path())
        .arg(docx)
        .output()
        .expect("LibreOffice is installed");
    assert!(done.status.success(), "{done:?}");
    words(&folder.path().join(docx.with_extension("pdf").file_name().expect("a name")))
}

#[tokio::test]
async fn a_report_is_drafted_signed_and_opened_as_word_and_pdf() -> Walked {
    let server = Server::demo(&[])?;
    let (desk, leader) = (Browser::start(Screen::Desktop).await?, Browser::start(Screen::Phone).await?);
    enter(&desk, &server, "duty_officer").await?;
    desk.goto(&server.url("/chi-dao/bao-cao")).await?;
    desk.tap("#soan form button.main").await?;
    desk.wait_for_words("h1", "đang soạn").await?;
    desk.tap("#trinh form button.main").await?;
    desk.wait_for_words("h1", "chờ ký").await?;
    let address = desk.address().await?;
    let page = address.split('?').next().unwrap_or(&address).to_owned();

    enter(&leader, &server, "leader").await?;
    leader.goto(&page).await?;
    assert_eq!(leader.overflowing().await?, [""; 0], "nothing may reach beyond the phone");
    leader.tap("#ky form button.main").await?;
    leader.wait_for_words("h1", "đã ký, số 02/BC-SYT").await?;

    desk.goto(&page).await?;
    desk.tap("a[href$='/tai/docx']").await?;
    let word = printed(&desk.download_wait(".docx").await?);
    desk.tap("a[href$='/tai/pdf']").await?;
    let pdf = words(&desk.download_wait(".pdf").await?);
    for text in [&word, &pdf] {
        for part in
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 02/BC-SYT", "BÁO CÁO", "Phạm Văn Đước", "./.", "Lưu: VT"]
        {
            assert!(text.contains(part), "«{part}» is missing: {text}");
        }
        assert!(!text.contains("DỰ THẢO") && text.contains("MÔ PHỎNG"), "{text}");
    }

    // Pressed again, nothing is signed twice: the register holds those of the demonstration and this one.
    desk.goto(&server.url("/chi-dao/so-van-ban")).await?;
    desk.wait_for_words("h1", "4 số văn bản").await?;
    Ok(())
}
