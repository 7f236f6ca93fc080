//! The whole service on a free port of this machine, with an open wave, over a fresh data folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::server::{DataFolder, InProcess, Service, Stock, WaveOrder, in_process};
use app::store::{Coordinator, Mode, StoreOptions, Weakness};
use jiff::Timestamp;
use surveys::{Release, SurveyId, UnitId, WaveId};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The wave of the tests.
pub const WAVE: &str = "2026-syksy";

const NETWORK: &str = "schema = 1\nid = \"koe\"\norigin = \"simulated\"\n[title]\nfi = \"Koe\"\n\
    sv = \"Prov\"\nen = \"Trial\"\n[[municipality]]\ncode = \"638\"\nshares_figures = true\n";
const UNITS: &str = "unit,municipality,kind,name_fi,name_sv,name_en\n\
    jokikoulu,638,school,Jokikoulu,Åskolan,River School\n\
    pikkutuuli,638,ecec,Pikkutuulen päiväkoti,Vindens daghem,Breeze Day-care Centre\n";
const FRAME: &str = "municipality,unit,role,staff\n638,jokikoulu,class-teacher,30\n\
    638,jokikoulu,school-assistant,12\n638,pikkutuuli,ecec-teacher,9\n";

/// The running service.
pub struct Site {
    inside: Arc<InProcess>,
    url: String,
    server: JoinHandle<()>,
    folder: TempDir,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Site {
    /// An open wave on 12 October 2026, with released findings.
    pub async fn start() -> Site {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let now: Timestamp = "2026-10-12T09:00:00Z".parse().unwrap();
        let service = Service::open_with(
            DataFolder::open(&data).unwrap(),
            stock(),
            Arc::new(move || now),
            StoreOptions {
                weakness: Weakness::None,
            },
        )
        .await
        .unwrap();
        set_up(&service).await;
        let findings = data.join("findings").join(WAVE).join("1");
        std::fs::create_dir_all(&findings).unwrap();
        let released = include_str!("gallery_findings.json");
        std::fs::write(findings.join("porvoo.json"), released).unwrap();
        std::fs::write(findings.join("network.json"), released).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (router, inside) = in_process(service, &url).await.unwrap();
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Site {
            inside,
            url,
            server,
            folder,
        }
    }

    /// Returns the folder whose editions are served below `/handbook/`.
    #[must_use]
    pub fn editions(&self) -> PathBuf {
        self.folder.path().join("data/editions")
    }

    /// Returns a whole address.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Returns a fresh code of the school.
    pub async fn code(&self) -> String {
        let made = self
            .inside
            .service()
            .make_codes(&wave(), Some(&UnitId::new("jokikoulu").unwrap()), Some(1))
            .await
            .unwrap();
        made[0].codes[0].to_string()
    }

    /// Returns the address of a coordinator's one-time link.
    pub async fn link(&self) -> String {
        let token = self
            .inside
            .service()
            .invite(Coordinator::Network)
            .await
            .unwrap();
        self.at(&format!("/fi/coordinator/sign-in#{token}"))
    }

    /// Returns how many answers are kept.
    pub async fn kept(&self) -> u64 {
        self.inside
            .service()
            .store()
            .kept_answers(&wave())
            .await
            .unwrap()
    }
}

pub(crate) fn stock() -> Stock {
    let surveys = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../surveys");
    let catalog = exchange::folder::read_catalog(&surveys.join("catalog")).unwrap();
    let release = surveys.join("instruments/icteko-perus/releases/0002.json");
    let release = Release::read(&std::fs::read_to_string(release).unwrap()).unwrap();
    Stock {
        catalog: catalog.value,
        releases: vec![release],
    }
}

pub(crate) async fn set_up(service: &Service) {
    service
        .import_network("network.toml", NETWORK)
        .await
        .unwrap();
    service.import_units("units.csv", UNITS).await.unwrap();
    service
        .import_frame("frame.csv", FRAME, false)
        .await
        .unwrap();
    let order = WaveOrder {
        id: wave(),
        survey: SurveyId::new("icteko-perus").unwrap(),
        opens: "2026-10-05".parse().unwrap(),
        closes: "2026-10-30".parse().unwrap(),
        roles: [].into(),
        municipalities: [].into(),
        units: [].into(),
        mode: Mode::Codes,
    };
    service.create_wave(order).await.unwrap();
    service.open_wave(&wave()).await.unwrap();
}

pub(crate) fn wave() -> WaveId {
    WaveId::new(WAVE).unwrap()
}
