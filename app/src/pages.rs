//! Pages: one file per page, each a view model and the function that renders it.
//!
//! A model is plain data, already in the respondent's language where it comes from the
//! instrument; the words around it come from the Fluent files in `locales/`. Every `render_…`
//! returns a whole HTML document. Where forms post to stands in [`address`]; the field names of a
//! form are listed at its model and turned into answers by [`form`].

pub mod address;
pub mod answer_view;
pub mod code_entry;
pub mod codes;
pub mod context;
pub mod coordinator_home;
pub mod findings;
mod findings_words;
pub mod form;
pub mod new_wave;
pub mod open_link;
pub mod paper;
pub mod paper_entry;
pub mod position;
pub mod poster;
pub mod privacy;
pub mod profile;
pub mod return_code;
pub mod review;
pub mod section;
pub mod sign_in;
pub mod start;
pub mod state;
pub mod wave;
pub mod words;

pub use code_entry::{CodePage, CodeProblem, render_code_entry};
pub use codes::{CodeBatch, CodeSlip, CodesPage, render_codes};
pub use context::{BrowserBuild, PageContext};
pub use coordinator_home::{CoordinatorHome, WaveRow, WaveState, render_coordinator_home};
pub use findings::{FindingsPage, render_findings};
pub use new_wave::{Choice, ChoiceGroup, NewWavePage, NewWaveProblem, render_new_wave};
pub use open_link::{OpenLinkPage, ResumeCodePage, render_open_link, render_resume_code};
pub use paper::{PaperPage, PaperSection, render_paper};
pub use paper_entry::{
    DifferenceRow, DifferencesPage, PaperEntryPage, PaperProblem, PaperTime, render_differences,
    render_first_time_kept, render_paper_entry, render_paper_sent,
};
pub use position::{PositionPage, PositionProblem, render_position, role_choices};
pub use poster::{PosterPage, render_poster};
pub use privacy::{PrivacyPage, render_privacy};
pub use profile::{
    CityHelp, Comparison, Contact, Earlier, NextStep, Peers, ProfileArea, ProfileCompetence,
    ProfilePage, Training, render_profile, render_saved_profile,
};
pub use return_code::{
    ReturnPage, ReturnProblem, render_return, render_withdraw, render_withdrawn,
};
pub use review::{
    ReviewPage, ReviewProblem, ReviewRow, ReviewSection, render_review, review_sections,
};
pub use section::{SectionPage, render_section};
pub use sign_in::{SignInPage, SignInProblem, render_sign_in};
pub use start::{StartPage, render_start};
pub use state::{StatePage, render_state};
pub use wave::{
    ClosePage, LinkRow, ReleaseLink, RoundedShare, UnitProgress, WaveNotice, WavePage,
    render_close_wave, render_wave,
};
