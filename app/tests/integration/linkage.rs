//! The linkage guesser (T17, small): 200 people, everything on the disk, and still no better than
//! chance inside a mixing batch. On a naive store the same guesser knows everybody.
//!
//! The guesser is strong: it knows every person's code and its hash (as an operator with the keys
//! and a list would), knows exactly which ten people were mixed together, and recognises each
//! answer when it sees it. It has to tell whose answer each one is, from places in the file,
//! orders of rows and commits in the log.

mod sqlite_file;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use sqlite_file::SqliteFile;
use sqlx::{ConnectOptions as _, Executor as _};

use crate::test_app::TestApp;

const PEOPLE: usize = 200;
const BATCH: usize = 10;

/// At most this many right. Chance gives 20, and more than 45 once in some millions of runs
/// (Poisson, mean 20); somebody who can tell one answer in seven is caught.
const MOST_RIGHT: usize = 45;

/// One person as the guesser knows them.
struct Person {
    code_hash: Vec<u8>,
    return_hash: Vec<u8>,
    /// What only this person's answer holds. The guesser sees it in the file, not whose it is.
    words: String,
}

/// Guesses whose answer each one is; returns how many guesses are right.
///
/// Inside a batch the codes are put in the order their spent marks lie on the disk, the answers
/// in the order they lie there, and the two lists are joined. Where the log shows a spent mark
/// and an answer in one commit, that decides instead.
fn right_guesses(folder: &Path, file: &str, people: &[Person]) -> usize {
    let file = SqliteFile::read(&folder.join(file));
    let mut right = 0;
    for batch in people.chunks(BATCH) {
        let codes: Vec<&[u8]> = batch
            .iter()
            .map(|person| person.code_hash.as_slice())
            .collect();
        let words: Vec<&[u8]> = batch.iter().map(|person| person.words.as_bytes()).collect();
        let by_commit = file.same_commit("spent", &codes, &words);
        let spent_order = file.order("spent", &codes);
        let answer_order = file.order("answers", &words);
        let by_place: BTreeMap<usize, usize> = spent_order.into_iter().zip(answer_order).collect();
        right += (0..batch.len())
            .filter(|person| {
                let guess = by_commit.get(person).or_else(|| by_place.get(person));
                guess == Some(person)
            })
            .count();
    }
    right
}

/// Lines of the log, kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_guesser_with_the_disk_is_no_better_than_chance() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let app = TestApp::new().await;
    let mut people = Vec::new();
    let codes = app.codes("tre-lampi", PEOPLE as u32).await;
    for (number, code) in codes.iter().enumerate() {
        let visitor = app.respondent(code).await;
        people.push(answer(&app, visitor, number, code).await);
    }
    assert_eq!(
        app.service()
            .store()
            .answers(&crate::test_app::wave())
            .await
            .unwrap()
            .len(),
        PEOPLE
    );
    let right = right_guesses(&app.data(), "icteko.db", &people);
    println!("{right} of {PEOPLE} right, chance gives {}", PEOPLE / BATCH);
    assert!(right <= MOST_RIGHT, "{right} right");
    assert_eq!(linked_by_return_code(&app.data(), "icteko.db", &people), 0);
    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    for (person, code) in people.iter().zip(&codes) {
        assert!(!log.contains(&person.words), "an answer stands in the log");
        assert!(!log.contains(code), "a code stands in the log");
        let letters = code.replace('-', "");
        assert!(!log.contains(&letters), "a code stands in the log");
    }
}

/// The same where everybody comes over one open link. The guesser has stood at the door: it knows
/// in which order people came and which code each visit made (mode A).
#[tokio::test]
async fn the_guesser_is_no_better_over_an_open_link() {
    let app = TestApp::new().await;
    let link = app.pulse().await;
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let (visitor, code) = app.visitor_of(&link, crate::test_app::UNIT).await;
        people.push(answer(&app, visitor, number, &code).await);
    }
    let store = app.service().store();
    let kept = store.answers(&crate::test_app::pulse()).await.unwrap();
    assert_eq!(kept.len(), PEOPLE);
    let right = right_guesses(&app.data(), "icteko.db", &people);
    println!("{right} of {PEOPLE} right, chance gives {}", PEOPLE / BATCH);
    assert!(right <= MOST_RIGHT, "{right} right");
    assert_eq!(linked_by_return_code(&app.data(), "icteko.db", &people), 0);
}

