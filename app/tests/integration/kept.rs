//! What a data folder keeps after a fault: it is opened as by a server that starts again, and
//! every promise to the people who answered is looked up in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use app::server::{Code, DataFolder, Service, Stock, in_process};
use app::store::StoreOptions;
use sqlx::ConnectOptions as _;

use crate::person::name_in;
use crate::server_process::in_runtime;
use crate::test_app::{Visitor, stock};

static STOCK: LazyLock<Stock> = LazyLock::new(stock);

/// Somebody who answered, and what they were told by then.
#[derive(Clone, Debug)]
pub(crate) struct Told<'a> {
    pub(crate) name: String,
    pub(crate) code: &'a str,
    pub(crate) is_saved: bool,
    pub(crate) is_kept: bool,
}

/// What does not hold of what people were told, and what was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Answers that were acknowledged and are not there.
    pub(crate) lost: usize,
    /// Answers that are there more than once.
    pub(crate) doubled: usize,
    /// Codes that are spent without an answer, answers without a mark, and the reverse.
    pub(crate) apart: usize,
    /// Words that were called saved and are neither sent nor in the draft.
    pub(crate) unsaved: usize,
    /// Folders that did not open.
    pub(crate) shut: usize,
}

impl std::ops::AddAssign for Broken {
    fn add_assign(&mut self, other: Broken) {
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.apart += other.apart;
        self.unsaved += other.unsaved;
        self.shut += other.shut;
    }
}

/// Opens the folder, which checks the whole file, and counts what does not hold.
pub(crate) fn look(folder: &Path, people: &[Told<'_>]) -> Broken {
    let now: jiff::Timestamp = "2026-10-12T09:00:00Z".parse().unwrap();
    in_runtime(async {
        let data = DataFolder::open(folder).unwrap();
        let clock = Arc::new(move || now);
        let service = Service::open_with(data, STOCK.clone(), clock, StoreOptions::default());
        match service.await {
            Ok(service) => compare(service, folder, people).await,
            Err(error) => {
                println!("the store does not open: {error}");
                Broken {
                    shut: 1,
                    ..Broken::default()
                }
            }
        }
    })
}

async fn compare(service: Service, folder: &Path, people: &[Told<'_>]) -> Broken {
    let rows = Rows::read(folder).await;
    let mut broken = Broken {
        doubled: rows.answers.values().filter(|count| **count > 1).count(),
        ..Broken::default()
    };
    let answers: usize = rows.answers.values().sum();
    broken.apart += answers.abs_diff(rows.submissions) + answers.abs_diff(rows.spent.len());
    let mut half_way = Vec::new();
    for person in people {
        let is_there = rows.answers.contains_key(&person.name);
        let code = service.code_hash(&Code::parse(person.code).unwrap());
        broken.lost += usize::from(person.is_kept && !is_there);
        broken.apart += usize::from(is_there != rows.spent.contains(code.0.as_slice()));
        if person.is_saved && !is_there {
            half_way.push(person);
        }
    }
    let (router, _inside) = in_process(service, "http://icteko.test").await.unwrap();
    for person in half_way {
        let mut visitor = Visitor::before(&router);
        visitor.post("/fi/answer", &[("code", person.code)]).await;
        let page = visitor.get("/fi/answer/section/open").await;
        let words = format!("henkilö {}", person.name);
        broken.unsaved += usize::from(!page.html.contains(&words));
    }
    broken
}

/// What the tables say of answers.
struct Rows {
    answers: BTreeMap<String, usize>,
    spent: BTreeSet<Vec<u8>>,
    submissions: usize,
}

impl Rows {
    async fn read(folder: &Path) -> Rows {
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(folder.join("icteko.db"))
            .read_only(true);
        let mut raw = options.connect().await.unwrap();
        let text = "SELECT response FROM inbox UNION ALL SELECT response FROM answers";
        let responses: Vec<(String,)> = sqlx::query_as(text).fetch_all(&mut raw).await.unwrap();
        let mut answers = BTreeMap::new();
        for (response,) in responses {
            *answers.entry(name_in(&response)).or_default() += 1;
        }
        let text = "SELECT code_hash FROM spent_codes";
        let spent: Vec<(Vec<u8>,)> = sqlx::query_as(text).fetch_all(&mut raw).await.unwrap();
        let text = "SELECT mark FROM submissions";
        let marks: Vec<(Vec<u8>,)> = sqlx::query_as(text).fetch_all(&mut raw).await.unwrap();
        Rows {
            answers,
            spent: spent.into_iter().map(|(hash,)| hash).collect(),
            submissions: marks.len(),
        }
    }
}
