//! What can be typed: subcommands and options, with an example in every help text.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::handbook;
use surveys::Lang;

/// The data folder where none is named.
pub(crate) const DATA: &str = "data";

/// Find out which digital competences each job needs, how well they are held, and which support
/// works: from a survey definition to a published handbook.
#[derive(Debug, Parser)]
#[command(
    name = "icteko",
    version,
    propagate_version = true,
    max_term_width = 100
)]
#[command(
    after_help = "Exit codes: 0 done, 1 problems found, 2 wrong use.\n\nExample: icteko serve --data ./data"
)]
pub(crate) struct Arguments {
    /// The data folder: database, keys, datasets, findings, editions.
    #[arg(
        long,
        global = true,
        env = "ICTEKO_DATA",
        default_value = DATA,
        value_name = "FOLDER"
    )]
    pub(crate) data: PathBuf,

    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The stations of the line, and what an operator needs beside them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the answering pages and the coordinator's pages.
    #[command(after_help = "Example: icteko --data ./data serve --listen 127.0.0.1:8088")]
    Serve(Serve),
    /// Check, release and compare survey definitions.
    #[command(subcommand)]
    Survey(Survey),
    /// Read the network, its units and its staff numbers into the data folder.
    #[command(
        after_help = "Example: icteko import units units.csv\n\ndocs/registers.md shows an example of each file, the kinds of units and the ids of roles. A\nmunicipality that the program does not know is added in municipalities.toml of the data folder.\nNothing is changed when the file has problems; all of them are shown at once."
    )]
    Import(Import),
    /// Make, open and close waves, and make their codes.
    #[command(subcommand)]
    Wave(Wave),
    /// Export answers as a dataset.
    #[command(subcommand)]
    Dataset(Dataset),
    /// Compute findings from a dataset by a job file.
    #[command(
        after_help = "Example: icteko analyse job.toml --out results\n\n`icteko analyse --help` shows a whole job.",
        after_long_help = analyse_help()
    )]
    Analyse(Analyse),
    /// Describe a file of somebody else, so that it can be analysed.
    #[command(subcommand)]
    Codebook(Codebook),
    /// Hand over integer tables in place of answers, add those of several municipalities, and
    /// compute findings from the sum.
    #[command(subcommand)]
    Findings(Findings),
    /// Check and build the handbook.
    #[command(subcommand)]
    Handbook(Handbook),
    /// Let people coordinate.
    #[command(subcommand)]
    Coordinator(Coordinator),
    /// Print a completion script for a shell.
    #[command(after_help = "Example: icteko completions bash > /etc/bash_completion.d/icteko")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Returns what stands under the options of `analyse --help`: a whole job.
fn analyse_help() -> String {
    format!(
        "Examples:
  icteko analyse job.toml --out results
  icteko analyse 2026-kevat.toml --out findings/2026-kevat/1 --ledger ledger.json

`icteko dataset export --job FILE` writes the job for a wave of our own; this is one for a file of
somebody else, after `icteko codebook draft survey.csv`:

{}",
        analysis::job::EXAMPLE_JOB
    )
}

/// How problems are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the place in the source.
    #[default]
    Text,
    /// For programs: one JSON document.
    Json,
}

/// In which language a command of the handbook speaks: coordinators write it in Finnish.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Said {
    /// Language of what is said about the text: fi or en.
    #[arg(long, default_value = "fi", value_parser = said, value_name = "LANGUAGE")]
    pub(crate) language: Lang,
}

fn said(tag: &str) -> Result<Lang, String> {
    match Lang::from_tag(tag) {
        Some(lang @ (Lang::Fi | Lang::En)) => Ok(lang),
        _ => Err("the handbook's commands speak fi and en".to_owned()),
    }
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address to listen on; port 0 takes a free one. That of `icteko.toml` when absent.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
}

