//! Sounds to measure with: the demo company's Swedish dialogues, again and again, over a line's noise.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{Result, tools::output};

/// Two sides, in the format of a telephone line.
const DIALOGUES: [&str; 4] = ["faktura", "leverans", "offert", "reklamation"];

/// The sounds, on the disk.
pub struct Sounds {
    /// An hour in two channels, by codec.
    pub stereo: Vec<(&'static str, PathBuf)>,
    /// An hour in one channel, A-law.
    pub mono: PathBuf,
    /// 300 times a minute.
    pub minutes: Vec<PathBuf>,
    /// Two hours, five minutes, and twenty seconds.
    pub long: PathBuf,
    pub five_minutes: PathBuf,
    pub short: PathBuf,
}

impl Sounds {
    /// Makes what is not there.
    pub fn make(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder.join("minutes"))?;
        let at = |name: &str| folder.join(name);
        let made = |path: &Path, arguments: &[&str]| -> Result<()> {
            if path.exists() {
                return Ok(());
            }
            // Whoever stops half-way leaves no half sound behind.
            let half = path.with_extension("half.wav");
            let half_name = half.to_string_lossy();
            let arguments: Vec<&str> = arguments
                .iter()
                .map(|word| if *word == "OUT" { &half_name } else { *word })
                .collect();
            output("sox", arguments)?;
            fs::rename(half, path)?;
            Ok(())
        };
        let text = |path: &Path| path.to_string_lossy().into_owned();

        let turns = at("turns.wav");
        let sources: Vec<String> = DIALOGUES
            .iter()
            .map(|name| format!("server/demo/sound/{name}.wav"))
            .collect();
        let mut arguments: Vec<&str> = sources.iter().map(String::as_str).collect();
        arguments.extend(["-r", "8000", "-c", "2", "-b", "16", "-e", "signed", "OUT"]);
        made(&turns, &arguments)?;

        let pcm = at("pcm16.wav");
        let (turns, noise) = (text(&turns), at("noise.wav"));
        if !pcm.exists() {
            println!("Making an hour of telephone calls.");
        }
        made(
            &noise,
            &[
                "-R",
                "-n",
                "-r",
                "8000",
                "-c",
                "2",
                "-b",
                "16",
                "OUT",
                "synth",
                "3600",
                "pinknoise",
                "vol",
                "-50dB",
            ],
        )?;
        let hour = at("hour.wav");
        made(&hour, &[&turns, "OUT", "repeat", "100", "trim", "0", "3600"])?;
        let (noise, hour) = (text(&noise), text(&hour));
        made(
            &pcm,
            &[
                "-m", "-v", "1", &hour, "-v", "1", &noise, "-b", "16", "-e", "signed", "OUT",
            ],
        )?;
        let source = text(&pcm);
        let [alaw, mulaw, mono, long, five_minutes, short] =
            ["alaw", "mulaw", "mono", "two-hours", "five-minutes", "short"].map(|name| at(&format!("{name}.wav")));
        made(&alaw, &[&source, "-e", "a-law", "OUT"])?;
        made(&mulaw, &[&source, "-e", "mu-law", "OUT"])?;
        made(&mono, &[&source, "-c", "1", "-e", "a-law", "OUT"])?;
        let source = text(&alaw);
        made(&long, &[&source, &source, "OUT"])?;
        made(&five_minutes, &[&source, "OUT", "trim", "60", "300"])?;
        made(&short, &[&source, "OUT", "trim", "60", "20"])?;
        let minutes = (0..300)
            .map(|minute| {
                let path = folder.join("minutes").join(format!("{minute:03}.wav"));
                // Every one is another stretch of the hour.
                made(&path, &[&source, "OUT", "trim", &(minute * 11).to_string(), "60"])?;
                Ok(path)
            })
            .collect::<Result<_>>()?;
        Ok(Self {
            stereo: vec![("alaw", alaw), ("mulaw", mulaw), ("pcm16", pcm)],
            mono,
            minutes,
            long,
            five_minutes,
            short,
        })
    }

    /// An hour in two channels as it came from a switch that stores samples.
    pub fn pcm16(&self) -> &Path {
        &self.stereo[2].1
    }

    /// An hour in two channels as most switches store it.
    pub fn alaw(&self) -> &Path {
        &self.stereo[0].1
    }
}
