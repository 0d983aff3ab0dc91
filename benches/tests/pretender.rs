//! The instruments themselves, against a small server that keeps the contract, or breaks it in one
//! known way: what breaks must be named, what holds must pass.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bench::process::Process;
use bench::{kill9, load};
use serde_json::{Value, json};

/// Tells this test binary, in an argument that the test runner passes over, to be the server.
const AS_SERVER: &str = "--skip=as-server:";

/// How the pretender treats every third report.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Honest,
    Forgets,
    Doubles,
    Halves,
    Stalls,
}

fn manner(name: &str) -> Manner {
    match name {
        "forgets" => Manner::Forgets,
        "doubles" => Manner::Doubles,
        "halves" => Manner::Halves,
        "stalls" => Manner::Stalls,
        _ => Manner::Honest,
    }
}

/// Arguments that make a copy of this process the server, keeping its reports in `kept`.
fn arguments(manner: &str, kept: &Path) -> Vec<String> {
    let told = format!("{AS_SERVER}{manner}:{}", kept.display());
    ["pretender", "--exact", "--nocapture", &told].map(str::to_owned).to_vec()
}

/// Not a test but the server's entry: does nothing unless started by [`arguments`].
#[test]
fn pretender() -> std::io::Result<()> {
    let told = std::env::args().find_map(|argument| argument.strip_prefix(AS_SERVER).map(str::to_owned));
    let Some((name, path)) = told.as_deref().and_then(|told| told.split_once(':')) else {
        return Ok(());
    };
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let kept = Arc::new(Mutex::new(Kept::open(manner(name), PathBuf::from(path))?));
    println!("listening on http://{}/", listener.local_addr()?);
    for stream in listener.incoming() {
        let (stream, kept) = (stream?, kept.clone());
        std::thread::spawn(move || serve(stream, &kept));
    }
    Ok(())
}

struct Kept {
    manner: Manner,
    path: PathBuf,
    file: File,
    keys: BTreeSet<String>,
    count: u64,
}

impl Kept {
    fn open(manner: Manner, path: PathBuf) -> std::io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        let mut kept = Self { manner, path, file, keys: BTreeSet::new(), count: 0 };
        kept.keys = kept.all()?.iter().filter_map(|row| row["key"].as_str().map(str::to_owned)).collect();
        Ok(kept)
    }

    fn all(&self) -> std::io::Result<Vec<Value>> {
        let text = std::fs::read_to_string(&self.path)?;
        text.lines().map(|line| serde_json::from_str(line).map_err(Into::into)).collect()
    }

    fn keep(&mut self, key: &str, body: &[u8]) -> std::io::Result<()> {
        if !self.keys.insert(key.to_owned()) {
            return Ok(());
        }
        self.count += 1;
        let mut row: Value = serde_json::from_slice(body)?;
        row["key"] = json!(key);
        let third = self.count.is_multiple_of(3);
        match self.manner {
            Manner::Forgets if third => return Ok(()),
            Manner::Halves if third => row["levels"] = json!([]),
            Manner::Stalls if self.count == 50 => std::thread::sleep(Duration::from_millis(600)),
            _ => {}
        }
        let times = if self.manner == Manner::Doubles && third { 2 } else { 1 };
        // One write: a kill leaves whole lines.
        self.file.write_all(format!("{row}\n").repeat(times).as_bytes())
    }
}

