//! The table: every address, and who may.

use axum::http::Method;

/// Everyone who may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody is signed in.
    Stranger,
    /// Was signed in, and has signed out.
    Gone,
    /// Was signed in, and has been turned off.
    Off,
    /// Has a password that was given, and owes one of their own.
    OwesPassword,
    /// Has not accepted the agreement.
    OwesAgreement,
    /// Hears own calls; the recording is Pelle's.
    Pelle,
    /// Hears own calls, and is in another department.
    Asa,
    /// Hears Pelle's department.
    Karin,
    /// Hears no department.
    Nisse,
    /// Hears everything.
    Eva,
    /// Has no account, and has opened a link to Pelle's recording.
    Guest,
    /// A switch with a key to hand over recordings.
    Switch,
    /// A directory with a key to people.
    Directory,
}

pub use Who::{
    Asa, Directory, Eva, Gone, Guest, Karin, Nisse, Off, OwesAgreement, OwesPassword, Pelle, Stranger, Switch,
};

pub const EVERYONE: [Who; 13] = [
    Stranger,
    Gone,
    Off,
    OwesPassword,
    OwesAgreement,
    Pelle,
    Asa,
    Karin,
    Nisse,
    Eva,
    Guest,
    Switch,
    Directory,
];
/// Those who are not signed in.
const STRANGERS: &[Who] = &[Stranger, Gone, Off, Guest, Switch, Directory];
const SIGNED_IN: &[Who] = &[Pelle, Asa, Karin, Nisse, Eva];
/// Those who may set flags and tags on what they hear.
const TAGS: &[Who] = &[Pelle, Asa, Eva];
const MAY_LEAVE: &[Who] = &[OwesPassword, OwesAgreement, Pelle, Asa, Karin, Nisse, Eva];
const HEARS_PELLE: &[Who] = &[Pelle, Karin, Eva];
/// The sound alone.
const SOUNDS_TO: &[Who] = &[Pelle, Karin, Eva, Guest];
/// A Restricted user takes nothing along until the company says so.
const TAKES_PELLE: &[Who] = &[Pelle, Eva];
/// Nor sets a flag or a tag.
const TAGS_PELLE: &[Who] = &[Pelle, Eva];
/// Nor says anything.
const SAYS_TO_PELLE: &[Who] = &[Pelle, Eva];
/// Nor judges; nor does one who hears own calls judge themselves.
const JUDGES_PELLE: &[Who] = &[Eva];
/// Nor passes anything on.
const SHARES_PELLE: &[Who] = &[Pelle, Eva];
/// A change of many recordings is its maker's alone.
const CHANGED_THEM: &[Who] = &[Eva];
const MANAGES: &[Who] = &[Eva];

impl Who {
    pub const fn is_stranger(self) -> bool {
        matches!(self, Stranger | Gone | Off | Guest | Switch | Directory)
    }

    pub const fn owes(self) -> Option<&'static str> {
        match self {
            OwesPassword => Some("/new-password"),
            OwesAgreement => Some("/agreement"),
            _ => None,
        }
    }
}

/// What one meets who may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// Everyone may.
    Never,
    /// It is as if it were not there.
    Absent,
    /// A stranger is sent to sign in, a newcomer to what is owed; others find nothing there.
    Door,
    /// A page of the gate: who has nothing to do there is sent where there is something to do.
    Gate,
    /// A function says to a stranger that nobody is signed in, to a newcomer what is owed; others find nothing.
    SignedOut,
    /// A key is asked for.
    Key,
    /// A link is asked for that lives.
    Dead,
}

pub struct Rule {
    pub method: Method,
    pub address: &'static str,
    pub may: &'static [Who],
    pub otherwise: Otherwise,
}

const fn rule(method: Method, address: &'static str, may: &'static [Who], otherwise: Otherwise) -> Rule {
    Rule {
        method,
        address,
        may,
        otherwise,
    }
}

