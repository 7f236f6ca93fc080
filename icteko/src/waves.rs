//! Registers, waves, codes and coordinators from the command line: what the coordinator's pages
//! do, for people who script it.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::str::FromStr;

use app::server::{Service, WaveOrder};
use app::store::{Coordinator as Duty, Mode};
use surveys::{InvalidId, MunicipalityCode, SurveyId, UnitId, WaveId};

use crate::arguments::{Coordinator, Import, Register, Wave};
use crate::counted::counted_len;
use crate::failure::Failure;
use crate::stock::{begin_service, in_runtime, open_service, typed};

/// Reads a register into the data folder, all of it or nothing.
pub(crate) fn import(data: &Path, options: &Import) -> Result<(), Failure> {
    let file = options.file.display().to_string();
    let bytes = fs::read(&options.file).map_err(|error| Failure::at(&options.file, error))?;
    let is_open = !bytes.ends_with(b"\n");
    in_runtime(async {
        let service = match options.what {
            Register::Network => begin_service(data).await?,
            Register::Units | Register::Frame => open_service(data).await?,
        };
        let count = match options.what {
            Register::Network => {
                let text = text(&file, bytes)?;
                service.import_network(&file, &text).await
            }
            Register::Units => service.import_units(&file, bytes).await,
            Register::Frame => service.import_frame(&file, bytes, options.replace).await,
        }
        .map_err(Failure::new)?;
        let (one, many) = match options.what {
            Register::Network => ("municipality", "municipalities"),
            Register::Units => ("unit", "units"),
            Register::Frame => ("staff number", "staff numbers"),
        };
        note!("{} read from {file}", counted_len(count, one, many));
        if is_open {
            note!(
                "note: the last line of {file} does not end; look whether the file was cut short"
            );
        }
        Ok(())
    })
}

fn text(file: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        Failure::Sentence(format!(
            "{file}: byte {byte} is not UTF-8; save the file as UTF-8 and try again"
        ))
    })
}

/// Carries out a subcommand on waves.
pub(crate) fn run(data: &Path, command: &Wave) -> Result<(), Failure> {
    in_runtime(async {
        let service = open_service(data).await?;
        match command {
            Wave::Create {
                wave,
                survey,
                opens,
                closes,
                municipalities,
                open_link,
            } => {
                let municipalities: BTreeSet<MunicipalityCode> = municipalities
                    .iter()
                    .map(|code| MunicipalityCode::new(code.as_str()))
                    .collect::<Result<_, InvalidId>>()
                    .map_err(Failure::new)?;
                let order = WaveOrder {
                    id: wave_id(wave)?,
                    survey: SurveyId::new(survey.as_str()).map_err(Failure::new)?,
                    opens: date(opens)?,
                    closes: date(closes)?,
                    roles: BTreeSet::new(),
                    municipalities,
                    units: BTreeSet::new(),
                    mode: if *open_link {
                        Mode::OpenLink
                    } else {
                        Mode::Codes
                    },
                };
                service.create_wave(order).await.map_err(Failure::new)?;
                let open = typed(data, &format!("wave open {wave}"));
                note!("wave {wave} made; open it with  {open}");
            }
            Wave::Open { wave } => {
                service
                    .open_wave(&wave_id(wave)?)
                    .await
                    .map_err(Failure::new)?;
                note!("wave {wave} is open");
            }
            Wave::Close { wave } => {
                let no_grace = jiff::SignedDuration::ZERO;
                service
                    .close_wave(&wave_id(wave)?, no_grace)
                    .await
                    .map_err(Failure::new)?;
                note!("wave {wave} is closed and its answers are mixed");
            }
            Wave::Codes { wave, unit, count } => {
                print_codes(&service, wave, unit.as_deref(), *count).await?;
            }
        }
        Ok(())
    })
}

async fn print_codes(
    service: &Service,
    wave: &str,
    unit: Option<&str>,
    count: Option<u32>,
) -> Result<(), Failure> {
    let unit = unit.map(UnitId::new).transpose().map_err(Failure::new)?;
    let made = service
        .make_codes(&wave_id(wave)?, unit.as_ref(), count)
        .await
        .map_err(Failure::new)?;
    out!("unit,code")?;
    for batch in &made {
        for code in &batch.codes {
            out!("{},{code}", batch.unit)?;
        }
    }
    warn_of_local_address(service)?;
    let total: usize = made.iter().map(|batch| batch.codes.len()).sum();
    note!(
        "{} for {}; they cannot be shown again",
        counted_len(total, "code", "codes"),
        counted_len(made.len(), "unit", "units")
    );
    Ok(())
}

/// Says so where what is printed would lead to this machine alone.
fn warn_of_local_address(service: &Service) -> Result<(), Failure> {
    let address = service.public_url().map_err(Failure::new)?;
    if !address.starts_with("https://") {
        note!(
            "note: slips, posters and paper forms carry {address}, which works on this machine \
             alone; set public_url in icteko.toml of the data folder before you print"
        );
    }
    Ok(())
}

/// Carries out a subcommand on coordinators.
pub(crate) fn coordinator(data: &Path, command: &Coordinator) -> Result<(), Failure> {
    let Coordinator::Invite { municipality } = command;
    in_runtime(async {
        let service = open_service(data).await?;
        let duty = match municipality {
            Some(code) => {
                Duty::Municipality(MunicipalityCode::new(code.as_str()).map_err(Failure::new)?)
            }
            None => Duty::Network,
        };
        let address = service.public_url().map_err(Failure::new)?;
        let token = service.invite(duty).await.map_err(Failure::new)?;
        out!("{address}/fi/coordinator/sign-in#{token}")?;
        note!("The link opens once, within 30 minutes, while the service runs.");
        Ok(())
    })
}

fn wave_id(text: &str) -> Result<WaveId, Failure> {
    WaveId::new(text).map_err(Failure::new)
}

fn date<T: FromStr>(text: &str) -> Result<T, Failure>
where
    T::Err: Display,
{
    text.parse().map_err(|error| {
        Failure::Sentence(format!(
            "`{text}` is not a date such as 2026-10-05 ({error})"
        ))
    })
}
