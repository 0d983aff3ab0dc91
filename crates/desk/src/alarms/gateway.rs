//! The gateways for SMS and e-mail: an HTTP address with places for number and text. Nothing is called
//! unless one is configured. Errors carry neither the address nor what is in its header.

use std::time::Duration;

/// A gateway that does not answer so long has not taken the message.
pub const TIMEOUT: Duration = Duration::from_secs(8);

/// One gateway.
#[derive(Clone)]
pub struct Gateway {
    url: String,
    header: Option<(String, String)>,
    body: Option<String>,
    timeout: Duration,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gateway(…)")
    }
}

/// The gateways of an installation.
#[derive(Debug, Clone, Default)]
pub struct Gateways {
    /// For the duty phones.
    pub sms: Option<Gateway>,
    /// For e-mail: a mail service with an HTTP interface.
    pub email: Option<Gateway>,
}

/// Why a gateway cannot be used as configured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayProblem {
    /// Neither `http://` nor `https://`.
    #[error("the gateway's address must begin with https:// or http://")]
    NotHttp,
    /// No place for the number or the text.
    #[error("the gateway's address or body must name {{to}} and {{text}}")]
    NoPlaces,
    /// Not `Name: value`.
    #[error("the gateway's header must be written as Name: value")]
    BadHeader,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// The gateway answered with a status that is no success.
    Status(u16),
    /// No answer in time.
    Timeout,
    /// Nobody there, or the line broke.
    Unreachable,
}

impl NotTaken {
    /// As it is kept: no address, no secret.
    pub fn word(&self) -> String {
        match self {
            Self::Status(status) => format!("http-{status}"),
            Self::Timeout => "timeout".to_owned(),
            Self::Unreachable => "unreachable".to_owned(),
        }
    }
}

impl Gateway {
    /// A gateway of an address, a header and a body. With a body it is a POST (JSON when it begins with a
    /// brace), without one a GET. `{to}`, `{text}` and `{key}` are filled in, escaped as their place needs.
    ///
    /// # Errors
    /// [`GatewayProblem`].
    pub fn new(url: &str, header: Option<&str>, body: Option<&str>) -> Result<Self, GatewayProblem> {
        if !(url.starts_with("https://") || url.starts_with("http://")) {
            return Err(GatewayProblem::NotHttp);
        }
        let named = |place: &str| url.contains(place) || body.is_some_and(|body| body.contains(place));
        if !(named("{to}") && named("{text}")) {
            return Err(GatewayProblem::NoPlaces);
        }
        let header = header.map(header_of).transpose()?;
        Ok(Self { url: url.to_owned(), header, body: body.map(str::to_owned), timeout: TIMEOUT })
    }

    /// The same with another patience.
    #[must_use]
    pub const fn waiting(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// From the environment: `PREFIX`, `PREFIX_HEADER`, `PREFIX_BODY`; none when `PREFIX` is not set.
    ///
    /// # Errors
    /// [`GatewayProblem`].
    pub fn from_environment(prefix: &str) -> Result<Option<Self>, GatewayProblem> {
        let read = |name: String| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let Some(url) = read(prefix.to_owned()) else { return Ok(None) };
        let (header, body) = (read(format!("{prefix}_HEADER")), read(format!("{prefix}_BODY")));
        Self::new(url.trim(), header.as_deref(), body.as_deref()).map(Some)
    }

    /// Hands a message over. The key is the same at every try, so that a gateway that knows it takes
    /// the message once.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub fn send(&self, to: &str, text: &str, key: &str) -> Result<(), NotTaken> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(self.timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // Each message has its own line: a second answer on an old one must not count for another message.
            .max_idle_connections(0)
            .build()
            .into();
        let url = filled(&self.url, to, text, key, percent);
        let named = |name: &str| self.header.as_ref().filter(|(own, _)| own.eq_ignore_ascii_case(name)).is_some();
        let answer = match &self.body {
            None => {
                let mut request = agent.get(&url).header("idempotency-key", key);
                if let Some((name, value)) = &self.header {
                    request = request.header(name, value);
                }
                request.call()
            }
            Some(body) => {
                let json = body.trim_start().starts_with(['{', '[']);
                let body = filled(body, to, text, key, if json { json_text } else { percent });
                let mut request = agent.post(&url).header("idempotency-key", key);
                if !named("content-type") {
                    let kind = if json { "application/json" } else { "application/x-www-form-urlencoded" };
                    request = request.header("content-type", kind);
                }
                if let Some((name, value)) = &self.header {
                    request = request.header(name, value);
                }
                request.send(body)
            }
        };
        match answer {
            Ok(response) if response.status().is_success() => Ok(()),
            Ok(response) => Err(NotTaken::Status(response.status().as_u16())),
            Err(ureq::Error::Timeout(_)) => Err(NotTaken::Timeout),
            Err(_) => Err(NotTaken::Unreachable),
        }
    }
}

