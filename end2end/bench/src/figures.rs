//! The table.

use std::{fs, path::Path};

use serde::Serialize;

use crate::Result;

/// What we want of a ratio.
#[derive(Clone, Copy)]
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
    /// It only stands beside the others.
    None,
}

/// One measurement. The ratio is to the peer, in the direction that the goal reads it.
#[derive(Serialize)]
pub struct Figure {
    pub name: String,
    #[serde(rename = "figure")]
    pub value: f64,
    pub unit: &'static str,
    pub peer: &'static str,
    pub ratio: Option<f64>,
    #[serde(skip)]
    pub goal: Goal,
}

/// All of a run.
#[derive(Default)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// Adds one, and prints it at once: a run takes minutes.
    pub fn add(&mut self, figure: Figure) {
        if self.0.is_empty() {
            println!(
                "{:32} {:>12} {:10} {:>7}  {:8} {:6} peer",
                "name", "figure", "unit", "ratio", "goal", ""
            );
        }
        let ratio = figure.ratio.map_or(String::new(), |ratio| format!("{ratio:.2}"));
        let goal = match figure.goal {
            Goal::AtLeast(goal) => format!(">= {goal}"),
            Goal::AtMost(goal) => format!("<= {goal}"),
            Goal::None => String::new(),
        };
        let met = match figure.met() {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "",
        };
        println!(
            "{:32} {:12.2} {:10} {ratio:>7}  {goal:8} {met:6} {}",
            figure.name, figure.value, figure.unit, figure.peer
        );
        self.0.push(figure);
    }

    /// Writes them as JSON, and says how many goals were met.
    pub fn write(&self, out: &Path) -> Result<()> {
        if let Some(folder) = out.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(out, serde_json::to_string_pretty(&self.0)?)?;
        let met: Vec<bool> = self.0.iter().filter_map(Figure::met).collect();
        let reached = met.iter().filter(|met| **met).count();
        println!("{reached} of {} goals met; written to {}", met.len(), out.display());
        Ok(())
    }
}

impl Figure {
    /// Something that stands beside the others.
    pub fn plain(name: String, value: f64, unit: &'static str) -> Self {
        Self {
            name,
            value,
            unit,
            peer: "",
            ratio: None,
            goal: Goal::None,
        }
    }

    fn met(&self) -> Option<bool> {
        match (self.goal, self.ratio) {
            (Goal::AtLeast(goal), Some(ratio)) => Some(ratio >= goal),
            (Goal::AtMost(goal), Some(ratio)) => Some(ratio <= goal),
            (_, None) | (Goal::None, _) => None,
        }
    }
}
