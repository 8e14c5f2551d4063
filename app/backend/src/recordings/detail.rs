//! One recording: its own page, and its download.

use base64::{Engine, engine::general_purpose::STANDARD};
use model::{
    facts::{Consent, Sides},
    id::{AccountId, RecordingId, ShareId, UnitId},
    recording::{RecordingDetail, RecordingRow},
};
use sea_orm::{DerivePartialModel, EntityTrait, QueryFilter};

use super::{
    Judged, Sound,
    entity::{media, recording},
    listed::Listed,
    one_within, row,
};
use crate::{
    Backend, Error, Viewer,
    company::Company,
    history::Doer,
    people::entity::{answer_group, unit},
    scope::Scope,
};

/// A recording as it is opened.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "recording::Entity")]
struct Opened {
    #[sea_orm(nested)]
    listed: Listed,
    department_id: Option<UnitId>,
    group_number: Option<String>,
    consent: Option<String>,
    sides: String,
    rule: String,
    audio_ms: i64,
}

/// A sound that leaves the house as a file.
pub struct Download {
    /// Its bytes.
    pub sound: Sound,
    /// Its name: date, recorded person, other party's number, number rung (checklist 89).
    pub name: String,
    /// What is written down where it is really taken along ([`Backend::take_along`]).
    pub taking: Taking,
}

/// That someone takes a sound along.
pub struct Taking {
    pub(crate) recording: RecordingId,
    /// None for one who has no account.
    pub(crate) account: Option<AccountId>,
    /// The link by which one does who has none.
    pub(crate) share: Option<ShareId>,
    pub(crate) who: String,
}

impl Backend {
    /// One recording; none when there is none, or none within the viewer's scope.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recording(&self, viewer: &Viewer, id: RecordingId) -> Result<Option<RecordingDetail>, Error> {
        self.recording_within(&viewer.scope(), viewer.company(), Judged::to(viewer), id)
            .await
    }

    /// The same within any scope, told as anyone.
    pub(crate) async fn recording_within(
        &self,
        scope: &Scope,
        company: &Company,
        judged: Judged,
        id: RecordingId,
    ) -> Result<Option<RecordingDetail>, Error> {
        let found = one_within(scope, id).into_partial_model::<Opened>();
        let Some(found) = found.one(self.db()).await? else {
            return Ok(None);
        };
        let listed = judged.tell(found.listed);
        let Some(media) = media::Entity::find_by_id(id).one(self.db()).await? else {
            return Ok(None);
        };
        let department = match found.department_id {
            Some(id) => unit::Entity::find_by_id(id).one(self.db()).await?.map(|unit| unit.name),
            None => None,
        };
        let group = match &found.group_number {
            Some(number) => Some(self.group_name(number).await?.unwrap_or_else(|| number.clone())),
            None => None,
        };
        Ok(Some(RecordingDetail {
            row: row::shown(&listed, company)?,
            department,
            group,
            consent: found.consent.as_deref().and_then(Consent::named),
            sides: Sides::named(&found.sides).unwrap_or(Sides::Mixed),
            rule: found.rule,
            audio_ms: found.audio_ms,
            wave: STANDARD.encode(media.overview),
            talk: media.talk.as_deref().and_then(|talk| serde_json::from_str(talk).ok()),
        }))
    }

    /// What the list shows of one recording; none when there is none, or none within the viewer's scope.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn row(&self, viewer: &Viewer, id: RecordingId) -> Result<Option<RecordingRow>, Error> {
        self.row_within(&viewer.scope(), viewer.company(), Judged::to(viewer), id)
            .await
    }

    /// The row of a recording within a scope, as people read it, told as anyone.
    pub(crate) async fn row_within(
        &self,
        scope: &Scope,
        company: &Company,
        judged: Judged,
        id: RecordingId,
    ) -> Result<Option<RecordingRow>, Error> {
        let found = one_within(scope, id).into_partial_model::<Listed>();
        let Some(found) = found.one(self.db()).await? else {
            return Ok(None);
        };
        let found = judged.tell(found);
        Ok(Some(row::shown(&found, company)?))
    }

    /// The original of a recording, as a WAV file with a name that says what it is; none when it is out of scope.
    ///
    /// # Errors
    /// When the database does not answer or the file cannot be opened.
    pub async fn download(&self, viewer: &Viewer, id: RecordingId) -> Result<Option<Download>, Error> {
        let taking = Taking {
            recording: id,
            account: Some(viewer.account()),
            share: None,
            who: viewer.name.clone(),
        };
        self.download_within(&viewer.scope(), viewer.company(), true, taking)
            .await
    }

    /// Writes down that a sound is taken along, before its first byte leaves. Who only asks how long it is, or has it already,
    /// takes nothing.
    ///
    /// # Errors
    /// When the database does not answer: what cannot be written down does not leave.
    pub async fn take_along(&self, taking: &Taking) -> Result<(), Error> {
        let doer = Doer {
            account: taking.account,
            share: taking.share,
            who: &taking.who,
            at: self.now(),
        };
        self.chronicle_download(&doer, taking.recording).await
    }

    /// The same within any scope. Someone without a name is called by the extension, where one may be told it.
    pub(crate) async fn download_within(
        &self,
        scope: &Scope,
        company: &Company,
        by_extension: bool,
        taking: Taking,
    ) -> Result<Option<Download>, Error> {
        let id = taking.recording;
        let found = one_within(scope, id).into_partial_model::<Listed>();
        let Some(found) = found.one(self.db()).await? else {
            return Ok(None);
        };
        let Some(media) = media::Entity::find_by_id(id).one(self.db()).await? else {
            return Ok(None);
        };
        let person = found.person.as_deref();
        let person = person.or_else(|| by_extension.then_some(&*found.extension));
        let stamp = company.calendar.stamp(found.started_at);
        let name = file_name(&stamp, person, &found);
        let sound = Sound::original(self.storage(), &media)?;
        Ok(Some(Download { sound, name, taking }))
    }

    async fn group_name(&self, number: &str) -> Result<Option<String>, Error> {
        let found = answer_group::Entity::find()
            .filter(answer_group::COLUMN.number.eq(number))
            .one(self.db())
            .await?;
        Ok(found.map(|group| group.name))
    }
}

