//! One person before one screen: goes, taps, types, reads, waits, downloads.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::error::CmdError;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::Driver;
use crate::{PATIENCE, Trouble, installed};

/// What Chromium must not do: ask, update, or speak to anybody but the program under test.
const FLAGS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--lang=vi",
];

/// The two widths that every screen is tried at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// 390 × 844 px with touch.
    Phone,
    /// 1,440 × 900 px.
    Desktop,
}

/// A browser with a profile and a download folder of its own. Dropping it closes it.
pub struct Browser {
    client: Client,
    // In this order: the driver ends Chromium before the profile it writes is removed.
    _driver: Driver,
    _profile: TempDir,
    downloads: TempDir,
}

impl Browser {
    /// Opens one.
    pub async fn start(screen: Screen) -> Result<Self, Trouble> {
        let chromium =
            installed(&["chromium", "chromium-browser", "google-chrome"]).ok_or(Trouble::Missing("chromium"))?;
        let folder = || tempfile::tempdir().map_err(|cause| Trouble::program("a folder for the browser", cause));
        Self::over(screen, &chromium, folder()?, folder()?).await
    }

    /// Ends the browser and starts it again with the same profile: cookies that last, storage, service workers.
    pub async fn restarted(self, screen: Screen) -> Result<Self, Trouble> {
        let chromium =
            installed(&["chromium", "chromium-browser", "google-chrome"]).ok_or(Trouble::Missing("chromium"))?;
        let Self { client, _driver: driver, _profile: profile, downloads } = self;
        client.close().await.map_err(|cause| Trouble::program("chromium", cause))?;
        drop(driver);
        Self::over(screen, &chromium, profile, downloads).await
    }

