//! Registers by file in a real browser: the list is taken out, a file is sent, looked at, written by one button,
//! and stands on the page of its register (OX15).

use e2e::{Browser, Screen, Server, sheet};

type Walked = Result<(), Box<dyn std::error::Error>>;

/// Puts a file into the form, as a hand would choose it.
async fn choose(browser: &Browser, name: &str, text: &str) -> Walked {
    let text = text.replace('\n', "\\n");
    let script = format!(
        "const files = new DataTransfer(); files.items.add(new File(['{text}'], '{name}', {{ type: 'text/csv' }})); \
         document.querySelector('input[type=file]').files = files.files;"
    );
    browser.script(&script).await?;
    Ok(())
}

#[tokio::test]
async fn a_file_is_looked_at_written_and_stands_in_its_register() -> Walked {
    let server = Server::demo(&[])?;
    for screen in [Screen::Desktop, Screen::Phone] {
        let plate = if matches!(screen, Screen::Phone) { "68C-777.02" } else { "68C-777.01" };
        let desk = Browser::start(screen).await?;
        desk.goto(&server.url("/dang-nhap")).await?;
        desk.tap("button[value=duty_officer]").await?;
        desk.wait_for("#board").await?;
        desk.goto(&server.url("/nhap-so-lieu")).await?;
        assert_eq!(desk.overflowing().await?, [""; 0]);
        desk.goto(&server.url("/nhap-so-lieu/vehicles")).await?;
        let file = format!(
            "DANH SACH XE\nBien so;Loai xe;Cho duoc (kg);Chu xe\n{plate};xe bon;5000;Khi Sao Mai\nxe bay;xe bon;1;Khi Sao Mai\n"
        );
        choose(&desk, "xe.csv", &file).await?;
        desk.tap("form.entry button.main").await?;
        desk.wait_for_words("h1", "1 dòng mới").await?;
        assert_eq!(desk.overflowing().await?, [""; 0], "nothing may reach beyond the screen");
        assert!(desk.text_of("#chua-nhan").await?.contains("SUP-001"));
        desk.tap("#ghi button.main").await?;
        desk.wait_for_words("h1", "đã ghi").await?;
        desk.goto(&server.url("/phuong-tien")).await?;
        assert!(desk.text_of("main").await?.contains(plate));
        if matches!(screen, Screen::Desktop) {
            desk.goto(&server.url("/nhap-so-lieu")).await?;
            desk.tap("a[href='/xuat/so/vehicles']").await?;
            let rows = sheet::rows(&desk.download_wait(".xlsx").await?)?;
            assert!(rows.iter().any(|row| row.first().is_some_and(|cell| cell == plate)), "{rows:#?}");
            assert!(rows.iter().flatten().any(|cell| cell.contains("MÔ PHỎNG")), "invented rows are marked");
        }
        desk.close().await?;
    }
    Ok(())
}
