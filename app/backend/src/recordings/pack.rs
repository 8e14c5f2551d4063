//! The sounds of many recordings in one archive (checklist 88, 89), with a sheet of what is known of them. Made as it is taken:
//! each sound is read twice, once for its check sum and once to be sent, and never held. What is known only at the end, the
//! sheet and the archive's index, waits on the disk.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, BufWriter, Write},
    sync::Arc,
};

use model::{history::What, id::RecordingId, instant::Stamp, problem::Problem, recording::RecordingRow};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    Sound,
    detail::file_name,
    entity::media,
    files::{Order, Wording, apart, cell},
    outlet::{Halt, Outlet, Pieces},
    row,
};
use crate::{
    Backend, Error, Viewer,
    archive::{Archive, Entry},
    people::Sheet,
    sheet::{Cell, Table},
    storage::Incoming,
};

/// How much of a sound is read at a time.
const PIECE: u64 = 64 << 10;

impl Backend {
    /// An archive of sounds for the viewer who carries this token.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer may take nothing along, or recordings are named and none of them is within
    /// the viewer's scope; when the database does not answer.
    pub async fn pack(&self, token: &str, viewer: Viewer, order: Order, words: impl Wording) -> Result<Pieces, Error> {
        if !viewer.may_download() {
            return Err(Problem::NotFound.into());
        }
        let (mut outlet, pieces) = self.outlet(token, &viewer, &order, true).await?;
        let backend = self.clone();
        let alarm = outlet.alarm();
        let making = tokio::spawn(async move {
            let result = backend.write_pack(&viewer, &order, words, &mut outlet).await;
            outlet.end(result).await;
        });
        alarm.over(making);
        Ok(pieces)
    }

    async fn write_pack(
        &self,
        viewer: &Viewer,
        order: &Order,
        words: impl Wording,
        outlet: &mut Outlet,
    ) -> Result<(), Halt> {
        let words = Arc::new(words);
        let mut headings: Vec<String> = order.columns.iter().map(|column| words.heading(*column)).collect();
        headings.push(words.file());
        let sheet = Spool::new(self.waiting("sheet")?);
        let mut sheet = Table::new(sheet, order.sheet, words.separator(), &words.sheet(), headings)?;
        let mut index = BufWriter::new(self.waiting("index")?);
        let (mut archive, mut names) = (Archive::default(), Names::default());
        let mut pages = self.pages(viewer, &order.selection, order.sort).await?;
        while let Some(rows) = pages.next().await? {
            let mut media = self.media_of(rows.iter().map(|row| row.id)).await?;
            let mut written: Vec<(RecordingRow, Option<String>)> = vec![];
            for row in rows {
                let shown = row::shown(&row, viewer.company())?;
                let person = shown.person.as_deref().unwrap_or(&shown.extension);
                let opened = match media.remove(&row.id) {
                    Some(media) => self.summed(&media).await,
                    None => Err(Error::internal("it has no sound")),
                };
                let name = match opened {
                    Ok((sound, crc)) => {
                        let taken = [(row.id, What::Downloaded)];
                        self.chronicle(self.db(), &self.doer(viewer), taken, false).await?;
                        let name = names.unique(file_name(&shown.start, Some(person), &row));
                        send_sound(&mut archive, &sound, crc, &name, &shown.start, outlet).await?;
                        outlet.pack().add_done(1);
                        Some(name)
                    }
                    Err(error) => {
                        tracing::error!(recording = %row.id, %error, "a sound is left out of an archive");
                        outlet.pack().add_left_out();
                        None
                    }
                };
                written.push((shown, name));
            }
            let (columns, words, gained) = (order.columns.clone(), words.clone(), archive.take_index());
            (sheet, index) = apart(move || {
                for (row, name) in written {
                    let mut cells: Vec<Cell> = columns.iter().map(|column| cell(&*words, *column, &row)).collect();
                    cells.push(name.unwrap_or_else(|| words.unread()).into());
                    sheet.row(&cells)?;
                }
                index.write_all(&gained)?;
                Ok((sheet, index))
            })
            .await?;
        }
        let end = match order.sheet {
            Sheet::Csv => "csv",
            Sheet::Xlsx => "xlsx",
        };
        let name = format!("{}.{end}", words.sheet());
        let sheet = apart(move || sheet.end()).await?;
        let now = viewer.company().calendar.stamp(self.now());
        let head = archive.begin(&Entry {
            name: &name,
            bytes: sheet.bytes,
            crc: sheet.crc.clone().finalize(),
            stamp: &now,
        });
        outlet.send(head).await?;
        send_file(sheet.file, outlet).await?;
        send_file(index, outlet).await?;
        outlet.send(archive.take_index()).await?;
        outlet.send(archive.end()).await
    }