    async fn over(screen: Screen, chromium: &Path, profile: TempDir, downloads: TempDir) -> Result<Self, Trouble> {
        let driver = Driver::start()?;
        let mut capabilities = Capabilities::new();
        capabilities
            .insert("goog:chromeOptions".to_owned(), options(screen, chromium, profile.path(), downloads.path()));
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&driver.url()).await?;
        Ok(Self { client, _driver: driver, _profile: profile, downloads })
    }

    /// Opens an address.
    pub async fn goto(&self, address: &str) -> Result<(), Trouble> {
        let done = self.client.goto(address).await;
        self.told(done, || format!("open {address}")).await
    }

    /// The address of the page now.
    pub async fn address(&self) -> Result<String, Trouble> {
        let done = self.client.current_url().await;
        Ok(self.told(done, || "read the address".into()).await?.to_string())
    }

    /// Replaces what a field holds, key by key as a person types.
    pub async fn type_into(&self, selector: &str, text: &str) -> Result<(), Trouble> {
        let field = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        let field = self.told(field, || format!("find {selector}")).await?;
        let cleared = field.clear().await;
        self.told(cleared, || format!("clear {selector}")).await?;
        let typed = field.send_keys(text).await;
        self.told(typed, || format!("type «{text}» into {selector}")).await
    }

    /// Taps what a CSS selector finds; scrolls to it first. Fails when something covers it.
    pub async fn tap(&self, selector: &str) -> Result<(), Trouble> {
        self.tap_at(Locator::Css(selector), selector).await
    }

    /// Taps the link or button with exactly these words.
    pub async fn tap_words(&self, words: &str) -> Result<(), Trouble> {
        let quoted = quoted(words);
        let path = format!("//*[self::a or self::button or self::summary or self::label][normalize-space()={quoted}]");
        self.tap_at(Locator::XPath(&path), words).await
    }

    /// A list that is drawn anew between the look and the tap has the same link again: a person taps that.
    async fn tap_at(&self, place: Locator<'_>, name: &str) -> Result<(), Trouble> {
        const TRIES: usize = 5;
        for attempt in 1.. {
            let found = self.client.wait().at_most(PATIENCE).for_element(place).await;
            let found = self.told(found, || format!("find «{name}»")).await?;
            let tapped = found.click().await;
            let drawn_anew = tapped.as_ref().is_err_and(|error| error.to_string().contains("stale element"));
            if !drawn_anew || attempt == TRIES {
                return self.told(tapped, || format!("tap «{name}»")).await;
            }
        }
        Ok(())
    }

    /// Chooses an option of a list by its value.
    pub async fn choose(&self, selector: &str, value: &str) -> Result<(), Trouble> {
        let list = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        let list = self.told(list, || format!("find {selector}")).await?;
        let chosen = list.select_by_value(value).await;
        self.told(chosen, || format!("choose {value} in {selector}")).await
    }

    /// The visible text of the first element.
    pub async fn text_of(&self, selector: &str) -> Result<String, Trouble> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        let text = self.told(found, || format!("find {selector}")).await?.text().await;
        self.told(text, || format!("read {selector}")).await
    }

    /// The visible text of all elements, in the order of the page; empty when there are none.
    pub async fn texts_of(&self, selector: &str) -> Result<Vec<String>, Trouble> {
        let found = self.client.find_all(Locator::Css(selector)).await;
        let mut texts = Vec::new();
        for element in self.told(found, || format!("find all {selector}")).await? {
            let text = element.text().await;
            texts.push(self.told(text, || format!("read {selector}")).await?);
        }
        Ok(texts)
    }

    /// What a field or link carries: `value`, `href`, `inputmode`.
    pub async fn attribute(&self, selector: &str, name: &str) -> Result<Option<String>, Trouble> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        let value = self.told(found, || format!("find {selector}")).await?.attr(name).await;
        self.told(value, || format!("read {name} of {selector}")).await
    }

    /// What a field holds now.
    pub async fn value_of(&self, selector: &str) -> Result<Option<String>, Trouble> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        let value = self.told(found, || format!("find {selector}")).await?.prop("value").await;
        self.told(value, || format!("read the value of {selector}")).await
    }

    /// Waits until an element is there.
    pub async fn wait_for(&self, selector: &str) -> Result<(), Trouble> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        self.told(found, || format!("wait for {selector}")).await.map(drop)
    }

    /// Waits until some element that the selector finds shows these words; live pages change in place.
    pub async fn wait_for_words(&self, selector: &str, words: &str) -> Result<(), Trouble> {
        let begun = Instant::now();
        loop {
            // An element replaced while it is read is looked for again.
            let texts = self.texts_of(selector).await;
            if texts.as_ref().is_ok_and(|texts| texts.iter().any(|text| text.contains(words))) {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(self.page(format!("wait for «{words}» in {selector}"), format!("saw {texts:?}")).await);
            }
            // Short, because actions are timed by it.
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Forgets a cookie, as its end by time would.
    pub async fn forget_cookie(&self, name: &str) -> Result<(), Trouble> {
        let done = self.client.delete_cookie(name).await;
        self.told(done, || format!("forget the cookie {name}")).await
    }

    /// Runs a script in the page: `return innerWidth`.
    pub async fn script(&self, script: &str) -> Result<Value, Trouble> {
        let done = self.client.execute(script, Vec::new()).await;
        self.told(done, || format!("run {script}")).await
    }

    /// Elements that stick out to the right of the screen: none on a page that fits a phone.
    pub async fn overflowing(&self) -> Result<Vec<String>, Trouble> {
        let found = self
            .script(
                "const width = document.documentElement.clientWidth;
                 if (document.documentElement.scrollWidth <= width) return [];
                 return [...document.querySelectorAll('body *')]
                   .filter(e => e.getBoundingClientRect().right > width + 1)
                   .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40));",
            )
            .await?;
        let names = found.as_array().into_iter().flatten();
        Ok(names.filter_map(|name| name.as_str().map(str::to_owned)).collect())
    }

    /// Takes a picture of the page as PNG.
    pub async fn screenshot(&self, path: &Path) -> Result<(), Trouble> {
        let picture = self.client.screenshot().await;
        let picture = self.told(picture, || "take a picture".into()).await?;
        std::fs::write(path, picture).map_err(|cause| Trouble::file(path, cause))
    }

    /// Waits until a file with this ending (`.xlsx`) has arrived whole.
    pub async fn download_wait(&self, ending: &str) -> Result<PathBuf, Trouble> {
        let begun = Instant::now();
        loop {
            let names = names_in(self.downloads.path())?;
            if let Some(whole) = names.iter().find(|name| name.to_string_lossy().ends_with(ending)) {
                return Ok(whole.clone());
            }
            if begun.elapsed() > PATIENCE {
                return Err(self.page(format!("download a {ending}"), format!("arrived: {names:?}")).await);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Closes the browser and its driver.
    pub async fn close(self) -> Result<(), Trouble> {
        self.client.close().await.map_err(|cause| Trouble::program("chromium", cause))
    }

    async fn told<T>(&self, done: Result<T, CmdError>, doing: impl FnOnce() -> String) -> Result<T, Trouble> {
        match done {
            Ok(value) => Ok(value),
            Err(cause) => Err(self.page(doing(), cause.to_string()).await),
        }
    }

    /// What a person sees at this moment, for the message of a failed test.
    async fn page(&self, doing: String, cause: String) -> Trouble {
        let address = self.client.current_url().await.map(String::from).unwrap_or_default();
        let text = self.client.execute("return document.body ? document.body.innerText : ''", Vec::new()).await;
        let page = text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
        Trouble::Page { doing, cause, address, page }
    }
}

fn options(screen: Screen, chromium: &Path, profile: &Path, downloads: &Path) -> Value {
    let mut arguments: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let mut options = json!({
        "binary": chromium,
        "prefs": {
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
            "intl.accept_languages": "vi,en",
        },
    });
    match screen {
        // A window cannot be made narrower than 500 px; the emulation can.
        Screen::Phone => {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0, "touch": true } });
        }
        Screen::Desktop => arguments.push("--window-size=1440,900".to_owned()),
    }
    options["args"] = json!(arguments);
    options
}

/// Files that are there whole: Chromium renames a download when its last byte has come.
fn names_in(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let entries = std::fs::read_dir(folder).map_err(|cause| Trouble::file(folder, cause))?;
    Ok(entries.filter_map(Result::ok).map(|entry| entry.path()).collect())
}

/// A string of XPath, which knows no escapes.
fn quoted(words: &str) -> String {
    match (words.contains('\''), words.contains('"')) {
        (false, _) => format!("'{words}'"),
        (true, false) => format!("\"{words}\""),
        (true, true) => format!("concat('{}')", words.replace('\'', "', \"'\", '")),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_quoted_for_xpath() {
        assert_eq!(super::quoted("Gửi"), "'Gửi'");
        assert_eq!(super::quoted("O'Neil"), "\"O'Neil\"");
        assert_eq!(super::quoted("'\""), "concat('', \"'\", '\"')");
    }
}
