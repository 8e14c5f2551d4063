//! The frame of a ZIP archive (APPNOTE 6.3.10) around files that are handed over one after the other: what stands before
//! each of them, and what stands at the end. The files themselves do not pass through here, nothing is packed, and only
//! what the index has gained is held. ZIP64 begins where the older numbers end.

use model::instant::Stamp;

/// Where the older numbers end.
const MOST_32: u64 = 0xffff_ffff;
const MOST_16: u64 = 0xffff;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// What a reader must know: a plain archive, or ZIP64.
const PLAIN: u16 = 20;
const ZIP64: u16 = 45;
/// Made under Unix, where a name says nothing of who may read it: a plain file, for its owner and for others to read.
const MADE_BY: u16 = (3 << 8) | ZIP64;
const MODE: u32 = 0o100_644 << 16;

/// A file that comes next.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its name, at most 65,535 bytes long.
    pub name: &'a str,
    /// Its length.
    pub bytes: u64,
    /// Its CRC-32.
    pub crc: u32,
    /// Since when it is what it is; to two seconds.
    pub stamp: &'a Stamp,
}

/// An archive that is being written.
#[derive(Debug, Default)]
pub struct Archive {
    /// Where in it the next file begins.
    at: u64,
    entries: u64,
    /// What the index has gained and nobody has taken yet.
    index: Vec<u8>,
    index_bytes: u64,
}

impl Archive {
    /// What stands before a file. After it come exactly the file's bytes.
    pub fn begin(&mut self, entry: &Entry<'_>) -> Vec<u8> {
        let large = entry.bytes >= MOST_32;
        let far = self.at >= MOST_32;
        let mut head = Vec::with_capacity(64 + entry.name.len());
        put_u32(&mut head, 0x0403_4b50);
        put_u16(&mut head, if large { ZIP64 } else { PLAIN });
        put_common(&mut head, entry, large);
        put_u16(&mut head, if large { 20 } else { 0 });
        head.extend(entry.name.as_bytes());
        if large {
            put_u16(&mut head, 1);
            put_u16(&mut head, 16);
            put_u64(&mut head, entry.bytes);
            put_u64(&mut head, entry.bytes);
        }

        let before = self.index.len();
        let index = &mut self.index;
        put_u32(index, 0x0201_4b50);
        put_u16(index, MADE_BY);
        put_u16(index, if large || far { ZIP64 } else { PLAIN });
        put_common(index, entry, large);
        let extra = if large { 16 } else { 0 } + if far { 8 } else { 0 };
        put_u16(index, if extra > 0 { 4 + extra } else { 0 });
        // No comment, the first disk, and nothing that only its maker understands.
        put_u16(index, 0);
        put_u16(index, 0);
        put_u16(index, 0);
        put_u32(index, MODE);
        put_u32(index, clamped(self.at));
        index.extend(entry.name.as_bytes());
        if extra > 0 {
            put_u16(index, 1);
            put_u16(index, extra);
        }
        if large {
            put_u64(index, entry.bytes);
            put_u64(index, entry.bytes);
        }
        if far {
            put_u64(index, self.at);
        }
        self.index_bytes += (self.index.len() - before) as u64;
        self.entries += 1;
        self.at += head.len() as u64 + entry.bytes;
        head
    }

    /// What the index has gained since the last time. All of it, in its order, comes after the last file.
    pub fn take_index(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.index)
    }

    /// What stands after the index.
    #[must_use]
    pub fn end(&self) -> Vec<u8> {
        let mut end = vec![];
        let index_ends = self.at + self.index_bytes;
        if self.entries >= MOST_16 || self.at >= MOST_32 || self.index_bytes >= MOST_32 {
            put_u32(&mut end, 0x0606_4b50);
            put_u64(&mut end, 44);
            put_u16(&mut end, MADE_BY);
            put_u16(&mut end, ZIP64);
            put_u32(&mut end, 0);
            put_u32(&mut end, 0);
            put_u64(&mut end, self.entries);
            put_u64(&mut end, self.entries);
            put_u64(&mut end, self.index_bytes);
            put_u64(&mut end, self.at);
            put_u32(&mut end, 0x0706_4b50);
            put_u32(&mut end, 0);
            put_u64(&mut end, index_ends);
            put_u32(&mut end, 1);
        }
        let entries = u16::try_from(self.entries).unwrap_or(u16::MAX);
        put_u32(&mut end, 0x0605_4b50);
        put_u16(&mut end, 0);
        put_u16(&mut end, 0);
        put_u16(&mut end, entries);
        put_u16(&mut end, entries);
        put_u32(&mut end, clamped(self.index_bytes));
        put_u32(&mut end, clamped(self.at));
        put_u16(&mut end, 0);
        end
    }
}

