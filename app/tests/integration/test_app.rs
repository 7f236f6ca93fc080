//! `TestApp`: the whole service over a fresh data folder, with a clock of its own, and visitors
//! with cookies who call it without a network.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::server::{DataFolder, InProcess, Service, Stock, WaveOrder, in_process};
use app::store::{Coordinator, Mode, StoreOptions, Weakness};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use jiff::Timestamp;
use surveys::{MunicipalityCode, Release, SurveyId, UnitId, WaveId};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::form::{self, Fields};
use crate::place;

/// The wave of the tests.
pub(crate) const WAVE: &str = "2026-syksy";
/// A school with 40 staff in Vantaa.
pub(crate) const UNIT: &str = "vantaa-harju";

const NETWORK: &str = "schema = 1\nid = \"koe\"\norigin = \"collected\"\n[title]\nfi = \"Koe\"\n\
    sv = \"Prov\"\nen = \"Trial\"\n[[municipality]]\ncode = \"092\"\nshares_figures = true\n\
    [[municipality]]\ncode = \"837\"\n";
const UNITS: &str = "unit,municipality,kind,name_fi,name_sv,name_en\n\
    vantaa-harju,092,school,Harjun koulu,Åsens skola,Harju School\n\
    vantaa-pieni,092,ecec,Pieni päiväkoti,Lilla daghemmet,Small Day-care\n\
    tre-lampi,837,school,Lammen koulu,,\n";
const FRAME: &str = "municipality,unit,role,staff\n092,vantaa-harju,class-teacher,30\n\
    092,vantaa-harju,school-assistant,10\n092,vantaa-pieni,ecec-teacher,8\n\
    837,tre-lampi,class-teacher,250\n";

/// The service in this process.
pub(crate) struct TestApp {
    router: axum::Router,
    inside: Arc<InProcess>,
    clock: Arc<AtomicI64>,
    folder: TempDir,
}

/// One browser.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) router: axum::Router,
    pub(crate) cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
    /// How many bytes travelled, packed where the visitor asked for it.
    pub(crate) bytes: usize,
}

/// Returns the program's catalogue and its released instrument.
pub(crate) fn stock() -> Stock {
    let surveys = Path::new(place::APP).join("../surveys");
    let catalog = exchange::folder::read_catalog(&surveys.join("catalog")).unwrap();
    assert!(catalog.problems.is_empty(), "{:?}", catalog.problems);
    let release = surveys.join("instruments/icteko-perus/releases/0002.json");
    let release = Release::read(&std::fs::read_to_string(release).unwrap()).unwrap();
    Stock {
        catalog: catalog.value,
        releases: vec![release],
    }
}

/// Writes the settings of a fresh data folder.
pub(crate) fn write_settings(data: &Path, settings: &str) {
    std::fs::create_dir_all(data).unwrap();
    std::fs::write(data.join("icteko.toml"), settings).unwrap();
}

/// Takes the registers in, makes the wave and opens it.
pub(crate) async fn set_up(service: &Service) {
    set_up_with(service, NETWORK).await;
}

