//! Where people find this installation.

/// The name under which it is kept among the settings.
pub const SETTING: &str = "public_address";

/// An address without its last slash, if it is one: a scheme, a host, perhaps a port, and no path.
pub fn usable(address: &str) -> Option<&str> {
    let address = address.trim_end_matches('/');
    let host = host_of(address)?;
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    (!host.is_empty() && plain && address.len() <= 200).then_some(address)
}

/// Whether a phone's browser lets its pages open without a network.
pub fn works_offline(address: &str) -> bool {
    let host = host_of(address).unwrap_or_default();
    let name = if host.starts_with('[') { host.split_inclusive(']').next() } else { host.split(':').next() };
    address.starts_with("https://") || matches!(name, Some("localhost" | "127.0.0.1" | "[::1]"))
}

fn host_of(address: &str) -> Option<&str> {
    address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_a_site_are_kept() {
        assert_eq!(usable("https://oxy.example.vn/"), Some("https://oxy.example.vn"));
        assert_eq!(usable("http://10.0.0.5:8080"), Some("http://10.0.0.5:8080"));
        for poor in ["oxy.example.vn", "ftp://oxy", "https://", "https://a/b", "https://a b", "https://a\"><b"] {
            assert_eq!(usable(poor), None, "{poor}");
        }
    }

    #[test]
    fn only_https_and_the_machine_itself_work_without_a_network() {
        for well in ["https://oxy.example.vn", "http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080"] {
            assert!(works_offline(well), "{well}");
        }
        for not in ["http://oxy.example.vn", "http://10.0.0.5:8080", "http://localhost.example.vn", ""] {
            assert!(!works_offline(not), "{not}");
        }
    }
}
