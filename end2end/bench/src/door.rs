//! The door under pressure: a storm of sign-ins, whether time tells who has an account, what a revocation leaves open, and
//! a link that many want at once.

use std::{
    path::Path,
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use ureq::Agent;

use crate::{
    Result,
    figures::{Figure, Figures, Goal},
    hark::{EMAIL, Hark, PASSWORD, agent, status},
    measuring::{median, percentile},
    sounds::Sounds,
};

/// Sign-ins offered in a second, and in all.
const OFFERED: u32 = 200;
const STORM: u32 = 2_000;
/// What two hashings take of the memory, in MiB: argon2id with 19 each (OWASP password storage).
const TWO_HASHED: f64 = 2.0 * 19.0;
/// Pages asked for to know how long they take.
const PAGES: usize = 200;
/// Tries of each arm.
const TRIES: usize = 1_000;
/// Links, and how many want each at once.
const LINKS: usize = 1_000;
const RIVALS: usize = 100;
/// Calls after a revocation, and how many make them at once.
const CALLS: usize = 1_000;
const CALLERS: usize = 10;

/// The chapter.
pub fn door(program: &Path, sounds: &Sounds, figures: &mut Figures) -> Result<()> {
    storm(program, figures)?;
    revoked(program, sounds, figures)?;
    time_tells_nothing(&with_invited(program)?, figures)?;
    one_winner(&with_invited(program)?, figures)
}

/// Strangers, each from a place of their own, so that nothing but the hashing is in their way.
#[expect(clippy::disallowed_methods, reason = "each guess waits for its moment")]
fn storm(program: &Path, figures: &mut Figures) -> Result<()> {
    let hark = Hark::start(program)?;
    let (idle, before) = (pages(&hark, PAGES)?, hark.peak_memory_mib()?);
    let began = Instant::now();
    let (mut under, mut answers) = (vec![], vec![]);
    thread::scope(|scope| -> Result<()> {
        let guesses = (0..STORM).map(|number| {
            let hark = &hark;
            let guess = move || {
                let due = began + Duration::from_secs(1) / OFFERED * number;
                thread::sleep(due.saturating_duration_since(Instant::now()));
                guess(hark, &agent(), &format!("nobody-{number}@hark.example"), number).ok()
            };
            thread::Builder::new().stack_size(256 << 10).spawn_scoped(scope, guess)
        });
        let guesses: Vec<_> = guesses.collect::<std::io::Result<_>>()?;
        while !guesses.iter().all(thread::ScopedJoinHandle::is_finished) {
            under.extend(pages(&hark, 1)?);
        }
        answers.extend(guesses.into_iter().map(|guess| guess.join().ok().flatten()));
        Ok(())
    })?;
    hark.is_well()?;
    let lasted = began.elapsed().as_secs_f64();
    for (name, wanted) in [
        ("hashed", Some(401)),
        ("sent-away", Some(503)),
        ("without-answer", None),
    ] {
        let found = answers.iter().filter(|answer| **answer == wanted).count();
        figures.add(Figure::plain(format!("door/storm/{name}"), float(found), "of 2000"));
    }
    figures.add(Figure::plain("door/storm/lasted".to_owned(), lasted, "s"));
    let grown = hark.peak_memory_mib()? - before;
    figures.add(Figure {
        name: "door/storm/memory".to_owned(),
        value: grown,
        unit: "MiB",
        peer: "what three hash in",
        ratio: Some(grown / (TWO_HASHED * 1.5)),
        goal: Goal::AtMost(1.0),
    });
    let (calm, busy) = (percentile(&idle, 95), percentile(&under, 95));
    figures.add(Figure {
        name: "door/storm/page-p95".to_owned(),
        value: busy,
        unit: "ms",
        peer: "the same page, idle",
        ratio: Some(busy / calm),
        goal: Goal::AtMost(2.0),
    });
    Ok(())
}

/// How long each of so many askings for the list takes, in milliseconds.
fn pages(hark: &Hark, count: usize) -> Result<Vec<f64>> {
    let agent = agent();
    let asked = (0..count).map(|_| {
        let began = Instant::now();
        hark.get(&agent, "/recordings")?.body_mut().read_to_vec()?;
        Ok(milliseconds(began))
    });
    asked.collect()
}

/// A wrong password, from a place of its own. Gives the status of the answer.
fn guess(hark: &Hark, agent: &Agent, email: &str, place: u32) -> Result<u16> {
    let fields = [("email", email), ("password", "Gissning-2026!")];
    status(hark.call(agent, "account/sign-in", &fields, None, place))
}

/// A wrong password for an address that has an account and for two that have none; then a letter asked for. What the two
/// without one differ by is noise.
fn time_tells_nothing(hark: &Hark, figures: &mut Figures) -> Result<()> {
    let agent = agent();
    let mut place = 0;
    for form in ["sign-in", "forgot"] {
        let mut arms = [vec![], vec![], vec![]];
        for round in 0..TRIES {
            place += 1;
            // Four wrong ones are let through; the right one clears the count. Strangers are others by then.
            if form == "sign-in" && round % 4 == 0 {
                let fields = [("email", EMAIL), ("password", PASSWORD)];
                hark.call(&agent, "account/sign-in", &fields, None, place)?;
            }
            for turn in 0..arms.len() {
                place += 1;
                let arm = (turn + round) % arms.len();
                let email = match (arm, form) {
                    (0, "forgot") => invited(round),
                    (0, _) => EMAIL.to_owned(),
                    _ if form == "forgot" => format!("stranger.{arm}.{round}@lingonkullen.example"),
                    _ => format!("stranger.{arm}.{}@lingonkullen.example", round / 4),
                };
                let began = Instant::now();
                let answered = match form {
                    "forgot" => status(hark.call(&agent, "account/forgot", &[("email", &email)], None, place)),
                    _ => guess(hark, &agent, &email, place),
                };
                let took = milliseconds(began);
                let wanted = if form == "forgot" { 200 } else { 401 };
                let answered = answered?;
                if answered != wanted {
                    return Err(format!("{form} for {email} was answered with {answered}").into());
                }
                arms[arm].push(took);
            }
        }
        let [known, stranger, other] = arms.map(|times| median(&times));
        let apart = |one: f64, two: f64| (one / two).max(two / one);
        figures.add(Figure::plain(
            format!("door/{form}/noise"),
            apart(other, stranger),
            "ratio",
        ));
        figures.add(Figure {
            name: format!("door/{form}/known"),
            value: known,
            unit: "ms",
            peer: "an address without account",
            ratio: Some(apart(known, stranger)),
            goal: Goal::AtMost(1.05),
        });
    }
    Ok(())
}

/// One who listens is signed out everywhere, from another browser and then by another process. From then on nothing is
/// answered.
fn revoked(program: &Path, sounds: &Sounds, figures: &mut Figures) -> Result<()> {
    for by in ["browser", "process"] {
        let hark = Hark::start(program)?;
        let sound = hark.push(&sounds.short)?;
        // Asked for just now, so that what was allowed is still remembered.
        hark.range(&agent(), &sound, "bytes=0-9")?;
        if by == "browser" {
            let other = hark.sign_in()?;
            hark.call(&agent(), "account/end-sessions", &[], Some(&other), 0)?;
        } else {
            hark.run(&["user", "sign-out", EMAIL])?;
        }
        let refused = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..CALLERS {
                scope.spawn(|| {
                    let agent = agent();
                    for call in 0..CALLS / CALLERS {
                        let answered = status(match call % 3 {
                            0 => hark.range(&agent, &sound, "bytes=0-9"),
                            1 => hark.get(&agent, "/recordings"),
                            _ => hark.call(&agent, "account/sessions", &[], Some(&hark.cookie), 0),
                        });
                        // A page leads to the sign-in, a function says 401, and a sound is not there.
                        let wanted = [404, 303, 401][call % 3];
                        refused.fetch_add(
                            usize::from(answered.is_ok_and(|answered| answered == wanted)),
                            Ordering::Relaxed,
                        );
                    }
                });
            }
        });
        figures.add(all(
            format!("door/revoked-by-{by}/refused"),
            refused.into_inner(),
            CALLS,
        ));
    }
    Ok(())
}

