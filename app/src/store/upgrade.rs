//! A store that an earlier program has filled comes to the present with all it holds (DU-18).

use std::borrow::Cow;
use std::path::Path;

use sqlx::migrate::Migrator;
use sqlx::{ConnectOptions as _, Executor as _, SqliteConnection};
use surveys::WaveId;

use super::connection::{MIGRATIONS, settings};
use super::{Mode, Place, ReturnHash, Store, StoreOptions, WaveState};

/// One row at least in each table of the first schema.
const FIRST: &str = "
INSERT INTO network VALUES ('net', '{\"fi\":\"Verkosto\"}', 0);
INSERT INTO municipalities VALUES ('092', 1), ('837', 0);
INSERT INTO units VALUES ('092', 'koulu', 'school', 'Koulu', 'Skolan', 'School'),
  ('837', 'koulu', 'school', 'Koulu', 'Skolan', 'School');
INSERT INTO staff VALUES ('092', 'koulu', 'class-teacher', 23);
INSERT INTO instruments VALUES ('icteko-perus', 1, 'abc', '{}');
INSERT INTO waves VALUES ('2026-kevat', 'icteko-perus', 1, 0);
INSERT INTO wave_roles VALUES ('2026-kevat', 'class-teacher');
INSERT INTO wave_municipalities VALUES
  ('2026-kevat', '092', 'B', 'open', '2026-04-01', '2026-04-30', NULL, 0, 10, 0),
  ('2026-kevat', '837', 'B', 'closed', '2026-04-01', '2026-04-20', 1776000000, 1, 10, 1);
INSERT INTO wave_units VALUES ('2026-kevat', '092', 'koulu'), ('2026-kevat', '837', 'koulu');
INSERT INTO wave_staff VALUES ('2026-kevat', '092', 'koulu', 'class-teacher', 23);
INSERT INTO batches VALUES (x'b0', '2026-kevat', '092', 'koulu', 0);
INSERT INTO codes VALUES (x'c0', x'b0'), (x'c1', x'b0');
INSERT INTO spent_codes VALUES (x'c1');
INSERT INTO drafts VALUES (x'd0', '2026-kevat', '092', x'5ea1ed', 20000);
INSERT INTO submissions VALUES (x'50', '2026-kevat', '092');
INSERT INTO inbox VALUES (x'e0', x'50', x'cc', '2026-kevat', '092', 'koulu', 1, '{\"waits\":1}');
INSERT INTO answers VALUES (x'a0', '2026-kevat', '092', 'koulu', 1, '{\"mixed\":1}'),
  (x'a1', '2026-kevat', '837', 'koulu', 1, '{\"mixed\":2}');
INSERT INTO invitations VALUES (x'10', '092', 1776000000);
INSERT INTO sign_ins VALUES (x'11', '', 1776000000, 1776000001);";

/// A database as the program before the second migration left it.
async fn first_schema(path: &Path) -> SqliteConnection {
    let options = settings(path).create_if_missing(true);
    let mut file = options.connect().await.unwrap();
    let only_first = Migrator {
        migrations: Cow::Owned(vec![MIGRATIONS.iter().next().unwrap().clone()]),
        ..Migrator::DEFAULT
    };
    only_first.run(&mut file).await.unwrap();
    file.execute(FIRST).await.unwrap();
    file
}

/// The columns of each table.
async fn columns(file: &mut SqliteConnection) -> Vec<(String, String)> {
    sqlx::query_as(
        "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY 1, 2",
    )
    .fetch_all(file)
    .await
    .unwrap()
}

/// Every value of these columns, table by table.
async fn content(file: &mut SqliteConnection, columns: &[(String, String)]) -> Vec<String> {
    let mut all = Vec::new();
    for (table, column) in columns {
        let text = format!("SELECT quote({column}) FROM {table} ORDER BY 1");
        let rows: Vec<(String,)> = sqlx::query_as(sqlx::AssertSqlSafe(text))
            .fetch_all(&mut *file)
            .await
            .unwrap();
        assert!(!rows.is_empty(), "{table} is empty and proves nothing");
        all.extend(
            rows.into_iter()
                .map(|(it,)| format!("{table}.{column} {it}")),
        );
    }
    all
}

#[tokio::test]
async fn the_first_schema_comes_to_the_present_with_all_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let mut file = first_schema(&path).await;
    let known = columns(&mut file).await;
    let before = content(&mut file, &known).await;
    drop(file);
    let store = Store::open(&Place::File(path.clone()), StoreOptions::default())
        .await
        .unwrap();
    let mut file = settings(&path).connect().await.unwrap();
    assert_eq!(content(&mut file, &known).await, before);
    assert!(columns(&mut file).await.len() > known.len());
    let wrong: Vec<(String,)> = sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check")
        .fetch_all(&mut file)
        .await
        .unwrap();
    assert_eq!(wrong, []);
    drop(file);
    let wave = WaveId::new("2026-kevat").unwrap();
    let cities = store.wave(&wave).await.unwrap().unwrap().cities;
    let states: Vec<_> = cities.values().map(|it| (it.mode, it.state)).collect();
    assert_eq!(
        states,
        [
            (Mode::Codes, WaveState::Open),
            (Mode::Codes, WaveState::Closed)
        ]
    );
    assert!(cities.values().all(|city| city.open_link.is_none()));
    // An answer from before return codes has none, and no code finds it.
    assert_eq!(store.answers(&wave).await.unwrap().len(), 2);
    assert_eq!(store.returned(&ReturnHash([0; 32])).await.unwrap(), None);
    drop(store);
    Store::open(&Place::File(path.clone()), StoreOptions::default())
        .await
        .unwrap();
}

/// A mode that nobody knows is not taken for another.
#[tokio::test]
async fn the_present_schema_knows_two_modes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    drop(first_schema(&path).await);
    drop(
        Store::open(&Place::File(path.clone()), StoreOptions::default())
            .await
            .unwrap(),
    );
    let mut file = settings(&path).connect().await.unwrap();
    let set = "UPDATE wave_municipalities SET mode = ";
    assert!(
        file.execute(sqlx::AssertSqlSafe(format!("{set}'A'")))
            .await
            .is_ok()
    );
    assert!(
        file.execute(sqlx::AssertSqlSafe(format!("{set}'D'")))
            .await
            .is_err()
    );
}
