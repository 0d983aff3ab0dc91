//! A letter with twelve tasks from the paste to the bodies in a real browser, counted in actions and timed (DT01, DT03).
//!
//! What is promised of a release build is held against one where `BONTAICHO_PROGRAM` names it:
//! `BONTAICHO_PROGRAM=target/release/bontaicho cargo test -p e2e --test letters -- --nocapture`.

use std::io::Write as _;

use e2e::{Browser, Screen, Server};

type Walked = Result<(), Box<dyn std::error::Error>>;

/// The most actions that a letter of twelve tasks may take.
const MOST_ACTIONS: usize = 25;

/// An action is answered within so many milliseconds by a release build.
const PROMISED: f64 = 300.0;
/// Of these the program itself takes so many.
const PROMISED_OF_SERVER: f64 = 50.0;

/// Twelve tasks for two bodies, six of them named by nobody the register knows.
fn letter(number: usize) -> String {
    let mut text = format!(
        "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: {number}/SYT-NVY\nV/v chuẩn bị oxy y tế mùa bão\n\nAn Giang, ngày 20 tháng 11 năm 2026\n\n\
         Kính gửi:\n- Sở Y tế;\n- Đội vận tải Lạc Hồng.\n\nĐể chủ động ứng phó, yêu cầu các đơn vị thực hiện:\n1. Sở Y tế\n"
    );
    for what in ["bồn oxy lỏng", "chai oxy", "máy phát điện", "giàn hóa hơi", "ổ khí đầu giường", "danh sách trực"]
    {
        text.push_str(&format!("- Kiểm tra {what} và báo cáo trước ngày 28/11/2026.\n"));
    }
    text.push_str("2. Đội vận tải Lạc Hồng\n");
    for what in ["xe bồn", "xe tải", "lái xe", "bến phà", "đường vòng", "nhiên liệu"] {
        text.push_str(&format!("- Chuẩn bị {what} trước ngày 26/11/2026.\n"));
    }
    text.push_str("\nNơi nhận:\n- Như trên (để thực hiện);\n- Lưu: VT, NVY.\n\nGIÁM ĐỐC\n\nTrần Văn Ớt\n");
    text
}

/// An action that was answered.
struct Answered {
    /// What was tapped.
    what: String,
    /// From the tap until the page that answers it was drawn, by the browser's clock, in milliseconds.
    seen: f64,
    /// Of that, from the request until the last byte of the page; none where no page was asked for.
    served: Option<f64>,
}

/// A person at the screen, whose every tap and entry is counted and timed.
struct Hand<'b> {
    browser: &'b Browser,
    actions: usize,
    answered: Vec<Answered>,
}

impl Hand<'_> {
    async fn tap(&mut self, selector: &str, then: &str, words: &str) -> Walked {
        // A person scrolls what lies under the bar of the buttons into sight. The page is marked: another one is not. The
        // moment of the tap is kept by the browser's own clock, and of the frame after it where no page is asked for.
        let watch = "window.asked = true;
            const now = () => performance.timeOrigin + performance.now();
            addEventListener('click', () => {
                sessionStorage.setItem('tapped', now());
                requestAnimationFrame(() => requestAnimationFrame(() => sessionStorage.setItem('drawn', now())));
            }, { capture: true, once: true });";
        let sight = format!("document.querySelector({selector:?}).scrollIntoView({{ block: 'center' }});");
        self.browser.script(&format!("{sight} {watch}")).await?;
        self.browser.tap(selector).await?;
        self.browser.wait_for_words(then, words).await?;
        self.actions += 1;
        let told = "const page = performance.getEntriesByType('navigation')[0];
            const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
            const drawn = window.asked ? Number(sessionStorage.getItem('drawn'))
                : performance.timeOrigin + Math.max(painted, page.domContentLoadedEventEnd);
            return [drawn - Number(sessionStorage.getItem('tapped')),
                window.asked ? null : page.responseEnd - (page.redirectStart || page.requestStart)];";
        let told = self.browser.script(told).await?;
        let seen = told[0].as_f64().ok_or("the browser kept no time")?;
        let served = told[1].as_f64();
        self.answered.push(Answered { what: selector.to_owned(), seen, served });
        Ok(())
    }

    async fn write(&mut self, selector: &str, text: &str) -> Walked {
        let text = serde_json::to_string(text)?;
        self.browser.script(&format!("document.querySelector({selector:?}).value = {text};")).await?;
        self.actions += 1;
        Ok(())
    }

    /// Says how long each action took; a release build is held to what was promised.
    fn tell(&self) -> Walked {
        let mut told = std::io::stdout().lock();
        writeln!(told, "{} actions; those that were answered:", self.actions)?;
        for Answered { what, seen, served } in &self.answered {
            let served = served.map_or_else(|| "no page".to_owned(), |time| format!("the program {time:.0} ms"));
            writeln!(told, "  {seen:>5.0} ms ({served})  {what}")?;
        }
        if std::env::var_os("BONTAICHO_PROGRAM").is_some() {
            for Answered { what, seen, served } in &self.answered {
                assert!(*seen < PROMISED, "{what} was answered after {seen:.0} ms");
                assert!(served.is_none_or(|time| time < PROMISED_OF_SERVER), "{what}: the program took {served:?} ms");
            }
        }
        Ok(())
    }
}

#[tokio::test]
async fn twelve_tasks_are_given_out_in_few_actions() -> Walked {
    let server = Server::demo(&[])?;
    for (number, screen) in [(901, Screen::Desktop), (902, Screen::Phone)] {
        let browser = Browser::start(screen).await?;
        browser.goto(&server.url("/dang-nhap")).await?;
        browser.tap("button[value=clerk]").await?;
        browser.wait_for("#cho").await?;
        assert_eq!(browser.overflowing().await?, [""; 0], "nothing may reach beyond the screen");
        let mut hand = Hand { browser: &browser, actions: 0, answered: Vec::new() };
        hand.write("textarea[name=text]", &letter(number)).await?;
        hand.tap("form[action='/van-ban'] button.main", "h1", "Đọc được 12 việc").await?;
        assert_eq!(browser.overflowing().await?, [""; 0], "nothing may reach beyond the screen");
        // A task shows the sentence that it comes from.
        hand.tap("#viec-7 a[href='#cau-7']", "mark:target", "Chuẩn bị xe bồn").await?;
        // Whom the register does not know is given to somebody whom it knows, one by one: the dearest way.
        for task in 7..=12 {
            hand.write(&format!("input[name='owner.{task}']"), "Sở Y tế").await?;
        }
        hand.tap("button[value=confirm]", "h1", "12 việc, đã giao 12 lượt").await?;
        assert!(hand.actions <= MOST_ACTIONS, "{} actions", hand.actions);
        hand.tell()?;
        let bodies = browser.texts_of(".task-bodies li").await?;
        assert_eq!(bodies.len(), 12);
        assert!(bodies.iter().all(|body| body.starts_with("Sở Y tế")), "{bodies:?}");
        assert_eq!(browser.overflowing().await?, [""; 0], "nothing may reach beyond the screen");
        browser.close().await?;
    }
    Ok(())
}
