//! `icteko.toml`: where the service listens and how people reach it.

use std::net::SocketAddr;

use serde::Deserialize;

/// The configuration of a data folder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The address people type, without a slash at the end; QR symbols and links carry it.
    #[serde(default)]
    pub public_url: Option<String>,
    /// Where the program listens.
    #[serde(default = "loopback")]
    pub listen: SocketAddr,
}

/// What is wrong with `icteko.toml`.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Not TOML, or an unknown key.
    #[error("{file}: {problem}")]
    Unreadable {
        /// The file.
        file: String,
        /// What and where.
        problem: String,
    },
    /// The public address has another shape.
    #[error("{file}: public_url `{url}` must look like https://icteko.example.fi")]
    PublicUrl {
        /// The file.
        file: String,
        /// What stands there.
        url: String,
    },
    /// Answers would travel in the open.
    #[error("public_url `{url}` is not https; only this machine may be reached without it")]
    NotSecret {
        /// What stands there.
        url: String,
    },
}

fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8088))
}

impl Config {
    /// The file that the first start writes.
    pub(crate) const FIRST: &'static str = "\
# Where the program listens. Other machines reach it through a proxy that speaks https.
listen = \"127.0.0.1:8088\"

# The address people type; links and QR symbols carry it.
# public_url = \"https://icteko.example.fi\"
";

    /// Reads the text of `icteko.toml`.
    ///
    /// # Errors
    /// When it is not TOML, has an unknown key, or an address is wrong.
    pub fn parse(text: &str, file: &str) -> Result<Config, ConfigError> {
        let mut config: Config = toml::from_str(text).map_err(|error| ConfigError::Unreadable {
            file: file.to_owned(),
            problem: error.to_string(),
        })?;
        if let Some(url) = &mut config.public_url {
            url.truncate(url.trim_end_matches('/').len());
            if authority(url).is_none() {
                return Err(ConfigError::PublicUrl {
                    file: file.to_owned(),
                    url: url.clone(),
                });
            }
        }
        Ok(config)
    }

    /// Returns the address people reach the program at, when it listens at `listening`.
    ///
    /// # Errors
    /// When others than this machine could reach it without https (OP-5).
    pub fn public(&self, listening: SocketAddr) -> Result<String, ConfigError> {
        let url = match &self.public_url {
            Some(url) => url.clone(),
            None => format!("http://{listening}"),
        };
        let host = authority(&url).unwrap_or_default();
        if url.starts_with("https://") || is_loopback(host) {
            Ok(url)
        } else {
            Err(ConfigError::NotSecret { url })
        }
    }
}

/// Returns host and port of an address that has nothing else.
fn authority(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    (!rest.is_empty() && rest.chars().all(plain)).then_some(rest)
}

fn is_loopback(authority: &str) -> bool {
    if let Ok(address) = authority.parse::<SocketAddr>() {
        return address.ip().is_loopback();
    }
    let host = authority.split(':').next().unwrap_or(authority);
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Config, ConfigError> {
        Config::parse(text, "icteko.toml")
    }

    #[test]
    fn the_first_file_listens_on_this_machine_only() {
        let config = parsed(Config::FIRST).unwrap();
        assert!(config.listen.ip().is_loopback());
        assert_eq!(
            config.public(config.listen).unwrap(),
            "http://127.0.0.1:8088"
        );
    }

    #[test]
    fn a_wrong_file_names_itself() {
        let refused = parsed("lissen = 1").unwrap_err().to_string();
        assert!(
            refused.starts_with("icteko.toml:") && refused.contains("lissen"),
            "{refused}"
        );
        for url in ["icteko.fi", "https://", "https://a.fi/x y", "ftp://a.fi"] {
            assert!(parsed(&format!("public_url = \"{url}\"")).is_err(), "{url}");
        }
    }

    #[test]
    fn answers_never_travel_in_the_open() {
        let everywhere = SocketAddr::from(([0, 0, 0, 0], 80));
        assert!(parsed("").unwrap().public(everywhere).is_err());
        assert!(
            parsed("public_url = \"http://icteko.fi\"")
                .unwrap()
                .public(everywhere)
                .is_err()
        );
        let secret = parsed("public_url = \"https://icteko.fi/\"").unwrap();
        assert_eq!(secret.public(everywhere).unwrap(), "https://icteko.fi");
        assert!(
            parsed("public_url = \"http://localhost:1\"")
                .unwrap()
                .public(everywhere)
                .is_ok()
        );
    }
}
