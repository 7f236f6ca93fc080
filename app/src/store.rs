//! The response store: SQL is written here and nowhere else.
