//! An alarm of the night as it happens: at two in the morning it reaches the duty officer, a quarter of
//! an hour later his deputy; the wall outlives a restart of the server. OX11, OX16, PR04.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bench::process::{self, Process};
use e2e::{Browser, Screen};

type Walked = Result<(), Box<dyn std::error::Error>>;

/// A gateway that takes every message and keeps what it was told.
struct Gateway {
    address: String,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Gateway {
    fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?.to_string();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&taken);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || {
                    let mut bytes = vec![0; 16_384];
                    let read = stream.read(&mut bytes).unwrap_or(0);
                    let request = String::from_utf8_lossy(&bytes[..read]).into_owned();
                    kept.lock().expect("nobody panics with it").push(unescaped(&request));
                    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                });
            }
        });
        Ok(Self { address, taken })
    }

    /// Numbers of the messages about an alarm whose text fits, in the order in which they came.
    fn numbers(&self, fits: impl Fn(&str) -> bool) -> Vec<String> {
        let taken = self.taken.lock().expect("nobody panics with it");
        let of = |request: &&String| fits(request);
        let number = |request: &String| request.split("to=").nth(1)?.split('&').next().map(str::to_owned);
        taken.iter().filter(of).filter_map(number).collect()
    }

    async fn wait_for(&self, fits: impl Fn(&str) -> bool) -> Vec<String> {
        for _ in 0..120 {
            let found = self.numbers(&fits);
            if !found.is_empty() {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        panic!("no such message came: {:#?}", self.taken.lock().expect("nobody panics with it"));
    }
}

/// `%20` and its like as bytes.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match (first, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The drill on a port and in a folder that a restart finds again.
fn serve(port: u16, data: &Path, gateway: &Gateway) -> Result<Process, Box<dyn std::error::Error>> {
    let listen = format!("127.0.0.1:{port}");
    let mut command = Command::new(process::bontaicho()?);
    command.args(["demo", "--listen", &listen, "--data"]).arg(data);
    command.env("BONTAICHO_SMS_GATEWAY", format!("http://{}/gui?to={{to}}&text={{text}}", gateway.address));
    Ok(Process::spawn(&mut command)?)
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

#[tokio::test]
async fn an_alarm_at_two_reaches_the_duty_officer_then_his_deputy_and_the_wall_outlives_a_restart() -> Walked {
    a_night(Screen::Desktop).await
}

#[tokio::test]
async fn the_night_is_kept_from_a_phone_as_well() -> Walked {
    a_night(Screen::Phone).await
}

async fn a_night(screen: Screen) -> Walked {
    let gateway = Gateway::start()?;
    let data = tempfile::tempdir()?;
    let port = free_port()?;
    let url = |path: &str| format!("http://127.0.0.1:{port}{path}");
    let server = serve(port, data.path(), &gateway)?;

    // 02:14 of the drill: the message for the duty officer is at the gateway before anybody has looked.
    let first = |text: &str| text.contains("Hết trước khi oxy tới") && !text.contains("Chưa ai nhận");
    let duty = gateway.wait_for(first).await;
    assert!(duty.iter().all(|number| number == &duty[0]), "all to the one duty phone: {duty:?}");

    let desk = Browser::start(screen).await?;
    desk.goto(&url("/dang-nhap")).await?;
    desk.tap("button[value=duty_officer]").await?;
    desk.wait_for("#board").await?;
    desk.goto(&url("/oxy/canh-bao")).await?;
    let sentence = desk.text_of("h1").await?;
    assert!(sentence.contains("cảnh báo đang mở"), "{sentence}");
    assert!(desk.text_of("#clock").await?.contains("02:"), "it is two in the morning");
    let open = desk.texts_of("#open tbody tr").await?;
    assert!(open.len() >= 3, "{open:#?}");

    // One is taken up; an hour passes for the others: the deputy is told, on another phone.
    let place = desk.text_of("#open tbody tr:first-child td:nth-child(2) a").await?;
    desk.tap("#open tbody tr:first-child form.row-action button").await?;
    desk.wait_for_words("p.band.confirmed", "Đã nhận").await?;
    desk.tap("button[value='jump-1h']").await?;
    let passed_on = |text: &str| text.contains("Chưa ai nhận");
    let deputy = gateway.wait_for(passed_on).await;
    assert_ne!(deputy[0], duty[0], "the deputy has a phone of his own");
    let his = format!("Oxy {place}: Hết trước khi oxy tới");
    let again = gateway.numbers(|text| passed_on(text) && text.contains(&his));
    assert!(again.is_empty(), "who was taken up is not passed on: {again:?}");

    // A screen for the wall, opened by somebody who is not signed in.
    desk.goto(&url("/oxy/truc")).await?;
    desk.script("for (const fold of document.querySelectorAll('details')) fold.open = true").await?;
    desk.type_into("#displays input[name=label]", "Phòng trực").await?;
    desk.tap("#displays form.entry button.main").await?;
    desk.wait_for("#displays .copied-text pre").await?;
    let address = desk.text_of("#displays .copied-text pre").await?;
    assert!(address.starts_with("/tuong?ma="), "{address}");
    let wall = Browser::start(Screen::Desktop).await?;
    wall.goto(&url(address.trim())).await?;
    wall.wait_for("#wall-state").await?;
    assert_eq!(wall.address().await?, url("/tuong"), "the token has left the address");
    let before = wall.text_of("#wall-state h1").await?;
    assert!(!before.is_empty());

    // The server goes; the wall says so and keeps what it knows; the server comes back, and so does the wall.
    server.kill()?;
    wall.wait_for("#wall-lost:not([hidden])").await?;
    assert_eq!(wall.text_of("#wall-state h1").await?, before);
    let server = serve(port, data.path(), &gateway)?;
    for _ in 0..120 {
        if wall.script("return document.getElementById('wall-lost').hidden").await? == true {
            break;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    assert_eq!(wall.script("return document.getElementById('wall-lost').hidden").await?, true, "it never came back");
    assert!(wall.text_of("#wall-state").await?.contains("Gấp nhất"));

    wall.close().await?;
    desk.close().await?;
    server.kill()?;
    Ok(())
}
