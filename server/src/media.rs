//! The sound over HTTP: one range at a time, each allowed anew, named by the hash of its content (RFC 9110, part 14).

use std::{io, ops::Range, sync::Arc};

use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::{
    Error,
    account::Visitor,
    recordings::{Allowed, Carried, Download, Purpose, Sound},
};
use bytes::Bytes;
use futures_util::stream;
use model::{id::RecordingId, instant::Instant};

use crate::{
    problem::{fault, problem},
    serve::Hark,
};

/// How often it is asked anew, while an answer goes on, whether the listener may.
const CHECK_EVERY_MS: i64 = 2_000;
/// How much is read at a time.
const PIECE: u64 = 64 << 10;

/// `GET /media/{id}`: the sound as it is played.
pub async fn play(State(hark): State<Hark>, Path(id): Path<String>, method: Method, headers: HeaderMap) -> Response {
    let Ok(id) = id.parse() else { return absent() };
    let purpose = if method == Method::GET {
        Purpose::Hear
    } else {
        Purpose::Look
    };
    match sound(&hark, id, &headers, purpose).await {
        Ok(Allowed { sound, until }) => {
            let guard = Guard::new(&hark, id, &headers, until);
            answer(&sound, &method, &headers, None, guard)
        }
        Err(answer) => answer,
    }
}

/// `GET /media/{id}/download`: the original, as a file with a name.
pub async fn download(
    State(hark): State<Hark>,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let Ok(id) = id.parse() else { return absent() };
    match taken(&hark, id, &headers).await {
        Ok(Some((Download { sound, name, taking }, until))) => {
            let guard = Guard::new(&hark, id, &headers, until);
            let answer = answer(&Arc::new(sound), &method, &headers, Some(&name), guard);
            // Not where no sound is in it: what is known already, and a part that there is not.
            if method == Method::GET
                && answer.status().is_success()
                && let Err(error) = hark.backend.take_along(&taking).await
            {
                return fault(&error);
            }
            answer
        }
        Ok(None) => absent(),
        Err(error) => fault(&error),
    }
}

/// The original, for someone who is signed in, else for a guest; and when the right to it ends at the latest.
async fn taken(
    hark: &Hark,
    id: RecordingId,
    headers: &HeaderMap,
) -> Result<Option<(Download, Option<Instant>)>, Error> {
    let carried = carried(hark, headers);
    if let (_, Visitor::Signed(viewer)) = hark.backend.visitor(carried.session).await?
        && viewer.may_download()
        && let Some(download) = hark.backend.download(&viewer, id).await?
    {
        return Ok(Some((download, None)));
    }
    let Some(guest) = hark.backend.guest(carried.guest).await? else {
        return Ok(None);
    };
    let download = hark.backend.download_shared(&guest, id).await?;
    Ok(download.map(|download| (download, Some(guest.until()))))
}

/// What a zoomed waveform asks for: a stretch in milliseconds, and in how many buckets.
#[derive(serde::Deserialize)]
pub struct Stretch {
    from: u64,
    to: u64,
    n: u16,
}

/// `GET /media/{id}/peaks?from=&to=&n=`: the waveform of a stretch ([`model::sound::Overview`]'s bytes).
pub async fn peaks(
    State(hark): State<Hark>,
    Path(id): Path<String>,
    Query(asked): Query<Stretch>,
    headers: HeaderMap,
) -> Response {
    let Ok(id) = id.parse() else { return absent() };
    let sound = match sound(&hark, id, &headers, Purpose::Look).await {
        Ok(allowed) => allowed.sound,
        Err(answer) => return answer,
    };
    match sound.peaks(asked.from..asked.to, asked.n.clamp(1, 800)).await {
        Ok(Some(peaks)) => ([(header::CACHE_CONTROL, "private, no-cache")], peaks.to_bytes()).into_response(),
        Ok(None) => problem(StatusCode::BAD_REQUEST, "stretch", "The stretch holds no sound."),
        Err(error) => fault(&error),
    }
}

/// What a browser carries that may open a sound.
fn carried<'a>(hark: &Hark, headers: &'a HeaderMap) -> Carried<'a> {
    Carried {
        session: app::session_token(headers, hark.secure),
        guest: app::guest_token(headers, hark.secure),
    }
}

async fn sound(hark: &Hark, id: RecordingId, headers: &HeaderMap, purpose: Purpose) -> Result<Allowed, Response> {
    match hark.backend.sound_for(carried(hark, headers), id, purpose).await {
        Ok(Some(allowed)) => Ok(allowed),
        Ok(None) => Err(absent()),
        Err(error) => Err(fault(&error)),
    }
}

/// What is out of scope and what does not exist are the same, byte for byte.
fn absent() -> Response {
    problem(StatusCode::NOT_FOUND, "not-found", "There is no such recording.")
}

