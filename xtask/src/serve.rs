//! A static file server for a built site; it listens on this machine only.
//!
//! Each connection has a thread of its own and ends with its answer. The server of rouille, whose files these are, keeps
//! connections open and now and then leaves a new one waiting for an old one to end (the pool of `tiny_http` counts a
//! thread as idle until it has woken up), which a page with frames in it runs into.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use rouille::{Request, Response};

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
    let listener = TcpListener::bind(("127.0.0.1", port))
        .with_context(|| format!("port {port} cannot be used: try --port 0"))?;
    let address = listener.local_addr()?;
    println!("Dropout Lab is at http://{address}/ (Ctrl-C stops it)");
    let dist: Arc<Path> = dist.into();
    for stream in listener.incoming() {
        let dist = Arc::clone(&dist);
        // A browser that has gone away needs no answer.
        std::thread::spawn(move || stream.and_then(|stream| answer(&stream, &dist)));
    }
    Ok(())
}

/// Reads one request and answers it.
fn answer(mut stream: &TcpStream, dist: &Path) -> io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut headers = Vec::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut words = first.split(' ');
    let (Some(method), Some(path)) = (words.next(), words.next()) else {
        return Ok(());
    };
    let request = Request::fake_http(method, path, headers, vec![]);
    let response = respond(&request, dist);
    write!(stream, "HTTP/1.1 {} \r\n", response.status_code)?;
    for (name, value) in &response.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    let (mut body, size) = response.data.into_reader_and_size();
    if let Some(size) = size {
        write!(stream, "Content-Length: {size}\r\n")?;
    }
    write!(stream, "Connection: close\r\n\r\n")?;
    if method != "HEAD" {
        io::copy(&mut body, &mut stream)?;
    }
    stream.flush()
}

/// The file that `request` names; browsers are told to keep no copy, so that a reload shows the last build. Whoever
/// takes gzip gets the copy that `build --compress` has put beside it.
fn respond(request: &Request, dist: &Path) -> Response {
    let name = match request.url() {
        name if name == "/" => "/index.html".into(),
        name => name,
    };
    let file = |name: String| {
        rouille::match_assets(&Request::fake_http("GET", name, vec![], vec![]), dist)
    };
    let mut response = file(name.clone());
    let takes_gzip = request
        .header("Accept-Encoding")
        .is_some_and(|all| all.contains("gzip"));
    if takes_gzip && response.is_success() {
        let packed = file(format!("{name}.gz"));
        if packed.is_success() {
            response.data = packed.data;
            response = response.with_additional_header("Content-Encoding", "gzip");
        }
    }
    // The element is for pages of any origin; and a sandboxed frame, which is of none, may fetch modules only from
    // where that is allowed.
    response
        .with_additional_header("Access-Control-Allow-Origin", "*")
        .with_no_cache()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

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
    fn a_compressed_copy_is_sent_as_what_it_holds_to_whoever_takes_it() -> Result<()> {
        let name = format!("dropout-lab-serve-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder)?;
        for (name, text) in [("a.js", "plain"), ("a.js.gz", "packed"), ("b.js", "alone")] {
            std::fs::write(folder.join(name), text)?;
        }
        for (path, takes, body, encoding) in [
            ("/a.js", "gzip, br", "packed", Some("gzip")),
            ("/a.js", "br", "plain", None),
            ("/b.js", "gzip", "alone", None),
        ] {
            let headers = vec![("Accept-Encoding".into(), takes.into())];
            let response = respond(&Request::fake_http("GET", path, headers, vec![]), &folder);
            let header = |wanted: &str| {
                let found = response.headers.iter().find(|(name, _)| name == wanted);
                found.map(|(_, value)| value.to_string())
            };
            assert_eq!(
                header("Content-Type"),
                Some("application/javascript".into())
            );
            assert_eq!(header("Content-Encoding").as_deref(), encoding);
            let mut sent = String::new();
            response
                .data
                .into_reader_and_size()
                .0
                .read_to_string(&mut sent)?;
            assert_eq!(sent, body);
        }
        Ok(std::fs::remove_dir_all(&folder)?)
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
