//! A server that would lose answers, or keep what links them, is refused (DU-2, AN-12).

use app::server::{DataFolder, Service, ServiceError};

use crate::place::{Postgres, name_in};
use crate::test_app::stock;

/// Opens the service over a fresh database in which a setting is changed.
async fn opened(server: &Postgres, change: &str, more: &str) -> Result<Service, ServiceError> {
    let settings = server.fresh_database();
    let name = name_in(&settings);
    if !change.is_empty() {
        server.query("postgres", &format!("ALTER DATABASE {name} SET {change}"));
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("icteko.toml"), format!("{settings}{more}")).unwrap();
    Service::open(DataFolder::open(&data).unwrap(), stock()).await
}

async fn refusal(server: &Postgres, change: &str, more: &str) -> String {
    let refused = opened(server, change, more).await.err();
    refused.map(|it| it.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn a_server_that_would_lose_or_link_answers_is_refused() {
    let server = Postgres::start();
    assert_eq!(refusal(&server, "", "").await, "");
    let said = refusal(&server, "synchronous_commit = off", "").await;
    assert!(
        said.contains("synchronous_commit reads back as off"),
        "{said}"
    );
    for (setting, value) in [("fsync", "off"), ("full_page_writes", "off")] {
        server.query("postgres", &format!("ALTER SYSTEM SET {setting} = {value}"));
        server.query("postgres", "SELECT pg_reload_conf()");
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let said = refusal(&server, "", "").await;
        assert!(
            said.contains(&format!("{setting} reads back as off")),
            "{said}"
        );
        server.query("postgres", &format!("ALTER SYSTEM RESET {setting}"));
    }
    server.query("postgres", "ALTER SYSTEM SET archive_mode = on");
    server.crash();
    server.begin();
    let said = refusal(&server, "", "").await;
    assert!(said.contains("archive_mode reads back as on"), "{said}");
    assert_eq!(refusal(&server, "", "log_is_kept = true\n").await, "");
}

#[tokio::test]
async fn a_new_folder_before_an_old_database_is_told_that_its_keys_are_missing() {
    let server = Postgres::start();
    let settings = server.fresh_database();
    let open = |folder: &std::path::Path| {
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join("icteko.toml"), &settings).unwrap();
        Service::open(DataFolder::open(folder).unwrap(), stock())
    };
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(open(first.path()).await.is_ok());
    let said = open(second.path()).await.err().unwrap().to_string();
    assert!(
        said.contains("is missing although there is a database"),
        "{said}"
    );
}
