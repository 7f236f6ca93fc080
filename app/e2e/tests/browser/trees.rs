//! What a screen reader is told of each question type: the accessibility tree that Chromium
//! computes, reviewed line by line. The page is invented, so that no instrument changes it.

use app::pages::answer_view::{BlockView, Control, ItemView, OptionView};
use app::pages::{SectionPage, render_section};
use surveys::{Declined, ItemId, Lang, ResponseProblem};

use e2e::driver::{Browser, Scripts};
use e2e::gallery::ctx;
use e2e::tree::accessibility_tree;

fn options(texts: &[&str], chosen: usize) -> Vec<OptionView> {
    let texts = texts.iter().enumerate();
    texts
        .map(|(place, text)| OptionView {
            value: place.to_string(),
            text: (*text).to_owned(),
            chosen: place == chosen,
        })
        .collect()
}

fn item(id: &str, text: &str, control: Control) -> ItemView {
    ItemView {
        id: id.to_owned(),
        text: text.to_owned(),
        help: None,
        control,
        declined: Vec::new(),
        chosen_declined: None,
        problem: None,
    }
}

fn every_type() -> Vec<BlockView> {
    let steps = ["Tarvitsen apua", "Teen itse"];
    let one = || Control::One(options(&steps, 1));
    let many = Control::Many {
        options: options(&["Puhelin", "Tabletti"], 0),
        at_most: Some(2),
    };
    let text = Control::Text {
        text: "Aikaa.".into(),
        max_chars: 400,
    };
    let row = |id: &str, text: &str| item(id, text, one());
    vec![
        BlockView::Item(item("info", "Lue ensin tämä.", Control::Nothing)),
        BlockView::Item(ItemView {
            help: Some("Esimerkiksi linkkinä.".into()),
            declined: vec![Declined::DontKnow, Declined::NotMyWork],
            ..item("one", "Jaan tiedostoja.", one())
        }),
        BlockView::Item(ItemView {
            problem: Some(ResponseProblem::OffScale(ItemId::new("refused").unwrap())),
            ..item(
                "refused",
                "Teen varmuuskopion.",
                Control::One(options(&steps, 9)),
            )
        }),
        BlockView::Item(ItemView {
            declined: vec![Declined::PreferNotToSay],
            ..item("many", "Mitä käytät?", many)
        }),
        BlockView::Item(item("text", "Mikä auttaisi?", text)),
        BlockView::Matrix {
            stem: "Mitä mieltä olet?".into(),
            rows: vec![
                row("row-1", "Verkko toimii."),
                row("row-2", "Laite toimii."),
            ],
        },
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_reader_is_told_everything_about_every_question_type() {
    let page = SectionPage {
        section: "trial".into(),
        title: "Kokeilu".into(),
        intro: None,
        blocks: every_type(),
        answered: 3,
        asked: 6,
        number: 1,
        pages: 1,
        saved: true,
        draft: String::new(),
        hidden: Vec::new(),
        paper: None,
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("types.html");
    let html = render_section(&page, &ctx(Lang::Fi, "/answer/section/trial"));
    std::fs::write(&file, html).unwrap();
    let browser = Browser::phone(Scripts::On).await;
    browser.goto(&format!("file://{}", file.display())).await;
    for (css, told) in TOLD {
        let tree = accessibility_tree(&browser, css).await;
        assert_eq!(tree, told.trim_start(), "{css}\n{tree}");
    }
    browser.close().await;
}

/// What is told, by the part of the page.
const TOLD: [(&str, &str); 7] = [
    ("#q-info", "\nStaticText \"Lue ensin tämä.\""),
    (
        "#q-one",
        r#"
group "Jaan tiedostoja." (Esimerkiksi linkkinä.)
  StaticText "Esimerkiksi linkkinä."
  radio "Tarvitsen apua", not checked
  radio "Teen itse", checked
  radio "En osaa sanoa", not checked
  radio "Ei kuulu työhöni", not checked"#,
    ),
    (
        "#q-refused",
        r#"
group "Teen varmuuskopion." (Vastausta ei voitu lukea. Valitse jokin vaihtoehdoista.)
  StaticText "Vastausta ei voitu lukea. Valitse jokin vaihtoehdoista."
  radio "Tarvitsen apua", not checked
  radio "Teen itse", not checked"#,
    ),
    (
        "#q-many",
        r#"
group "Mitä käytät?"
  StaticText "Valitse enintään 2."
  checkbox "Puhelin", checked
  checkbox "Tabletti", not checked
  checkbox "En halua vastata", not checked"#,
    ),
    (
        "#q-text",
        r#"
group "Mikä auttaisi?"
  StaticText "Enintään 400 merkkiä. Älä kirjoita nimiä tai muuta, mistä joku tunnistetaan."
  textbox "Mikä auttaisi?", several lines (Enintään 400 merkkiä. Älä kirjoita nimiä tai muuta, mistä joku tunnistetaan.)
    StaticText "Aikaa.""#,
    ),
    (
        "#q-row-1",
        r#"
radiogroup "Mitä mieltä olet? Verkko toimii."
  StaticText "Verkko toimii."
  radio "Tarvitsen apua", not checked
  radio "Teen itse", checked"#,
    ),
    (
        "#q-row-2",
        r#"
radiogroup "Mitä mieltä olet? Laite toimii."
  StaticText "Laite toimii."
  radio "Tarvitsen apua", not checked
  radio "Teen itse", checked"#,
    ),
];
