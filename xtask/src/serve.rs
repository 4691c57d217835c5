//! A static file server for a built site; it listens on this machine only.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, ensure};
use rouille::{Request, Response, Server};

/// Serves `dist` until the process ends.
///
/// # Errors
/// When `dist` holds no site or the port cannot be had.
pub fn run(dist: PathBuf, port: u16) -> Result<()> {
    ensure!(
        dist.join("index.html").is_file(),
        "{} holds no site: leave out --no-build, or run `cargo xtask build --release` first",
        dist.display()
    );
    let server = Server::new(("127.0.0.1", port), move |request| respond(request, &dist))
        .map_err(|error| anyhow!("port {port} cannot be used ({error}): try --port 0"))?;
    let address = server.server_addr();
    println!("Dropout Lab is at http://{address}/ (Ctrl-C stops it)");
    server.run();
    Ok(())
}

/// The file that `request` names; browsers are told to keep no copy, so that a reload shows the last build.
fn respond(request: &Request, dist: &Path) -> Response {
    let response = if request.url() == "/" {
        rouille::match_assets(
            &Request::fake_http("GET", "/index.html", vec![], vec![]),
            dist,
        )
    } else {
        rouille::match_assets(request, dist)
    };
    // The element is for pages of any origin, and modules are fetched only from where that is allowed.
    if request.url() == "/dropout-lab.js" {
        return response
            .with_additional_header("Access-Control-Allow-Origin", "*")
            .with_no_cache();
    }
    response.with_no_cache()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str) -> (u16, String) {
        let request = Request::fake_http("GET", path, vec![], vec![]);
        let response = respond(&request, &crate::shell::root().join("static"));
        let content_type = response
            .headers
            .iter()
            .find(|(name, _)| name == "Content-Type")
            .map(|(_, value)| value.to_string());
        (response.status_code, content_type.unwrap_or_default())
    }

    #[test]
    fn scripts_styles_and_images_get_their_own_content_type() {
        assert_eq!(get("/boot.js"), (200, "application/javascript".into()));
        assert_eq!(get("/style.css"), (200, "text/css; charset=utf8".into()));
        assert_eq!(get("/icon.svg"), (200, "image/svg+xml".into()));
    }

    #[test]
    fn a_query_does_not_hide_the_file() {
        assert_eq!(get("/boot.js?p=0.5").0, 200);
    }

    #[test]
    fn a_missing_file_is_not_found() {
        assert_eq!(get("/nothing.js").0, 404);
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for path in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "//etc/passwd",
        ] {
            assert_eq!(get(path).0, 404, "{path}");
        }
    }
}