/// Subcommands on survey definitions.
#[derive(Debug, Subcommand)]
pub(crate) enum Survey {
    /// Check a definition and show every problem at once, with file, line and column.
    #[command(after_help = "Example: icteko survey check surveys/instruments/icteko-perus")]
    Check {
        /// The instrument's folder.
        folder: PathBuf,
        /// The catalogue's folder; the program's own when absent.
        #[arg(long, value_name = "FOLDER")]
        catalog: Option<PathBuf>,
        /// How problems are written.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Freeze a checked definition as the next numbered release.
    #[command(after_help = "Example: icteko survey release surveys/instruments/icteko-perus")]
    Release {
        /// The instrument's folder.
        folder: PathBuf,
        /// The catalogue's folder; the program's own when absent.
        #[arg(long, value_name = "FOLDER")]
        catalog: Option<PathBuf>,
    },
    /// Say what changed between two releases, and what that means for answers.
    #[command(after_help = "Example: icteko survey diff releases/0001.json releases/0002.json")]
    Diff {
        /// The earlier release.
        earlier: PathBuf,
        /// The later release.
        later: PathBuf,
    },
    /// Note that translations have been read again after the Finnish text changed.
    #[command(
        after_help = "Example: icteko survey translated surveys/instruments/icteko-perus sv dc-2-1"
    )]
    Translated {
        /// The instrument's folder.
        folder: PathBuf,
        /// The language: sv or en.
        language: String,
        /// Keys of the texts; all of them when absent.
        keys: Vec<String>,
    },
}

/// Options of `import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// What the file holds.
    #[arg(value_enum)]
    pub(crate) what: Register,
    /// The file: TOML for the network, CSV for units and staff numbers.
    pub(crate) file: PathBuf,
    /// Let staff numbers go that a municipality has and the file lacks.
    #[arg(long)]
    pub(crate) replace: bool,
}

/// The registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Register {
    /// Which municipalities take part and whether they share figures by name.
    Network,
    /// Units: `unit, municipality, kind, name_fi, name_sv, name_en`.
    Units,
    /// Staff numbers: `municipality, unit, role, staff`.
    Frame,
}

/// Subcommands on waves.
#[derive(Debug, Subcommand)]
pub(crate) enum Wave {
    /// Make a wave from the newest release of a survey, for all units or some.
    #[command(
        after_help = "Example: icteko wave create 2026-syksy --survey icteko-perus --opens 2026-10-05 --closes 2026-10-30"
    )]
    Create {
        /// The wave's id, such as 2026-syksy.
        wave: String,
        /// The survey.
        #[arg(long)]
        survey: String,
        /// First day, such as 2026-10-05.
        #[arg(long)]
        opens: String,
        /// Last day.
        #[arg(long)]
        closes: String,
        /// Municipalities by code; all of the network when absent.
        #[arg(long = "municipality", value_name = "CODE")]
        municipalities: Vec<String>,
        /// One link for everybody instead of codes; a person can then answer more than once.
        #[arg(long)]
        open_link: bool,
    },
    /// Open a wave for answers.
    #[command(after_help = "Example: icteko wave open 2026-syksy")]
    Open {
        /// The wave's id.
        wave: String,
    },
    /// Close a wave: mix what waits, delete drafts, shrink the file. One that was closed on the
    /// coordinator's page is finished, once the questionnaires that were begun have had their time.
    #[command(after_help = "Example: icteko wave close 2026-syksy")]
    Close {
        /// The wave's id.
        wave: String,
    },
    /// Make codes and print them once as CSV, unit and code, in random order.
    #[command(
        after_help = "Example: icteko wave codes 2026-syksy --unit tre-harju --count 60 > codes.csv\n\nThe codes are not stored and cannot be shown again."
    )]
    Codes {
        /// The wave's id.
        wave: String,
        /// One unit; all units of the wave when absent.
        #[arg(long)]
        unit: Option<String>,
        /// How many for each unit; when absent, as many as it has staff without a code.
        #[arg(long)]
        count: Option<u32>,
    },
}

/// Subcommands on datasets.
#[derive(Debug, Subcommand)]
pub(crate) enum Dataset {
    /// Write answers of closed waves as Parquet with a codebook.
    #[command(
        after_help = "Example: icteko dataset export --wave 2026-kevat --out dataset --job job.toml"
    )]
    Export {
        /// The waves, in order of time.
        #[arg(long = "wave", required = true, value_name = "WAVE")]
        waves: Vec<String>,
        /// The folder to write; an earlier dataset there is replaced, other files never are.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Write CSV beside Parquet.
        #[arg(long)]
        csv: bool,
        /// Also write the standard job for these waves, the last one being analysed and the others
        /// compared with; the file must not exist. `icteko analyse` runs it.
        #[arg(long, value_name = "FILE")]
        job: Option<PathBuf>,
    },
}

