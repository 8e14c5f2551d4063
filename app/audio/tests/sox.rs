//! What sox decodes is what we decode, bit for bit.

mod support;

use std::{fs, io::Cursor, path::Path};

use audio::{Limits, VirtualWav, decode_to_wav};
use model::sound::{Codec, Container, Layout};
use support::{Noise, decoded, intake, naive, samples, skipped, sox, wav, without_sox};

/// Makes a file of that shape with what a telephone line carries and what it does not: a tone that climbs, faint noise,
/// silence, and full scale.
fn make(folder: &Path, shape: &str, name: &str) {
    let channels = if shape.contains("-c 2") { 2 } else { 1 };
    let parts = [
        "synth 1.2371 sine 300-3000 vol 0.9",
        "synth 0.4 pinknoise vol 0.05",
        "trim 0 0.3",
        "synth 0.3 square 440",
    ];
    for (i, part) in parts.iter().enumerate() {
        sox(folder, &format!("-R -n -r 8000 -c {channels} -b 16 {i}.wav {part}"));
    }
    sox(folder, &format!("0.wav 1.wav 2.wav 3.wav {shape} {name}"));
}

#[test]
fn every_code_of_g711() {
    if without_sox() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let codes: Vec<u8> = (0..=255).collect();
    fs::write(folder.path().join("codes"), &codes).unwrap();
    for (codec, name) in [(Codec::Alaw, "a-law"), (Codec::Mulaw, "mu-law")] {
        let expected = sox(
            folder.path(),
            &format!("-t raw -r 8000 -c 1 -b 8 -e {name} codes -t s16 -"),
        );
        let layout = Layout {
            codec,
            container: Container::Raw,
            channels: 1,
            rate: 8000,
            frames: 256,
            data_start: 0,
            data_len: 256,
        };
        let wav = VirtualWav::new(&layout).unwrap();
        let mut made = vec![];
        wav.render(&(44..wav.bytes()), &codes, &mut made).unwrap();
        assert_eq!(samples(&made), samples(&expected), "{name}");
    }
}

#[test]
fn a_thousand_ranges_of_the_virtual_wav() {
    if without_sox() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut noise = Noise::new(1);
    for (shape, codec) in [
        ("-e a-law", Codec::Alaw),
        ("-e mu-law", Codec::Mulaw),
        ("-e unsigned -b 8", Codec::Pcm8),
        ("-e signed -b 16", Codec::Pcm16),
    ] {
        for channels in [1_u8, 2] {
            make(folder.path(), &format!("{shape} -c {channels}"), "in.wav");
            sox(folder.path(), "in.wav -e signed -b 16 out.wav");
            let [original, expected] = ["in.wav", "out.wav"].map(|name| fs::read(folder.path().join(name)).unwrap());

            let measured = intake(&original).unwrap();
            assert_eq!((measured.layout.codec, measured.layout.channels), (codec, channels));
            assert_eq!(
                measured.overview,
                naive(channels, &samples(&expected[44..])),
                "{shape} {channels}"
            );

            let wav = VirtualWav::new(&measured.layout).unwrap();
            assert_eq!(wav.bytes(), expected.len() as u64);
            let mut out = vec![];
            let mut check = |start: usize, end: usize| {
                let range = start as u64..end as u64;
                let source = wav.source(&range);
                let source = usize::try_from(source.start).unwrap()..usize::try_from(source.end).unwrap();
                out.clear();
                wav.render(&range, &original[source], &mut out).unwrap();
                assert!(out == expected[start..end], "{shape} {channels} {range:?}");
            };
            check(0, expected.len());
            for _ in 0..1000 {
                let start = noise.below(expected.len() + 1);
                let most = [3, 90, 70_000][noise.below(3)];
                let end = start + noise.below(most.min(expected.len() - start) + 1);
                check(start, end);
            }
            let mut rendition = vec![];
            decode_to_wav(&mut Cursor::new(&original), &mut rendition, &Limits::default()).unwrap();
            assert!(rendition == expected, "rendition of {shape} {channels}");
        }
    }
}

#[test]
fn gsm_in_both_packings() {
    if without_sox() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["in.gsm", "in.wav"] {
        make(folder.path(), "-e gsm-full-rate", name);
        let expected = samples(&sox(folder.path(), &format!("{name} -t s16 -")));
        let (layout, made) = decoded(&fs::read(folder.path().join(name)).unwrap()).unwrap();
        assert_eq!(layout.frames, expected.len() as u64, "{name}");
        assert!(made == expected, "{name}");
    }
}

/// Parameters that no encoder would choose drive every sum to its limits.
#[test]
fn gsm_of_noise() {
    if without_sox() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut noise = Noise::new(2);
    let mut raw: Vec<u8> = (0..33 * 2000).map(|_| noise.byte()).collect();
    for mark in raw.iter_mut().step_by(33) {
        *mark = *mark & 15 | 0xd0;
    }
    let blocks: Vec<u8> = (0..65 * 1000).map(|_| noise.byte()).collect();
    for (name, file) in [("noise.gsm", raw), ("noise.wav", wav(0x31, 1, 8000, 0, &blocks))] {
        fs::write(folder.path().join(name), &file).unwrap();
        let expected = samples(&sox(folder.path(), &format!("{name} -t s16 -")));
        assert!(decoded(&file).unwrap().1 == expected, "{name}");
    }
}

#[test]
fn flac_of_all_depths() {
    if without_sox() || skipped("SOX_FORMATS") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (shape, rate) in [
        ("-b 16 -c 1", 8000),
        ("-b 16 -c 2", 48_000),
        ("-b 8 -c 1", 8000),
        ("-b 24 -c 2", 16_000),
    ] {
        make(folder.path(), &format!("{shape} -r {rate}"), "in.flac");
        let expected = samples(&sox(folder.path(), "in.flac -b 32 -t s32 -"));
        let (layout, made) = decoded(&fs::read(folder.path().join("in.flac")).unwrap()).unwrap();
        assert_eq!((layout.rate, expected.len()), (rate, 2 * made.len()));
        // The upper half of 32 bits: more than 16 are cut off, not rounded.
        assert!(expected.iter().skip(1).step_by(2).eq(&made), "{shape}");
    }
}

#[test]
fn mp3_to_the_last_bit_but_one() {
    if without_sox() || skipped("SOX_FORMATS") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for shape in [
        "-r 8000 -c 1",
        "-r 16000 -c 2",
        "-r 44100 -c 2 -C 64.2",
        "-r 48000 -c 1 -C 96",
    ] {
        make(folder.path(), shape, "in.mp3");
        let expected = samples(&sox(folder.path(), "in.mp3 -t s16 -"));
        let (_, made) = decoded(&fs::read(folder.path().join("in.mp3")).unwrap()).unwrap();
        // The decoder of sox leaves out the end of the last frames.
        assert!(
            made.len() >= expected.len() && made.len() - expected.len() <= 3 * 1152,
            "{shape}"
        );
        let worst = made.iter().zip(&expected).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst <= Some(2), "{shape}: {worst:?}");
    }
}
