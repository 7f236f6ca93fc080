//! Every dependency's licence must be one that the product may be handed out with.

use std::process::Command;

use serde_json::Value;

use crate::step::{output, root};

/// Licences that fit with EUPL-1.2 in one program. MPL-2.0 works file by file.
const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Checks the licence field of every package in the lock file.
pub(crate) fn run(_args: &[String]) -> Result<(), String> {
    let text = output(
        Command::new("cargo")
            .args(["metadata", "--format-version", "1", "--locked"])
            .current_dir(root()),
    )?;
    let metadata: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut refused = Vec::new();
    let mut checked = 0;
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or("?");
        let licence = package["license"].as_str().unwrap_or("");
        checked += 1;
        if !is_accepted(licence) {
            refused.push(format!("{name}: `{licence}`"));
        }
    }
    if checked == 0 {
        return Err("cargo metadata lists no package".into());
    }
    if refused.is_empty() {
        eprintln!("licences: {checked} packages, all accepted");
        Ok(())
    } else {
        Err(format!(
            "licences not on the list in xtask/src/licences.rs:\n  {}",
            refused.join("\n  ")
        ))
    }
}

/// Whether an SPDX expression can be met with accepted licences alone.
fn is_accepted(licence: &str) -> bool {
    // Old manifests write `MIT/Apache-2.0` where SPDX says `OR`.
    let expression = licence.replace('/', " OR ");
    spdx::Expression::parse_mode(&expression, spdx::ParseMode::LAX).is_ok_and(|expression| {
        expression.evaluate(|requirement| {
            requirement
                .license
                .id()
                .is_some_and(|id| ACCEPTED.contains(&id.name))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_accepted;

    #[test]
    fn a_choice_needs_one_accepted_licence_and_a_sum_needs_all() {
        assert!(is_accepted("MIT OR GPL-3.0-only"));
        assert!(is_accepted("MIT/Apache-2.0"));
        assert!(!is_accepted("MIT AND GPL-3.0-only"));
        assert!(!is_accepted("GPL-3.0-only"));
        assert!(!is_accepted(""));
    }
}