/// Options of `analyse`.
#[derive(Debug, Args)]
pub(crate) struct Analyse {
    /// The job file.
    pub(crate) job: PathBuf,
    /// The folder to write; earlier results there are replaced, other files never are.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    /// The record of what has been released before: read, and written with this release added;
    /// what is safe depends on what is out already. `ledger.json` of the data folder when absent.
    /// Why figures are withheld is written beside it, for the operator alone.
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
    /// How problems are written.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Subcommands on codebooks.
#[derive(Debug, Subcommand)]
pub(crate) enum Codebook {
    /// Write a first codebook for a CSV, Parquet or SPSS file, and say what was guessed.
    #[command(
        after_help = "Example: icteko codebook draft survey.sav --out codebook.json\n\nRead it once: no program can know what a file means."
    )]
    Draft {
        /// The file: .csv, .tsv, .txt, .parquet, .sav or .zsav.
        file: PathBuf,
        /// The codebook to write; it must not exist. `codebook.json` beside the file when absent.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Letters of a text file: utf-8 or latin-1.
        #[arg(long, default_value = "utf-8")]
        encoding: String,
        /// Language of the words in the file: fi, sv or en.
        #[arg(long, default_value = "fi")]
        language: String,
    },
}

/// Subcommands on exchange tables (docs/federation.md).
#[derive(Debug, Subcommand)]
pub(crate) enum Findings {
    /// Write the integer tables that a job's statistics are made of; the answers stay in the house.
    #[command(
        after_help = "Example: icteko findings tables jobs/2026.toml --out koskimaa.exchange.json\n\nThe file is for partners under agreement and not for publication: small groups are not protected in it."
    )]
    Tables {
        /// The job file; all municipalities use the same one, but for the data.
        job: PathBuf,
        /// The file to write; it must not exist.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// One CSV or Parquet file in place of the job's data: a partition of it.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Count groups of fewer people than this in totals only.
        #[arg(long, value_name = "PEOPLE")]
        smallest_cell: Option<u64>,
    },
    /// Add exchange files, and run a job on the sum if one is named.
    #[command(
        after_help = "Example: icteko findings merge *.exchange.json --job jobs/2026.toml --out findings/2026/1\n\nWith --job, OUT is a folder like that of `icteko analyse`; without, it is an exchange file with the sum. Files that are about different releases, waves, rules or scales are refused."
    )]
    Merge(MergeTables),
    /// Hide the tables of one party in random numbers that cancel when all are added.
    #[command(
        after_help = "Example: icteko findings mask koskimaa.exchange.json --party koskimaa --partner harjukyla=harjukyla.secret --partner jarvela=jarvela.secret --round 2026 --out koskimaa.masked.json\n\nEvery pair of parties shares one secret (`icteko findings secret`). Municipalities and units are not told apart in the sum."
    )]
    Mask {
        /// The exchange file of the party.
        tables: PathBuf,
        /// The party's own name, as its partners write it.
        #[arg(long, value_name = "NAME")]
        party: String,
        /// Another party and the file with the secret shared with it; once for each.
        #[arg(long = "partner", required = true, value_name = "NAME=FILE", value_parser = crate::findings::partner)]
        partners: Vec<(String, PathBuf)>,
        /// What is added; the same for all parties, and another one whenever tables change.
        #[arg(long, value_name = "NAME")]
        round: String,
        /// The file to write; it must not exist.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Make a secret for one pair of parties.
    #[command(
        after_help = "Example: icteko findings secret --out koskimaa-harjukyla.secret\n\nHand it to the other party on a safe way; nobody else may have it."
    )]
    Secret {
        /// The file to write; it must not exist.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// Options of `findings merge`.
#[derive(Debug, Args)]
pub(crate) struct MergeTables {
    /// Exchange files, or masked files of all parties.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The file to write, or with --job the folder.
    #[arg(long, value_name = "OUT")]
    pub(crate) out: PathBuf,
    /// The job to run on the sum; the data it names are not read.
    #[arg(long, value_name = "FILE")]
    pub(crate) job: Option<PathBuf>,
    /// The record of what has been released before: read, and written with this release added.
    /// `ledger.json` of the data folder when absent.
    #[arg(long, value_name = "FILE", requires = "job")]
    pub(crate) ledger: Option<PathBuf>,
}

/// Whose whole books are made; it takes seconds for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Books {
    /// Of the network and of every city.
    #[default]
    All,
    /// Of the network.
    Network,
    /// Only pages.
    None,
}

