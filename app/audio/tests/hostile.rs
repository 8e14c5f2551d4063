//! Files that are broken, cut off or made to do harm: refused with a code or taken, never worse.
//!
//! Panics of decoding crates must come out as damage; our own code may not panic even behind the fence.

mod support;

use std::{
    io::{Cursor, Read, Seek},
    panic,
    sync::{
        Once,
        atomic::{AtomicUsize, Ordering},
    },
};

use audio::{Error, Intake, Limits};
use model::sound::{HeaderField, SoundFault};
use support::{Noise, decoded, fixture, intake, intake_by, wav};

/// A file of every format that is taken.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let mut noise = Noise::new(4);
    let sound: Vec<u8> = (0..6500).map(|_| noise.byte()).collect();
    let mut gsm = sound[..33 * 40].to_vec();
    gsm.iter_mut().step_by(33).for_each(|mark| *mark = *mark & 15 | 0xd0);
    vec![
        ("pcm8", wav(1, 1, 8000, 8, &sound)),
        ("pcm16", wav(1, 2, 16_000, 16, &sound)),
        ("alaw", wav(6, 2, 8000, 8, &sound)),
        ("mulaw", wav(7, 1, 8000, 8, &sound)),
        ("gsm wav", wav(0x31, 1, 8000, 0, &sound[..65 * 20])),
        ("gsm", gsm),
        ("mp3", fixture("speech-16k.mp3")),
        ("mp3 stereo", fixture("speech-44k.mp3")),
        ("opus", fixture("speech-8k.opus")),
        ("opus stereo", fixture("speech-48k.opus")),
        ("flac", fixture("speech-8k.opus.flac")),
        ("flac stereo", fixture("speech-44k.mp3.flac")),
    ]
}

/// Panics in our own code, of all tests.
static OURS: AtomicUsize = AtomicUsize::new(0);

/// Counts panics in our own code from now on, and the others quietly not.
fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let place = info.location().map(panic::Location::file).unwrap_or_default();
            if place.contains("audio/src") {
                OURS.fetch_add(1, Ordering::Relaxed);
            }
            if !place.contains("registry") {
                print(info);
            }
        }));
    });
}

/// The fault, if there is one. Anything but a fault of the sound fails the test.
fn fault(file: &[u8]) -> Option<SoundFault> {
    watch();
    let end = intake(file);
    assert_eq!(OURS.load(Ordering::Relaxed), 0, "our own code has panicked");
    match end {
        Ok(_) => None,
        Err(Error::Sound(fault)) => Some(fault),
        Err(Error::Io(error)) => unreachable!("no disk is involved: {error}"),
    }
}

#[test]
fn seeds_are_good() {
    for (name, file) in seeds() {
        assert_eq!(fault(&file), None, "{name}");
        assert!(decoded(&file).is_ok(), "{name}");
    }
}

#[test]
fn cut_off_anywhere() {
    let mut noise = Noise::new(5);
    for (name, file) in seeds() {
        let lengths = (0..200.min(file.len())).chain((0..60).map(|_| noise.below(file.len())));
        for len in lengths.chain(file.len().saturating_sub(40)..file.len()) {
            // Frames without anything around them can end after any of them; elsewhere a few bytes after the
            // sound may be missing.
            let endless = matches!(name, "gsm" | "mp3" | "mp3 stereo");
            if fault(&file[..len]).is_none() && !endless {
                assert!(file.len() - len <= 8, "{name} cut at {len} of {}", file.len());
            }
        }
    }
}

#[test]
fn changed_anywhere() {
    let mut noise = Noise::new(6);
    for (name, file) in seeds() {
        let rounds = if file.len() > 8000 { 150 } else { 400 };
        for round in 0..rounds {
            let mut file = file.clone();
            // Headers first, and then everything.
            let reach = if round % 2 == 0 { 64.min(file.len()) } else { file.len() };
            for _ in 0..=noise.below(4) {
                let at = noise.below(reach);
                match noise.below(4) {
                    0 => file[at] ^= 1 << noise.below(8),
                    1 => file[at] = noise.byte(),
                    2 => file[at..].iter_mut().take(4).for_each(|byte| *byte = 0xff),
                    _ => file[at..].iter_mut().take(4).for_each(|byte| *byte = 0),
                }
            }
            fault(&file);
            let whole = intake(&file).map_err(|error| error.fault());
            let pieces = intake_by(&file, || 1 + noise.below(500)).map_err(|error| error.fault());
            assert_eq!(whole, pieces, "{name}");
            assert_ne!(whole, Err(None), "{name}: no fault of the sound");
            assert_eq!(whole.is_ok(), decoded(&file).is_ok(), "{name}");
        }
    }
}