/// Somebody sends words that only they send; every ten are mixed.
async fn answer(
    app: &TestApp,
    mut visitor: crate::test_app::Visitor,
    number: usize,
    code: &str,
) -> Person {
    let words = words_of(number);
    let returned = visitor.send_words(&words).await;
    if number % BATCH == BATCH - 1 {
        app.service().store().mix_all_due().await.unwrap();
    }
    let code = app::server::Code::parse(code).unwrap();
    let returned = app::server::ReturnCode::parse(&returned).unwrap();
    Person {
        code_hash: app.service().code_hash(&code).0.to_vec(),
        return_hash: app.service().return_hash(&returned).0.to_vec(),
        words,
    }
}

fn words_of(number: usize) -> String {
    format!("kana-{number:04}-{}", number * 7919 % 10_007)
}

/// How many answers an operator can give a code, knowing the return code's hash of each: a page or
/// a commit of the log that holds the hashes of both would tell.
fn linked_by_return_code(folder: &Path, file: &str, people: &[Person]) -> usize {
    let file = SqliteFile::read(&folder.join(file));
    let both = |person: &&Person| file.together(&person.code_hash, &person.return_hash);
    people.iter().filter(both).count()
}

/// A store as one would write it without thinking. With codes, spent mark and answer are one
/// transaction and the mark knows the return code; over an open link, visits and answers are
/// written as they come.
async fn naive_store(folder: &Path, open_link: bool) -> Vec<Person> {
    let path: PathBuf = folder.join("naive.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let mut store = options.connect().await.unwrap();
    store
        .execute(
            "CREATE TABLE spent (code_hash BLOB, return_hash BLOB);
             CREATE TABLE answers (response TEXT)",
        )
        .await
        .unwrap();
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let (mut code_hash, mut return_hash) = (vec![0; 32], vec![0; 32]);
        getrandom::fill(&mut code_hash).unwrap();
        getrandom::fill(&mut return_hash).unwrap();
        let words = words_of(number);
        store.execute("BEGIN").await.unwrap();
        let spent = sqlx::query("INSERT INTO spent (code_hash, return_hash) VALUES ($1, $2)")
            .bind(&code_hash)
            .bind((!open_link).then_some(&return_hash));
        spent.execute(&mut store).await.unwrap();
        if open_link {
            store.execute("COMMIT").await.unwrap();
            store.execute("BEGIN").await.unwrap();
        }
        let answer = sqlx::query("INSERT INTO answers (response) VALUES ($1)").bind(&words);
        answer.execute(&mut store).await.unwrap();
        store.execute("COMMIT").await.unwrap();
        people.push(Person {
            code_hash,
            return_hash,
            words,
        });
    }
    people
}

#[tokio::test]
async fn the_same_guesser_knows_everybody_on_a_naive_store() {
    for open_link in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let people = naive_store(folder.path(), open_link).await;
        let right = right_guesses(folder.path(), "naive.db", &people);
        println!("{right} of {PEOPLE} right");
        assert!(right >= PEOPLE * 95 / 100, "{right} right, {open_link}");
        let linked = linked_by_return_code(folder.path(), "naive.db", &people);
        assert_eq!(linked, if open_link { 0 } else { PEOPLE });
    }
}

/// What was deleted is nowhere on the disk (AN-11, T16 for answers and drafts).
#[tokio::test]
async fn nothing_of_the_inbox_or_a_draft_stays_behind() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut visitor = app.respondent(&code).await;
    visitor
        .post("/fi/answer/section/open", &[("a.open-1", "kanarialintu")])
        .await;
    let review = visitor.get("/fi/answer/review").await;
    // In the draft it is sealed, in the inbox it is not yet mixed, in the end it is mixed.
    let places = |app: &TestApp| {
        let files = ["icteko.db", "icteko.db-wal", "icteko.db-shm"];
        files.map(|name| {
            let bytes = std::fs::read(app.data().join(name)).unwrap_or_default();
            String::from_utf8_lossy(&bytes)
                .matches("kanarialintu")
                .count()
        })
    };
    assert_eq!(places(&app), [0, 0, 0]);
    visitor.send_review(&review).await.leads_to("/fi/profile");
    app.service()
        .close_wave(&crate::test_app::wave(), jiff::SignedDuration::ZERO)
        .await
        .unwrap();
    assert_eq!(places(&app), [1, 0, 0], "one answer, in one place");
    let code = app::server::Code::parse(&code).unwrap();
    for file in ["icteko.db", "icteko.db-wal"] {
        let bytes = std::fs::read(app.data().join(file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains(&code.letters()) && !text.contains(&code.to_string()),
            "{file}"
        );
    }
}
