//! Pages: one file per page, each a view model and the function that renders it.
