//! Working on a form: its draft is kept as it is typed, faults and all, and of two who do so at once the second is asked.

use std::collections::BTreeSet;

use model::{
    evaluation::{Form, Key, Kind},
    forms::{Bench, Turn, Typed, Used, What, arrival},
    id::FormId,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    create::Base,
    entity::{form, form_version},
    parsed, row, written,
};
use crate::{Backend, Error, ManageSettings, May};

/// What became of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    pub revision: i64,
    /// The question that has come to it.
    pub added: Option<Key>,
    /// What was taken back, or done again.
    pub stepped: Option<What>,
}

/// What is done with what is on a page that has not woken, beside keeping it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Nothing,
    Turn(Turn),
    /// What was done last is taken back.
    Undo,
    /// And done again.
    Redo,
}

impl Backend {
    /// Keeps a draft that was begun at that revision; gives the one it now has. What a page sends while `leaving`,
    /// which nobody tells what came of it, is noted as well.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::Changed`] where someone else has changed it meanwhile; [`Problem::Invalid`] where it
    /// is larger than any form.
    pub async fn save_draft(
        &self,
        _: May<ManageSettings>,
        id: FormId,
        revision: i64,
        form: &Form,
        leaving: bool,
    ) -> Result<i64, Error> {
        let transaction = self.writing().await?;
        let row = row(&transaction, id).await?;
        let lines = parsed(&row.body)?.lines();
        let arrived = leaving.then(|| arrived(&row, revision, form)).transpose()?;
        let revision = self.keep_draft(&transaction, row, revision, form, lines).await?;
        if let Some(arrived) = arrived {
            form::Entity::update_many()
                .col_expr(form::Column::Arrived, Expr::val(arrived))
                .filter(form::COLUMN.id.eq(id))
                .exec(&transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(revision)
    }

    /// Keeps what a page without scripts sends, and does what its button says.
    ///
    /// # Errors
    /// As [`Backend::save_draft`].
    pub async fn turn_draft(
        &self,
        _: May<ManageSettings>,
        id: FormId,
        revision: i64,
        typed: Typed,
        deed: Deed,
    ) -> Result<Turned, Error> {
        let transaction = self.writing().await?;
        let row = row(&transaction, id).await?;
        let mut kept = self.past_of_forms().of(id, revision);
        let before = parsed(&row.body)?;
        let lines = before.lines();
        // What is typed anew leads elsewhere than what was taken back.
        if deed == Deed::Nothing && typed.form != before {
            kept.future.clear();
        }
        let mut bench = Bench {
            used: used(&transaction, &row).await?,
            form: typed.form,
            past: kept.past,
            future: kept.future,
        };
        for done in bench.past.iter().chain(&bench.future) {
            bench.used.note_done(done);
        }
        for turn in typed.turns {
            bench.turn(turn);
        }
        let before: BTreeSet<Key> = bench.form.questions().map(|question| question.key).collect();
        let stepped = match deed {
            Deed::Nothing => None,
            Deed::Turn(turn) => {
                bench.turn(turn);
                None
            }
            Deed::Undo => bench.undo(),
            Deed::Redo => bench.redo(),
        };
        let revision = self.keep_draft(&transaction, row, revision, &bench.form, lines).await?;
        transaction.commit().await?;
        let keys = bench.form.questions().map(|question| question.key);
        let added = { keys }.find(|key| !before.contains(key));
        self.past_of_forms().keep(id, revision, bench);
        Ok(Turned {
            revision,
            added,
            stepped,
        })
    }

    /// Makes what was asked in a version what is being worked on. It can be taken back as everything else.
    ///
    /// # Errors
    /// As [`Backend::save_draft`]; [`Problem::NotFound`] where there is no such version.
    pub async fn restore_version(
        &self,
        _: May<ManageSettings>,
        id: FormId,
        revision: i64,
        version: i64,
    ) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = row(&transaction, id).await?;
        let old = self
            .form_version(&transaction, id, version)
            .await?
            .ok_or(Problem::NotFound)?;
        let kept = self.past_of_forms().of(id, revision);
        let mut bench = Bench {
            form: parsed(&row.body)?,
            used: Used::default(),
            past: kept.past,
            future: kept.future,
        };
        let lines = old.lines();
        bench.restore(old, version);
        let revision = self.keep_draft(&transaction, row, revision, &bench.form, lines).await?;
        transaction.commit().await?;
        self.past_of_forms().keep(id, revision, bench);
        Ok(())
    }

    /// Puts a draft in the place of another form's, as that was at that revision: what someone typed while another changed that
    /// one. What has come to it since, and was given a key that the other form has given as well, gets another. The form it was
    /// kept in is gone where nobody has used it for anything else.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where one of them is not there; [`Problem::Malformed`] where it was not kept beside that one;
    /// otherwise as [`Backend::save_draft`].
    pub async fn put_in_place(
        &self,
        _: May<ManageSettings>,
        kept: FormId,
        of: FormId,
        revision: i64,
    ) -> Result<(), Error> {
        // In its own place it would go with what it was kept in.
        if kept == of {
            return Err(Problem::NotFound.into());
        }
        let transaction = self.writing().await?;
        let (kept, of) = (row(&transaction, kept).await?, row(&transaction, of).await?);
        let base = kept.base.as_deref();
        let base = base.and_then(|base| serde_json::from_str::<Base>(base).ok());
        let base = base.filter(|base| base.of == of.id).ok_or(Problem::Malformed)?;
        let mut theirs = used(&transaction, &of).await?;
        let done = self.past_of_forms().of(of.id, of.revision);
        done.past
            .iter()
            .chain(&done.future)
            .for_each(|done| theirs.note_done(done));
        let mut bench = Bench {
            form: parsed(&kept.body)?,
            ..Bench::default()
        };
        bench.join(&base.known, &theirs);
        let form = bench.form;
        self.keep_draft(&transaction, of, revision, &form, form.lines()).await?;
        if kept.version == 0 {
            form::Entity::delete_by_id(kept.id).exec(&transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Keeps it where it fits: in the limits, or in as many `lines` as were kept before there was one.
    async fn keep_draft(
        &self,
        db: &impl ConnectionTrait,
        row: form::Model,
        revision: i64,
        form: &Form,
        lines: usize,
    ) -> Result<i64, Error> {
        fits(form, lines)?;
        let body = written(form)?;
        if body.len() > MOST_BYTES {
            return Err(too_much());
        }
        // Whoever has seen an older one and wants it as it is takes nothing from anyone: an answer may have been lost.
        if body == row.body {
            return Ok(row.revision);
        }
        if row.revision != revision && !cut!("form-revision") {
            return Err(Problem::Changed.into());
        }
        let kept = form::Entity::update_many()
            .col_expr(form::Column::Body, Expr::val(body))
            .col_expr(form::Column::Revision, Expr::val(row.revision + 1))
            .col_expr(form::Column::ChangedAt, Expr::val(self.now()))
            .filter(form::COLUMN.id.eq(row.id))
            .filter(form::COLUMN.revision.eq(row.revision))
            .exec(db)
            .await?;
        if kept.rows_affected == 0 {
            return Err(Problem::Changed.into());
        }
        Ok(row.revision + 1)
    }
}

/// The most pages that have gone of which is known what came of them.
const MOST_ARRIVED: usize = 50;

/// What has come of pages that had gone, with this form.
fn arrived(row: &form::Model, revision: i64, form: &Form) -> Result<String, Error> {
    let mut all: Vec<String> = serde_json::from_str(&row.arrived).map_err(Error::internal)?;
    let mark = arrival(revision, &written(form)?);
    all.retain(|other| *other != mark);
    all.push(mark);
    let late = all.len().saturating_sub(MOST_ARRIVED);
    serde_json::to_string(&all.split_off(late)).map_err(Error::internal)
}

/// Keys that were given in any version of a form.
pub(super) async fn used(db: &impl ConnectionTrait, row: &form::Model) -> Result<Used, Error> {
    let mut used = Used::of([&parsed(&row.body)?]);
    let versions = form_version::Entity::find().filter(form_version::COLUMN.form_id.eq(row.id));
    for version in versions.all(db).await? {
        used.note(&parsed(&version.body)?);
    }
    Ok(used)
}

/// A draft with every text as long as it may be fits twice.
const MOST_BYTES: usize = 2 * Form::MOST_TEXT;

/// Whether a draft is one that can become a form by taking a little away. Everything else that is wrong with it waits.
fn fits(form: &Form, kept_lines: usize) -> Result<(), Error> {
    let many = |most: usize| {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        Err(Error::invalid(Field::EvaluationForm, Invalid::TooMany { most }))
    };
    if form.sections.len() > Form::MOST_SECTIONS {
        return many(Form::MOST_SECTIONS);
    }
    if form.questions().count() > Form::MOST_QUESTIONS {
        return many(Form::MOST_QUESTIONS);
    }
    let lines = form.questions().map(|question| match &question.kind {
        Kind::Scale { helps, .. } => helps.len(),
        kind => kind.lines(),
    });
    if lines.max().unwrap_or(0) > Kind::MOST_CHOICES {
        return many(Kind::MOST_CHOICES);
    }
    if form.lines() > Form::MOST_LINES.max(kept_lines) {
        return many(Form::MOST_LINES);
    }
    Ok(())
}

fn too_much() -> Error {
    let most = u32::try_from(Form::MOST_TEXT).unwrap_or(u32::MAX);
    Error::invalid(Field::EvaluationForm, Invalid::TooLong { most })
}
