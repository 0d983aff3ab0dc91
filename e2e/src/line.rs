//! A line between a phone and the program that can be cut, as an airplane's mode cuts it.
//!
//! The browser's own emulation spares the service worker, which would reach the server behind everybody's back: here
//! nobody gets through.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::Trouble;

/// Passes bytes on until it is cut.
pub struct Line {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    cut: AtomicBool,
    /// The program behind it says that it is another version.
    updated: AtomicBool,
    /// What has been opened, to be torn down when the line is cut.
    open: Mutex<Vec<TcpStream>>,
}

impl State {
    fn is_cut(&self) -> bool {
        self.cut.load(Ordering::SeqCst)
    }

    fn keep(&self, stream: &TcpStream) -> std::io::Result<()> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).push(stream.try_clone()?);
        Ok(())
    }
}

impl Line {
    /// A line to `http://127.0.0.1:40123`; it stands until it is cut.
    pub fn to(server: &str) -> Result<Self, Trouble> {
        let trouble = |cause: String| Trouble::program("the line to the server", cause);
        let target: SocketAddr = server
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .parse()
            .map_err(|cause| trouble(format!("{server}: {cause}")))?;
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|cause| trouble(cause.to_string()))?;
        let address = listener.local_addr().map_err(|cause| trouble(cause.to_string()))?;
        let state = Arc::new(State::default());
        let serving = Arc::clone(&state);
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                if serving.is_cut() {
                    continue;
                }
                let state = Arc::clone(&serving);
                std::thread::spawn(move || carry(near, target, &state));
            }
        });
        Ok(Self { address, state })
    }

    /// `http://127.0.0.1:50321` and a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Airplane mode: nothing gets through, and what was under way is torn.
    pub fn cut(&self) {
        self.state.cut.store(true, Ordering::SeqCst);
        for stream in self.state.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // One that is closed already is as good as torn.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// From now on the program that answers has another version of its shell: what a phone keeps of it is old.
    pub fn update(&self) {
        self.state.updated.store(true, Ordering::SeqCst);
    }

    /// The line is back.
    pub fn mend(&self) {
        self.state.cut.store(false, Ordering::SeqCst);
    }
}

fn carry(near: TcpStream, target: SocketAddr, state: &State) -> std::io::Result<()> {
    let far = TcpStream::connect(target)?;
    state.keep(&near)?;
    state.keep(&far)?;
    let (from, to) = (near.try_clone()?, far.try_clone()?);
    std::thread::spawn(move || pass(from, to, false));
    pass(far, near, state.updated.load(Ordering::SeqCst))
}

/// Before the version in the worker's text; sixteen hexadecimal signs follow it.
const VERSION: &[u8] = b"\"version\":\"";

/// Another version of the same length, so that the length of the answer stays true.
fn renew(bytes: &mut [u8]) {
    let found = bytes.windows(VERSION.len()).position(|window| window == VERSION);
    if let Some(sign) = found.and_then(|place| bytes.get_mut(place + VERSION.len())) {
        *sign = if *sign == b'0' { b'1' } else { b'0' };
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, renews: bool) -> std::io::Result<()> {
    let mut bytes = [0; 16 << 10];
    loop {
        match from.read(&mut bytes) {
            Ok(0) | Err(_) => {
                // The other side learns that nothing more comes.
                let _ = to.shutdown(Shutdown::Write);
                return Ok(());
            }
            Ok(read) => {
                if renews {
                    renew(&mut bytes[..read]);
                }
                to.write_all(&bytes[..read])?;
            }
        }
    }
}