/// What both heads of a file say of it, from how it is written to how long its name is.
fn put_common(head: &mut Vec<u8>, entry: &Entry<'_>, large: bool) {
    let bytes = if large { u32::MAX } else { clamped(entry.bytes) };
    let (date, time) = dos(entry.stamp);
    put_u16(head, UTF8);
    put_u16(head, 0);
    put_u16(head, time);
    put_u16(head, date);
    put_u32(head, entry.crc);
    put_u32(head, bytes);
    put_u32(head, bytes);
    put_u16(head, u16::try_from(entry.name.len()).unwrap_or(u16::MAX));
}

/// A day and a time as such archives keep them, from 1980 on.
fn dos(stamp: &Stamp) -> (u16, u16) {
    let part = |value: i8| u16::from(value.unsigned_abs());
    let ((year, month, day), (hour, minute, second)) = (stamp.date, stamp.time);
    let years = u16::try_from(year - 1980).unwrap_or_default().min(127);
    (
        (years << 9) | (part(month) << 5) | part(day),
        (part(hour) << 11) | (part(minute) << 5) | (part(second) / 2),
    )
}

fn clamped(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn put_u16(bytes: &mut Vec<u8>, number: u16) {
    bytes.extend(number.to_le_bytes());
}

fn put_u32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend(number.to_le_bytes());
}

fn put_u64(bytes: &mut Vec<u8>, number: u64) {
    bytes.extend(number.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Seek, SeekFrom, Write};

    use model::instant::Instant;

    use super::*;

    const STAMP: Stamp = Stamp {
        at: Instant(0),
        date: (2026, 11, 25),
        time: (10, 46, 51),
        weekday: 3,
        offset: 60,
    };

    fn entry<'a>(name: &'a str, content: &[u8]) -> Entry<'a> {
        Entry {
            name,
            bytes: content.len() as u64,
            crc: crc32fast::hash(content),
            stamp: &STAMP,
        }
    }

    #[test]
    fn another_reader_finds_what_was_written() {
        let (mut archive, mut bytes) = (Archive::default(), vec![]);
        for (name, content) in [("Åsa Öström.wav", &b"sound"[..]), ("empty", b"")] {
            bytes.extend(archive.begin(&entry(name, content)));
            bytes.extend(content);
        }
        bytes.extend(archive.take_index());
        bytes.extend(archive.end());
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(read.len(), 2);
        let mut file = read.by_name("Åsa Öström.wav").unwrap();
        let written = file.last_modified().unwrap();
        assert_eq!((written.year(), written.hour(), written.second()), (2026, 10, 50));
        let mut content = vec![];
        file.read_to_end(&mut content).unwrap();
        assert_eq!(content, b"sound");
    }

    #[test]
    fn more_files_than_the_older_numbers_can_say() {
        let (mut archive, mut bytes) = (Archive::default(), vec![]);
        let mut index = vec![];
        for number in 0..70_000_u32 {
            let content = number.to_le_bytes();
            bytes.extend(archive.begin(&entry(&number.to_string(), &content)));
            bytes.extend(content);
            index.extend(archive.take_index());
        }
        bytes.extend(index);
        bytes.extend(archive.end());
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(read.len(), 70_000);
        let mut content = vec![];
        read.by_name("69999").unwrap().read_to_end(&mut content).unwrap();
        assert_eq!(content, 69_999_u32.to_le_bytes());
    }

    /// Five gigabytes, of which the disk holds a hundred bytes.
    #[test]
    fn more_bytes_than_the_older_numbers_can_say() {
        const LARGE: u64 = 5 << 30;
        let (mut archive, mut file) = (Archive::default(), tempfile::tempfile().unwrap());
        let large = Entry {
            bytes: LARGE,
            ..entry("large", b"")
        };
        file.write_all(&archive.begin(&large)).unwrap();
        file.seek(SeekFrom::Current(5 << 30)).unwrap();
        file.write_all(&archive.begin(&entry("behind", b"sound"))).unwrap();
        file.write_all(b"sound").unwrap();
        file.write_all(&archive.take_index()).unwrap();
        file.write_all(&archive.end()).unwrap();
        let mut read = zip::ZipArchive::new(file).unwrap();
        assert_eq!(read.by_name("large").unwrap().size(), LARGE);
        let mut content = vec![];
        read.by_name("behind").unwrap().read_to_end(&mut content).unwrap();
        assert_eq!(content, b"sound");
    }
}