/// `20200316_133513_Pelle-Persson_+46709214080_+46735143332.wav` (checklist 89). Letters of every language stay; what a
/// file system or a shell could stumble over becomes a hyphen.
pub(super) fn file_name(stamp: &model::instant::Stamp, person: Option<&str>, row: &Listed) -> String {
    let ((y, mo, d), (h, mi, s)) = (stamp.date, stamp.time);
    let mut name = format!("{y:04}{mo:02}{d:02}_{h:02}{mi:02}{s:02}");
    for part in [person, row.other_number.as_deref(), row.number_rung.as_deref()]
        .into_iter()
        .flatten()
    {
        let tame: String = part
            .chars()
            .take(60)
            .map(|c| if c.is_alphanumeric() || c == '+' { c } else { '-' })
            .collect();
        name.push('_');
        name.push_str(tame.trim_matches('-'));
    }
    name.push_str(".wav");
    name
}

#[cfg(test)]
mod tests {
    use model::{
        id::CallId,
        instant::{Instant, Stamp},
    };

    use super::*;
    use crate::recordings::marks::{NOBODYS, UNJUDGED};

    fn row(other: Option<&str>, rung: Option<&str>) -> Listed {
        Listed {
            id: RecordingId(1),
            call_id: CallId(1),
            extension: "a166947070".into(),
            person_id: None,
            person: None,
            direction: "incoming".into(),
            started_at: Instant(0),
            call_ms: 0,
            other_number: other.map(Into::into),
            other_name: None,
            number_rung: rung.map(Into::into),
            tag: None,
            flag: 0,
            score: UNJUDGED,
            shown_score: UNJUDGED,
            waits: NOBODYS,
            moment: 0,
            number_key: String::new(),
            rung_key: String::new(),
            who_key: String::new(),
            tag_key: String::new(),
        }
    }

    #[test]
    fn the_name_says_what_it_is() {
        let stamp = Stamp {
            at: Instant(0),
            date: (2020, 3, 16),
            time: (13, 35, 13),
            weekday: 1,
            offset: 60,
        };
        assert_eq!(
            file_name(
                &stamp,
                Some("Pelle Persson"),
                &row(Some("+46709214080"), Some("+46735143332"))
            ),
            "20200316_133513_Pelle-Persson_+46709214080_+46735143332.wav"
        );
        assert_eq!(
            file_name(&stamp, Some("Åsa Öström"), &row(Some("90510"), None)),
            "20200316_133513_Åsa-Öström_90510.wav"
        );
        assert_eq!(
            file_name(&stamp, Some("../..\"\r\n;x"), &row(Some("/etc/passwd"), None)),
            "20200316_133513_x_etc-passwd.wav"
        );
        assert_eq!(
            file_name(&stamp, None, &row(Some("90510"), None)),
            "20200316_133513_90510.wav"
        );
    }
}
