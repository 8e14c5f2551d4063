//! Comments: at a second of the sound or of the whole, for everyone who may hear it or for their author alone.

use model::{
    account::Role,
    history::What,
    id::{CommentId, RecordingId},
    problem::{Field, Invalid, Problem},
    review::LONGEST_COMMENT,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use super::{entity::comment, is_own, words::lines};
use crate::{
    Backend, Error, Viewer,
    recordings::{entity::recording::Column, one_within},
};

/// The most comments of one recording.
const MOST: u32 = 500;

/// What someone says.
#[derive(Clone, Debug)]
pub struct Said {
    /// Where in the sound, in milliseconds; none about the whole.
    pub at_ms: Option<i64>,
    pub text: String,
    /// Whether only its author sees it.
    pub private: bool,
}

impl Said {
    fn checked(self) -> Result<Self, Error> {
        let text = lines(Field::Comment, &self.text, LONGEST_COMMENT)?;
        Ok(Self { text, ..self })
    }
}

impl Backend {
    /// Says something of a recording.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer may say nothing, or the recording is not within the viewer's scope;
    /// [`Problem::Invalid`] for words that cannot be taken.
    pub async fn add_comment(&self, viewer: &Viewer, id: RecordingId, said: Said) -> Result<CommentId, Error> {
        let said = said.checked()?;
        let transaction = self.writing().await?;
        self.may_comment(&transaction, viewer, id, said.at_ms).await?;
        let there = comment::Entity::find().filter(comment::COLUMN.recording_id.eq(id));
        if there.count(&transaction).await? >= u64::from(MOST) {
            return Err(Error::invalid(Field::Comment, Invalid::TooMany { most: MOST }));
        }
        let comment = CommentId(self.new_id()?);
        let row = comment::ActiveModel {
            id: Set(comment),
            recording_id: Set(id),
            account_id: Set(Some(viewer.account())),
            author: Set(viewer.name.clone()),
            at_ms: Set(said.at_ms),
            text: Set(said.text.clone()),
            private: Set(said.private),
            written_at: Set(self.now()),
            changed_at: Set(None),
        };
        comment::Entity::insert(row)
            .exec_without_returning(&transaction)
            .await?;
        let what = What::Commented {
            at_ms: said.at_ms,
            text: said.text,
        };
        self.chronicle(&transaction, &self.doer(viewer), [(id, what)], said.private)
            .await?;
        transaction.commit().await?;
        Ok(comment)
    }

    /// Says it otherwise. Only its author may.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not there for the viewer, or somebody else's; [`Problem::Invalid`] for words that
    /// cannot be taken.
    pub async fn change_comment(&self, viewer: &Viewer, id: CommentId, said: Said) -> Result<(), Error> {
        let said = said.checked()?;
        let transaction = self.writing().await?;
        let row = comment::Entity::find_by_id(id).one(&transaction).await?;
        let row = row.filter(|row| is_own(viewer, row)).ok_or(Problem::NotFound)?;
        self.may_comment(&transaction, viewer, row.recording_id, said.at_ms)
            .await?;
        let same = (row.at_ms, &row.text, row.private) == (said.at_ms, &said.text, said.private);
        if same {
            return Ok(());
        }
        // What was private is told to nobody, also when it no longer is.
        let private = row.private || said.private;
        let what = What::CommentChanged {
            at_ms: said.at_ms,
            from: row.text.clone(),
            to: said.text.clone(),
        };
        self.chronicle(&transaction, &self.doer(viewer), [(row.recording_id, what)], private)
            .await?;
        let mut row = row.into_active_model();
        (row.at_ms, row.text, row.private) = (Set(said.at_ms), Set(said.text), Set(said.private));
        row.changed_at = Set(Some(self.now()));
        row.update(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Takes it away: its author, or one who answers for the company.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not there for the viewer, or may not be removed.
    pub async fn remove_comment(&self, viewer: &Viewer, id: CommentId) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = comment::Entity::find_by_id(id).one(&transaction).await?;
        let may = |row: &comment::Model| is_own(viewer, row) || (viewer.role == Role::Super && !row.private);
        let row = row.filter(may).ok_or(Problem::NotFound)?;
        self.may_comment(&transaction, viewer, row.recording_id, None).await?;
        let what = What::CommentRemoved {
            at_ms: row.at_ms,
            text: row.text.clone(),
        };
        self.chronicle(
            &transaction,
            &self.doer(viewer),
            [(row.recording_id, what)],
            row.private,
        )
        .await?;
        comment::Entity::delete_by_id(id).exec(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn may_comment(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: RecordingId,
        at_ms: Option<i64>,
    ) -> Result<(), Error> {
        let length: Option<i64> = one_within(&viewer.scope(), id)
            .select_only()
            .column(Column::AudioMs)
            .into_tuple()
            .one(db)
            .await?;
        let ms = length.filter(|_| viewer.may_comment()).ok_or(Problem::NotFound)?;
        if at_ms.is_some_and(|at| !(0..=ms).contains(&at)) {
            return Err(Error::invalid(Field::Moment, Invalid::Beyond { ms }));
        }
        Ok(())
    }
}