/// Makes the checksums of an Ogg stream right again (RFC 3533, 6).
fn seal(file: &mut [u8]) {
    let mut rest = file;
    while rest.len() > 27 && rest.starts_with(b"OggS") {
        let segments = usize::from(rest[26]);
        let body: usize = rest[27..]
            .iter()
            .take(segments)
            .map(|&length| usize::from(length))
            .sum();
        let (page, later) = rest.split_at_mut((27 + segments + body).min(rest.len()));
        page[22..26].fill(0);
        let sum = page.iter().fold(0_u32, |sum, &byte| {
            (0..8).fold(sum ^ u32::from(byte) << 24, |sum, _| {
                sum << 1 ^ if sum >> 31 == 1 { 0x04c1_1db7 } else { 0 }
            })
        });
        page[22..26].copy_from_slice(&sum.to_le_bytes());
        rest = later;
    }
}

#[test]
fn opus_changed_under_good_checksums() {
    let mut noise = Noise::new(9);
    for (name, file) in seeds().into_iter().filter(|(name, _)| name.starts_with("opus")) {
        let mut taken = 0;
        for _ in 0..300 {
            let mut file = file.clone();
            for _ in 0..=noise.below(6) {
                let at = noise.below(file.len());
                file[at] = noise.byte();
            }
            seal(&mut file);
            taken += usize::from(fault(&file).is_none());
        }
        assert!(taken > 0, "{name}: no change came as far as the decoder");
    }
}

#[test]
fn spliced_together() {
    let mut noise = Noise::new(7);
    let seeds = seeds();
    for _ in 0..300 {
        let (_, head) = &seeds[noise.below(seeds.len())];
        let (_, tail) = &seeds[noise.below(seeds.len())];
        let mut file = head[..noise.below(head.len())].to_vec();
        file.extend(&tail[noise.below(tail.len())..]);
        fault(&file);
    }
}

#[test]
fn noise_after_every_beginning() {
    let mut noise = Noise::new(8);
    for (_, file) in seeds() {
        for kept in [0, 1, 4, 12, 36, 44, 100] {
            for len in [0, 1, 50, 5000, 100_000] {
                let mut file = file[..kept].to_vec();
                file.extend((0..len).map(|_| noise.byte()));
                assert!(fault(&file).is_some() || kept > 36, "{kept} bytes kept, {len} of noise");
            }
        }
    }
}

#[test]
fn other_files_are_no_sound() {
    for text in [
        "",
        "Hej!",
        "RIFF",
        "%PDF-1.7\n%\u{e2}\n1 0 obj",
        "<!doctype html><title>Hej</title> och så vidare",
    ] {
        let expected = if text.is_empty() {
            SoundFault::Empty
        } else {
            SoundFault::NotSound
        };
        assert_eq!(fault(text.as_bytes()), Some(expected), "{text}");
    }
    assert_eq!(fault(&vec![0; 100_000]), Some(SoundFault::NotSound));
}

#[test]
fn more_than_is_taken_is_refused_before_it_is_decoded() {
    // A FLAC of 9 kB that says it holds a day of sound, and one that says it holds years.
    let flac = |frames: u64| {
        let mut file = fixture("speech-8k.opus.flac");
        let field = u64::from_be_bytes(file[18..26].try_into().unwrap());
        file[18..26].copy_from_slice(&(field & !0xf_ffff_ffff | frames).to_be_bytes());
        fault(&file)
    };
    assert_eq!(flac(8000 * 3600 * 24), Some(SoundFault::Inflation { limit: 2048 }));
    assert_eq!(flac((1 << 36) - 1), Some(SoundFault::TooLong { limit_seconds: 86_400 }));
    assert_eq!(
        flac(7201),
        Some(SoundFault::Truncated {
            declared: 7201,
            found: 7200
        })
    );
    assert_eq!(
        flac(7199),
        Some(SoundFault::LyingHeader {
            field: HeaderField::Frames
        })
    );
    // The length may be unknown; then the frames are counted.
    assert_eq!(flac(0), None);

    let limits = Limits {
        file_bytes: 1000,
        ..Limits::default()
    };
    let mut intake = Intake::new(limits);
    assert_eq!(intake.push(&wav(6, 1, 8000, 8, &[0; 900])), Ok(()));
    assert_eq!(intake.push(&[0; 100]), Err(SoundFault::TooLarge { limit_bytes: 1000 }));
}

/// A file whose disk fails after some bytes.
struct Broken(Cursor<Vec<u8>>, u64);

impl Read for Broken {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        if self.0.position() > self.1 {
            return Err(std::io::Error::other("the disk is broken"));
        }
        let room_len = room.len().min(100);
        self.0.read(&mut room[..room_len])
    }
}

impl Seek for Broken {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_broken_disk_is_no_fault_of_the_sound() {
    for (name, file) in seeds() {
        let mut intake = Intake::new(Limits::default());
        intake.push(&file).unwrap();
        let end = intake.finish(&mut Broken(Cursor::new(file.clone()), 700));
        match name {
            "pcm8" | "pcm16" | "alaw" | "mulaw" => assert!(end.is_ok(), "{name}"),
            _ => assert!(matches!(end, Err(Error::Io(_))), "{name}: {end:?}"),
        }
    }
}
