//! nginx over one file and what lies beside it, as fast as it goes: sendfile, two workers, nothing logged.

use std::{
    fs,
    net::TcpStream,
    path::Path,
    process::{Child, Command},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{Result, hark::free_port, tools::program};

/// The running server; ends with this.
pub struct Nginx {
    _folder: TempDir,
    server: Child,
    pub url: String,
}

impl Nginx {
    /// Serves that file.
    pub fn start(file: &Path) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = free_port()?;
        let (root, name) = (
            file.canonicalize()?,
            file.file_name().ok_or("a file has a name")?.to_string_lossy(),
        );
        let root = root.parent().ok_or("a file lies in a folder")?.display().to_string();
        let user = if nix_is_root() { "user root;" } else { "" };
        let here = folder.path().display();
        fs::write(
            folder.path().join("nginx.conf"),
            format!(
                "{user} worker_processes 2; daemon off; pid {here}/nginx.pid; error_log {here}/error.log;
                events {{ worker_connections 1024; }}
                http {{
                  access_log off; sendfile on; tcp_nopush off; tcp_nodelay on; keepalive_requests 100000000;
                  open_file_cache max=1000; types {{ audio/wav wav; text/html html; text/javascript js; application/json json; }}
                  client_body_temp_path {here}/a; proxy_temp_path {here}/b; fastcgi_temp_path {here}/c;
                  uwsgi_temp_path {here}/d; scgi_temp_path {here}/e;
                  server {{ listen 127.0.0.1:{port} reuseport; root \"{root}\"; }}
                }}"
            ),
        )?;
        let server = Command::new(program("nginx"))
            .args([
                "-p".as_ref(),
                folder.path().as_os_str(),
                "-c".as_ref(),
                "nginx.conf".as_ref(),
            ])
            .args(["-e", "error.log"])
            .spawn()?;
        let nginx = Self {
            _folder: folder,
            server,
            url: format!("http://127.0.0.1:{port}/{name}"),
        };
        let until = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > until {
                return Err("nginx did not start".into());
            }
            std::thread::yield_now();
        }
        Ok(nginx)
    }

    /// Where another file of the same folder is served.
    pub fn beside(&self, name: &str) -> String {
        let folder = self.url.rfind('/').map_or("", |end| &self.url[..end]);
        format!("{folder}/{name}")
    }
}

/// Its workers must be able to read the file.
fn nix_is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers end when it is asked to, not when it is killed.
        let asked = Command::new("kill").arg(self.server.id().to_string()).status();
        if asked.is_ok_and(|status| status.success()) {
            let _ = self.server.wait();
        }
    }
}
