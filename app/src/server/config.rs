//! `icteko.toml`: where the service listens and how people reach it.

use std::net::SocketAddr;
use std::path::PathBuf;

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
    /// How long things are kept.
    #[serde(default)]
    pub retention: Retention,
    /// Where the rows are.
    #[serde(default)]
    pub store: StoreConfig,
}

/// Where the rows are: in a file of the data folder, or on a server of PostgreSQL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StoreConfig {
    /// The address of a PostgreSQL database, without a password; nothing means `icteko.db`.
    pub url: Option<String>,
    /// A file with the password.
    pub password_file: Option<PathBuf>,
    /// Whether the city has accepted that the server's write-ahead log is kept or copied (AN-12).
    pub log_is_kept: bool,
}

impl StoreConfig {
    /// Names what is wrong.
    fn problem(&self) -> Option<String> {
        let Some(url) = &self.url else {
            let has_more = self.password_file.is_some() || self.log_is_kept;
            return has_more.then(|| "store.url is missing beside what only it needs".to_owned());
        };
        let rest = url
            .strip_prefix("postgres://")
            .or_else(|| url.strip_prefix("postgresql://"));
        let Some(rest) = rest else {
            return Some("store.url must begin with postgres://".to_owned());
        };
        // What stands there is not repeated: it may be a password.
        let who = rest.split(['/', '?']).next().unwrap_or_default();
        let who = who.rsplit_once('@').map_or("", |(who, _)| who);
        let has_password = who.contains(':') || rest.contains("password=");
        has_password.then(|| {
            "store.url holds a password; put it into a file and name that in store.password_file"
                .to_owned()
        })
    }
}

/// How long things are kept (PD-4). The log goes to the standard output: how long it is kept is
/// told to whatever takes it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Days until an untouched draft is deleted, at most 14 (AN-20).
    pub draft_days: u16,
    /// Days from the end of a wave until it is frozen: codes, spent marks and submission marks go.
    pub freeze_days: u16,
    /// Years from the last day of a wave until its answers are deleted.
    pub answer_years: u16,
}

impl Default for Retention {
    fn default() -> Self {
        Retention {
            draft_days: 14,
            freeze_days: 14,
            answer_years: 5,
        }
    }
}

impl Retention {
    /// Names the first setting that is out of its range.
    fn problem(self) -> Option<String> {
        let range = |name: &str, value: u16, least: u16, most: u16| {
            (!(least..=most).contains(&value))
                .then(|| format!("retention.{name} is {value}; it must be {least} to {most}"))
        };
        range("draft_days", self.draft_days, 1, 14)
            .or_else(|| range("freeze_days", self.freeze_days, 0, 90))
            .or_else(|| range("answer_years", self.answer_years, 1, 50))
    }
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

# How long things are kept: drafts nobody touches, codes and spent marks after a wave has ended,
# answers after the last day of their wave. The log goes to the standard output; let what takes it
# there keep it for 30 days.
[retention]
draft_days = 14
freeze_days = 14
answer_years = 5

# Where the rows are: in icteko.db of this folder, or in a PostgreSQL database that several servers
# share, together with this folder. The password stands in a file of its own.
# [store]
# url = \"postgres:///icteko?host=/run/postgresql&user=icteko\"
# password_file = \"/etc/icteko/password\"
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
        let problem = config.retention.problem();
        if let Some(problem) = problem.or_else(|| config.store.problem()) {
            return Err(ConfigError::Unreadable {
                file: file.to_owned(),
                problem,
            });
        }
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
    fn what_is_kept_may_be_shortened_within_its_range() {
        assert_eq!(parsed("").unwrap().retention, Retention::default());
        let first = parsed(Config::FIRST).unwrap().retention;
        assert_eq!(first, Retention::default());
        let shorter = parsed("[retention]\ndraft_days = 3").unwrap().retention;
        assert_eq!((shorter.draft_days, shorter.answer_years), (3, 5));
        for wrong in [
            "draft_days = 15",
            "draft_days = 0",
            "answer_years = 0",
            "freeze_days = 91",
        ] {
            let refused = parsed(&format!("[retention]\n{wrong}"))
                .unwrap_err()
                .to_string();
            assert!(
                refused.contains(wrong.split(' ').next().unwrap()),
                "{refused}"
            );
        }
    }

    #[test]
    fn a_password_is_not_kept_here_and_not_repeated() {
        let store = |line: &str| parsed(&format!("[store]\n{line}"));
        let near = "url = \"postgres:///icteko?host=/run/postgresql&user=icteko\"";
        assert!(store(near).unwrap().store.url.is_some());
        assert_eq!(parsed("").unwrap().store, StoreConfig::default());
        for wrong in [
            "url = \"postgres://icteko:salainen@localhost/icteko\"",
            "url = \"postgres:///icteko?password=salainen\"",
            "url = \"mysql://salainen\"",
            "log_is_kept = true",
        ] {
            let refused = store(wrong).unwrap_err().to_string();
            assert!(
                refused.contains("store.url") && !refused.contains("salainen"),
                "{refused}"
            );
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
