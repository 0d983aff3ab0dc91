//! Starting the program, learning where it listens, and ending it.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

/// What the program writes, on either stream, once it answers requests.
const LISTENING: &str = "listening on http://";

/// How long a start may take: a debug build fills the demo's thirty days first.
const START_LIMIT: Duration = Duration::from_secs(180);

/// Why the program could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// The binary is not where cargo puts it.
    #[error("{} does not exist: build it with `cargo build -p bontaicho`, in the profile of this binary", .0.display())]
    NotBuilt(PathBuf),
    /// The operating system refused.
    #[error("could not start or end the program: {0}")]
    System(#[from] std::io::Error),
    /// It ended, or said nothing, instead of listening.
    #[error("the program did not say «{LISTENING}…»; it wrote:\n{0}")]
    NotListening(String),
}

/// A running program. Dropping it kills it.
pub struct Process {
    child: Child,
    address: String,
    written: Arc<Mutex<String>>,
    started_in: Duration,
}

impl Process {
    /// Runs `program` and waits until it says where it listens.
    pub fn start(program: &Path, arguments: &[&str]) -> Result<Self, ProcessError> {
        Self::spawn(Command::new(program).args(arguments))
    }

    /// The same with a command already prepared (environment, folder).
    pub fn spawn(command: &mut Command) -> Result<Self, ProcessError> {
        let begun = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let written = Arc::new(Mutex::new(String::new()));
        let (found, address) = mpsc::channel();
        if let Some(stream) = child.stdout.take() {
            follow(stream, written.clone(), found.clone());
        }
        if let Some(stream) = child.stderr.take() {
            follow(stream, written.clone(), found);
        }
        let address = address.recv_timeout(START_LIMIT);
        let mut process = Self { child, address: String::new(), written, started_in: begun.elapsed() };
        // On failure `process` is dropped here, which kills it.
        process.address = address.map_err(|_| ProcessError::NotListening(process.output()))?;
        Ok(process)
    }

    /// `127.0.0.1:40123`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Process id, for its memory.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// From the start of the process until it listened.
    pub fn started_in(&self) -> Duration {
        self.started_in
    }

    /// Everything written so far, both streams.
    pub fn output(&self) -> String {
        self.written.lock().map(|text| text.clone()).unwrap_or_default()
    }

    /// `kill -9`: no chance to finish anything.
    pub fn kill(mut self) -> Result<(), ProcessError> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Already ended is as good as ended now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads a stream to its end, so that the program never blocks on a full pipe, and reports the address.
fn follow(stream: impl Read + Send + 'static, written: Arc<Mutex<String>>, found: mpsc::Sender<String>) {
    std::thread::spawn(move || {
        let mut lines = BufReader::new(stream);
        let mut line = Vec::new();
        while let Ok(1..) = lines.read_until(b'\n', &mut line) {
            let text = String::from_utf8_lossy(&line).into_owned();
            if let Some((_, after)) = text.split_once(LISTENING) {
                let address: String = after.chars().take_while(|c| !c.is_whitespace() && *c != '/').collect();
                // Nobody waits for a second address.
                let _ = found.send(address);
            }
            if let Ok(mut all) = written.lock() {
                all.push_str(&text);
            }
            line.clear();
        }
    });
}

/// The `bontaicho` binary of the build this code belongs to; `BONTAICHO_PROGRAM` names another.
///
/// Cargo tells a test only the binaries of its own package, so it is found beside the running one.
pub fn bontaicho() -> Result<PathBuf, ProcessError> {
    if let Some(path) = std::env::var_os("BONTAICHO_PROGRAM") {
        return existing(PathBuf::from(path));
    }
    let running = std::env::current_exe()?;
    let mut folder = running.parent().unwrap_or(Path::new("."));
    if folder.ends_with("deps") || folder.ends_with("examples") {
        folder = folder.parent().unwrap_or(folder);
    }
    existing(folder.join("bontaicho"))
}

fn existing(path: PathBuf) -> Result<PathBuf, ProcessError> {
    if path.is_file() { Ok(path) } else { Err(ProcessError::NotBuilt(path)) }
}

/// Resident memory of a process in bytes: now, and the highest ever. Linux only; `None` elsewhere.
pub fn resident_memory(process: u32) -> Option<(u64, u64)> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kibibytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()
    };
    Some((kibibytes("VmRSS:")? * 1024, kibibytes("VmHWM:")? * 1024))
}
