//! Taking one recording: the path that every door shares.
//!
//! The order is: write, fsync, rename, fsync the folder, commit, acknowledge. A crash anywhere leaves either nothing
//! that anyone was told of, or everything; and since a file's name is made of its call, its person and its content, the
//! sender's second try lands on the same name.

use std::io::Read;

use model::{
    facts::{Direction, Facts, Sides},
    id::{CallId, RecordingId},
    people::Level,
    problem::Refusal,
    sound::Container,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};
use sha2::{Digest, Sha256};

use super::{
    decide::{Decision, decide},
    facts::{Known, check},
    receive::{Received, receive},
};
use crate::{
    Backend, Error,
    chance::hex,
    error::is_taken,
    people::{self, entity::person},
    recordings::{
        entity::{call, media, recording},
        keys::{CallWords, of_person, of_tag, set_call, set_clock},
        marks::{NOBODYS, UNJUDGED},
        moment::moment,
    },
};

/// What became of a recording that was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is kept, and can be heard.
    New(RecordingId),
    /// It was here already, sound and all.
    Already(RecordingId),
}

impl Backend {
    /// Takes one side of a call.
    ///
    /// # Errors
    /// [`Error::Refused`] with the reason; whoever brought the recording still has it.
    pub async fn take<R: Read + Send + 'static>(&self, facts: Facts, source: R) -> Result<Taken, Error> {
        let company = self.company().await?;
        let mut known = check(facts, &company.calendar, company.numbering, self.now())?;
        let person = people::by_extension(self.db(), &known.extension).await?;
        if known.other_name.is_none() && known.direction == Direction::Internal {
            known.other_name = self.colleague(known.other_number.as_deref()).await?;
        }
        let decision = decide(&known, person.as_ref());
        if !decision.record {
            return Err(Refusal::NotRecorded {
                rule: decision.rule.to_owned(),
            }
            .into());
        }
        let (storage, name) = (self.storage().clone(), self.new_id()?.to_string());
        let received = tokio::task::spawn_blocking(move || receive(&storage, &name, source))
            .await
            .map_err(Error::internal)??;
        let sha256 = hex(&received.measured.sha256);
        if let Some(known) = already(self.db(), &known, &sha256).await? {
            return Ok(Taken::Already(known));
        }
        let side = Side {
            known,
            person,
            decision,
            sha256,
        };
        let stored = self.store(&side, received).await?;
        let files: Vec<String> = stored.rendition_path.iter().chain([&stored.path]).cloned().collect();
        match self.write_down(&side, stored).await {
            Err(Error::Database(error)) if is_taken(&error) => {
                // The same recording came through another door in the meantime.
                match already(self.db(), &side.known, &side.sha256).await {
                    Ok(now_there) => now_there.map(Taken::Already).ok_or(Error::Database(error)),
                    Err(Error::Refused(why)) => {
                        // Another sound was quicker, and no row will ever name these files.
                        for file in files {
                            if let Err(error) = self.storage().remove(&file) {
                                tracing::error!(%error, file, "a refused sound could not be removed");
                            }
                        }
                        Err(why.into())
                    }
                    // Not known whose the files are: they stay.
                    Err(unknown) => Err(unknown),
                }
            }
            other => other.map(Taken::New),
        }
    }

    /// The name of whoever has that extension: a switch tells names of callers, seldom of colleagues.
    async fn colleague(&self, extension: Option<&str>) -> Result<Option<String>, Error> {
        let Some(extension) = extension else { return Ok(None) };
        let colleague = people::by_extension(self.db(), extension).await?;
        Ok(colleague.map(|person| people::full_name(&person.first_name, &person.last_name)))
    }

    /// Gives the files their lasting names.
    async fn store(&self, side: &Side, received: Received) -> Result<Stored, Error> {
        let Received {
            file,
            measured,
            rendition,
        } = received;
        let stamp = self.company().await?.calendar.stamp(side.known.started_at);
        let stem = format!("{:04}/{:02}/{}", stamp.date.0, stamp.date.1, side.file_stem());
        let path = format!("{stem}.{}", ending(measured.layout.container));
        let (rendition_path, rendition_layout) = match &rendition {
            Some((_, layout)) => (Some(format!("{stem}.pcm.wav")), Some(*layout)),
            None => (None, None),
        };
        let stored = Stored {
            measured,
            path: path.clone(),
            rendition_path: rendition_path.clone(),
            rendition_layout,
        };
        let storage = self.storage().clone();
        let keep = move || {
            if let (Some((wav, _)), Some(path)) = (rendition, rendition_path) {
                storage.keep(wav, &path)?;
            }
            storage.keep(file, &path)
        };
        tokio::task::spawn_blocking(keep).await.map_err(Error::internal)??;
        Ok(stored)
    }

    /// Makes the recording visible.
    async fn write_down(&self, side: &Side, stored: Stored) -> Result<RecordingId, Error> {
        let Side {
            known,
            person,
            decision,
            sha256,
        } = side;
        let (now, id) = (self.now(), RecordingId(self.new_id()?));
        let layout = stored.measured.layout;
        let audio_ms = i64::try_from(layout.duration_ms()).unwrap_or(i64::MAX);
        let sides = if layout.channels == 1 {
            Sides::Mixed
        } else {
            known.sides.unwrap_or(Sides::RecordedOther)
        };
        let transaction = self.writing().await?;
        let call_id = call_of(&transaction, &known.call_id, CallId(self.new_id()?), now).await?;
        let company = self.company_within(&transaction).await?;
        let name = person.as_ref().map(person::Model::name);
        let ((who_text, who_key), (tag_text, tag_key)) = (of_person(name.as_deref(), &known.extension), of_tag(None));
        let unit = |level| person.as_ref().and_then(|person| person.unit(level));
        let mut row = recording::ActiveModel {
            id: Set(id),
            call_id: Set(call_id),
            extension: Set(known.extension.clone()),
            person_id: Set(person.as_ref().map(|person| person.id)),
            district_id: Set(unit(Level::District)),
            department_id: Set(unit(Level::Department)),
            cost_center_id: Set(unit(Level::CostCenter)),
            office_id: Set(unit(Level::Office)),
            moment: Set(moment(known.started_at, id.0)),
            who_text: Set(who_text),
            who_key: Set(who_key),
            tag_text: Set(tag_text),
            tag_key: Set(tag_key),
            direction: Set(known.direction.name().to_owned()),
            started_at: Set(known.started_at),
            call_ms: Set(known.call_ms.unwrap_or(audio_ms)),
            audio_ms: Set(audio_ms),
            other_number: Set(known.other_number.clone()),
            other_name: Set(known.other_name.clone()),
            number_rung: Set(known.number_rung.clone()),
            group_number: Set(known.group.clone()),
            consent: Set(known.consent.map(|consent| consent.name().to_owned())),
            sides: Set(sides.name().to_owned()),
            rule: Set(decision.rule.to_owned()),
            tag: Set(None),
            flag: Set(0),
            evaluated: Set(false),
            shown: Set(false),
            score: Set(UNJUDGED),
            shown_score: Set(UNJUDGED),
            waits: Set(NOBODYS),
            created_at: Set(now),
            ..Default::default()
        };
        set_clock(&mut row, &company.calendar.stamp(known.started_at));
        let words = CallWords {
            extension: &known.extension,
            name: known.other_name.as_deref(),
            number: known.other_number.as_deref(),
            rung: known.number_rung.as_deref(),
        };
        set_call(&mut row, &words, company.numbering);
        recording::Entity::insert(row)
            .exec_without_returning(&transaction)
            .await?;
        let row = media::ActiveModel {
            recording_id: Set(id),
            path: Set(stored.path),
            sha256: Set(sha256.clone()),
            bytes: Set(i64::try_from(stored.measured.bytes).unwrap_or(i64::MAX)),
            layout: Set(serde_json::to_string(&layout).map_err(Error::internal)?),
            rendition_path: Set(stored.rendition_path),
            rendition_layout: Set(stored
                .rendition_layout
                .as_ref()
                .map(serde_json::to_string)
                .transpose()
                .map_err(Error::internal)?),
            overview: Set(stored.measured.overview.to_bytes()),
            talk: Set(Some(
                serde_json::to_string(&stored.measured.talk).map_err(Error::internal)?,
            )),
        };
        media::Entity::insert(row).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        self.0.choices.forget();
        Ok(id)
    }
}