fn header_of(text: &str) -> Result<(String, String), GatewayProblem> {
    let (name, value) = text.split_once(':').ok_or(GatewayProblem::BadHeader)?;
    let (name, value) = (name.trim(), value.trim());
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_value = !value.is_empty() && value.bytes().all(|byte| (32..127).contains(&byte));
    if is_name && is_value { Ok((name.to_owned(), value.to_owned())) } else { Err(GatewayProblem::BadHeader) }
}

/// Fills the places in one pass, so that a text which names a place is not filled again.
fn filled(template: &str, to: &str, text: &str, key: &str, escape: fn(&str) -> String) -> String {
    let places = [("{to}", to), ("{text}", text), ("{key}", key)];
    let mut rest = template;
    let mut done = String::with_capacity(template.len() + text.len());
    while let Some((at, place, value)) =
        places.iter().filter_map(|(place, value)| Some((rest.find(place)?, *place, *value))).min_by_key(|found| found.0)
    {
        done.push_str(&rest[..at]);
        done.push_str(&escape(value));
        rest = &rest[at + place.len()..];
    }
    done + rest
}

fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn json_text(text: &str) -> String {
    let quoted = serde_json::Value::String(text.to_owned()).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once_and_escaped_for_where_they_stand() {
        let url = filled("http://g/?a={to}&b={text}", "0297 000", "5 % & {to}", "k", percent);
        assert_eq!(url, "http://g/?a=0297%20000&b=5%20%25%20%26%20%7Bto%7D");
        let body = filled("{\"to\":\"{to}\",\"sms\":\"{text}\"}", "0297", "«Ôxy»\n\"{key}\"", "k", json_text);
        let read: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(read["sms"], "«Ôxy»\n\"{key}\"");
    }

    #[test]
    fn what_cannot_work_is_refused_at_the_start() {
        let problem = |url, header| Gateway::new(url, header, None).err();
        assert_eq!(problem("ftp://g/{to}{text}", None), Some(GatewayProblem::NotHttp));
        assert_eq!(problem("https://g/{to}", None), Some(GatewayProblem::NoPlaces));
        assert_eq!(problem("https://g/{to}{text}", Some("khóa")), Some(GatewayProblem::BadHeader));
        assert_eq!(problem("https://g/{to}{text}", Some("A: b\r\nC: d")), Some(GatewayProblem::BadHeader));
        assert_eq!(problem("https://g/{to}{text}", Some("Authorization: Bearer x")), None);
    }

    #[test]
    fn a_gateway_never_prints_its_secret() {
        let gateway = Gateway::new("https://g/{to}{text}?key=bímật", Some("Authorization: Bearer x"), None).unwrap();
        assert_eq!(format!("{gateway:?}"), "Gateway(…)");
    }

    proptest::proptest! {
        #[test]
        fn any_text_becomes_valid_json(to in ".{0,20}", text in ".{0,80}") {
            let body = filled("{\"to\":\"{to}\",\"text\":\"{text}\"}", &to, &text, "k", json_text);
            let read: serde_json::Value = serde_json::from_str(&body).unwrap();
            proptest::prop_assert_eq!(read["text"].as_str(), Some(text.as_str()));
        }
    }
}
