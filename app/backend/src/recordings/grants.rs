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
use crate::{Backend, Error, account::Visitor, chance, history::Listener, scope::Scope};

const LASTS_MS: i64 = 2_000;
/// Each holds a file open.
const MOST: usize = 256;

/// What was allowed a moment ago, and to whom.
pub struct Grants {
    changes: PathBuf,
    given: Mutex<HashMap<(String, RecordingId), Grant>>,
}

/// What a sound is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To draw it, or to see whether it still may be heard.
    Look,
    /// To hear it: that is written down before its first byte leaves.
    Hear,
}

/// What a browser carries.
#[derive(Clone, Copy, Debug, Default)]
pub struct Carried<'a> {
    /// The token of someone who is signed in.
    pub session: Option<&'a str>,
    /// The token of one who has opened a link.
    pub guest: Option<&'a str>,
}

/// A sound that may be heard.
#[derive(Clone)]
pub struct Allowed {
    pub sound: Arc<Sound>,
    /// When that ends at the latest, to the millisecond; none where nobody can say.
    pub until: Option<Instant>,
}

#[derive(Clone)]
struct Grant {
    allowed: Allowed,
    purpose: Purpose,
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
        if !cut!("grant") {
            self.given().clear();
        }
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

    fn find(&self, key: &(String, RecordingId), purpose: Purpose, now: Instant) -> Option<Allowed> {
        let grant = self
            .given()
            .get(key)
            .filter(|grant| grant.purpose >= purpose)
            .cloned()?;
        let unchanged = grant.mark.0.is_some() && grant.mark == self.mark();
        (now < grant.until && (unchanged || cut!("grant"))).then_some(grant.allowed)
    }

    /// Those that have run out go as new ones come, so that their files are closed.
    fn give(&self, key: (String, RecordingId), grant: Grant, now: Instant) {
        let mut given = self.given();
        given.retain(|_, grant| now < grant.until);
        if given.len() < MOST {
            given.insert(key, grant);
        }
    }

    fn given(&self) -> std::sync::MutexGuard<'_, HashMap<(String, RecordingId), Grant>> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Backend {
    /// The sound of a recording for whoever carries these tokens: for someone who is signed in, else for a guest. None where
    /// neither may hear it.
    ///
    /// # Errors
    /// When the database does not answer or the file cannot be opened.
    pub async fn sound_for(
        &self,
        carried: Carried<'_>,
        id: RecordingId,
        purpose: Purpose,
    ) -> Result<Option<Allowed>, Error> {
        let now = self.now();
        let keys = [carried.session, carried.guest].map(|token| token.map(|token| (chance::hash(token), id)));
        let mut known = keys.iter().flatten();
        if let Some(allowed) = known.find_map(|key| self.grants().find(key, purpose, now)) {
            return Ok(Some(allowed));
        }
        let mark = self.grants().mark();
        let [session, guest] = keys;
        let give = |key: Option<(String, RecordingId)>, allowed: &Allowed| {
            let lasts = now.plus_ms(LASTS_MS);
            let grant = Grant {
                allowed: allowed.clone(),
                purpose,
                mark,
                until: allowed.until.map_or(lasts, |until| lasts.min(until)),
            };
            if let Some(key) = key {
                self.grants().give(key, grant, now);
            }
        };
        if let Some(allowed) = self.sound_for_viewer(carried.session, id, purpose).await? {
            give(session, &allowed);
            return Ok(Some(allowed));
        }
        let allowed = self.sound_for_guest(carried.guest, id, purpose).await?;
        if let Some(allowed) = &allowed {
            give(guest, allowed);
        }
        Ok(allowed)
    }

    async fn sound_for_viewer(
        &self,
        token: Option<&str>,
        id: RecordingId,
        purpose: Purpose,
    ) -> Result<Option<Allowed>, Error> {
        let Some(token) = token else { return Ok(None) };
        let (_, Visitor::Signed(viewer)) = self.visitor(Some(token)).await? else {
            return Ok(None);
        };
        let listener = Listener::Viewer(&viewer);
        self.allow(&viewer.scope(), &listener, id, purpose, None).await
    }

