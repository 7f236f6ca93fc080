//! A SQLite file and its log as an attacker reads them: pages, not rows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Pages of a database by table, and the commits of its log.
pub(super) struct SqliteFile {
    /// The newest state of every page.
    pages: BTreeMap<u32, Vec<u8>>,
    /// Page images by commit, oldest first; frames of earlier rounds of the log included.
    commits: Vec<Vec<Vec<u8>>>,
    /// Root pages of tables by name.
    roots: BTreeMap<String, u32>,
}

impl SqliteFile {
    /// Reads the file and the log beside it.
    pub(super) fn read(path: &Path) -> SqliteFile {
        let bytes = std::fs::read(path).unwrap();
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let log = std::fs::read(Path::new(&log)).unwrap_or_default();
        // A database whose first page is still in the log has no size of its own yet.
        let size = match bytes.get(16..18) {
            Some(size) => usize::from(u16::from_be_bytes([size[0], size[1]])),
            None => 4_096,
        };
        let mut file = SqliteFile {
            pages: bytes
                .chunks(size)
                .zip(1..)
                .map(|(page, number)| (number, page.to_vec()))
                .collect(),
            commits: Vec::new(),
            roots: BTreeMap::new(),
        };
        file.read_log(&log, size);
        file.read_roots();
        file
    }

    fn read_log(&mut self, log: &[u8], size: usize) {
        let word = |at: &[u8]| u32::from_be_bytes([at[0], at[1], at[2], at[3]]);
        let Some(salt) = log.get(16..24) else { return };
        let mut commit = Vec::new();
        let mut newest = BTreeMap::new();
        for frame in log[32..].chunks_exact(24 + size) {
            let page = frame[24..].to_vec();
            if &frame[8..16] == salt {
                newest.insert(word(frame), page.clone());
            }
            commit.push(page);
            if word(&frame[4..]) != 0 {
                self.commits.push(std::mem::take(&mut commit));
                if &frame[8..16] == salt {
                    self.pages.append(&mut newest);
                }
            }
        }
    }

    /// The schema's rows hold a name and a root page; a scan for them is enough here.
    fn read_roots(&mut self) {
        let names: Vec<(String, u32)> = self
            .tree(1)
            .into_iter()
            .flat_map(|number| schema_rows(&self.pages[&number], if number == 1 { 100 } else { 0 }))
            .collect();
        self.roots.extend(names);
    }

    /// Returns the pages of a table in the order they were filled: a table with row numbers has
    /// them in the order of its tree, another one tells most by the numbers of its pages.
    fn pages_of(&self, table: &str) -> Vec<u32> {
        let name = if self.roots.contains_key(table) {
            table
        } else {
            "spent_codes"
        };
        let root = self.roots[name];
        let mut pages = self.tree(root);
        if matches!(self.pages[&root][0], 2 | 10) {
            pages.sort_unstable();
        }
        pages
    }

    /// Returns the pages of a tree, children from left to right.
    fn tree(&self, root: u32) -> Vec<u32> {
        let mut found = Vec::new();
        self.collect(root, &mut found);
        found
    }

    fn collect(&self, number: u32, found: &mut Vec<u32>) {
        let Some(page) = self.pages.get(&number) else {
            return;
        };
        found.push(number);
        let header = if number == 1 { 100 } else { 0 };
        let kind = page[header];
        if !matches!(kind, 2 | 5) {
            return;
        }
        let short = |at: usize| usize::from(u16::from_be_bytes([page[at], page[at + 1]]));
        let long =
            |at: usize| u32::from_be_bytes([page[at], page[at + 1], page[at + 2], page[at + 3]]);
        for cell in 0..short(header + 3) {
            self.collect(long(short(header + 12 + 2 * cell)), found);
        }
        self.collect(long(header + 8), found);
    }

    /// Returns which of the needles lie in a table, in the order they were written as far as the
    /// file tells.
    pub(super) fn order(&self, table: &str, needles: &[&[u8]]) -> Vec<usize> {
        let pages = self.pages_of(table);
        let mut places = Vec::new();
        for (index, needle) in needles.iter().enumerate() {
            let place = pages.iter().enumerate().find_map(|(turn, number)| {
                Some((turn, place_on_page(&self.pages[number], needle)?))
            });
            places.extend(place.map(|place| (place, index)));
        }
        places.sort_unstable();
        places.into_iter().map(|(_, index)| index).collect()
    }