/// One side of a call, decided on and received.
struct Side {
    known: Known,
    person: Option<person::Model>,
    decision: Decision,
    sha256: String,
}

/// The sound under its lasting name.
struct Stored {
    measured: audio::Measured,
    path: String,
    rendition_path: Option<String>,
    rendition_layout: Option<model::sound::Layout>,
}

impl Side {
    fn file_stem(&self) -> String {
        let key = Sha256::new()
            .chain_update(self.known.call_id.as_bytes())
            .chain_update([0])
            .chain_update(self.known.extension.as_bytes())
            .chain_update([0])
            .chain_update(self.sha256.as_bytes())
            .finalize();
        hex(&key).chars().take(32).collect()
    }
}

/// The ending of a file's name; for those who look into the folder, since Hark itself goes by content.
const fn ending(container: Container) -> &'static str {
    match container {
        Container::Wav => "wav",
        Container::Raw => "gsm",
        Container::Mpeg => "mp3",
        Container::Ogg => "opus",
        Container::Flac => "flac",
    }
}

/// The recording of this call and person, if it is here with the same sound.
async fn already(db: &impl ConnectionTrait, known: &Known, sha256: &str) -> Result<Option<RecordingId>, Error> {
    let Some(call) = call::Entity::find()
        .filter(call::COLUMN.switch_id.eq(&known.call_id))
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    let found: Option<RecordingId> = recording::Entity::find()
        .filter(recording::COLUMN.call_id.eq(call.id))
        .filter(recording::COLUMN.extension.eq(&known.extension))
        .select_only()
        .column(recording::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    let Some(id) = found else { return Ok(None) };
    let media = media::Entity::find_by_id(id).one(db).await?;
    if media.is_some_and(|media| media.sha256 == sha256) {
        Ok(Some(id))
    } else {
        Err(Refusal::Conflict.into())
    }
}

/// The call of that name; made now if this is its first side.
async fn call_of(
    db: &impl ConnectionTrait,
    switch_id: &str,
    id: CallId,
    now: model::instant::Instant,
) -> Result<CallId, Error> {
    let row = call::ActiveModel {
        id: Set(id),
        switch_id: Set(switch_id.to_owned()),
        created_at: Set(now),
    };
    let there_already = OnConflict::column("switch_id").do_nothing().to_owned();
    call::Entity::insert(row)
        .on_conflict(there_already)
        .exec_without_returning(db)
        .await?;
    let call = call::Entity::find()
        .filter(call::COLUMN.switch_id.eq(switch_id))
        .one(db)
        .await?;
    call.map(|call| call.id)
        .ok_or_else(|| Error::internal("a call that was just made is not there"))
}