async fn set_up_with(service: &Service, network: &str) {
    service
        .import_network("network.toml", network)
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

/// The wave that is answered by an open link.
pub(crate) fn pulse() -> WaveId {
    WaveId::new("2026-pulssi").unwrap()
}

pub(crate) fn wave() -> WaveId {
    WaveId::new(WAVE).unwrap()
}

impl TestApp {
    /// An open wave on a fresh data folder, on 12 October 2026.
    pub(crate) async fn new() -> TestApp {
        TestApp::with(Weakness::None).await
    }

    /// The same with a fault built in.
    pub(crate) async fn with(weakness: Weakness) -> TestApp {
        TestApp::over("", weakness, NETWORK).await
    }

    /// The same in a network that is marked as invented.
    pub(crate) async fn invented() -> TestApp {
        let network = NETWORK.replace("collected", "simulated");
        TestApp::over("", Weakness::None, &network).await
    }

    /// The same with settings of the operator.
    pub(crate) async fn with_settings(settings: &str) -> TestApp {
        TestApp::over(settings, Weakness::None, NETWORK).await
    }

    async fn over(settings: &str, weakness: Weakness, network: &str) -> TestApp {
        let folder = tempfile::tempdir().unwrap();
        let settings = format!("{settings}\n{}", place::settings());
        write_settings(&folder.path().join("data"), &settings);
        let now: Timestamp = "2026-10-12T09:00:00Z".parse().unwrap();
        let clock = Arc::new(AtomicI64::new(now.as_second()));
        let hand = Arc::clone(&clock);
        let service = Service::open_with(
            DataFolder::open(&folder.path().join("data")).unwrap(),
            stock(),
            Arc::new(move || Timestamp::from_second(hand.load(Ordering::SeqCst)).unwrap()),
            StoreOptions { weakness },
        )
        .await
        .unwrap();
        set_up_with(&service, network).await;
        let (router, inside) = in_process(service, "http://icteko.test").await.unwrap();
        TestApp {
            router,
            inside,
            clock,
            folder,
        }
    }

    pub(crate) fn service(&self) -> &Service {
        self.inside.service()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Lets time pass.
    pub(crate) fn wait_minutes(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60, Ordering::SeqCst);
    }

    /// Makes codes for a unit.
    pub(crate) async fn codes(&self, unit: &str, count: u32) -> Vec<String> {
        let unit = UnitId::new(unit).unwrap();
        let made = self
            .service()
            .make_codes(&wave(), Some(&unit), Some(count))
            .await
            .unwrap();
        made.iter()
            .flat_map(|it| &it.codes)
            .map(ToString::to_string)
            .collect()
    }

    pub(crate) async fn code(&self) -> String {
        self.codes(UNIT, 1).await.remove(0)
    }

    /// Somebody without a cookie.
    pub(crate) fn anonymous(&self) -> Visitor {
        Visitor::before(&self.router)
    }

    /// Somebody who has entered a code, read the notice and said what their work is.
    pub(crate) async fn respondent(&self, code: &str) -> Visitor {
        let mut visitor = self.anonymous();
        // Somebody who comes back is led on to where they were.
        assert!(
            visitor
                .post("/fi/answer", &[("code", code)])
                .await
                .location()
                .starts_with("/fi/")
        );
        visitor.begin().await;
        visitor
    }

    /// Opens a second wave that is answered by an open link, and returns its link in Vantaa.
    pub(crate) async fn pulse(&self) -> String {
        let order = WaveOrder {
            id: pulse(),
            survey: SurveyId::new("icteko-perus").unwrap(),
            opens: "2026-10-05".parse().unwrap(),
            closes: "2026-10-30".parse().unwrap(),
            roles: [].into(),
            municipalities: [].into(),
            units: [].into(),
            mode: Mode::OpenLink,
        };
        self.service().create_wave(order).await.unwrap();
        self.service().open_wave(&pulse()).await.unwrap();
        let page = self.coordinator(vantaa()).await;
        let page = { page }.get("/fi/coordinator/waves/2026-pulssi").await;
        let link = page.is(200).html.split("href=\"http://icteko.test").nth(1);
        link.unwrap().split('"').next().unwrap().to_owned()
    }

    /// Somebody who has followed an open link, and the code that was made for them.
    pub(crate) async fn visitor_of(&self, link: &str, unit: &str) -> (Visitor, String) {
        let mut visitor = self.anonymous();
        let page = visitor.post(link, &[("unit", unit)]).await;
        let code = page.is(200).inside("code-text");
        visitor.begin().await;
        (visitor, code)
    }

    /// A signed-in coordinator.
    pub(crate) async fn coordinator(&self, scope: Coordinator) -> Visitor {
        let token = self.service().invite(scope).await.unwrap();
        let mut visitor = self.anonymous();
        let page = visitor
            .post("/fi/coordinator/sign-in", &[("token", &token)])
            .await;
        page.leads_to("/fi/coordinator");
        visitor
    }

    /// How many answers are kept.
    pub(crate) async fn kept(&self) -> u64 {
        self.service().store().kept_answers(&wave()).await.unwrap()
    }
}

/// A coordinator's scope.
pub(crate) fn vantaa() -> Coordinator {
    Coordinator::Municipality(MunicipalityCode::new("092").unwrap())
}

impl Visitor {
    /// Somebody without a cookie.
    pub(crate) fn before(router: &axum::Router) -> Visitor {
        Visitor {
            router: router.clone(),
            cookies: BTreeMap::new(),
        }
    }

    /// Reads the notice and says what the work is.
    pub(crate) async fn begin(&mut self) {
        self.post("/fi/answer/privacy", &[])
            .await
            .leads_to("/fi/answer/position");
        let position = [("role", "class-teacher"), ("employment", "")];
        self.post("/fi/answer/position", &position)
            .await
            .leads_to("/fi/answer/section/background");
    }

    /// Says something that can be found again, sends it and returns the return code.
    pub(crate) async fn send_words(&mut self, words: &str) -> String {
        self.post("/fi/answer/section/open", &[("a.open-1", words)])
            .await;
        let review = self.get("/fi/answer/review").await;
        self.send_review(&review).await.leads_to("/fi/profile");
        self.get("/fi/profile").await.inside("return-code")
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        let request = Request::get(path).header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Returns how many bytes a page takes, packed as browsers ask for it.
    pub(crate) async fn packed(&mut self, path: &str) -> usize {
        let request = Request::get(path)
            .header(header::ACCEPT, "text/html")
            .header(header::ACCEPT_ENCODING, "gzip");
        let page = self.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.headers[header::CONTENT_ENCODING], "gzip", "{path}");
        page.bytes
    }

    pub(crate) async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Page {
        self.post_fields(path, &form::fields(pairs)).await
    }

    pub(crate) async fn post_fields(&mut self, path: &str, fields: &Fields) -> Page {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form::body(fields))).unwrap())
            .await
    }

    /// Sends any request with the visitor's cookies.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Page {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request
                .headers_mut()
                .insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        for header in response.headers().get_all(header::SET_COOKIE) {
            self.keep(header.to_str().unwrap());
        }
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Page {
            status: parts.status,
            headers: parts.headers,
            html: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.len(),
        }
    }

    fn keep(&mut self, header: &str) {
        let (name, value) = header.split(';').next().unwrap().split_once('=').unwrap();
        if header.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// A browser that has only some of the cookies, as when an answer was lost on the way.
    pub(crate) fn without(&self, name: &str) -> Visitor {
        let mut cookies = self.cookies.clone();
        cookies.remove(name);
        Visitor {
            router: self.router.clone(),
            cookies,
        }
    }

    /// Answers every page with the same step and returns the review.
    pub(crate) async fn answer_pages(&mut self, pick: usize) -> Page {
        let mut path = "/fi/answer/section/background".to_owned();
        while path != "/fi/answer/review" {
            let page = self.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.html);
            let mut fields = form::filled(&page.html, pick);
            fields.push(("go".into(), "next".into()));
            path = self.post_fields(&path, &fields).await.location();
        }
        self.get(&path).await
    }

    /// Sends what a review page holds.
    pub(crate) async fn send_review(&mut self, review: &Page) -> Page {
        assert_eq!(review.status, StatusCode::OK, "{}", review.html);
        self.post_fields("/fi/answer/review", &form::hidden(&review.html))
            .await
    }
}

impl Page {
    #[track_caller]
    pub(crate) fn location(&self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.html);
        self.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    #[track_caller]
    pub(crate) fn leads_to(&self, path: &str) {
        assert_eq!(self.location(), path);
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Page {
        assert_eq!(self.status.as_u16(), status, "{}", self.html);
        self
    }

    /// What stands in the element of a class.
    #[track_caller]
    pub(crate) fn inside(&self, class: &str) -> String {
        let (_, rest) = self
            .html
            .split_once(&format!("class=\"{class}\">"))
            .unwrap();
        rest.split('<').next().unwrap().to_owned()
    }

    /// The heading of the page.
    pub(crate) fn heading(&self) -> String {
        let inner = self
            .html
            .split("<h1")
            .nth(1)
            .and_then(|rest| rest.split_once('>'));
        inner
            .and_then(|(_, rest)| rest.split("</h1>").next())
            .unwrap_or_default()
            .to_owned()
    }
}
