//! `POST /api/v1/recordings`: a switch hands over a call, as a form of two parts, `facts` (JSON) and `audio`.

use std::{
    io::{self, Read},
    time::Duration,
};

use axum::{
    Json,
    extract::{Request, State, multipart::MultipartError},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use backend::{
    Error,
    ingest::Taken,
    keys::{KeyScope, Machine},
};
use bytes::{Buf, Bytes};
use model::{
    facts::Facts,
    problem::{self as words, Invalid, Refusal},
};
use serde_json::json;
use tokio::sync::mpsc;

use crate::{
    form::{Form, Part},
    problem::{bearer, fault, refused, unknown_key},
    serve::Hark,
};

/// So much of a sound that was refused is still read, and for so long.
const DRAINED_BYTES: usize = 256 << 20;
const DRAINED_WITHIN: Duration = Duration::from_secs(30);
/// The most that facts can be.
const FACTS_BYTES: usize = 64 << 10;

/// Takes one recording. The answer means that it is on the disk.
pub async fn recordings(State(hark): State<Hark>, request: Request) -> Response {
    match machine(&hark, request.headers()).await {
        Ok(Some(machine)) => tracing::debug!(key = machine.name(), "a recording is handed over"),
        Ok(None) => return unknown_key("A key that may hand over recordings is needed: Authorization: Bearer …"),
        Err(error) => return fault(&error),
    }
    let mut form = match Form::of(request).await {
        Ok(form) => form,
        Err(rejected) => {
            return refused(&Refusal::Unreadable {
                detail: rejected.body_text(),
            });
        }
    };
    let taken = take(&hark, &mut form).await;
    if taken.is_err() {
        // A switch whose connection is closed while it still sends never reads why.
        form.drain(DRAINED_BYTES, DRAINED_WITHIN).await;
    }
    match taken {
        Ok(Taken::New(id)) => (
            StatusCode::CREATED,
            Json(json!({ "id": id.to_string(), "stored": true })),
        )
            .into_response(),
        Ok(Taken::Already(id)) => {
            Json(json!({ "id": id.to_string(), "stored": true, "already": true })).into_response()
        }
        Err(error) => fault(&error),
    }
}

async fn machine(hark: &Hark, headers: &HeaderMap) -> Result<Option<Machine>, Error> {
    let Some(token) = bearer(headers) else {
        return Ok(None);
    };
    Ok(hark
        .backend
        .machine(token)
        .await?
        .filter(|machine| machine.may(KeyScope::Ingest)))
}

async fn take(hark: &Hark, form: &mut Form) -> Result<Taken, Error> {
    let missing = |field| Refusal::Facts {
        field,
        why: Invalid::Missing,
    };
    let mut facts = None;
    while let Some(mut part) = form.next().await? {
        match part.name() {
            "facts" if facts.is_some() => {
                let detail = "facts came twice".to_owned();
                return Err(Refusal::Unreadable { detail }.into());
            }
            "facts" => facts = Some(read_facts(&mut part).await?),
            "audio" => {
                let facts = facts.ok_or_else(|| missing(words::Field::Facts))?;
                let (sender, receiver) = mpsc::channel(8);
                let source = Arriving {
                    receiver,
                    rest: Bytes::new(),
                };
                let (taken, ()) = tokio::join!(hark.backend.take(facts, source), pass_on(&mut part, sender));
                return taken;
            }
            // Nobody has asked for it. It is read here and not left to the next step, which would keep it.
            _ => while part.chunk().await.map_err(|error| unreadable(&error))?.is_some() {},
        }
    }
    Err(missing(words::Field::Audio).into())
}

async fn read_facts(part: &mut Part<'_>) -> Result<Facts, Error> {
    let mut text = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| unreadable(&error))? {
        text.extend_from_slice(&chunk);
        if text.len() > FACTS_BYTES {
            return Err(Refusal::TooLarge {
                most: FACTS_BYTES as u64,
            }
            .into());
        }
    }
    serde_json::from_slice(&text).map_err(|error| {
        Refusal::Unreadable {
            detail: error.to_string(),
        }
        .into()
    })
}

fn unreadable(error: &MultipartError) -> Error {
    Refusal::Unreadable {
        detail: error.body_text(),
    }
    .into()
}

/// Passes the bytes on as they come. When the connection breaks, the reader is told so: what came is not the whole.
async fn pass_on(part: &mut Part<'_>, sender: mpsc::Sender<io::Result<Bytes>>) {
    loop {
        let chunk = match part.chunk().await {
            Ok(Some(chunk)) => Ok(chunk),
            Ok(None) => return,
            Err(error) => Err(io::Error::new(io::ErrorKind::UnexpectedEof, error.body_text())),
        };
        let broken = chunk.is_err();
        // A reader that has gone has refused what it was given, and says why.
        if sender.send(chunk).await.is_err() || broken {
            return;
        }
    }
}

/// What arrives over the network, for one who reads it on a thread of its own.
struct Arriving {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    rest: Bytes,
}

impl Read for Arriving {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.receiver.blocking_recv() {
                Some(chunk) => self.rest = chunk?,
                None => return Ok(0),
            }
        }
        let len = self.rest.len().min(buffer.len());
        self.rest.copy_to_slice(buffer.get_mut(..len).unwrap_or_default());
        Ok(len)
    }
}