/// Each who is invited has a link; a hundred want to choose a password on it at the same moment.
fn one_winner(hark: &Hark, figures: &mut Figures) -> Result<()> {
    let agents: Vec<Agent> = (0..RIVALS).map(|_| agent()).collect();
    let mut alone = 0;
    for token in hark.links(LINKS)? {
        let (gate, won) = (Barrier::new(RIVALS), AtomicUsize::new(0));
        thread::scope(|scope| {
            for (rival, agent) in agents.iter().enumerate() {
                let (gate, won, token) = (&gate, &won, &token);
                scope.spawn(move || {
                    let password = format!("Bl{rival:03}-kilo-aker!Bar");
                    let fields = [
                        ("token", token.as_str()),
                        ("new_password", &password),
                        ("again", &password),
                    ];
                    gate.wait();
                    if hark.call(agent, "account/redeem", &fields, None, 0).is_ok() {
                        won.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        alone += usize::from(won.into_inner() == 1);
    }
    hark.is_well()?;
    figures.add(all("door/link/one-winner".to_owned(), alone, LINKS));
    Ok(())
}

/// A Hark with a thousand who are invited.
fn with_invited(program: &Path) -> Result<Hark> {
    let hark = Hark::start(program)?;
    for number in 0..LINKS {
        hark.run(&["user", "add", &invited(number), "--role", "MyConsole", "--invite"])?;
    }
    Ok(hark)
}

fn invited(number: usize) -> String {
    format!("invited.{number}@lingonkullen.example")
}

fn milliseconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::NAN, f64::from)
}

/// How many of all, where all is the goal.
fn all(name: String, count: usize, of: usize) -> Figure {
    Figure {
        name,
        value: float(count),
        unit: "of 1000",
        peer: "all of them",
        ratio: Some(float(count) / float(of)),
        goal: Goal::AtLeast(1.0),
    }
}
