//! One keep-alive HTTP/1.1 connection, opened again when it breaks. Light, because it shares the
//! two cores with the program that it measures.

use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// The request got no answer. Whether the program acted on it is unknown.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// No connection.
    #[error("cannot connect: {0}")]
    Connect(#[from] std::io::Error),
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Broken(#[from] hyper::Error),
    /// A header or path of ours is not valid HTTP.
    #[error("not a request: {0}")]
    Request(#[from] hyper::http::Error),
}

/// Status and body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status code.
    pub status: u16,
    /// The body, whole.
    pub body: Bytes,
}

impl Answer {
    /// 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// One connection of one client.
pub struct Connection {
    address: String,
    token: String,
    cookie: Option<String>,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Connection {
    /// Connects at the first request.
    pub fn new(address: &str, token: &str) -> Self {
        Self { address: address.to_owned(), token: token.to_owned(), cookie: None, sender: None }
    }

    /// As a browser that has signed in: with its cookie, without the token.
    pub fn with_cookie(self, cookie: Option<String>) -> Self {
        Self { cookie, ..self }
    }

    /// Reads a path.
    pub async fn get(&mut self, path: &str) -> Result<Answer, NoAnswer> {
        let request = self.request("GET", path).body(Full::default())?;
        self.send(request).await
    }

    /// Posts JSON under an idempotency key.
    pub async fn post(&mut self, path: &str, key: &str, body: Bytes) -> Result<Answer, NoAnswer> {
        let request = self
            .request("POST", path)
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(Full::new(body))?;
        self.send(request).await
    }

    fn request(&self, method: &str, path: &str) -> hyper::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header("host", &self.address);
        match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request.header("authorization", format!("Bearer {}", self.token)),
        }
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Answer, NoAnswer> {
        let mut sender = match self.sender.take() {
            Some(sender) if !sender.is_closed() => sender,
            _ => self.connect().await?,
        };
        sender.ready().await?;
        let answer = sender.send_request(request).await?;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await?.to_bytes();
        self.sender = Some(sender);
        Ok(Answer { status, body })
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, NoAnswer> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // The driver ends with the connection; its error reaches the sender as well.
        tokio::spawn(async move {
            let _ = connection.await;
        });
        Ok(sender)
    }
}
