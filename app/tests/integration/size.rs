//! How large the tests of trust are: small on every landing, and as large as a release asks for
//! where `cargo xtask trust` runs them. Both sizes stand at the test.

/// The variable that asks for the release's sizes: the length of the soak in minutes.
const RELEASE: &str = "TRUST_SOAK_MINUTES";

/// Returns the size that is asked for.
pub(crate) fn size<T>(landing: T, release: T) -> T {
    match minutes() {
        None => landing,
        Some(_) => release,
    }
}

/// Returns how long the soak of a release takes, where that is asked for.
pub(crate) fn minutes() -> Option<u64> {
    let text = std::env::var(RELEASE).ok()?;
    let minutes = text.parse().ok().filter(|minutes| *minutes > 0);
    Some(minutes.unwrap_or_else(|| panic!("{RELEASE} is `{text}`; give whole minutes")))
}
