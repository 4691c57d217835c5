//! A headless Firefox, driven by Marionette: JSON over a plain socket, which Firefox itself listens to.
//!
//! It needs no driver beside it. The protocol is `length:[0, id, command, parameters]`, answered by
//! `length:[1, id, error, result]`: <https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html>.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The longest that Firefox may take to start, on a machine that does other things too.
const STARTING: Duration = Duration::from_secs(60);

/// A running Firefox with a profile of its own; both end with it.
pub struct Firefox {
    child: Child,
    profile: PathBuf,
    stream: BufReader<TcpStream>,
    calls: u64,
}

impl Firefox {
    /// Starts it.
    ///
    /// # Errors
    /// When it is not installed, or cannot be driven.
    pub fn start() -> Result<Self> {
        // Free now; another program could take it, and then the test fails and says so.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let profile = std::env::temp_dir().join(format!("dropout-lab-firefox-{port}"));
        std::fs::create_dir_all(&profile)?;
        let preference = format!("user_pref(\"marionette.port\", {port});\n");
        std::fs::write(profile.join("user.js"), preference)?;
        let mut child = spawn(&profile)?;
        let stream = match connect(port) {
            Ok(stream) => BufReader::new(stream),
            Err(error) => {
                let _ = child.kill();
                return Err(error);
            }
        };
        let mut firefox = Self {
            child,
            profile,
            stream,
            calls: 0,
        };
        firefox.receive().context("Firefox's greeting")?;
        firefox.call("WebDriver:NewSession", &json!({}))?;
        Ok(firefox)
    }

    /// Opens an address and waits until the page is loaded.
    ///
    /// # Errors
    /// When Firefox cannot.
    pub fn go(&mut self, address: &str) -> Result<()> {
        self.call("WebDriver:Navigate", &json!({ "url": address }))?;
        Ok(())
    }

    /// The value of a JavaScript `expression` in the page.
    ///
    /// # Errors
    /// When it throws, or is not of type `T`.
    pub fn eval<T: DeserializeOwned>(&mut self, expression: &str) -> Result<T> {
        let script = json!({ "script": format!("return ({expression});"), "args": [] });
        let answer = self.call("WebDriver:ExecuteScript", &script)?;
        Ok(serde_json::from_value(answer["value"].clone())?)
    }

    /// Presses a key and lets it go, by its character or by its code of `WebDriver`.
    ///
    /// # Errors
    /// When Firefox cannot.
    pub fn key(&mut self, key: char) -> Result<()> {
        let moves = ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key }));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": moves });
        self.call(
            "WebDriver:PerformActions",
            &json!({ "actions": [keyboard] }),
        )?;
        Ok(())
    }

    /// Waits until the JavaScript `condition` is truthy.
    ///
    /// # Errors
    /// When it is not after twenty seconds.
    pub fn wait_until(&mut self, condition: &str) -> Result<()> {
        let start = Instant::now();
        while !self.eval::<bool>(&format!("!!({condition})"))? {
            if start.elapsed() > Duration::from_secs(20) {
                let text: String = self.eval("document.body.innerText")?;
                bail!("not so in Firefox: {condition}\nThe page reads:\n{text}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Fails if Firefox has reported an error of a page since the last call: a script's, or a refusal by its
    /// Content-Security-Policy.
    ///
    /// # Errors
    /// The errors, one a line.
    pub fn check_console(&mut self) -> Result<()> {
        self.call("Marionette:SetContext", &json!({ "value": "chrome" }))?;
        let errors = self.eval::<Vec<String>>(
            "(() => {
                const isError = (message) => message instanceof Ci.nsIScriptError
                    && !(message.flags & Ci.nsIScriptError.warningFlag)
                    && /^(file|http):/.test(message.sourceName);
                const errors = Services.console.getMessageArray().filter(isError).map(String);
                Services.console.reset();
                return errors;
            })()",
        )?;
        self.call("Marionette:SetContext", &json!({ "value": "content" }))?;
        ensure!(
            errors.is_empty(),
            "errors in Firefox:\n{}",
            errors.join("\n")
        );
        Ok(())
    }

    fn call(&mut self, command: &str, parameters: &Value) -> Result<Value> {
        self.calls += 1;
        let message = json!([0, self.calls, command, parameters]).to_string();
        write!(self.stream.get_mut(), "{}:{message}", message.len())?;
        let answer = self.receive()?;
        ensure!(
            answer[2].is_null(),
            "{command} in Firefox: {}",
            answer[2]["message"]
        );
        Ok(answer[3].clone())
    }

    fn receive(&mut self) -> Result<Value> {
        let mut length = Vec::new();
        self.stream.read_until(b':', &mut length)?;
        let length = String::from_utf8_lossy(&length);
        let length = length.trim_end_matches(':').parse();
        let mut message = vec![0; length.context("Firefox has closed the connection")?];
        self.stream.read_exact(&mut message)?;
        Ok(serde_json::from_slice(&message)?)
    }
}

/// Firefox under one of its names.
fn spawn(profile: &std::path::Path) -> Result<Child> {
    let named = std::env::var("FIREFOX").ok();
    let names = named
        .as_deref()
        .into_iter()
        .chain(["firefox-esr", "firefox"]);
    let start = |name| {
        Command::new(name)
            .args(["--headless", "--no-remote", "--marionette"])
            .arg("--remote-allow-system-access")
            .arg("--profile")
            .arg(profile)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()
    };
    names
        .into_iter()
        .find_map(start)
        .context("there is no Firefox on this machine")
}

fn connect(port: u16) -> Result<TcpStream> {
    let start = Instant::now();
    loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => return Ok(stream),
            Err(error) if start.elapsed() > STARTING => {
                return Err(error).context("Firefox cannot be driven");
            }
            Err(_) => std::thread::sleep(Duration::from_millis(100)),
        }
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        // It ends its own processes when asked; a child that is killed leaves them behind.
        let _ = self.call("Marionette:Quit", &json!({ "flags": ["eForceQuit"] }));
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
