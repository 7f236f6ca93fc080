//! The database goes away and comes back (DU-12, T4): nobody waits for long, nothing acknowledged
//! is lost, and nobody has to restart the program.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use app::store::Weakness;

use crate::form::{self, Fields};
use crate::place::Postgres;
use crate::server_process::{Answer, Server, ask, kept_responses, prepare_over};
use crate::size::size;

/// What people meet with until they are told to stop.
#[derive(Default)]
struct Watch {
    ended: AtomicBool,
    slowest_refusal: Mutex<Duration>,
    other_statuses: Mutex<Vec<u16>>,
}

impl Watch {
    /// Sends the same again until it is answered as it should be; nothing where the end came first.
    fn insist(
        &self,
        host: &str,
        (method, path): (&str, &str),
        cookie: &str,
        fields: &Fields,
    ) -> Option<Answer> {
        let wanted = if method == "GET" { 200 } else { 303 };
        while !self.ended.load(Ordering::SeqCst) {
            let asked = Instant::now();
            match ask(host, method, path, cookie, fields) {
                Ok(answer) if answer.status == wanted => return Some(answer),
                Ok(answer) if answer.status == 503 => {
                    let mut slowest = self.slowest_refusal.lock().unwrap();
                    *slowest = (*slowest).max(asked.elapsed());
                    drop(slowest);
                    std::thread::sleep(Duration::from_millis(100));
                }
                Ok(answer) => {
                    self.other_statuses.lock().unwrap().push(answer.status);
                    return None;
                }
                Err(_) => std::thread::sleep(Duration::from_millis(25)),
            }
        }
        None
    }

    /// One person who sends until it is acknowledged.
    fn answer(&self, host: &str, code: &str, text: &str) -> Option<()> {
        let post = |path: &str, cookie: &str, fields: &Fields| {
            self.insist(host, ("POST", path), cookie, fields)
        };
        let entered = post("/fi/answer", "", &form::fields(&[("code", code)]))?;
        let cookie = entered.header("set-cookie")?.split(';').next()?;
        post("/fi/answer/privacy", cookie, &Fields::new())?;
        let position = form::fields(&[("role", "class-teacher"), ("employment", "")]);
        post("/fi/answer/position", cookie, &position)?;
        let open = form::fields(&[("a.open-1", text), ("go", "next")]);
        post("/fi/answer/section/open", cookie, &open)?;
        let review = ("GET", "/fi/answer/review");
        let review = self.insist(host, review, cookie, &Fields::new())?;
        post("/fi/answer/review", cookie, &form::hidden(&review.body))?;
        Some(())
    }
}

#[test]
fn a_database_that_crashes_loses_nothing_and_is_found_again() {
    let postgres = Postgres::start();
    let folder = tempfile::tempdir().unwrap();
    let codes = prepare_over(
        folder.path(),
        &postgres.fresh_database(),
        "tre-lampi",
        size(2_000, 40_000),
    );
    let server = Server::start(folder.path(), "127.0.0.1:0", Weakness::None);
    let watch = Watch::default();
    let turn = AtomicUsize::new(0);
    let acknowledged = Mutex::new(Vec::new());
    let mut back = Vec::new();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while !watch.ended.load(Ordering::SeqCst) {
                    let number = turn.fetch_add(1, Ordering::SeqCst);
                    let Some(code) = codes.get(number) else { break };
                    let text = format!("henkilö {number:05}");
                    if watch.answer(&server.host, code, &text).is_some() {
                        acknowledged.lock().unwrap().push(text);
                    }
                }
            });
        }
        // A crash at a time, each followed by a start.
        for crash in 0..size(5, 50) {
            std::thread::sleep(Duration::from_millis(1_500));
            postgres.crash();
            // Longer than people are kept waiting, every other time.
            let away = if crash % 2 == 0 { 300 } else { 3_500 };
            std::thread::sleep(Duration::from_millis(away));
            postgres.begin();
            let (begun, before) = (Instant::now(), acknowledged.lock().unwrap().len());
            while acknowledged.lock().unwrap().len() == before {
                assert!(
                    begun.elapsed() < Duration::from_secs(30),
                    "nobody gets through"
                );
                std::thread::sleep(Duration::from_millis(20));
            }
            back.push(begun.elapsed());
        }
        watch.ended.store(true, Ordering::SeqCst);
    });
    let stuck = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'";
    assert_eq!(postgres.query("postgres", stuck), "0");
    drop(server);
    let kept = kept_responses(folder.path());
    let acknowledged = acknowledged.into_inner().unwrap();
    let count = |name: &String| kept.iter().filter(|it| it.contains(name.as_str())).count();
    let lost = acknowledged.iter().filter(|name| count(name) == 0).count();
    let doubled = acknowledged.iter().filter(|name| count(name) > 1).count();
    let slowest = watch.slowest_refusal.into_inner().unwrap();
    println!(
        "{} acknowledged, {lost} lost, {doubled} doubled, slowest refusal {slowest:?}, back {back:?}",
        acknowledged.len()
    );
    assert!(acknowledged.len() > 20);
    assert_eq!((lost, doubled), (0, 0));
    assert_eq!(
        watch.other_statuses.into_inner().unwrap(),
        Vec::<u16>::new()
    );
    // Two seconds of patience, and what a busy machine adds.
    assert!(slowest < Duration::from_secs(3), "{slowest:?}");
    assert!(
        back.iter().all(|it| *it < Duration::from_secs(5)),
        "{back:?}"
    );
}