/// Subcommands on the handbook.
#[derive(Debug, Subcommand)]
pub(crate) enum Handbook {
    /// Begin a city's own text: its slots with the common text as comments, and whole sections.
    #[command(
        after_help = "Example: icteko handbook new vantaa --section support.local\n\nFiles that are there stay as they are."
    )]
    New(handbook::new::New),
    /// Check the text against findings and show every problem at once.
    #[command(
        after_help = "Example: icteko handbook check --findings findings/2026-kevat/1 --language en"
    )]
    Check {
        /// The folder with findings of one release; the text alone is checked when absent.
        #[arg(long, value_name = "FOLDER")]
        findings: Option<PathBuf>,
        /// Write into this file which finding stands where in the book, and which nowhere.
        #[arg(long, value_name = "FILE", requires = "findings")]
        trace: Option<PathBuf>,
        /// How problems are written.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        said: Said,
    },
    /// Show drafts in the browser of this computer, made anew after each save.
    #[command(
        after_help = "Example: icteko handbook preview --findings findings/2026-kevat/1\n\nText under version control: --folder handbook. Nobody else on the network can see it."
    )]
    Preview(handbook::preview::Preview),
    /// Build the editions of the network and of every city in three languages.
    #[command(
        after_help = "Example: icteko handbook build --edition 2026-kevat --findings findings/2026-kevat/1 --out editions/2026-kevat"
    )]
    Build {
        /// The edition's id.
        #[arg(long)]
        edition: String,
        /// The folder with findings of one release.
        #[arg(long, value_name = "FOLDER")]
        findings: PathBuf,
        /// The folder to write; it must not exist.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Mark every page as a draft and show what is missing in its place.
        #[arg(long)]
        draft: bool,
        /// Day of publication such as 2026-06-15; today when absent.
        #[arg(long, value_name = "DATE")]
        published: Option<String>,
        /// The edition to tell changes from: its id in the data folder, or its folder.
        #[arg(long, value_name = "EDITION")]
        previous: Option<String>,
        /// Of which populations the whole book is made as one file, for paper and readers.
        #[arg(long, value_enum, default_value_t)]
        books: Books,
        #[command(flatten)]
        said: Said,
    },
    /// Publish an edition into the data folder, where the service shows it; never twice.
    #[command(
        after_help = "Example: icteko handbook publish 2026-kevat --findings findings/2026-kevat/1

A correction is an edition of its own: write corrections/2026-kevat.1.toml into the folder handbook
of the data folder (date, what was wrong as fi, sv and en, ids that it touches) and publish
2026-kevat.1. A page beside the old edition then points to the new one."
    )]
    Publish {
        /// The edition's id; a correction of one that is out is `2026-kevat.1`.
        edition: String,
        /// The folder with findings of one release.
        #[arg(long, value_name = "FOLDER")]
        findings: PathBuf,
        /// Day of publication such as 2026-06-15; today when absent.
        #[arg(long, value_name = "DATE")]
        published: Option<String>,
        /// Who has read what is different and approves the edition; stands in manifest.json.
        #[arg(long, value_name = "NAME")]
        approved_by: Option<String>,
        /// Of which populations the whole book is made as one file, for paper and readers.
        #[arg(long, value_enum, default_value_t)]
        books: Books,
        #[command(flatten)]
        said: Said,
    },
    /// Show what is different between two editions: figures by their ids, text block by block.
    #[command(
        after_help = "Example: icteko handbook diff 2025-syksy 2026-kevat\n\nA figure has changed beyond its uncertainty when its old and new interval do not meet."
    )]
    Diff(handbook::diff::Diff),
    /// Print the directives that the text may hold, with their parameters.
    #[command(after_help = "Example: icteko handbook directives")]
    Directives,
    /// Show which texts have to be read again or written, in each language and city.
    #[command(
        after_help = "Example: icteko handbook status --findings findings/2026-kevat/1\n\nExit code 1 when something is stale or missing. Slots in which the common default stands are only told."
    )]
    Status(handbook::status::Status),
    /// Note that a translation or a city's own section has been read against the changed text.
    #[command(
        after_help = "Example: icteko handbook accept support.local --only sv\n\nOf the texts that a folder under version control holds: --folder handbook"
    )]
    Accept(handbook::accept::Accept),
}

/// Subcommands on coordinators.
#[derive(Debug, Subcommand)]
pub(crate) enum Coordinator {
    /// Print a link that signs a coordinator in: once, within 30 minutes.
    #[command(after_help = "Example: icteko coordinator invite --municipality 837

The address is `public_url` of icteko.toml, else where it says that the program listens.

While `icteko serve` runs over a file (SQLite), the data folder is its alone: end it with Ctrl-C,
make the link, start it again. That takes seconds and loses nothing: answers that were begun are
kept and go on. With PostgreSQL the service keeps running.")]
    Invite {
        /// The municipality's code; the whole network when absent.
        #[arg(long, value_name = "CODE")]
        municipality: Option<String>,
    },
}
