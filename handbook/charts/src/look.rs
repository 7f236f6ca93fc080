//! The look that pages share: tokens, chart classes and the font, as bytes to serve.

/// Custom properties for type, space and colour, light and dark.
pub const TOKENS: &str = include_str!("look/tokens.css");

/// Rules for the classes inside charts and for shaded tables.
pub const CHARTS: &str = include_str!("look/charts.css");

/// Atkinson Hyperlegible Next, regular, WOFF2; letters of fi, sv, en and the Sami languages.
pub const FONT_REGULAR: &[u8] = include_bytes!("../fonts/atkinson-hyperlegible-next-400.woff2");

/// Atkinson Hyperlegible Next, semibold, WOFF2.
pub const FONT_SEMIBOLD: &[u8] = include_bytes!("../fonts/atkinson-hyperlegible-next-600.woff2");

/// Atkinson Hyperlegible Next, regular, TrueType with outlines, for pictures drawn without a page.
/// The same letters as [`FONT_REGULAR`], unpacked.
pub const FONT_TRUETYPE: &[u8] = include_bytes!("../fonts/atkinson-hyperlegible-next-400.ttf");

/// The licence of the faces, which goes where they go.
pub const FONT_LICENCE: &str = include_str!("../fonts/OFL.txt");

/// Atkinson Hyperlegible Next, semibold, TrueType; the same letters as [`FONT_SEMIBOLD`], unpacked.
pub const FONT_TRUETYPE_SEMIBOLD: &[u8] =
    include_bytes!("../fonts/atkinson-hyperlegible-next-600.ttf");
