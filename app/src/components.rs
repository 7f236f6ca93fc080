//! Components: one file each, used by pages.
