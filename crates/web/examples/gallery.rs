//! Writes every page with invented figures as files, so that it can be looked at without a server:
//!
//! ```sh
//! cargo run -p web --example gallery            # into target/gallery
//! ```

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use locale::Locale;
use web::view::{BoardFragment, Say, Template, Theme};

#[path = "../src/view/samples/mod.rs"]
mod samples;

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args_os().nth(1).map_or_else(|| "target/gallery".into(), PathBuf::from);
    for (url, _, bytes) in web::assets::all() {
        let path = folder.join(url.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        fs::write(path, bytes)?;
    }
    for t in [Say(Locale::Vietnamese), Say(Locale::English)] {
        let tag = t.tag();
        write(&folder, &format!("oxygen-{tag}"), &samples::oxygen(t, 25))?;
        write(&folder, &format!("facility-{tag}"), &samples::facility(t))?;
        write(&folder, &format!("report-{tag}"), &samples::form(t))?;
        write(&folder, &format!("report-refused-{tag}"), &samples::form_refused(t))?;
        write(&folder, &format!("receipt-{tag}"), &samples::receipt(t))?;
        write(&folder, &format!("correction-{tag}"), &samples::correction(t))?;
        write(&folder, &format!("sign-in-{tag}"), &samples::sign_in(t))?;
        write(&folder, &format!("sign-in-refused-{tag}"), &samples::sign_in_refused(t))?;
        write(&folder, &format!("setup-{tag}"), &samples::setup(t))?;
        write(&folder, &format!("audit-{tag}"), &samples::audit(t))?;
        write(&folder, &format!("norms-{tag}"), &samples::norms(t))?;
        write(&folder, &format!("plain-{tag}"), &samples::plain(t))?;
        write(&folder, &format!("users-{tag}"), &samples::users(t))?;
        for status in [401, 403, 404, 409, 429, 500] {
            write(&folder, &format!("problem-{status}-{tag}"), &samples::problem(t, status))?;
        }
    }
    let t = Say(Locale::Vietnamese);
    write(&folder, "board-part", &BoardFragment { t, board: samples::board(3), clock: None })?;
    write(&folder, "oxygen-past", &samples::oxygen_past())?;
    write(&folder, "oxygen-empty", &samples::oxygen_empty())?;
    write(&folder, "oxygen-1", &samples::oxygen(t, 1))?;
    write(&folder, "oxygen-1500", &samples::oxygen(t, 1_500))?;
    let mut night = samples::oxygen(t, 25);
    night.shell.theme = Theme::Dark;
    write(&folder, "oxygen-dark", &night)
}

fn write(folder: &Path, name: &str, page: &impl Template) -> Result<(), Box<dyn Error>> {
    // From a folder, addresses cannot begin at the root.
    let html = page.render()?.replace("\"/assets/", "\"assets/").replace("hx-trigger=\"every 4s\"", "");
    fs::write(folder.join(format!("{name}.html")), html)?;
    Ok(())
}
