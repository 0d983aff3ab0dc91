//! HTTPS by the program itself: certificate and key from two files, a listener that shakes hands aside.
//!
//! Lives here: reading the files, the listener. Not here: obtaining certificates; a proxy that renews them by itself is
//! the better choice where there is one (`docs/operations.md`).

use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

use crate::exit::Ending;

/// A phone on a slow line shakes hands within this, or is let go.
const HANDSHAKE: Duration = Duration::from_secs(15);
/// Handshakes at once: each costs a signature.
const HANDSHAKES: usize = 256;
/// Connections that wait to be served.
const WAITING: usize = 64;

/// What a handshake needs.
#[derive(Clone)]
pub struct Tls(TlsAcceptor);

impl Tls {
    /// From a chain of certificates, the server's own first, and its key, both as PEM.
    ///
    /// # Errors
    /// The file that cannot be read, or does not fit the other.
    pub fn from_files(certificate: &str, key: &str) -> Result<Self, Ending> {
        let unusable =
            |name: &str, cause: String| Ending::File(name.to_owned(), Error::new(ErrorKind::InvalidData, cause));
        let chain = CertificateDer::pem_file_iter(Path::new(certificate))
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| unusable(certificate, error.to_string()))?;
        let secret = PrivateKeyDer::from_pem_file(Path::new(key)).map_err(|error| unusable(key, error.to_string()))?;
        // Named here: one process might otherwise be built with two providers and refuse to choose.
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, secret))
            .map_err(|error| unusable(certificate, error.to_string()))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    /// Listens with TLS where a socket is bound.
    ///
    /// # Errors
    /// The socket's own.
    pub fn listen(self, listener: TcpListener) -> std::io::Result<TlsListener> {
        let address = listener.local_addr()?;
        let (shaken, accepted) = mpsc::channel(WAITING);
        tokio::spawn(accept_all(listener, self.0, shaken));
        Ok(TlsListener { accepted, address })
    }
}

type Shaken = (TlsStream<TcpStream>, SocketAddr);

/// Accepts for ever; each handshake has a task of its own, so that a silent caller keeps nobody waiting.
async fn accept_all(listener: TcpListener, acceptor: TlsAcceptor, shaken: mpsc::Sender<Shaken>) {
    let places = Arc::new(Semaphore::new(HANDSHAKES));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let (stream, from) = match listener.accept().await {
            Ok(found) => found,
            Err(error) => {
                // Out of files, most likely: a pause lets others close theirs.
                tracing::warn!(%error, "a connection was not accepted");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let (acceptor, shaken) = (acceptor.clone(), shaken.clone());
        tokio::spawn(async move {
            match timeout(HANDSHAKE, acceptor.accept(stream)).await {
                // The server is ending when nobody takes it.
                Ok(Ok(stream)) => drop(shaken.send((stream, from)).await),
                Ok(Err(error)) => tracing::debug!(%error, "no handshake"),
                Err(_) => tracing::debug!("a handshake took too long"),
            }
            drop(place);
        });
    }
}

/// Connections whose hands are shaken.
pub struct TlsListener {
    accepted: mpsc::Receiver<Shaken>,
    address: SocketAddr,
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Shaken {
        match self.accepted.recv().await {
            Some(shaken) => shaken,
            // The accepting task has ended with its runtime: nothing more will come.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        Ok(self.address)
    }
}
