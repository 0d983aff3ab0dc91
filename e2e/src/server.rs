//! The program under test: the binary that was just built, on a free port, with data of its own.

use std::time::Duration;

use bench::process::{self, Process};
use tempfile::TempDir;

use crate::Trouble;

/// A running program; dropping it ends it and removes its data.
pub struct Server {
    process: Process,
    // After the process, so that its files are removed when nobody writes them.
    _data: TempDir,
}

impl Server {
    /// `bontaicho demo --listen 127.0.0.1:0 --data DIR` and further arguments.
    pub fn demo(arguments: &[&str]) -> Result<Self, Trouble> {
        Self::start("demo", |data| vec!["--data".into(), data.into()], arguments)
    }

    /// `bontaicho serve --listen 127.0.0.1:0 --database sqlite:DIR/bontaicho.db` and further arguments.
    pub fn serve(arguments: &[&str]) -> Result<Self, Trouble> {
        Self::start("serve", |data| vec!["--database".into(), format!("sqlite:{data}/bontaicho.db")], arguments)
    }

    fn start(command: &str, place: impl Fn(&str) -> Vec<String>, arguments: &[&str]) -> Result<Self, Trouble> {
        let data = tempfile::Builder::new()
            .prefix("bontaicho-e2e-")
            .tempdir()
            .map_err(|cause| Trouble::program("a folder for data", cause))?;
        let place = place(&data.path().to_string_lossy());
        let mut all = vec![command, "--listen", "127.0.0.1:0"];
        all.extend(place.iter().map(String::as_str));
        all.extend(arguments);
        let process = Process::start(&process::bontaicho()?, &all)?;
        Ok(Self { process, _data: data })
    }

    /// `http://127.0.0.1:40123` and a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.process.address())
    }

    /// From the start of the process until it listened.
    pub fn started_in(&self) -> Duration {
        self.process.started_in()
    }

    /// Everything it wrote so far.
    pub fn output(&self) -> String {
        self.process.output()
    }
}
