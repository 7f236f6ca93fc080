//! `pilot files FOLDER` writes the network's registers; `pilot answer …` answers a wave; `pilot
//! load …` measures how fast a server takes answers.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use pilot::load::{Load, load};
use pilot::network;
use pilot::person::WaveMood;
use pilot::wave::{answer_wave, read_codes};

const USAGE: &str = "usage: pilot files FOLDER\n       pilot answer HOST INSTRUMENT-RELEASE CODES.csv WAVE-NUMBER [LIMIT]\n       pilot load HOST[,HOST...] INSTRUMENT-RELEASE CODES.csv RATE SECONDS OVERLOAD-SECONDS AT-ONCE";

/// The seed of the committed results.
const SEED: u64 = 20_261_122;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["files", folder] => write_files(Path::new(folder)),
        ["answer", host, release, codes, wave] => answer(host, release, codes, wave, usize::MAX),
        ["answer", host, release, codes, wave, limit] => match limit.parse() {
            Ok(limit) => answer(host, release, codes, wave, limit),
            Err(_) => Err(format!("`{limit}` is not a number of people")),
        },
        ["load", hosts, release, codes, numbers @ ..] => measure(hosts, release, codes, numbers),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("pilot: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn write_files(folder: &Path) -> Result<(), String> {
    let write = |name: &str, text: String| {
        std::fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))
    };
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    write("network.toml", network::network_toml())?;
    write("units.csv", network::units_csv())?;
    write("frame.csv", network::frame_csv())
}

/// What the waves were like: skills grow a little, and the open wave has only begun.
fn mood(number: &str) -> Result<WaveMood, String> {
    match number {
        "1" => Ok(WaveMood {
            number: 1,
            growth: 0.0,
            willingness: 0.92,
        }),
        "2" => Ok(WaveMood {
            number: 2,
            growth: 0.16,
            willingness: 1.05,
        }),
        "3" => Ok(WaveMood {
            number: 3,
            growth: 0.25,
            willingness: 0.25,
        }),
        other => Err(format!("the pilot has waves 1, 2 and 3, not `{other}`")),
    }
}

fn measure(hosts: &str, release: &str, codes: &str, numbers: &[&str]) -> Result<(), String> {
    let read: Vec<u32> = numbers.iter().filter_map(|it| it.parse().ok()).collect();
    let [rate, seconds, overload_seconds, at_once] = read[..] else {
        return Err(format!("four whole numbers are needed\n{USAGE}"));
    };
    let text =
        |path: &str| std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let release =
        surveys::Release::read(&text(release)?).map_err(|error| format!("{release}: {error}"))?;
    let codes = read_codes(&text(codes)?).map_err(|error| error.to_string())?;
    let codes: Vec<String> = codes.into_values().flatten().collect();
    let asked = Load {
        rate: rate.max(1),
        seconds: seconds.max(1),
        overload_seconds: overload_seconds.max(1),
        at_once,
    };
    let hosts: Vec<String> = hosts.split(',').map(str::to_owned).collect();
    load(&hosts, release.survey(), &codes, asked).map_err(|error| error.to_string())
}

fn answer(host: &str, release: &str, codes: &str, wave: &str, limit: usize) -> Result<(), String> {
    let read =
        |path: &str| std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let release =
        surveys::Release::read(&read(release)?).map_err(|error| format!("{release}: {error}"))?;
    let codes = read_codes(&read(codes)?).map_err(|error| error.to_string())?;
    let start = Instant::now();
    let summary = answer_wave(host, release.survey(), &codes, mood(wave)?, SEED, limit)
        .map_err(|error| error.to_string())?;
    eprintln!(
        "{} of {} people answered, {} stopped on the way, {} lost the connection, {:.0} s",
        summary.acknowledged,
        summary.people,
        summary.broken_off,
        summary.cut,
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
