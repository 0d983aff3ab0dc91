//! `demo`: a chapter of the demonstration, served with nothing else to start. Every facility,
//! person and figure is invented, and says so.

mod alarm;
mod command;
mod conditions;
mod counts;
mod exchange;
mod feed;
mod found;
mod inbox;
mod letter;
mod letters;
mod letters_out;
mod lists;
mod means;
mod office;
mod papers;
mod picture;
mod quarter;
mod returns;
mod road;
mod rules;
mod steering;
mod supply;
mod tasks;
mod trips;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use desk::clock::DomainClock;
use desk::operations::set_clock::SetClock;
use desk::{Office, jobs, machine_clock};
use locale::Locale;
use place::ProvinceId;
use simulate::{Chapter, Scenario};
use store::{Database, Store, register};
use web::{App, Demo};

use crate::cli;
use crate::commands::listen;
use crate::exit::{Ended, Ending, say};

/// The seed of the demonstration: everybody sees the same one.
const SEED: u64 = 2_026;
/// The setting that says which chapter a folder holds.
const CHAPTER: &str = "demo_chapter";

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let chapter = cli::text(matches, "chapter").and_then(Chapter::from_code).unwrap_or_default();
    let speed = matches.get_one::<f64>("speed").copied().unwrap_or(1.0);
    let folder = Folder::of(cli::text(matches, "data"), chapter)?;
    let database = Database::Sqlite(folder.path().join("bontaicho.db"));
    store::migrate::migrate(&database, machine_clock()())?;
    let office = Office::open(Store::open(&database, 4)?, machine_clock())?;
    crate::house::carry_over(&office, locale)?;
    let scenario = Scenario::new(chapter, SEED, ProvinceId::new(1), chapter.opening() + Scenario::USUAL_AHEAD);
    let roles = prepare(&office, chapter, &scenario, speed, locale)?;
    crate::house::use_gateways(&office)?;
    let mut app = App::new(office.clone());
    app.demo = Some(Arc::new(Demo { chapter: chapter_key(chapter), province: ProvinceId::new(1), roles }));
    feed::start(office, scenario)?;
    listen(app, cli::text(matches, "listen").unwrap_or_default(), None, locale)
}

/// The key of a chapter's name in the locale.
const fn chapter_key(chapter: Chapter) -> &'static str {
    match chapter {
        Chapter::Drill2026 => "demo-chapter-drill-2026",
        Chapter::Delta2021 => "demo-chapter-delta-2021",
        Chapter::Quiet2026 => "demo-chapter-quiet-2026",
    }
}

/// Where the demonstration lives: the folder of `--data`, or one that goes with the program.
struct Folder {
    path: PathBuf,
    passing: bool,
}

impl Folder {
    fn of(asked: Option<&str>, chapter: Chapter) -> Result<Self, Ending> {
        let name = format!("bontaicho-demo-{}-{}", chapter.code(), std::process::id());
        let (path, passing) = match asked {
            Some(path) => (PathBuf::from(path), false),
            None => (std::env::temp_dir().join(name), true),
        };
        std::fs::create_dir_all(&path).map_err(|error| Ending::File(path.display().to_string(), error))?;
        Ok(Self { path, passing })
    }

    fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.passing {
            // Left behind at worst: a folder of the system's own temporary place.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// Fills an empty folder with the chapter; a folder that holds it goes on where it stopped.
fn prepare(
    office: &Office,
    chapter: Chapter,
    scenario: &Scenario,
    speed: f64,
    locale: Locale,
) -> Result<Vec<found::DemoRole>, Ending> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Ending::File("runtime".into(), error))?;
    let held = office.look_blocking(|_, connection| Ok(register::setting(connection, CHAPTER)?))?;
    match held.as_deref() {
        Some(code) if code == chapter.code() => {}
        Some(code) => return Err(Ending::Argument("cli-other-chapter", code.to_owned())),
        None => {
            say(&locale::say(locale, "cli-demo-fills", &[("chapter", chapter.label().into())]));
            runtime.block_on(found::province(office, chapter, scenario))?;
            runtime.block_on(feed::history(office, scenario))?;
            runtime.block_on(alarm::told(office, chapter, scenario))?;
            runtime.block_on(supply::tell(office, chapter, scenario))?;
            runtime.block_on(trips::tell(office, chapter, scenario))?;
            runtime.block_on(command::tell(office, chapter, scenario))?;
            runtime.block_on(road::tell(office, chapter))?;
            runtime.block_on(counts::tell(office, chapter, scenario, SEED))?;
            runtime.block_on(inbox::messages(office, chapter))?;
            set_clock(office, chapter, speed)?;
            counts::forecast_past(office, chapter, scenario)?;
            runtime.block_on(found::phones(office, scenario))?;
            if chapter != Chapter::Delta2021 {
                runtime.block_on(papers::tell(office, ProvinceId::new(1), chapter.opening()))?;
                runtime.block_on(letters_out::tell(office, ProvinceId::new(1), chapter.opening()))?;
                runtime.block_on(returns::tell(office, chapter.opening()))?;
                runtime.block_on(lists::tell(office, ProvinceId::new(1), chapter.opening()))?;
                runtime.block_on(letters::tell(office, ProvinceId::new(1), chapter.opening()))?;
                runtime.block_on(exchange::tell(office, ProvinceId::new(1), chapter.opening()))?;
                if chapter == Chapter::Drill2026 {
                    runtime.block_on(tasks::tell(office, chapter, scenario))?;
                }
                runtime.block_on(steering::tell(office, scenario, chapter.opening()))?;
                if chapter == Chapter::Drill2026 {
                    runtime.block_on(self::office::attendance(office, ProvinceId::new(1), chapter.opening()))?;
                    runtime.block_on(quarter::tell(office, ProvinceId::new(1), chapter.opening()))?;
                } else {
                    runtime.block_on(self::office::quiet(office, ProvinceId::new(1), chapter.opening()))?;
                }
            }
            office.store().write_blocking::<_, desk::Failure, _>(move |transaction| {
                Ok(register::set_setting(transaction, CHAPTER, chapter.code())?)
            })?;
            jobs::seal_all(office)?;
        }
    }
    Ok(office.look_blocking(|_, connection| found::roles(connection))?)
}

fn set_clock(office: &Office, chapter: Chapter, speed: f64) -> Ended {
    let opening = chapter.opening();
    let clock =
        DomainClock { real: office.real_now(), domain: opening, speed: speed.clamp(1.0, 3_600.0), paused: false };
    office.perform_blocking(desk::Actor::program(ProvinceId::new(1)), SetClock { clock })?;
    Ok(())
}
