//! Makes the browser's half of Hark: `target/site`, the folder the server carries inside itself.
//!
//! ```text
//! cargo run -p bundle                       for working: fast, readable
//! cargo run -p bundle -- --release          for shipping: small, minified, compressed beforehand
//! cargo run -p bundle -- --watch -- CMD…    builds on every save and starts CMD again
//! ```
//!
//! One verb, one file: locate, compile, bind, split, shrink, style, gather, publish, report, watch.

mod bind;
mod brackets;
mod compile;
mod compress;
mod gather;
mod locate;
mod publish;
mod report;
mod shrink;
mod site;
mod split;
mod style;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use crate::locate::House;
use crate::report::Steps;

/// Builds everything the browser gets into `target/site`.
#[derive(Parser)]
struct Args {
    /// Small, minified and compressed beforehand: what `make build` puts into the binary.
    #[arg(long)]
    release: bool,
    /// Builds on every save, then starts the command again.
    #[arg(long, conflicts_with = "release")]
    watch: bool,
    /// With --watch: the server and its arguments.
    #[arg(last = true, requires = "watch")]
    command: Vec<String>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let made = locate::house().and_then(|house| {
        if args.watch {
            watch::watch(&house, &args.command)
        } else {
            build(&house, args.release)
        }
    });
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bundle: {why:#}");
            ExitCode::FAILURE
        }
    }
}

/// The whole way from the sources to `target/site`.
fn build(house: &House, release: bool) -> anyhow::Result<()> {
    let _alone = publish::lock(house)?;
    let mut steps = Steps::start();
    let module = compile::browser(house, release)?;
    steps.done("wasm compiled");
    let mut bound = bind::bind(house, &module, release)?;
    steps.done(if bound.fresh {
        "wasm bound"
    } else {
        "wasm bound before, unchanged"
    });
    if release {
        let said = shrink::shrink(house, &mut bound)?;
        steps.done(&said);
    }
    let mut site = site::Site::default();
    gather::gather(&house.public(), &mut site)?;
    steps.done("public files gathered");
    style::style(&house.style(), release, &mut site)?;
    steps.done("css bundled");
    bind::add(&bound, &mut site)?;
    let manifest = publish::publish(house, &site, release)?;
    steps.done(&format!("{} files in {}", manifest.len(), house.short(&house.site())));
    if release {
        print!("{}", report::table(&manifest));
    }
    Ok(())
}