fn answer(sound: &Arc<Sound>, method: &Method, headers: &HeaderMap, name: Option<&str>, guard: Guard) -> Response {
    let len = sound.len();
    let known = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if known(header::IF_NONE_MATCH).is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == sound.tag())) {
        return described(StatusCode::NOT_MODIFIED, sound, name, Body::empty());
    }
    // A range of what has changed in between would be stitched to what it does not belong to.
    let still = known(header::IF_RANGE).is_none_or(|tag| tag == sound.tag());
    let asked = known(header::RANGE)
        .filter(|_| still && *method == Method::GET)
        .map_or(Asked::All, |range| asked(range, len));
    let (status, range) = match asked {
        Asked::All => (StatusCode::OK, 0..len),
        Asked::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Asked::Nothing => {
            let mut response = described(StatusCode::RANGE_NOT_SATISFIABLE, sound, name, Body::empty());
            insert(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes */{len}"));
            return response;
        }
    };
    let body = if *method == Method::HEAD {
        Body::empty()
    } else {
        Body::from_stream(pieces(sound.clone(), range.clone(), guard))
    };
    let mut response = described(status, sound, name, body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    if status == StatusCode::PARTIAL_CONTENT {
        insert(
            headers,
            header::CONTENT_RANGE,
            &format!("bytes {}-{}/{len}", range.start, range.end.saturating_sub(1)),
        );
    }
    response
}

fn described(status: StatusCode, sound: &Sound, name: Option<&str>, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("audio/wav"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    // The browser may keep what it has heard, and must ask each time whether it still may hear it.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    insert(headers, header::ETAG, sound.tag());
    if let Some(name) = name {
        insert(headers, header::CONTENT_DISPOSITION, &disposition(name));
    }
    response
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Sees to it that what was allowed when an answer began is still allowed while it goes on.
struct Guard {
    hark: Hark,
    id: RecordingId,
    session: Option<String>,
    guest: Option<String>,
    checked: Instant,
    /// When the right ends at the latest, to the millisecond.
    until: Option<Instant>,
}

impl Guard {
    /// Just now it was allowed.
    fn new(hark: &Hark, id: RecordingId, headers: &HeaderMap, until: Option<Instant>) -> Self {
        let carried = carried(hark, headers);
        Self {
            hark: hark.clone(),
            id,
            session: carried.session.map(str::to_owned),
            guest: carried.guest.map(str::to_owned),
            checked: hark.backend.now(),
            until,
        }
    }

    async fn allows(&mut self) -> io::Result<()> {
        let now = self.hark.backend.now();
        if now.since(self.checked) < CHECK_EVERY_MS && self.until.is_none_or(|until| now < until) {
            return Ok(());
        }
        self.checked = now;
        let carried = Carried {
            session: self.session.as_deref(),
            guest: self.guest.as_deref(),
        };
        match self.hark.backend.sound_for(carried, self.id, Purpose::Look).await {
            Ok(Some(allowed)) => {
                self.until = allowed.until;
                Ok(())
            }
            Ok(None) => Err(io::Error::other("it may no longer be heard")),
            Err(error) => Err(io::Error::other(error)),
        }
    }
}

/// The bytes of a range, a piece at a time.
fn pieces(sound: Arc<Sound>, range: Range<u64>, guard: Guard) -> impl futures_util::Stream<Item = io::Result<Bytes>> {
    stream::unfold((sound, range, guard), |(sound, range, mut guard)| async move {
        if range.is_empty() {
            return None;
        }
        let end = range.end.min(range.start.saturating_add(PIECE));
        let read = match guard.allows().await {
            Ok(()) => sound.read(range.start..end).await,
            Err(error) => Err(error),
        };
        // After a fault there is nothing to go on with: the connection ends, and the browser knows that it did.
        let rest = if read.is_ok() {
            end..range.end
        } else {
            range.end..range.end
        };
        Some((read, (sound, rest, guard)))
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    All,
    Part(Range<u64>),
    Nothing,
}

/// Reads a `Range` (RFC 9110, 14.2). Several ranges at once are answered with the whole, as is what is not understood.
fn asked(range: &str, len: u64) -> Asked {
    let Some((first, last)) = range
        .trim()
        .strip_prefix("bytes=")
        .filter(|spec| !spec.contains(','))
        .and_then(|spec| spec.split_once('-'))
    else {
        return Asked::All;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match (first.trim(), last.trim()) {
        ("", suffix) if digits(suffix) => match suffix.parse::<u64>().unwrap_or(u64::MAX).min(len) {
            0 => Asked::Nothing,
            most => Asked::Part(len - most..len),
        },
        (first, last) if digits(first) && (last.is_empty() || digits(last)) => {
            let (first, last) = (first.parse().unwrap_or(u64::MAX), last.parse().unwrap_or(u64::MAX));
            if last < first {
                Asked::All
            } else if first >= len {
                Asked::Nothing
            } else {
                Asked::Part(first..last.saturating_add(1).min(len))
            }
        }
        _ => Asked::All,
    }
}

/// A file name for old and new browsers (RFC 6266, RFC 8187).
pub fn disposition(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._+".contains(c);
    let ascii: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let escaped: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._+".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{escaped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_as_the_standard_reads_them() {
        assert_eq!(asked("bytes=0-0", 10), Asked::Part(0..1));
        assert_eq!(asked("bytes=5-", 10), Asked::Part(5..10));
        assert_eq!(asked("bytes=5-99", 10), Asked::Part(5..10));
        assert_eq!(asked("bytes=-3", 10), Asked::Part(7..10));
        assert_eq!(asked("bytes=-99", 10), Asked::Part(0..10));
        assert_eq!(asked("bytes=10-", 10), Asked::Nothing);
        assert_eq!(asked("bytes=-0", 10), Asked::Nothing);
        assert_eq!(asked("bytes=18446744073709551616-", 10), Asked::Nothing);
        for odd in [
            "bytes=0-1,3-4",
            "bytes=3-1",
            "bytes=a-b",
            "items=0-1",
            "bytes=",
            "bytes=-",
            "bytes=+1-2",
        ] {
            assert_eq!(asked(odd, 10), Asked::All, "{odd}");
        }
    }

    #[test]
    fn names_of_every_language_travel() {
        assert_eq!(
            disposition("20200316_Åsa-Öström_+46709214080.wav"),
            "attachment; filename=\"20200316__sa-_str_m_+46709214080.wav\"; filename*=UTF-8''20200316_%C3%85sa-%C3%96str%C3%B6m_+46709214080.wav"
        );
        assert!(disposition("a\"\r\nX: y").is_ascii() && !disposition("a\"\r\nX: y").contains('\n'));
    }
}
