//! `serve --tls-cert --tls-key` from outside: a handshake, a request, a caller who says nothing, files that do not fit.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/certificate.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/key.pem");

/// A running program with a folder of its own; both go when it is dropped.
struct Serving {
    child: Child,
    address: SocketAddr,
    folder: PathBuf,
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself, and the folder with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_bontaicho"))
}

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("tls.db").display())
}

fn folder(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("bontaicho-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    assert!(program().args(["migrate", "--database", &database(&folder)]).output()?.status.success());
    Ok(folder)
}

fn serve() -> Result<Serving, Box<dyn Error>> {
    let folder = folder("tls")?;
    let child = program()
        .args(["serve", "--listen", "127.0.0.1:0", "--tls-cert", CERTIFICATE, "--tls-key", KEY, "--database"])
        .arg(database(&folder))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut serving = Serving { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), folder };
    let output = serving.child.stdout.take().ok_or("no output")?;
    for line in BufReader::new(output).lines() {
        if let Some(address) = line?.strip_prefix("listening on https://") {
            serving.address = address.parse()?;
            return Ok(serving);
        }
    }
    Err("it never listened".into())
}

async fn ask(address: SocketAddr, path: &str) -> Result<String, Box<dyn Error>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(CERTIFICATE)?)?;
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = tokio::net::TcpStream::connect(address).await?;
    let mut stream = TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost")?, stream).await?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes()).await?;
    let mut answer = Vec::new();
    // The server may close without a farewell once it has answered.
    let _ = stream.read_to_end(&mut answer).await;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[tokio::test]
async fn pages_come_over_https_and_a_silent_caller_keeps_nobody_waiting() -> Result<(), Box<dyn Error>> {
    let serving = serve()?;
    let _silent: Vec<TcpStream> = (0..8).map(|_| TcpStream::connect(serving.address)).collect::<Result<_, _>>()?;
    let health = ask(serving.address, "/api/v1/health").await?;
    assert!(health.starts_with("HTTP/1.1 200"), "{health}");
    // Cookies travel over HTTPS only.
    let door = ask(serving.address, "/dang-nhap").await?;
    assert!(door.contains("; Secure"), "{door}");
    let worker = ask(serving.address, "/sw.js").await?;
    assert!(worker.contains("const BUILD = "), "{worker}");
    Ok(())
}

#[test]
fn a_key_that_is_none_is_told_by_its_file() -> Result<(), Box<dyn Error>> {
    let folder = folder("tls-bad")?;
    let ended = program()
        .args(["serve", "--listen", "127.0.0.1:0", "--tls-cert", CERTIFICATE, "--tls-key", CERTIFICATE, "--database"])
        .arg(database(&folder))
        .output()?;
    std::fs::remove_dir_all(&folder)?;
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("certificate.pem"), "{ended:?}");
    Ok(())
}
