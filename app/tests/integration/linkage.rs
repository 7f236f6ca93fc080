//! The linkage guesser (T17): 200 people, or 2,000 for a release, every file of the data folder, and still no
//! better than chance inside a mixing batch. On a naive store the same guesser knows everybody.
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

use crate::size::size;
use crate::test_app::TestApp;

const BATCH: usize = 10;

/// How many people answer.
fn people() -> usize {
    size(200, 2_000)
}

/// At most this many right. Chance gives one in ten, and more than this in one world of some two
/// hundred: how many stay in their place when ten are shuffled, twenty times or two hundred.
fn most_right() -> usize {
    size(32, 237)
}

/// A world with more is tried again with fresh people. Three in a row are chance once in some nine
/// million runs; who can tell one answer in seven is caught nearly always.
const WORLDS: usize = 3;

/// One person as the guesser knows them.
struct Person {
    code: String,
    code_hash: Vec<u8>,
    return_hash: Vec<u8>,
    return_code: String,
    /// What only this person's answer holds. The guesser sees it in the file, not whose it is.
    words: String,
}

impl Person {
    /// Everything that would name this person's code in a file.
    fn names(&self) -> [Vec<u8>; 4] {
        let hex = data_encoding::HEXLOWER.encode(&self.code_hash);
        let letters = self.code.replace('-', "");
        let code = self.code.clone();
        [
            self.code_hash.clone(),
            hex.into_bytes(),
            letters.into_bytes(),
            code.into_bytes(),
        ]
    }
}

/// Guesses whose answer each one is; returns how many guesses are right.
///
/// Inside a batch the codes are put in the order their spent marks lie on the disk, the answers
/// in the order they lie there, and the two lists are joined. Where another file names codes and
/// answers, their order there decides; where the log shows a spent mark and an answer in one
/// commit, that decides instead.
fn right_guesses(folder: &Path, file: &str, people: &[Person]) -> usize {
    let database = folder.join(file);
    let database = database.exists().then(|| SqliteFile::read(&database));
    let others = other_files(folder, file);
    let mut right = 0;
    for batch in people.chunks(BATCH) {
        let mut guesses: BTreeMap<usize, usize> = BTreeMap::new();
        if let Some(database) = &database {
            guesses.extend(by_database(database, batch));
        }
        for bytes in others.values() {
            guesses.extend(by_order(bytes, batch));
        }
        if let Some(database) = &database {
            guesses.extend(by_commit(database, batch));
        }
        right += (0..batch.len())
            .filter(|person| guesses.get(person) == Some(person))
            .count();
    }
    right
}

fn needles(batch: &[Person]) -> (Vec<&[u8]>, Vec<&[u8]>) {
    let codes = batch.iter().map(|person| person.code_hash.as_slice());
    let words = batch.iter().map(|person| person.words.as_bytes());
    (codes.collect(), words.collect())
}

fn by_database(file: &SqliteFile, batch: &[Person]) -> Vec<(usize, usize)> {
    let (codes, words) = needles(batch);
    let spent = file.order("spent", &codes);
    spent
        .into_iter()
        .zip(file.order("answers", &words))
        .collect()
}

fn by_commit(file: &SqliteFile, batch: &[Person]) -> BTreeMap<usize, usize> {
    let (codes, words) = needles(batch);
    file.same_commit("spent", &codes, &words)
}

/// Joins codes and answers in the order a plain file first names them.
fn by_order(bytes: &[u8], batch: &[Person]) -> Vec<(usize, usize)> {
    let ordered = |place: &dyn Fn(&Person) -> Option<usize>| -> Vec<usize> {
        let mut places: Vec<_> = batch
            .iter()
            .enumerate()
            .filter_map(|(index, person)| Some((place(person)?, index)))
            .collect();
        places.sort_unstable();
        places.into_iter().map(|(_, index)| index).collect()
    };
    let codes = ordered(&|person| {
        let names = person.names();
        names.iter().filter_map(|name| find(bytes, name)).min()
    });
    let answers = ordered(&|person| find(bytes, person.words.as_bytes()));
    codes.into_iter().zip(answers).collect()
}

/// Returns every file below a folder but the database and its log, by path.
fn other_files(folder: &Path, database: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            found.extend(other_files(&path, database));
        } else if name != database && name != format!("{database}-wal") {
            found.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
    found
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|part| part == needle)
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

/// How people come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// With a code each.
    Codes,
    /// Over one open link. The guesser has stood at the door: it knows in which order people came
    /// and which code each visit made (mode A).
    OpenLink,
}

/// Two hundred people answer and are mixed; returns how many the guesser tells right.
async fn world(way: Way) -> usize {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let app = TestApp::new().await;
    let people = answered(&app, way).await;
    let wave = match way {
        Way::Codes => crate::test_app::wave(),
        Way::OpenLink => crate::test_app::pulse(),
    };
    let mixed = app.service().store().answers(&wave).await.unwrap();
    assert_eq!(mixed.len(), self::people());
    nothing_elsewhere(&app.data(), &people);
    let log = log.0.lock().unwrap().clone();
    let log = String::from_utf8_lossy(&log);
    for person in &people {
        assert!(!log.contains(&person.words), "an answer stands in the log");
        assert!(!log.contains(&person.code), "a code stands in the log");
        let letters = person.code.replace('-', "");
        assert!(!log.contains(&letters), "a code stands in the log");
        let letters = person.return_code.replace('-', "");
        assert!(!log.contains(&person.return_code) && !log.contains(&letters));
    }
    assert_eq!(linked_by_return_code(&app.data(), "icteko.db", &people), 0);
    right_guesses(&app.data(), "icteko.db", &people)
}

