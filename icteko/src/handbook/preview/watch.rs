//! Whether files have changed: asked every tenth of a second, by time and length.
//!
//! Systems that tell of changes miss some of them (network drives, editors that rename), so
//! looking is the rule here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

const PAUSE: Duration = Duration::from_millis(100);

/// What files looked like: time and length by path.
pub(crate) type Stamp = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Counts the changes that were seen.
#[derive(Clone)]
pub(crate) struct Watcher {
    count: watch::Receiver<u64>,
}

impl Watcher {
    /// Watches folders until nobody asks any more. A folder that is not there yet is empty.
    pub(crate) fn start(folders: Vec<PathBuf>) -> Watcher {
        // A page of an earlier run asks with an earlier number, and is loaded anew.
        let first = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let first = u64::try_from(first.as_millis()).unwrap_or_default();
        let (sender, count) = watch::channel(first);
        let mut seen = stamp(&folders);
        thread::spawn(move || {
            while !sender.is_closed() {
                thread::sleep(PAUSE);
                let now = stamp(&folders);
                if now != seen {
                    seen = now;
                    sender.send_modify(|count| *count += 1);
                }
            }
        });
        Watcher { count }
    }

    /// The present count.
    pub(crate) fn now(&self) -> u64 {
        *self.count.borrow()
    }

    /// Waits until the count is another than this.
    pub(crate) async fn other_than(&mut self, count: u64) {
        // An error means that nothing changes any more; the caller has a limit of its own.
        if self.count.wait_for(|now| *now != count).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Looks at every file below some folders. Links to folders are not followed.
pub(crate) fn stamp(folders: &[PathBuf]) -> Stamp {
    let mut stamp = Stamp::new();
    let mut open: Vec<PathBuf> = folders.to_vec();
    while let Some(folder) = open.pop() {
        look(&folder, &mut open, &mut stamp);
    }
    stamp
}

fn look(folder: &Path, open: &mut Vec<PathBuf>, stamp: &mut Stamp) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        // What is gone between two looks is seen at the next one.
        let Ok(facts) = entry.metadata() else {
            continue;
        };
        if facts.is_dir() {
            open.push(entry.path());
        } else {
            stamp.insert(entry.path(), (facts.modified().ok(), facts.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_save_a_new_file_and_a_removed_one_are_each_seen() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b.md");
        std::fs::create_dir(folder.path().join("a")).unwrap();
        let mut watcher = Watcher::start(vec![folder.path().to_owned(), "nowhere".into()]);
        for step in 0..3 {
            let before = watcher.now();
            match step {
                0 => std::fs::write(&file, "yksi").unwrap(),
                1 => std::fs::write(&file, "kaksi kertaa").unwrap(),
                _ => std::fs::remove_file(&file).unwrap(),
            }
            let seen = tokio::time::timeout(Duration::from_secs(5), watcher.other_than(before));
            assert!(seen.await.is_ok(), "step {step}");
        }
        let now = watcher.now();
        let quiet = tokio::time::timeout(PAUSE * 3, watcher.other_than(now));
        assert!(quiet.await.is_err(), "nothing has changed");
    }
}
