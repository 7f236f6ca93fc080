//! Islands: the few interactive parts that the browser build brings to life.
