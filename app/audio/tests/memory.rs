//! However large a file is, it is never in memory. A test binary of its own, since it looks at the whole process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::{
    fs,
    io::{self, Read, Seek, SeekFrom},
};

use audio::{Intake, Limits, Measured};
use support::{fixture, wav};

const MEGABYTE: u64 = 1 << 20;
/// The most that this process may have held at any time: itself, and some buffers.
const MOST: u64 = 64 * MEGABYTE;

/// A file of pieces, each followed by so many zeros, that is not stored.
struct Long {
    pieces: Vec<(Vec<u8>, u64)>,
    at: u64,
}

impl Long {
    fn size(&self) -> u64 {
        self.pieces
            .iter()
            .map(|(piece, zeros)| piece.len() as u64 + zeros)
            .sum()
    }
}

impl Read for Long {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let mut at = self.at;
        for (piece, zeros) in &self.pieces {
            let len = piece.len() as u64;
            if at < len {
                let have = (&piece[usize::try_from(at).unwrap()..]).read(room)?;
                self.at += have as u64;
                return Ok(have);
            }
            if at < len + zeros {
                let have = (len + zeros - at).min(room.len() as u64);
                let now = usize::try_from(have).unwrap();
                room[..now].fill(0);
                self.at += have;
                return Ok(now);
            }
            at -= len + zeros;
        }
        Ok(0)
    }
}

impl Seek for Long {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
            SeekFrom::End(by) => self.size().checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

/// Takes it in and sees how much memory that took at most.
fn measured(pieces: Vec<(Vec<u8>, u64)>) -> Measured {
    let mut file = Long { pieces, at: 0 };
    let mut intake = Intake::new(Limits::default());
    let mut piece = vec![0; 256 << 10];
    loop {
        match file.read(&mut piece).unwrap() {
            0 => break,
            have => intake.push(&piece[..have]).unwrap(),
        }
    }
    let measured = intake.finish(&mut file).unwrap();
    assert_eq!(measured.bytes, file.size());

    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(kilobytes * 1024 < MOST, "{kilobytes} kB");
    measured
}

#[test]
fn large_files_in_little_memory() {
    let hours = 300 * MEGABYTE;
    let mut head = wav(6, 1, 8000, 8, &[]);
    let size = u32::try_from(hours).unwrap();
    head[4..8].copy_from_slice(&(size + 36).to_le_bytes());
    head[40..44].copy_from_slice(&size.to_le_bytes());
    assert_eq!(measured(vec![(head, hours)]).layout.frames, hours);

    // An ID3 tag of 256 MB before MP3.
    let tag = (b"ID3\x04\0\0\x7f\x7f\x7f\x7f".to_vec(), (1 << 28) - 1);
    let mp3 = measured(vec![tag, (fixture("speech-16k.mp3"), 0)]);
    assert_eq!((mp3.layout.frames, mp3.layout.data_start), (15_552, (1 << 28) + 9));

    // Twenty pictures of 16 MB between the description and the frames of a FLAC.
    let flac = fixture("speech-8k.opus.flac");
    let (description, frames) = flac.split_at(42);
    let mut pieces = vec![(description.to_vec(), 0)];
    pieces.extend((0..20).map(|_| (vec![6, 0xff, 0xff, 0xff], 16 * MEGABYTE - 1)));
    pieces.push((frames.to_vec(), 0));
    assert_eq!(measured(pieces).layout.frames, 7200);
}