const fn get(address: &'static str, may: &'static [Who], otherwise: Otherwise) -> Rule {
    rule(Method::GET, address, may, otherwise)
}

const fn post(address: &'static str, may: &'static [Who], otherwise: Otherwise) -> Rule {
    rule(Method::POST, address, may, otherwise)
}

/// The table. `{id}` is a recording of Pelle's; the other things are made for each call.
pub const TABLE: &[Rule] = &[
    get("/", SIGNED_IN, Otherwise::Door),
    get("/account", SIGNED_IN, Otherwise::Door),
    get("/agreement", &[OwesAgreement], Otherwise::Gate),
    get("/forgot", STRANGERS, Otherwise::Gate),
    get("/help", SIGNED_IN, Otherwise::Door),
    get("/new-password", &[OwesPassword], Otherwise::Gate),
    get("/recordings", SIGNED_IN, Otherwise::Door),
    get("/recordings/{id}", HEARS_PELLE, Otherwise::Door),
    get("/recordings.csv", HEARS_PELLE, Otherwise::Absent),
    get("/recordings.xlsx", HEARS_PELLE, Otherwise::Absent),
    get("/recordings.zip", TAKES_PELLE, Otherwise::Absent),
    get("/set-password/{token}", &EVERYONE, Otherwise::Never),
    get("/signin", STRANGERS, Otherwise::Gate),
    get("/setup", &[], Otherwise::Gate),
    get("/shared", &[Guest], Otherwise::Dead),
    get("/shared/{token}", &EVERYONE, Otherwise::Never),
    post("/shared/{token}", &EVERYONE, Otherwise::Never),
    get("/configuration", MANAGES, Otherwise::Door),
    get("/configuration/call-results", MANAGES, Otherwise::Door),
    get("/configuration/customer-responses", MANAGES, Otherwise::Door),
    get("/configuration/evaluation-forms", MANAGES, Otherwise::Door),
    get("/configuration/evaluation-forms/import", MANAGES, Otherwise::Door),
    get("/configuration/evaluation-forms/{form}", MANAGES, Otherwise::Door),
    get("/configuration/hours", MANAGES, Otherwise::Door),
    get("/configuration/mail", MANAGES, Otherwise::Door),
    get("/configuration/people", MANAGES, Otherwise::Door),
    get("/configuration/people/new", MANAGES, Otherwise::Door),
    get("/configuration/people/{person}", MANAGES, Otherwise::Door),
    get("/configuration/people/import", MANAGES, Otherwise::Door),
    get("/configuration/people/import/{upload}", MANAGES, Otherwise::Door),
    get("/configuration/people.csv", MANAGES, Otherwise::Absent),
    get("/configuration/people.xlsx", MANAGES, Otherwise::Absent),
    get("/configuration/rights", MANAGES, Otherwise::Door),
    get("/configuration/roles", MANAGES, Otherwise::Door),
    get("/configuration/roles/new", MANAGES, Otherwise::Door),
    get("/configuration/roles/{account}", MANAGES, Otherwise::Door),
    get("/configuration/sign-in", MANAGES, Otherwise::Door),
    get("/evaluation-forms/{form}.json", MANAGES, Otherwise::Absent),
    get("/media/{id}", SOUNDS_TO, Otherwise::Absent),
    get("/media/{id}/download", TAKES_PELLE, Otherwise::Absent),
    get("/media/{id}/peaks", SOUNDS_TO, Otherwise::Absent),
    get("/assets/{*name}", &EVERYONE, Otherwise::Never),
    get("/robots.txt", &EVERYONE, Otherwise::Never),
    get("/healthz", &EVERYONE, Otherwise::Never),
    post("/api/v1/recordings", &[Switch], Otherwise::Key),
    get("/api/v1/people", &[Directory], Otherwise::Key),
    get("/api/v1/people/{external_id}", &[Directory], Otherwise::Key),
    rule(
        Method::PUT,
        "/api/v1/people/{external_id}",
        &[Directory],
        Otherwise::Key,
    ),
    rule(
        Method::DELETE,
        "/api/v1/people/{external_id}",
        &[Directory],
        Otherwise::Key,
    ),
    post("/fn/account/agree", &[OwesAgreement], Otherwise::SignedOut),
    post("/fn/account/change-password", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/account/end-session", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/account/end-sessions", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/account/forgot", &EVERYONE, Otherwise::Never),
    post("/fn/account/link", &EVERYONE, Otherwise::Never),
    post("/fn/account/me", &EVERYONE, Otherwise::Never),
    post("/fn/account/owed", &[OwesPassword], Otherwise::SignedOut),
    post("/fn/account/owed-password", &[OwesPassword], Otherwise::SignedOut),
    post("/fn/account/policy", &EVERYONE, Otherwise::Never),
    post("/fn/account/redeem", &EVERYONE, Otherwise::Never),
    post("/fn/account/sessions", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/account/sign-in", &EVERYONE, Otherwise::Never),
    post("/fn/account/sign-out", MAY_LEAVE, Otherwise::SignedOut),
    post("/fn/account/terms", &[OwesAgreement], Otherwise::SignedOut),
    post("/fn/configuration/hours", MANAGES, Otherwise::SignedOut),
    post("/fn/configuration/set-agreement", MANAGES, Otherwise::SignedOut),
    post("/fn/configuration/set-hours", MANAGES, Otherwise::SignedOut),
    post("/fn/configuration/set-own", MANAGES, Otherwise::SignedOut),
    post("/fn/configuration/set-restricted", MANAGES, Otherwise::SignedOut),
    post("/fn/configuration/set-sign-in", MANAGES, Otherwise::SignedOut),
    post("/fn/configuration/sign-in", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/audience", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/begin", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/fate", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/import", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/list", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/move", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/publish", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/put-in-place", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/read", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/restore", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/save", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/turn", MANAGES, Otherwise::SignedOut),
    post("/fn/forms/versions", MANAGES, Otherwise::SignedOut),
    post("/fn/mail/outbox", MANAGES, Otherwise::SignedOut),
    post("/fn/mail/send-again", MANAGES, Otherwise::SignedOut),
    post("/fn/mail/test", MANAGES, Otherwise::SignedOut),
    post("/fn/people/detail", MANAGES, Otherwise::SignedOut),
    post("/fn/people/import", MANAGES, Otherwise::SignedOut),
    post("/fn/people/leave", MANAGES, Otherwise::SignedOut),
    post("/fn/people/list", MANAGES, Otherwise::SignedOut),
    post("/fn/people/plan", MANAGES, Otherwise::SignedOut),
    post("/fn/people/save", MANAGES, Otherwise::SignedOut),
    post("/fn/people/set-recording", MANAGES, Otherwise::SignedOut),
    post("/fn/people/set-role", MANAGES, Otherwise::SignedOut),
    post("/fn/people/units", MANAGES, Otherwise::SignedOut),
    post("/fn/people/upload", MANAGES, Otherwise::SignedOut),
    post("/fn/preferences/set", &EVERYONE, Otherwise::Never),
    post("/fn/recordings/choices", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/recordings/detail", HEARS_PELLE, Otherwise::SignedOut),
    post("/fn/recordings/list", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/recordings/set-columns", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/recordings/total", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/recordings/carry-on", CHANGED_THEM, Otherwise::SignedOut),
    post("/fn/recordings/detail", HEARS_PELLE, Otherwise::SignedOut),
    post("/fn/recordings/done", TAGS, Otherwise::SignedOut),
    post("/fn/recordings/list", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/recordings/mark", TAGS_PELLE, Otherwise::SignedOut),
    post("/fn/recordings/page-before", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/recordings/pack-progress", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/recordings/pack-stop", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/recordings/row", HEARS_PELLE, Otherwise::SignedOut),
    post("/fn/recordings/undo", CHANGED_THEM, Otherwise::SignedOut),
    post("/fn/evaluation/choose-form", JUDGES_PELLE, Otherwise::SignedOut),
    post("/fn/evaluation/keep", JUDGES_PELLE, Otherwise::SignedOut),
    post("/fn/evaluation/send", JUDGES_PELLE, Otherwise::SignedOut),
    // Of what one has begun above.
    post("/fn/evaluation/discard", JUDGES_PELLE, Otherwise::SignedOut),
    // Someone else's is removed.
    post("/fn/evaluation/move", MANAGES, Otherwise::SignedOut),
    post("/fn/evaluation/read", HEARS_PELLE, Otherwise::SignedOut),
    post("/fn/evaluation/set-showing", MANAGES, Otherwise::SignedOut),
    post("/fn/evaluation/showing", MANAGES, Otherwise::SignedOut),
    post("/fn/evaluation/to-answer", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/evaluation/to-finish", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/evaluation/to-read", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/evaluation/waiting", HEARS_PELLE, Otherwise::SignedOut),
    post("/fn/history/heard", HEARS_PELLE, Otherwise::SignedOut),
    post("/fn/history/read", HEARS_PELLE, Otherwise::SignedOut),
    post("/fn/review/add-comment", SAYS_TO_PELLE, Otherwise::SignedOut),
    post("/fn/review/add-outcome", MANAGES, Otherwise::SignedOut),
    // The comment is Eva's own.
    post("/fn/review/change-comment", MANAGES, Otherwise::SignedOut),
    post("/fn/review/name-outcome", MANAGES, Otherwise::SignedOut),
    post("/fn/review/outcomes", MANAGES, Otherwise::SignedOut),
    post("/fn/review/read", HEARS_PELLE, Otherwise::SignedOut),
    post("/fn/review/remove-comment", MANAGES, Otherwise::SignedOut),
    post("/fn/review/save-notes", TAGS_PELLE, Otherwise::SignedOut),
    post("/fn/review/turn-outcome", MANAGES, Otherwise::SignedOut),
    post("/fn/roles/add", MANAGES, Otherwise::SignedOut),
    post("/fn/roles/detail", MANAGES, Otherwise::SignedOut),
    post("/fn/roles/invite", MANAGES, Otherwise::SignedOut),
    post("/fn/roles/list", MANAGES, Otherwise::SignedOut),
    post("/fn/roles/remove", MANAGES, Otherwise::SignedOut),
    post("/fn/roles/set", MANAGES, Otherwise::SignedOut),
    post("/fn/roles/turn", MANAGES, Otherwise::SignedOut),
    post("/fn/setup/claim", &EVERYONE, Otherwise::Never),
    post("/fn/sharing/begin", SHARES_PELLE, Otherwise::SignedOut),
    // The link is Eva's own.
    post("/fn/sharing/close", MANAGES, Otherwise::SignedOut),
    post("/fn/sharing/heard", &[Guest], Otherwise::Dead),
    post("/fn/sharing/links", SHARES_PELLE, Otherwise::SignedOut),
    post("/fn/sharing/look", &EVERYONE, Otherwise::Never),
    post("/fn/sharing/opened", &[Guest], Otherwise::Dead),
    post("/fn/sharing/send", SHARES_PELLE, Otherwise::SignedOut),
    post("/fn/views/list", SIGNED_IN, Otherwise::SignedOut),
    // The view is Eva's own.
    post("/fn/views/name", MANAGES, Otherwise::SignedOut),
    post("/fn/views/remove", MANAGES, Otherwise::SignedOut),
    post("/fn/views/save", SIGNED_IN, Otherwise::SignedOut),
    post("/fn/views/start", MANAGES, Otherwise::SignedOut),
    post("/fn/views/update", MANAGES, Otherwise::SignedOut),
];
