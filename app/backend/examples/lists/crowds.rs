//! The two instances that take turns.

use std::{
    collections::HashMap,
    fs, io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use backend::{
    Backend, Viewer,
    testing::{
        self,
        crowd::{self, Crowd},
    },
};
use model::{
    list::{Choices, ListQuery, Place},
    recording::RecordingRow,
};

use crate::Result;

/// A server without the database that its address names.
fn at(server: &str) -> &str {
    server.rsplit_once('/').map_or(server, |(at, _)| at)
}

/// One of them, open, with what can be asked of it.
pub struct Arm {
    pub backend: Backend,
    pub viewers: HashMap<&'static str, Viewer>,
    pub choices: Choices,
    /// Some of its recordings, from all of its time.
    pub some: Vec<Arc<RecordingRow>>,
    /// A place so deep that nine of ten recordings stand before it.
    pub deep: Option<Place>,
    /// Microseconds that the database has taken since they were last looked at.
    taken: Arc<AtomicU64>,
}

impl Arm {
    /// Opens one with so many recordings; makes it first where it is not there, or was made by an older generator. A server keeps those of
    /// earlier runs for as long as it is there.
    pub async fn open(folder: &Path, server: Option<&str>, recordings: usize) -> Result<Self> {
        let kind = if server.is_some() { "postgres" } else { "sqlite" };
        let folder = folder.join(format!("crowd-{kind}-{recordings}"));
        let made = folder.join("made");
        let version = crowd::VERSION.to_string();
        let by = fs::read_to_string(&made).unwrap_or_default();
        // A database of this very server is still in it; that of another may be gone.
        let kept = by.strip_prefix(&format!("{version} "));
        let kept = kept.filter(|url| server.is_some_and(|server| url.starts_with(at(server))));
        let there = kept.is_some() || (server.is_none() && by == version);
        if !there && folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let url = match (server, kept) {
            (_, Some(kept)) => kept.to_owned(),
            (Some(server), None) => testing::own_database(server).await,
            (None, None) => format!("sqlite:{}/hark.db", folder.display()),
        };
        let taken = Arc::new(AtomicU64::new(0));
        let sum = taken.clone();
        let backend = testing::watched(&folder, &url, move |_, took| {
            sum.fetch_add(u64::try_from(took.as_micros()).unwrap_or_default(), Ordering::Relaxed);
        })
        .await;
        if !there {
            let began = Instant::now();
            let media = server.is_none();
            Crowd {
                media,
                ..Crowd::of(recordings)
            }
            .fill(&backend)
            .await;
            eprintln!(
                "{kind}: {recordings} recordings in {:.1} s",
                began.elapsed().as_secs_f64()
            );
            fs::write(
                made,
                if server.is_some() {
                    format!("{version} {url}")
                } else {
                    version
                },
            )?;
        }
        if server.is_none() {
            // What the system has forgotten of the file would be measured as the list's.
            io::copy(&mut fs::File::open(folder.join("hark.db"))?, &mut io::sink())?;
        }
        let mut viewers = HashMap::new();
        for email in [crowd::SUPER, crowd::RESTRICTED, crowd::TINY, crowd::OWN] {
            viewers.insert(email, crowd::viewer(&backend, email).await);
        }
        let all = &viewers[crowd::SUPER];
        let choices = backend.look_choices_up(all).await?;
        let (mut some, mut deep) = (vec![], None);
        // Noon of the tests is on 23 November 2026, and the crowd has called for 400 days.
        for to in [
            "2026-11-10",
            "2026-09-15",
            "2026-06-15",
            "2026-04-15",
            "2026-02-10",
            "2025-11-27",
        ] {
            let page = backend.list(all, ListQuery::read([("to", to)])).await?;
            some.extend(page.rows);
            deep = page.next;
        }
        let arm = Self {
            backend,
            viewers,
            choices,
            some,
            deep,
            taken,
        };
        arm.took();
        Ok(arm)
    }

    /// Milliseconds that the database has taken since the last time.
    pub fn took(&self) -> f64 {
        let micros = self.taken.swap(0, Ordering::Relaxed);
        u32::try_from(micros).map_or(f64::NAN, f64::from) / 1e3
    }
}
