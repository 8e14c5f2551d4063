//! A company to try Hark with, and its complete removal. What it brings goes through the doors that everything goes
//! through; a list of what that was is all that sets it apart.

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "demo")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub item_id: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use std::io::Read;

use model::{
    facts::Facts,
    id::{AccountId, CallId, PersonId, RecordingId},
    people::PersonForm,
    recording::Flag,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Backend, Error, Operator,
    account::{self, NewAccount},
    company,
    error::Faults,
    ingest::Taken,
    people::{self, entity as tables},
    recordings::{
        entity::{call, media, recording},
        keys::of_tag,
    },
};

/// The note that is written last.
const WHOLE: &str = "whole";

/// What a listener would have added to a demo recording.
#[derive(Clone, Debug, Default)]
pub struct DemoReview {
    pub flag: Option<Flag>,
    pub tag: Option<String>,
    pub evaluated: bool,
}

impl Backend {
    /// Whether anything is here besides an empty company: a demo does not belong beside real people.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_empty(&self, _: Operator) -> Result<bool, Error> {
        let people = tables::person::Entity::find().count(self.db()).await?;
        let accounts = account::entity::account::Entity::find().count(self.db()).await?;
        Ok(people + accounts == 0)
    }

    /// Whether the demo company is here.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn has_demo(&self, _: Operator) -> Result<bool, Error> {
        Ok(entity::Entity::find().count(self.db()).await? > 0)
    }

    /// Whether all of the demo came, the last time it was loaded.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn demo_is_whole(&self, _: Operator) -> Result<bool, Error> {
        Ok(!noted(self.db(), WHOLE).await?.is_empty())
    }

    /// Notes that all of the demo has come.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn finish_demo(&self, _: Operator) -> Result<(), Error> {
        note(self.db(), WHOLE, 0).await
    }

    /// Adds a person to the demo.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add_demo_person(&self, _: Operator, form: PersonForm) -> Result<PersonId, Error> {
        let transaction = self.writing().await?;
        let id = people::add(self, &transaction, form, None, people::By::Administrator).await?;
        note(&transaction, "person", id.0).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Adds an account to the demo.
    ///
    /// # Errors
    /// What is wrong with the account.
    pub async fn add_demo_account(&self, _: Operator, new: NewAccount) -> Result<AccountId, Error> {
        let prepared = account::prepare(self, &self.company().await?, new, Faults::default()).await?;
        let transaction = self.writing().await?;
        let id = prepared.insert(&transaction).await?;
        note(&transaction, "account", id.0).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Adds an answer group to the demo.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add_demo_group(&self, _: Operator, number: &str, name: &str) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let id = self.new_id()?;
        let row = tables::answer_group::ActiveModel {
            id: Set(id),
            number: Set(number.to_owned()),
            name: Set(name.to_owned()),
        };
        tables::answer_group::Entity::insert(row)
            .exec_without_returning(&transaction)
            .await?;
        note(&transaction, "answer_group", id).await?;
        Ok(transaction.commit().await?)
    }

    /// Adds a direct number to the demo.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add_demo_direct_number(&self, _: Operator, number: &str, name: &str) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let id = self.new_id()?;
        let row = tables::direct_number::ActiveModel {
            id: Set(id),
            number: Set(number.to_owned()),
            name: Set(name.to_owned()),
        };
        tables::direct_number::Entity::insert(row)
            .exec_without_returning(&transaction)
            .await?;
        note(&transaction, "direct_number", id).await?;
        Ok(transaction.commit().await?)
    }

    /// Takes a recording into the demo, by the door that every recording takes.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn take_demo<R: Read + Send + 'static>(
        &self,
        _: Operator,
        facts: Facts,
        sound: R,
        review: DemoReview,
    ) -> Result<(), Error> {
        // Already there is what came before an earlier try was cut off, and was not noted yet.
        let (Taken::New(id) | Taken::Already(id)) = self.take(facts, sound).await?;
        let (tag_text, tag_key) = of_tag(review.tag.as_deref());
        let transaction = self.writing().await?;
        recording::Entity::update_many()
            .col_expr(recording::Column::Flag, Expr::val(review.flag.map_or(0, Flag::number)))
            .col_expr(recording::Column::TagText, Expr::val(tag_text))
            .col_expr(recording::Column::TagKey, Expr::val(tag_key))
            .col_expr(recording::Column::Tag, Expr::val(review.tag))
            .filter(recording::COLUMN.id.eq(id))
            .exec(&transaction)
            .await?;
        if review.evaluated {
            self.evaluate_demo(&transaction, id).await?;
        }
        note(&transaction, "recording", id.0).await?;
        Ok(transaction.commit().await?)
    }

    /// Removes all that the demo brought, and nothing else. Returns how many recordings that were.
    ///
    /// # Errors
    /// When the database does not answer, and nothing is removed; or when the disk does not, and the log names the files
    /// that stay.
    pub async fn remove_demo(&self, _: Operator) -> Result<usize, Error> {
        let recordings: Vec<RecordingId> = noted(self.db(), "recording")
            .await?
            .into_iter()
            .map(RecordingId)
            .collect();
        let mut files = vec![];
        let transaction = self.writing().await?;
        for id in &recordings {
            if let Some(media) = media::Entity::find_by_id(*id).one(&transaction).await? {
                files.extend([Some(media.path), media.rendition_path].into_iter().flatten());
            }
            let call: Option<CallId> = recording::Entity::find_by_id(*id)
                .select_only()
                .column(recording::Column::CallId)
                .into_tuple()
                .one(&transaction)
                .await?;
            recording::Entity::delete_by_id(*id).exec(&transaction).await?;
            if let Some(call) = call
                && recording::Entity::find()
                    .filter(recording::COLUMN.call_id.eq(call))
                    .count(&transaction)
                    .await?
                    == 0
            {
                call::Entity::delete_by_id(call).exec(&transaction).await?;
            }
        }
        for id in noted(&transaction, "account").await? {
            account::entity::account::Entity::delete_by_id(AccountId(id))
                .exec(&transaction)
                .await?;
        }
        for id in noted(&transaction, "person").await? {
            tables::person::Entity::delete_by_id(PersonId(id))
                .exec(&transaction)
                .await?;
        }
        for id in noted(&transaction, "answer_group").await? {
            tables::answer_group::Entity::delete_by_id(id)
                .exec(&transaction)
                .await?;
        }
        for id in noted(&transaction, "direct_number").await? {
            tables::direct_number::Entity::delete_by_id(id)
                .exec(&transaction)
                .await?;
        }
        people::remove_unused(&transaction).await?;
        company::release_if_empty(&transaction).await?;
        entity::Entity::delete_many().exec(&transaction).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        let storage = self.storage().clone();
        let remove = move || {
            let mut all = Ok(());
            for file in &files {
                if let Err(error) = storage.remove(file) {
                    tracing::error!(%error, file, "a sound of the demo could not be removed");
                    all = Err(error);
                }
            }
            all
        };
        tokio::task::spawn_blocking(remove).await.map_err(Error::internal)??;
        Ok(recordings.len())
    }
}

async fn note(db: &impl ConnectionTrait, kind: &str, id: i64) -> Result<(), Error> {
    let row = entity::ActiveModel {
        kind: Set(kind.to_owned()),
        item_id: Set(id),
    };
    let again = OnConflict::columns([entity::Column::Kind, entity::Column::ItemId])
        .do_nothing()
        .to_owned();
    entity::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

async fn noted(db: &impl ConnectionTrait, kind: &str) -> Result<Vec<i64>, Error> {
    Ok(entity::Entity::find()
        .filter(entity::COLUMN.kind.eq(kind))
        .select_only()
        .column(entity::Column::ItemId)
        .into_tuple()
        .all(db)
        .await?)
}
