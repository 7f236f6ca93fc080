//! The own levels beside the released network figures of the own role group.

use findings::{Cell, Table};
use leptos::prelude::*;

use super::{ProfilePage, in_words::score_text};
use crate::pages::findings_words::cell_texts;
use crate::pages::words::Words;

/// Released figures of the own role group.
#[derive(Clone, Debug, PartialEq)]
pub struct Peers {
    /// The role group's name.
    pub group: String,
    /// The wave that the figures come from.
    pub wave: String,
    /// Whether its answers were invented.
    pub simulated: bool,
    /// The table that the cells are of.
    pub table: Table,
    /// The figure by area, in the order of [`ProfilePage::areas`]; none where the release has
    /// no such area.
    pub cells: Vec<Option<Cell>>,
}

/// The own level, the group's mean with its interval, and how many answered.
pub(super) fn peers(words: Words, page: &ProfilePage) -> Option<impl IntoView + use<>> {
    let peers = page.peers.as_ref()?;
    let rows = page
        .areas
        .iter()
        .zip(&peers.cells)
        .filter_map(|(area, cell)| Some((area, cell.as_ref()?)))
        .map(|(area, cell)| {
            let texts = cell_texts(words, &peers.table, cell);
            let figure = if texts.interval.is_empty() {
                texts.figure
            } else {
                format!("{} ({})", texts.figure, texts.interval)
            };
            view! {
                <tr>
                    <th scope="row">{area.title.clone()}</th>
                    <td class="n">{score_text(words, area.score)}</td>
                    <td class="n">{figure}</td>
                    <td class="n">{texts.n}</td>
                </tr>
            }
        })
        .collect_view();
    let heading = words.say_with(
        "profile-peers-heading",
        [("group", peers.group.as_str().into())],
    );
    let lead = words.say_with("profile-peers-lead", [("wave", peers.wave.as_str().into())]);
    Some(view! {
        <h2>{heading.clone()}</h2>
        <p class="small quiet">
            {lead} {peers.simulated.then(|| format!(" {}", words.say("profile-peers-simulated")))}
        </p>
        <table>
            <caption class="unseen">{heading}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.say("column-area")}</th>
                    <th scope="col" class="n">{words.say("column-own")}</th>
                    <th scope="col" class="n">{words.say("profile-peers-mean")}</th>
                    <th scope="col" class="n">{words.say("column-n")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    })
}
