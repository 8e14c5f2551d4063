//! What was allowed a moment ago. A player asks for a call in hundreds of small ranges; each is checked, and a check
//! that nothing has happened since the last full one costs a microsecond instead of four questions to the database.
//!
//! Whoever changes what someone may reach says so ([`Grants::forget_all`]), also from another process on the same data
//! folder: a file there grows by one byte, and every grant remembers how long it was *before* the full check began.
//! Should a process die between its commit and that byte, no grant is older than two seconds.

use std::{
    collections::HashMap,
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use model::{id::RecordingId, instant::Instant};
use sea_orm::EntityTrait;

use super::{Sound, entity::media, one_within};
use crate::{Backend, Error, Viewer, account::Visitor, chance};

const LASTS_MS: i64 = 2_000;
const MOST: usize = 4_096;

/// What was allowed a moment ago, and to whom.
pub struct Grants {
    changes: PathBuf,
    given: Mutex<HashMap<(String, RecordingId), Grant>>,
}

#[derive(Clone)]
struct Grant {
    sound: Arc<Sound>,
    mark: Mark,
    until: Instant,
}

/// How many changes there had been. None when that cannot be read: nothing is then remembered.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark(Option<u64>);

impl Grants {
    pub(crate) fn new(data_dir: &Path) -> Self {
        Self {
            changes: data_dir.join("access-changes"),
            given: Mutex::default(),
        }
    }

    /// Says that someone's reach has changed. Called after the commit that changed it.
    pub(crate) fn forget_all(&self) {
        self.given().clear();
        let grown = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.changes)
            .and_then(|mut file| file.write_all(b"."));
        if let Err(error) = grown {
            tracing::error!(%error, path = %self.changes.display(), "a change of access reaches other processes two seconds late");
        }
    }

    fn mark(&self) -> Mark {
        match std::fs::metadata(&self.changes) {
            Ok(file) => Mark(Some(file.len())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Mark(Some(0)),
            Err(_) => Mark(None),
        }
    }

    fn find(&self, key: &(String, RecordingId), now: Instant) -> Option<Arc<Sound>> {
        let grant = self.given().get(key).cloned()?;
        (now < grant.until && grant.mark.0.is_some() && grant.mark == self.mark()).then_some(grant.sound)
    }

    fn give(&self, key: (String, RecordingId), grant: Grant, now: Instant) {
        let mut given = self.given();
        if given.len() >= MOST {
            given.retain(|_, grant| now < grant.until);
        }
        if given.len() < MOST {
            given.insert(key, grant);
        }
    }

    fn given(&self) -> std::sync::MutexGuard<'_, HashMap<(String, RecordingId), Grant>> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Backend {
    /// The sound of a recording for whoever carries this token; none when nobody does, or it is out of scope.
    ///
    /// # Errors
    /// When the database does not answer or the file cannot be opened.
    pub async fn sound_for(&self, token: Option<&str>, id: RecordingId) -> Result<Option<Arc<Sound>>, Error> {
        let Some(token) = token else { return Ok(None) };
        let (key, now) = ((chance::hash(token), id), self.now());
        if let Some(sound) = self.grants().find(&key, now) {
            return Ok(Some(sound));
        }
        let mark = self.grants().mark();
        let Visitor::Signed(viewer) = self.visitor(Some(token), self.company().await?).await? else {
            return Ok(None);
        };
        let Some(sound) = self.sound(&viewer, id).await?.map(Arc::new) else {
            return Ok(None);
        };
        let grant = Grant {
            sound: sound.clone(),
            mark,
            until: now.plus_ms(LASTS_MS),
        };
        self.grants().give(key, grant, now);
        Ok(Some(sound))
    }

    /// The sound of a recording within the viewer's scope, as it is played; none when it is out of scope.
    ///
    /// # Errors
    /// When the database does not answer or the file cannot be opened.
    pub async fn sound(&self, viewer: &Viewer, id: RecordingId) -> Result<Option<Sound>, Error> {
        if one_within(&viewer.scope(), id).one(self.db()).await?.is_none() {
            return Ok(None);
        }
        let Some(media) = media::Entity::find_by_id(id).one(self.db()).await? else {
            return Ok(None);
        };
        Ok(Some(Sound::played(self.storage(), &media)?))
    }
}
