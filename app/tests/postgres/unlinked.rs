//! What PostgreSQL keeps in its files after mixing: no row of the inbox (AN-11), and no order that
//! tells which code an answer came with (T17). Where rows are only deleted they are found,
//! and in naive tables the same guesser knows everybody.

use app::store::Weakness;

use crate::place::{database_of, name_in, shared};
use crate::size::size;
use crate::test_app::TestApp;

const BATCH: usize = 10;

/// How many people answer.
fn all_people() -> usize {
    size(200, 2_000)
}

/// Chance gives one in ten; more than this comes once in some millions of runs (Poisson, mean 20
/// or 200).
fn most_right() -> usize {
    size(45, 275)
}

/// A page of a table's file; rows are laid from its end towards its beginning.
const PAGE: usize = 8_192;

/// Returns the place of some bytes in the order rows were written.
fn place(file: &[u8], bytes: &[u8]) -> Option<(usize, usize)> {
    let at = file.windows(bytes.len()).position(|it| it == bytes)?;
    Some((at / PAGE, PAGE - at % PAGE))
}

/// What the guesser knows of a person: what their code is, and what only their answer holds.
type Person = (Vec<u8>, String);

/// Joins codes and answers of each batch by the order they lie in; returns how many are right.
fn right_guesses(spent: &[u8], answers: &[u8], people: &[Person]) -> usize {
    let mut right = 0;
    for batch in people.chunks(BATCH) {
        let order = |file: &[u8], bytes: &dyn Fn(&Person) -> Vec<u8>| {
            let mut places: Vec<_> = (0..batch.len())
                .map(|person| (place(file, &bytes(&batch[person])).unwrap(), person))
                .collect();
            places.sort_unstable();
            places.into_iter().map(|(_, person)| person)
        };
        let codes = order(spent, &|(hash, _)| hash.clone());
        let words = order(answers, &|(_, words)| words.clone().into_bytes());
        right += codes.zip(words).filter(|(code, word)| code == word).count();
    }
    right
}

/// Lets people answer ten at a time; returns how many the guesser knows, and how many answers can
/// still be read in the inbox's file.
async fn guessed(weakness: Weakness) -> (usize, usize) {
    let app = TestApp::with(weakness).await;
    let codes = app.codes("tre-lampi", all_people() as u32).await;
    let mut people = Vec::new();
    for (number, code) in codes.iter().enumerate() {
        let words = format!("kana-{number:04}-{}", number * 7919 % 10_007);
        let mut visitor = app.respondent(code).await;
        visitor
            .post("/fi/answer/section/open", &[("a.open-1", &words)])
            .await;
        let review = visitor.get("/fi/answer/review").await;
        visitor.send_review(&review).await.leads_to("/fi/profile");
        if number % BATCH == BATCH - 1 {
            app.service().store().mix_all_due().await.unwrap();
        }
        let code = app::server::Code::parse(code).unwrap();
        people.push((app.service().code_hash(&code).0.to_vec(), words));
    }
    let database = database_of(&app.data());
    let [spent, inbox, answers] =
        ["spent_codes", "inbox", "answers"].map(|table| shared().file(&database, table));
    let left = people
        .iter()
        .filter(|(_, words)| place(&inbox, words.as_bytes()).is_some())
        .count();
    let right = right_guesses(&spent, &answers, &people);
    println!(
        "{right} of {} right, {left} left in the inbox's file",
        people.len()
    );
    (right, left)
}

#[tokio::test]
async fn a_guesser_with_the_tables_files_is_no_better_than_chance() {
    let (right, left) = guessed(Weakness::None).await;
    assert_eq!(left, 0);
    assert!(right <= most_right(), "{right} right");
}

#[tokio::test]
async fn the_same_search_finds_rows_that_are_only_deleted() {
    let (_, left) = guessed(Weakness::DeletedRowsStay).await;
    assert!(left > 0);
}

#[test]
fn the_same_guesser_knows_everybody_in_naive_tables() {
    let database = name_in(&shared().fresh_database());
    let mut text = String::from(
        "CREATE TABLE spent_codes (code_hash BYTEA); CREATE TABLE answers (response TEXT);",
    );
    let mut people = Vec::new();
    for number in 0..all_people() {
        let (key, words) = (
            format!("{:032x}", number * 7919),
            format!("kana-{number:04}"),
        );
        text.push_str(&format!(
            "BEGIN; INSERT INTO spent_codes VALUES (decode('{key}', 'escape')); \
             INSERT INTO answers VALUES ('{words}'); COMMIT;"
        ));
        people.push((key.into_bytes(), words));
    }
    shared().query(&database, &text);
    let [spent, answers] = ["spent_codes", "answers"].map(|table| shared().file(&database, table));
    assert_eq!(right_guesses(&spent, &answers, &people), people.len());
}
