//! Measuring in a browser: what a script of `end2end/bench/browser/` does there, in samples by name.

use std::{
    collections::HashMap,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    Result,
    measuring::{median, percentile},
    tools,
};

const SCRIPTS: &str = "end2end/bench/browser";
const PACKAGES: &str = "end2end/node_modules/puppeteer-core";

/// Whether all that it takes is here; says what cannot be measured when not.
pub fn there(what: &str, programs: &[&str]) -> bool {
    if !Path::new(PACKAGES).exists() {
        println!("Not measured: {what} (the npm packages of end2end are not installed).");
        return false;
    }
    tools::there(what, programs)
}

/// What a script has measured.
pub struct Samples(HashMap<String, Vec<f64>>);

impl Samples {
    /// Runs the script of that name.
    pub fn take(script: &str, argument: &Value) -> Result<Self> {
        let done = Command::new("node")
            .arg(format!("{SCRIPTS}/{script}.mjs"))
            .arg(argument.to_string())
            .stderr(Stdio::inherit())
            .output()?;
        if !done.status.success() {
            return Err(format!("{script}.mjs ended with {}", done.status).into());
        }
        Ok(Self(serde_json::from_slice(&done.stdout)?))
    }

    /// The names that begin so, with what follows, in their order.
    pub fn below(&self, prefix: &str) -> Vec<(&str, &[f64])> {
        let named = self
            .0
            .iter()
            .filter_map(|(name, values)| Some((name.strip_prefix(prefix)?, values.as_slice())));
        let mut named: Vec<_> = named.collect();
        named.sort_unstable_by_key(|(name, _)| *name);
        named
    }

    /// What stands in the middle.
    pub fn median(&self, name: &str) -> Result<f64> {
        Ok(median(self.of(name)?))
    }

    /// What so many of a hundred stay below.
    pub fn percentile(&self, name: &str, percent: usize) -> Result<f64> {
        Ok(percentile(self.of(name)?, percent))
    }

    fn of(&self, name: &str) -> Result<&[f64]> {
        let values = self.0.get(name).filter(|values| !values.is_empty());
        Ok(values.ok_or_else(|| format!("{name} was not measured"))?)
    }
}