    /// Returns pairs of a code and an answer that first appear in the same commit of the log,
    /// where both are the only new ones.
    pub(super) fn same_commit(
        &self,
        _table: &str,
        codes: &[&[u8]],
        words: &[&[u8]],
    ) -> BTreeMap<usize, usize> {
        let mut pairs = BTreeMap::new();
        let (mut seen_codes, mut seen_words) = (BTreeMap::new(), BTreeSet::new());
        for commit in &self.commits {
            // A code's hash stands once since it was made; spent, it stands once more.
            let new_codes: Vec<usize> = (0..codes.len())
                .filter(|index| {
                    let count = commit
                        .iter()
                        .filter(|page| find(page, codes[*index]).is_some())
                        .count();
                    let before = seen_codes.insert(*index, count).unwrap_or(0);
                    count > before
                })
                .collect();
            let new_words: Vec<usize> = (0..words.len())
                .filter(|index| {
                    commit
                        .iter()
                        .any(|page| find(page, words[*index]).is_some())
                })
                .filter(|index| seen_words.insert(*index))
                .collect();
            if let ([code], [word]) = (new_codes.as_slice(), new_words.as_slice()) {
                pairs.entry(*code).or_insert(*word);
            }
        }
        pairs
    }
}

impl SqliteFile {
    /// Returns whether two needles stand on one page, or were written in one commit of the log.
    pub(super) fn together(&self, one: &[u8], other: &[u8]) -> bool {
        let both = |pages: &[Vec<u8>]| {
            let has = |needle| pages.iter().any(|page| find(page, needle).is_some());
            has(one) && has(other)
        };
        let mut pages = self.pages.values();
        pages.any(|page| both(std::slice::from_ref(page))) || self.commits.iter().any(|it| both(it))
    }
}

/// Returns how late a cell was written onto a page: rows with numbers stand in their order, other
/// cells were laid from the end of the page towards its beginning.
fn place_on_page(page: &[u8], needle: &[u8]) -> Option<usize> {
    let short = |at: usize| usize::from(u16::from_be_bytes([page[at], page[at + 1]]));
    let start = match page[0] {
        2 => 12,
        10 | 13 => 8,
        _ => return None,
    };
    (0..short(3)).find_map(|cell| {
        let at = short(start + 2 * cell);
        let mut rest = at + if page[0] == 2 { 4 } else { 0 };
        let length = usize::try_from(varint(page, &mut rest)).ok()?;
        let end = page.len().min(rest + 9 + length);
        find(&page[at..end], needle)?;
        Some(if page[0] == 13 { cell } else { page.len() - at })
    })
}

fn find(page: &[u8], needle: &[u8]) -> Option<usize> {
    page.windows(needle.len())
        .position(|window| window == needle)
}

/// Reads name and root page of the schema rows on a leaf page.
fn schema_rows(page: &[u8], header: usize) -> Vec<(String, u32)> {
    if page[header] != 13 {
        return Vec::new();
    }
    let short = |at: usize| usize::from(u16::from_be_bytes([page[at], page[at + 1]]));
    (0..short(header + 3))
        .filter_map(|cell| {
            let mut at = short(header + 8 + 2 * cell);
            let _payload = varint(page, &mut at);
            let _rowid = varint(page, &mut at);
            let start = at;
            let length = varint(page, &mut at) as usize;
            let mut kinds = Vec::new();
            while at < start + length {
                kinds.push(varint(page, &mut at));
            }
            let size = |kind: u64| match kind {
                1..=4 => kind as usize,
                12.. => (kind as usize - 12) / 2,
                _ => 0,
            };
            // type, name, tbl_name, rootpage
            let name = at + size(kinds[0]);
            let root = name + size(kinds[1]) + size(kinds[2]);
            let text = String::from_utf8(page[name..name + size(kinds[1])].to_vec()).ok()?;
            let root = page[root..root + size(kinds[3])]
                .iter()
                .fold(0, |number, byte| number << 8 | u32::from(*byte));
            Some((text, root))
        })
        .collect()
}

fn varint(page: &[u8], at: &mut usize) -> u64 {
    let mut value = 0;
    loop {
        let byte = page[*at];
        *at += 1;
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return value;
        }
    }
}