    async fn sound_for_guest(
        &self,
        token: Option<&str>,
        id: RecordingId,
        purpose: Purpose,
    ) -> Result<Option<Allowed>, Error> {
        let Some(guest) = self.guest(token).await? else {
            return Ok(None);
        };
        let (listener, until) = (Listener::Guest(&guest), Some(guest.until()));
        self.allow(&guest.scope(), &listener, id, purpose, until).await
    }

    /// Allows it where it is in scope, and writes down that it is heard.
    async fn allow(
        &self,
        scope: &Scope,
        listener: &Listener<'_>,
        id: RecordingId,
        purpose: Purpose,
        until: Option<Instant>,
    ) -> Result<Option<Allowed>, Error> {
        let Some(sound) = self.sound_within(scope, id).await?.map(Arc::new) else {
            return Ok(None);
        };
        if purpose == Purpose::Hear {
            self.begin_listening(listener, id).await?;
        }
        Ok(Some(Allowed { sound, until }))
    }

    /// The sound of a recording within a scope, as it is played; none when it is out of scope.
    async fn sound_within(&self, scope: &Scope, id: RecordingId) -> Result<Option<Sound>, Error> {
        if one_within(scope, id).one(self.db()).await?.is_none() {
            return Ok(None);
        }
        let Some(media) = media::Entity::find_by_id(id).one(self.db()).await? else {
            return Ok(None);
        };
        Ok(Some(Sound::played(self.storage(), &media)?))
    }
}

#[cfg(test)]
mod tests {
    use model::facts::{Direction, Facts};

    use super::*;
    use crate::{
        Operator,
        account::{Entry, FirstPassword, NewAccount, SignIn},
        testing::Fixture,
    };

    /// A tenth of a second of silence.
    fn silence() -> std::io::Cursor<Vec<u8>> {
        let mut wav = audio::wav_header(1, 8000, 800).to_vec();
        wav.resize(44 + 1600, 0);
        std::io::Cursor::new(wav)
    }

    fn carried(entry: &Entry) -> Carried<'_> {
        Carried {
            session: Some(entry.token.reveal()),
            guest: None,
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_grant_runs_out_and_lets_go_of_its_file() {
        let fixture = Fixture::new().await;
        let backend = &fixture.backend;
        let eva = NewAccount {
            email: "eva@hark.test".into(),
            password: FirstPassword::Own("Sommar-2026!".into()),
            role: model::account::Role::Super,
            departments: vec![],
            agreed: true,
        };
        backend.add_account(Operator::at_the_command_line(), eva).await.unwrap();
        let entry = backend
            .sign_in(SignIn {
                email: "eva@hark.test".into(),
                password: "Sommar-2026!".into(),
                ..SignIn::default()
            })
            .await
            .unwrap();
        let mut sounds = vec![];
        for call in 0..3 {
            let facts = Facts {
                call_id: call.to_string(),
                direction: Direction::Internal,
                start: "2026-11-23T11:00:00".into(),
                duration_ms: None,
                extension: "a1".into(),
                other_number: None,
                other_name: None,
                number_rung: None,
                group: None,
                consent: None,
                sides: None,
            };
            let crate::ingest::Taken::New(id) = backend.take(facts, silence()).await.unwrap() else {
                panic!("it is new");
            };
            let sound = backend
                .sound_for(carried(&entry), id, Purpose::Hear)
                .await
                .unwrap()
                .unwrap();
            sounds.push((id, Arc::downgrade(&sound.sound)));
        }
        let again = backend
            .sound_for(carried(&entry), sounds[0].0, Purpose::Hear)
            .await
            .unwrap()
            .unwrap();
        assert!(
            Arc::ptr_eq(&again.sound, &sounds[0].1.upgrade().unwrap()),
            "within two seconds it is the same"
        );
        drop(again);
        fixture.clock.move_by(LASTS_MS);
        let _last = backend
            .sound_for(carried(&entry), sounds[2].0, Purpose::Hear)
            .await
            .unwrap()
            .unwrap();
        assert!(
            sounds.iter().all(|(_, sound)| sound.upgrade().is_none()),
            "what has run out is closed"
        );
    }
}
