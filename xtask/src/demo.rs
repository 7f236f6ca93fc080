//! The pilot on this machine: built, loaded, served, with every address to look at.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::pilot::{self, CURRENT, Server, WAVES};
use crate::step::{output, root, step};
use crate::web;

const LISTEN: &str = "127.0.0.1:8088";

/// Sets up what is missing, builds, loads the pilot into `data/demo`, and serves it.
///
/// A second start keeps the data; `--fresh` begins again; `--prepare` stops before serving.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    if let Some(unknown) = args
        .iter()
        .find(|arg| !["--fresh", "--prepare"].contains(&arg.as_str()))
    {
        return Err(format!(
            "`{unknown}` is unknown; there are --fresh and --prepare"
        ));
    }
    let start = Instant::now();
    let data = data_folder();
    if args.iter().any(|arg| arg == "--fresh") && data.exists() {
        fs::remove_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    eprintln!(
        "The first start builds everything and takes some minutes; later starts take seconds."
    );
    if !root().join("app/public/pkg/app_bg.wasm").is_file() {
        web::run_web()?;
    }
    step("build the program and the pilot", pilot::build)?;
    let finished = data.join("loaded");
    if !finished.is_file() {
        // A load that was cut short begins again: half a pilot is no pilot.
        if data.exists() {
            fs::remove_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
        }
        pilot::prepare(&data)?;
        let code = fresh_code(&data)?;
        pilot::answer(&data, LISTEN, |host| {
            eprintln!(
                "\nThe first page is there after {:.0} s: http://{host}/fi/answer#{code}\n\
                 The pilot is being loaded meanwhile; every address comes at the end.\n",
                start.elapsed().as_secs_f64()
            );
        })?;
        pilot::publish(&data)?;
        fs::write(&finished, "The pilot is loaded.\n").map_err(|error| error.to_string())?;
    }
    let code = fresh_code(&data)?;
    let link = output(pilot::icteko(&data).args(["coordinator", "invite"]))?;
    let token = link.lines().find_map(|line| {
        line.split_once('#')
            .map(|(_, token)| token.trim().to_owned())
    });
    eprintln!("Ready after {:.0} s.\n", start.elapsed().as_secs_f64());
    if args.iter().any(|arg| arg == "--prepare") {
        return Ok(());
    }
    let server = Server::start(&data, LISTEN)?;
    let host = &server.host;
    println!("Invented answers only. Addresses:\n");
    println!("  answer as a staff member   http://{host}/fi/answer#{code}");
    println!("                             (the code is {code})");
    if let Some(token) = token {
        println!("  coordinator (opens once)   http://{host}/fi/coordinator/sign-in#{token}");
    }
    println!(
        "  findings (signed in there) http://{host}/fi/coordinator/waves/{CURRENT}/findings/1"
    );
    println!("  handbook, the network      http://{host}/handbook/{CURRENT}/network/fi/");
    println!("  handbook, one city         http://{host}/handbook/{CURRENT}/tampere/sv/\n");
    println!(
        "Swedish and English: change fi to sv or en. Stop with Ctrl-C; the data stay in {}.",
        data.display()
    );
    server.wait()
}

fn data_folder() -> PathBuf {
    root().join("data").join("demo").join("data")
}

/// Makes a code for the open wave that nobody has used.
fn fresh_code(data: &std::path::Path) -> Result<String, String> {
    let (open, _, _, _) = WAVES[2];
    let list = output(pilot::icteko(data).args([
        "wave",
        "codes",
        open,
        "--unit",
        "tre-harju",
        "--count",
        "1",
    ]))?;
    list.lines()
        .nth(1)
        .and_then(|line| line.split_once(','))
        .map(|(_, code)| code.trim().to_owned())
        .ok_or_else(|| "the program gave no code".to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_demo_listens_on_this_machine_only() {
        assert!(super::LISTEN.starts_with("127.0.0.1:"));
    }
}
