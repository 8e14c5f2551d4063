//! Looking whether everything is where it should be.

use std::collections::BTreeSet;

use sea_orm::EntityTrait;

use crate::{Backend, Error, Operator, db, recordings::entity::media};

/// What was found in the storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StorageCheck {
    /// How many files are where they should be.
    pub found: usize,
    /// Files that a recording needs and that are not there.
    pub missing: Vec<String>,
    /// Files that no recording knows.
    pub unknown: Vec<String>,
}

impl Backend {
    /// Lets the database look at itself. Returns what it finds wrong.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn check_database(&self, _: Operator) -> Result<Vec<String>, Error> {
        Ok(db::check(self.db()).await?)
    }

    /// Compares what recordings need with what lies in the storage.
    ///
    /// # Errors
    /// When the database does not answer or a folder cannot be read.
    pub async fn check_storage(&self, _: Operator) -> Result<StorageCheck, Error> {
        // Read before the rows: what comes in between is known by its row.
        let storage = self.storage().clone();
        let mut there: BTreeSet<String> = tokio::task::spawn_blocking(move || storage.names())
            .await
            .map_err(Error::internal)??;
        let mut check = StorageCheck::default();
        for row in media::Entity::find().all(self.db()).await? {
            for name in [Some(row.path), row.rendition_path].into_iter().flatten() {
                if there.remove(&name) || self.storage().open_media(&name).is_ok() {
                    check.found += 1;
                } else {
                    check.missing.push(name);
                }
            }
        }
        check.unknown = there.into_iter().collect();
        Ok(check)
    }
}
