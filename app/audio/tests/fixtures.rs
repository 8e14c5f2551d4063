//! MP3 and Opus of the encoders in use, against what their reference decoders make of them.
//!
//! Each file lies beside what libopus (at the same rate) or ffmpeg decoded from it, kept as FLAC. The dialogue is synthetic.

mod support;

use model::sound::Codec;
use support::{Noise, decoded, fixture, intake, intake_by, naive};

const FILES: [(&str, Codec, u8, u32, u64); 4] = [
    // Frames too small for LAME's tag: the encoder's padding cannot be known, and stays.
    ("speech-16k.mp3", Codec::Mp3, 1, 16_000, 15_552),
    ("speech-44k.mp3", Codec::Mp3, 2, 44_100, 22_050),
    ("speech-8k.opus", Codec::Opus, 1, 8_000, 7_200),
    ("speech-48k.opus", Codec::Opus, 2, 48_000, 24_000),
];

#[test]
fn the_reference_decoders_agree() {
    for (name, codec, channels, rate, frames) in FILES {
        let measured = intake(&fixture(name)).unwrap();
        let layout = measured.layout;
        assert_eq!(
            (layout.codec, layout.channels, layout.rate, layout.frames),
            (codec, channels, rate, frames)
        );

        let (_, made) = decoded(&fixture(name)).unwrap();
        let (_, expected) = decoded(&fixture(&format!("{name}.flac"))).unwrap();
        assert_eq!(measured.overview, naive(channels, &made), "{name}");
        assert_eq!(made.len(), expected.len(), "{name}");
        let squares = |of: &mut dyn Iterator<Item = i32>| of.map(|x| f64::from(x) * f64::from(x)).sum::<f64>();
        let sound = squares(&mut expected.iter().map(|&x| x.into()));
        let error = squares(&mut made.iter().zip(&expected).map(|(&a, &b)| i32::from(a) - i32::from(b)));
        let decibels = 10.0 * (sound / error.max(1.0)).log10();
        assert!(decibels > 80.0, "{name}: {decibels:.1} dB");
    }
}

#[test]
fn pieces_of_any_size_give_the_same() {
    let mut noise = Noise::new(3);
    for (name, ..) in FILES {
        let file = fixture(name);
        let whole = intake(&file).unwrap();
        for _ in 0..5 {
            assert_eq!(intake_by(&file, || noise.below(300)).unwrap(), whole, "{name}");
        }
        assert_eq!(intake_by(&file, || 1).unwrap(), whole, "{name}");
    }
}