/// No file but the database and its log says anything of a code or an answer.
fn nothing_elsewhere(data: &Path, people: &[Person]) {
    let others = other_files(data, "icteko.db");
    assert!(others.keys().any(|path| path.ends_with("keys/code")));
    for person in people {
        let names = person.names();
        let needles = names.iter().map(Vec::as_slice);
        for needle in needles.chain([person.words.as_bytes()]) {
            for (path, bytes) in &others {
                assert_eq!(find(bytes, needle), None, "{}", path.display());
            }
        }
    }
}

async fn answered(app: &TestApp, way: Way) -> Vec<Person> {
    let mut people = Vec::new();
    match way {
        Way::Codes => {
            let codes = app.codes("tre-lampi", self::people() as u32).await;
            for (number, code) in codes.into_iter().enumerate() {
                let visitor = app.respondent(&code).await;
                people.push(answer(app, visitor, number, code).await);
            }
        }
        Way::OpenLink => {
            let link = app.pulse().await;
            for number in 0..self::people() {
                let (visitor, code) = app.visitor_of(&link, crate::test_app::UNIT).await;
                people.push(answer(app, visitor, number, code).await);
            }
        }
    }
    people
}

/// Fails only where the guesser tells too many in every one of three worlds.
async fn no_better_than_chance(way: Way) {
    let mut tried = Vec::new();
    while tried.len() < WORLDS && tried.last().is_none_or(|right| *right > most_right()) {
        tried.push(world(way).await);
        let (people, chance) = (people(), people() / BATCH);
        println!("{way:?}: {tried:?} of {people} right, chance gives {chance}");
    }
    assert!(
        tried.iter().any(|right| *right <= most_right()),
        "{tried:?}"
    );
}

#[tokio::test]
async fn a_guesser_with_the_disk_is_no_better_than_chance() {
    no_better_than_chance(Way::Codes).await;
}

#[tokio::test]
async fn the_guesser_is_no_better_over_an_open_link() {
    no_better_than_chance(Way::OpenLink).await;
}

/// Somebody sends words that only they send; every ten are mixed.
async fn answer(
    app: &TestApp,
    mut visitor: crate::test_app::Visitor,
    number: usize,
    code: String,
) -> Person {
    let words = words_of(number);
    let returned = visitor.send_words(&words).await;
    if number % BATCH == BATCH - 1 {
        app.service().store().mix_all_due().await.unwrap();
    }
    let parsed = app::server::Code::parse(&code).unwrap();
    let returned = app::server::ReturnCode::parse(&returned).unwrap();
    Person {
        code_hash: app.service().code_hash(&parsed).0.to_vec(),
        code,
        return_code: returned.to_string(),
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
    for number in 0..self::people() {
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
            code: format!("none-{number}"),
            code_hash,
            return_hash,
            return_code: String::new(),
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
        let all = people.len();
        println!("{right} of {all} right");
        let least = if open_link { all * 95 / 100 } else { all };
        assert!(right >= least, "{right} right, {open_link}");
        let linked = linked_by_return_code(folder.path(), "naive.db", &people);
        assert_eq!(linked, if open_link { 0 } else { all });
    }
}

/// A store that forgets well, beside a list that somebody keeps: it is looked at too.
#[tokio::test]
async fn the_same_guesser_knows_everybody_from_a_list_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let people = naive_store(folder.path(), false).await;
    let list = folder.path().join("data/jobs");
    std::fs::create_dir_all(&list).unwrap();
    let lines = people.iter().map(|person| {
        let [_, hex, _, _] = person.names();
        format!("{} {}\n", String::from_utf8(hex).unwrap(), person.words)
    });
    std::fs::write(list.join("sent.txt"), lines.collect::<String>()).unwrap();
    assert_eq!(
        right_guesses(&folder.path().join("data"), "icteko.db", &people),
        people.len()
    );
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
        let count = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            text.matches("kanarialintu").count()
        };
        let read = |name: &str| std::fs::read(app.data().join(name)).unwrap_or_default();
        let others = other_files(&app.data(), "icteko.db");
        [
            count(&read("icteko.db")),
            count(&read("icteko.db-wal")),
            others.values().map(|bytes| count(bytes)).sum(),
        ]
    };
    assert_eq!(places(&app), [0, 0, 0]);
    visitor.send_review(&review).await.leads_to("/fi/profile");
    app.service()
        .close_wave(&crate::test_app::wave(), jiff::SignedDuration::ZERO)
        .await
        .unwrap();
    assert_eq!(places(&app), [1, 0, 0], "one answer, in one place");
    let code = app::server::Code::parse(&code).unwrap();
    // No file is passed over here: the database is not called so.
    for (path, bytes) in other_files(&app.data(), "none") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains(&code.letters()) && !text.contains(&code.to_string()),
            "{}",
            path.display()
        );
    }
}

/// The twin of the search that a withdrawn answer must pass (`returning`): a store that deletes and
/// no more is caught.
#[tokio::test]
async fn a_store_that_only_deletes_is_found_out() {
    const DELETED: &str = "kanarialintu-poistettu";
    let folder = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.path().join("icteko.db"))
        .create_if_missing(true)
        .pragma("secure_delete", "OFF");
    let mut store = options.connect().await.unwrap();
    let text = "CREATE TABLE answers (response TEXT)";
    store.execute(text).await.unwrap();
    let answer = sqlx::query("INSERT INTO answers (response) VALUES ($1)").bind(DELETED);
    answer.execute(&mut store).await.unwrap();
    store.execute("DELETE FROM answers").await.unwrap();
    drop(store);
    assert!(crate::place::found(folder.path(), DELETED.as_bytes()) > 0);
}
