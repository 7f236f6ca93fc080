//! `icteko serve`: opens the data folder, listens and says where.

use std::io::Write;
use std::path::Path;

use app::server::{Greeting, serve as serve_pages};

use crate::arguments::Serve;
use crate::failure::Failure;
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
    println!("answering    {}/fi/answer", greeting.public_url);
    if let Some(token) = &greeting.first_link {
        println!(
            "coordinator  {}/fi/coordinator/sign-in#{token}",
            greeting.public_url
        );
        println!("             (opens once, within 30 minutes)");
    }
    println!("ready: http://{}", greeting.listening);
    // A reader that has gone away is no reason to stop serving.
    let _ = std::io::stdout().flush();
}
