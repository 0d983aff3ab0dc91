//! `chromedriver` on a port of its own choice.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::{PATIENCE, Trouble, installed};

const STARTED: &str = "started successfully on port ";

/// A running chromedriver; dropping it ends it and every browser it opened.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts one and waits until it listens.
    pub fn start() -> Result<Self, Trouble> {
        let program = installed(&["chromedriver"]).ok_or(Trouble::Missing("chromedriver"))?;
        let trouble = |cause: String| Trouble::program("chromedriver", cause);
        let mut child = Command::new(program)
            .args(["--port=0", "--log-level=WARNING"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|cause| trouble(cause.to_string()))?;
        let stream = child.stdout.take();
        let mut driver = Self { child, port: 0 };
        let (found, port) = mpsc::channel();
        std::thread::spawn(move || {
            // To the end of the stream, so that chromedriver never blocks on a full pipe.
            for line in stream.into_iter().flat_map(|stream| BufReader::new(stream).lines()).map_while(Result::ok) {
                if let Some((_, after)) = line.split_once(STARTED) {
                    // Nobody waits for a second port.
                    let _ = found.send(after.trim_end_matches('.').parse::<u16>());
                }
            }
        });
        let port = port.recv_timeout(PATIENCE).map_err(|_| trouble(format!("did not say «{STARTED}…»")))?;
        driver.port = port.map_err(|cause| trouble(cause.to_string()))?;
        Ok(driver)
    }

    /// Where WebDriver speaks.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks it to end its browsers and itself: killed outright it would leave Chromium behind.
    fn shut_down(&mut self) -> std::io::Result<()> {
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new())?;
        let begun = Instant::now();
        while self.child.try_wait()?.is_none() && begun.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Whatever it answered, it is gone after this.
        let _ = self.shut_down();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
