//! An officer with a phone whose line can be cut, and the desk.

use std::time::Duration;

use e2e::{Browser, Line, Screen, Server, Trouble};
use serde_json::Value;

/// How a walk ends.
pub type Walked = Result<(), Box<dyn std::error::Error>>;

/// The field of a tank's level.
pub const LEVEL: &str = "input[name^='tank.']:not([type=hidden])";
/// What sends a form.
pub const SEND: &str = "p.foot-action button.main";
/// What waits for the line.
pub const WAITING: &str = "#waiting li[data-state=waiting]";

/// A phone whose line can be cut, and the desk, which hears only what arrives.
pub struct Night {
    /// The demonstration.
    pub server: Server,
    /// The line of his phone.
    pub line: Line,
    /// His phone.
    pub phone: Browser,
    /// The desk.
    pub desk: Browser,
    /// Path of the officer's form.
    pub form: String,
}

impl Night {
    /// The officer has signed in on his phone and opened the entry app once.
    pub async fn begin() -> Result<Self, Box<dyn std::error::Error>> {
        Self::on(Screen::Phone).await
    }

    /// The same on a screen of this width.
    pub async fn on(screen: Screen) -> Result<Self, Box<dyn std::error::Error>> {
        let server = Server::demo(&[])?;
        let line = Line::to(&server.url(""))?;
        let (phone, desk) = (Browser::start(screen).await?, Browser::start(Screen::Desktop).await?);
        desk.goto(&server.url("/dang-nhap")).await?;
        desk.tap("button[value=duty_officer]").await?;
        desk.wait_for("#board").await?;
        // Reports that the drill tells by itself would be counted with his.
        desk.tap("button[value=pause]").await?;
        let mut night = Self { server, line, phone, desk, form: String::new() };
        night.sign_in("focal_officer").await?;
        night.phone.wait_for("form.report").await?;
        night.form = night.phone.script("return location.pathname").await?.as_str().unwrap_or_default().to_owned();
        night.phone.goto(&night.line.url("/nhap")).await?;
        night.until("return (async () => !!(await navigator.serviceWorker.getRegistration())?.active && (await Keep.keptForms()).length > 0)()").await?;
        Ok(night)
    }

    pub async fn sign_in(&self, role: &str) -> Result<(), Trouble> {
        self.phone.goto(&self.line.url("/dang-nhap")).await?;
        self.phone.tap(&format!("button[value={role}]")).await
    }

    /// Waits until a script of the phone's page answers `true`.
    pub async fn until(&self, script: &str) -> Result<(), Trouble> {
        for _ in 0..120 {
            if self.phone.script(script).await.is_ok_and(|said| said == Value::Bool(true)) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        let seen = self.phone.script("return document.body.innerText").await?;
        panic!("never came true: {script}\nthe phone shows {seen}");
    }

    pub async fn open_form(&self) -> Result<(), Trouble> {
        self.phone.goto(&self.line.url(&self.form)).await?;
        self.phone.wait_for("form.report").await?;
        // After a report of this shift the form is folded under «Gửi thêm».
        self.phone.script("const more = document.getElementById('more-entry'); if (more) more.open = true;").await?;
        Ok(())
    }

    /// Opens the form and sends it without a line; ends on the app, where it waits.
    pub async fn write(&self, level: &str, waiting: usize) -> Result<(), Trouble> {
        self.open_form().await?;
        self.send(level, waiting).await
    }

    pub async fn send(&self, level: &str, waiting: usize) -> Result<(), Trouble> {
        self.phone.type_into(LEVEL, level).await?;
        self.phone.tap(SEND).await?;
        self.until(&format!(
            "return location.pathname === '/nhap' && document.querySelectorAll('{WAITING}').length === {waiting}"
        ))
        .await
    }

    /// The reports of his hospital as the server keeps them: what was told of the tank, newest first.
    pub async fn arrived(&self) -> Result<Vec<Value>, Trouble> {
        let facility = self.form.trim_start_matches("/co-so/").trim_end_matches("/bao-cao");
        let script =
            format!("return fetch('/api/v1/facilities/{facility}/reports?limit=40').then((said) => said.json())");
        Ok(self.desk.script(&script).await?.as_array().cloned().unwrap_or_default())
    }

    /// How many reports say this level.
    pub async fn times(&self, level: &str) -> Result<usize, Trouble> {
        let says = |report: &Value| {
            report["levels"].as_array().is_some_and(|levels| {
                levels.iter().any(|each| each["value"].as_str().is_some_and(|value| value.starts_with(level)))
            })
        };
        Ok(self.arrived().await?.iter().filter(|report| says(report)).count())
    }

    /// The officer comes back: the demonstration's door, out of whatever session there was.
    pub async fn sign_in_again(&self) -> Result<(), Trouble> {
        self.phone.forget_cookie("phien").await?;
        self.sign_in("focal_officer").await?;
        self.phone.wait_for("form.report").await?;
        self.phone.goto(&self.line.url("/nhap")).await
    }
}
