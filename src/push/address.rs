//! Where a server is.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::text::clean_line;

/// The address under which a server takes transactions, written in one way, so that it is the same one next time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    text: String,
    host: String,
    is_https: bool,
}

impl Address {
    /// # Errors
    /// When it is no address of a server, or has a password in it.
    pub fn of(given: &str) -> Result<Address, String> {
        let shown = clean_line(given);
        let (scheme, rest) = given.split_once("://").unwrap_or(("", given));
        let is_https = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => {
                return Err(format!("{shown}: the address of a server begins with https:// or http://"));
            }
        };
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        if authority.contains('@') {
            // It is not repeated: the password would be in it.
            return Err(
                "the address has a user name or a password in it, which everybody on this machine could read: put a \
                 token into a file, and name the file with --token-file"
                    .to_owned(),
            );
        }
        if given.contains(['?', '#']) {
            return Err(format!("{shown}: the address of a server has no ? and no #"));
        }
        if !given.chars().all(|c| {
            c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        }) {
            return Err(format!("{shown}: the address of a server has no spaces and only ASCII characters"));
        }
        let (host, port) = match authority.strip_prefix('[') {
            Some(rest) => rest.split_once(']').unwrap_or_default(),
            None => authority.find(':').map_or((authority, ""), |at| authority.split_at(at)),
        };
        let has_port =
            port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
        if host.is_empty() || !has_port {
            return Err(format!("{shown}: it has no host, or no port after the colon"));
        }
        let (scheme, path) = (scheme.to_ascii_lowercase(), path.trim_end_matches('/'));
        let text = format!("{scheme}://{}{path}", authority.to_ascii_lowercase());
        Ok(Address { text, host: host.to_ascii_lowercase(), is_https })
    }

    /// Whether what is sent there could be read on the way: it is not encrypted and leaves this machine.
    pub fn is_open(&self) -> bool {
        let is_here = self.host == "localhost"
            || self.host.parse().is_ok_and(|it: Ipv4Addr| it.is_loopback())
            || self.host.parse().is_ok_and(|it: Ipv6Addr| it.is_loopback());
        !self.is_https && !is_here
    }

    pub fn is_https(&self) -> bool {
        self.is_https
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_is_written_in_one_way() {
        for given in ["https://FHIR.example/r4", "HTTPS://fhir.example/r4/", "https://fhir.example/r4//"] {
            assert_eq!(Address::of(given).unwrap().as_str(), "https://fhir.example/r4", "{given}");
        }
    }

    #[test]
    fn only_this_machine_is_spoken_to_in_the_open() {
        for here in
            ["http://localhost:80/x", "http://127.0.0.1", "http://127.9.9.9:1", "http://[::1]:8080/fhir"]
        {
            assert!(!Address::of(here).unwrap().is_open(), "{here}");
        }
        for there in
            ["http://10.0.0.1", "http://localhost.example", "http://127.0.0.1.example", "http://[fe80::1]"]
        {
            assert!(Address::of(there).unwrap().is_open(), "{there}");
        }
        assert!(!Address::of("https://fhir.example").unwrap().is_open());
    }

    #[test]
    fn what_is_no_address_is_refused_and_a_password_never_repeated() {
        for wrong in [
            "",
            "fhir.example",
            "ftp://x",
            "https://",
            "https:///x",
            "https://x:y",
            "https://x?y=1",
            "https://x y",
            "https://[::1",
        ] {
            assert!(Address::of(wrong).is_err(), "{wrong}");
        }
        let why = Address::of("https://ana:secret@fhir.example").unwrap_err();
        assert!(!why.contains("secret"), "{why}");
    }
}