    /// A file for what waits until the end; gone when it is dropped.
    fn waiting(&self, what: &str) -> Result<Incoming, Error> {
        Ok(self.storage().incoming(&format!("{what}-{}", self.new_id()?))?)
    }

    async fn media_of(
        &self,
        ids: impl Iterator<Item = RecordingId>,
    ) -> Result<HashMap<RecordingId, media::Model>, Error> {
        let found = media::Entity::find()
            .filter(media::COLUMN.recording_id.is_in(ids))
            .all(self.db())
            .await?;
        Ok(found.into_iter().map(|media| (media.recording_id, media)).collect())
    }

    /// A sound, and the check sum of what will be sent of it.
    async fn summed(&self, media: &media::Model) -> Result<(Sound, u32), Error> {
        let sound = Sound::original(self.storage(), media)?;
        let mut crc = crc32fast::Hasher::new();
        let mut at = 0;
        while at < sound.len() {
            let end = sound.len().min(at + PIECE);
            crc.update(&sound.read(at..end).await?);
            at = end;
        }
        Ok((sound, crc.finalize()))
    }
}

async fn send_sound(
    archive: &mut Archive,
    sound: &Sound,
    crc: u32,
    name: &str,
    stamp: &Stamp,
    outlet: &mut Outlet,
) -> Result<(), Halt> {
    let head = archive.begin(&Entry {
        name,
        bytes: sound.len(),
        crc,
        stamp,
    });
    outlet.send(head).await?;
    let mut at = 0;
    while at < sound.len() {
        let end = sound.len().min(at + PIECE);
        outlet.send(sound.read(at..end).await?).await?;
        at = end;
    }
    Ok(())
}

/// Sends what has waited, from its beginning.
async fn send_file(file: BufWriter<Incoming>, outlet: &mut Outlet) -> Result<(), Halt> {
    let mut file = apart(move || {
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.reread()?;
        Ok(file)
    })
    .await?;
    loop {
        let piece;
        (file, piece) = apart(move || {
            let mut piece = vec![];
            file.read_on(PIECE, &mut piece)?;
            Ok((file, piece))
        })
        .await?;
        if piece.is_empty() {
            return Ok(());
        }
        outlet.send(piece).await?;
    }
}

/// A file that counts what it takes in.
struct Spool {
    file: BufWriter<Incoming>,
    bytes: u64,
    crc: crc32fast::Hasher,
}

impl Spool {
    fn new(file: Incoming) -> Self {
        Self {
            file: BufWriter::new(file),
            bytes: 0,
            crc: crc32fast::Hasher::new(),
        }
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.crc.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The names that are taken, each as eight bytes: a million names are no more than a long call is. Two that only look the
/// same in eight bytes cost one of them a number that it would not have needed.
#[derive(Default)]
struct Names(HashSet<u64>);

impl Names {
    /// The name, or the same with a number.
    fn unique(&mut self, name: String) -> String {
        if self.take(&name) {
            return name;
        }
        let (stem, end) = name.rsplit_once('.').unwrap_or((&name, ""));
        let mut number = 2_u32;
        loop {
            let numbered = format!("{stem} ({number}).{end}");
            if self.take(&numbered) {
                return numbered;
            }
            number += 1;
        }
    }

    /// Whether nobody had it. Upper and lower case are one, since they are to some file systems.
    fn take(&mut self, name: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        name.to_lowercase().hash(&mut hasher);
        self.0.insert(hasher.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_the_same() {
        let mut names = Names::default();
        let mut unique = |name: &str| names.unique(name.to_owned());
        assert_eq!(unique("a.wav"), "a.wav");
        assert_eq!(unique("A.wav"), "A (2).wav");
        assert_eq!(unique("a.wav"), "a (3).wav");
        assert_eq!(unique("b.wav"), "b.wav");
    }
}
