//! `icteko serve`: opens the data folder, listens and says where.

use std::path::Path;

use app::server::{Greeting, serve as serve_pages};

use crate::arguments::Serve;
use crate::failure::Failure;
use crate::output;
use crate::stock::{in_runtime, open_service};

/// Serves until it is asked to end.
pub(crate) fn serve(data: &Path, options: &Serve) -> Result<(), Failure> {
    in_runtime(async {
        let service = open_service(data).await?;
        serve_pages(service, options.listen, greet)
            .await
            .map_err(Failure::new)
    })
}

/// Writes where the pages are; `ready:` is the last line, for programs that wait for it.
fn greet(greeting: &Greeting) {
    let address = &greeting.public_url;
    let mut words = format!("answering    {address}/fi/answer\n");
    if let Some(token) = &greeting.first_link {
        words += &format!("coordinator  {address}/fi/coordinator/sign-in#{token}\n");
        words += "             (opens once, within 30 minutes)\n";
    }
    words += &format!("ready: http://{}\n", greeting.listening);
    // A reader that has gone away is no reason to stop serving.
    let _ = output::bytes(words.as_bytes());
}