fn serve(stream: TcpStream, kept: &Mutex<Kept>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut answers = stream.try_clone()?;
    let mut requests = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if requests.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let (mut length, mut key, mut header) = (0, String::new(), String::new());
        while requests.read_line(&mut header)? > 2 {
            let (name, value) = header.trim_end().split_once(": ").unwrap_or_default();
            match name {
                "content-length" => length = value.parse().unwrap_or(0),
                "idempotency-key" => key = value.to_owned(),
                _ => {}
            }
            header.clear();
        }
        let mut body = vec![0; length];
        requests.read_exact(&mut body)?;
        let mut kept = kept.lock().expect("no thread fell");
        let answer = match line.split(' ').nth(1).unwrap_or_default() {
            path if line.starts_with("POST") && path.ends_with("/reports") => {
                kept.keep(&key, &body)?;
                json!({ "code": "7K2" })
            }
            path if path.contains("/reports?since=") => {
                let since = moment(path.split_once('=').map_or("", |(_, since)| since));
                let happened = |row: &Value| moment(row["happened_at"].as_str().unwrap_or_default());
                Value::Array(kept.all()?.into_iter().filter(|row| happened(row) >= since).collect())
            }
            "/api/v1/oxygen/running-out" => json!([]),
            _ => json!([{ "id": "f", "name": "BV Hải Âu", "stores":
                [{ "id": "t", "kind": "tank", "unit": "percent", "capacity_kg": 3000 }] }]),
        };
        drop(kept);
        let answer = answer.to_string();
        write!(answers, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{answer}", answer.len())?;
    }
}

fn moment(text: &str) -> jiff::Timestamp {
    text.replace("%2B", "+").parse().expect("a moment with its offset")
}

async fn rounds(manner: &str) -> Result<kill9::Found, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let settings = kill9::Settings {
        program: std::env::current_exe()?,
        arguments: arguments(manner, &folder.path().join("kept")),
        token: "token".into(),
        rounds: 2,
        clients: 4,
        earliest_kill: Duration::ZERO,
        latest_kill: Duration::from_millis(100),
        seed: 7,
    };
    Ok(kill9::run(&settings).await?)
}

#[tokio::test]
async fn an_honest_server_survives_its_kills() -> Result<(), Box<dyn std::error::Error>> {
    let found = rounds("honest").await?;
    assert_eq!(found.faults, [""; 0]);
    assert_eq!(found.rounds, 2);
    assert!(found.acknowledged > 2 && found.sent_again > 0, "{found:?}");
    Ok(())
}

#[tokio::test]
async fn a_server_that_forgets_doubles_or_halves_is_found_out() -> Result<(), Box<dyn std::error::Error>> {
    for (manner, words) in [("forgets", "is lost"), ("doubles", "is there 2 times"), ("halves", "levels differs")] {
        let faults = rounds(manner).await?.faults;
        assert!(faults.iter().any(|fault| fault.contains(words)), "{manner}: {faults:?}");
    }
    Ok(())
}

async fn measured(manner: &str) -> Result<load::Measured, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let arguments = arguments(manner, &folder.path().join("kept"));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let server = Process::start(&std::env::current_exe()?, &arguments)?;
    let settings = load::Settings {
        address: server.address().to_owned(),
        token: "token".into(),
        clients: 8,
        reports_per_second: Some(100.0),
        lists_per_second: 100.0,
        list: (bench::contract::RUNNING_OUT.to_owned(), None),
        warm_up: Duration::from_millis(100),
        duration: Duration::from_secs(2),
        process: Some(server.id()),
        run: 1,
    };
    Ok(load::run(&settings).await?)
}

#[tokio::test]
async fn paced_load_arrives_at_its_rate_and_is_measured_whole() -> Result<(), Box<dyn std::error::Error>> {
    let measured = measured("honest").await?;
    assert!((190..=210).contains(&measured.reports.latency.count), "{measured}");
    assert!((190..=210).contains(&measured.lists.latency.count), "{measured}");
    assert!(measured.reports.errors.is_empty() && measured.lists.errors.is_empty(), "{measured}");
    assert!(measured.resident_bytes.is_some_and(|bytes| bytes > 500_000), "{measured}");
    let missed = load::Targets::PROMISED.missed_by(&measured);
    assert!(missed.iter().any(|line| line.contains("promised 1000")), "{missed:?}");
    Ok(())
}

/// A stall of 600 ms holds up sixty lists that were due meanwhile, not only those already sent.
#[tokio::test]
async fn requests_due_during_a_stall_count_as_slow() -> Result<(), Box<dyn std::error::Error>> {
    let measured = measured("stalls").await?;
    assert!((190..=210).contains(&measured.lists.latency.count), "{measured}");
    assert!(measured.lists.latency.p99_ms > 500.0, "{measured}");
    assert!(measured.lists.latency.max_ms < 2_000.0, "{measured}");
    Ok(())
}
