//! A form of several parts, as it comes in. What reads it keeps the head of a part until the head ends, and takes all that the
//! network has at once. So it is given a piece at a time, and no more once it keeps too much.

use std::{
    mem,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    BoxError,
    body::{Body, BodyDataStream},
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError, MultipartRejection},
    },
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream::Fuse};
use model::problem::Refusal;

/// So much of a body is given at once.
const PIECE: usize = 32 << 10;
/// So much may have been given and not come out again: the end of one piece and a head. A head is some hundred bytes long, and
/// one of [`PIECE`] always passes.
const MOST: usize = 2 * PIECE;

/// The form.
pub struct Form {
    parts: Multipart,
    source: Source,
}

/// One part of it, its head already read.
pub struct Part<'a> {
    field: Field<'a>,
    source: Source,
}

impl Form {
    /// The form in the body of a request.
    pub async fn of(request: Request) -> Result<Self, MultipartRejection> {
        let (head, body) = request.into_parts();
        let source = Source::new(body);
        let pieces = Body::from_stream(source.clone());
        let parts = Multipart::from_request(Request::from_parts(head, pieces), &()).await?;
        Ok(Self { parts, source })
    }

    /// The next part, if there is one.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, Refusal> {
        let field = self.parts.next_field().await;
        let field = field.map_err(|error| self.source.refusal(&error))?;
        self.source.came_out();
        Ok(field.map(|field| Part {
            field,
            source: self.source.clone(),
        }))
    }

    /// Reads what is still to come and keeps none of it: so many bytes at most, and no longer than that.
    pub async fn drain(&self, most: usize, within: Duration) {
        let rest = async {
            let mut left = most;
            let mut source = self.source.clone();
            source.came_out();
            while let Some(Ok(piece)) = source.next().await {
                source.came_out();
                left = left.saturating_sub(piece.len());
                if left == 0 {
                    return;
                }
            }
        };
        // Either way it is over.
        let _ = tokio::time::timeout(within, rest).await;
    }
}

impl Part<'_> {
    pub fn name(&self) -> &str {
        self.field.name().unwrap_or_default()
    }

    /// What comes next of it; none at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, MultipartError> {
        let chunk = self.field.chunk().await?;
        self.source.came_out();
        Ok(chunk)
    }
}

/// The body, for the form that reads it and for who drains it.
#[derive(Clone)]
struct Source(Arc<Mutex<Flow>>);

struct Flow {
    body: Fuse<BodyDataStream>,
    /// Has come, and is not given yet.
    rest: Bytes,
    /// How much was given since something last came out.
    kept: usize,
    /// Whether a piece was given just now. Who is given one after the other without a pause never looks at them.
    pause: bool,
}

impl Source {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(Flow {
            body: body.into_data_stream().fuse(),
            rest: Bytes::new(),
            kept: 0,
            pause: false,
        })))
    }

    /// Something that was given came out of the form.
    fn came_out(&self) {
        self.flow().kept = 0;
    }

    /// Why the form could not be read.
    fn refusal(&self, error: &MultipartError) -> Refusal {
        if self.flow().kept > MOST {
            Refusal::LongHead { most: PIECE as u64 }
        } else {
            Refusal::Unreadable {
                detail: error.body_text(),
            }
        }
    }

    fn flow(&self) -> MutexGuard<'_, Flow> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stream for Source {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut flow = self.flow();
        if mem::take(&mut flow.pause) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if flow.rest.is_empty() {
            match ready!(flow.body.poll_next_unpin(context)) {
                Some(Ok(bytes)) => flow.rest = bytes,
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into_inner()))),
                None => return Poll::Ready(None),
            }
        }
        let len = flow.rest.len().min(PIECE);
        flow.kept += len;
        if flow.kept > MOST {
            return Poll::Ready(Some(Err("the head of a part does not end".into())));
        }
        flow.pause = true;
        Poll::Ready(Some(Ok(flow.rest.split_to(len))))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::{extract::DefaultBodyLimit, http::header};
    use futures_util::stream;

    use super::*;

    /// More than is ever given at once.
    static MUCH: [u8; 1 << 20] = [b'x'; 1 << 20];

    /// A form that begins so and goes on like that without end, and how much of it was asked for.
    async fn endless(begin: &'static str, on: &'static [u8]) -> (Form, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let chunks = stream::once(async move { begin.as_bytes() }).chain(stream::repeat(on));
        let body = Body::from_stream(chunks.map(move |chunk| {
            count.fetch_add(chunk.len(), Ordering::Relaxed);
            Ok::<_, std::io::Error>(Bytes::from_static(chunk))
        }));
        (form(body).await, asked)
    }

    async fn form(body: Body) -> Form {
        let request = Request::post("/").header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        let mut request = request.body(body).unwrap();
        DefaultBodyLimit::disable().apply(&mut request);
        Form::of(request).await.unwrap()
    }

    #[tokio::test]
    async fn a_head_without_end_is_refused_before_it_fills_the_memory() {
        for begin in ["--b\r\nContent-Disposition: form-data; name=\"", "", "--b", "--b\r\n"] {
            for on in [&[b'x'; 100][..], &MUCH] {
                let (mut form, asked) = endless(begin, on).await;
                let refused = form.next().await.err();
                match begin {
                    // Anything after a boundary but a line break is no form at all.
                    "--b" => assert!(matches!(refused, Some(Refusal::Unreadable { .. })), "{refused:?}"),
                    _ => assert_eq!(refused, Some(Refusal::LongHead { most: 32 << 10 }), "{begin}"),
                }
                let asked = asked.load(Ordering::Relaxed);
                assert!(asked <= MOST + on.len() + begin.len(), "{begin} {asked}");
                assert!(form.next().await.is_err(), "and it stays refused");
            }
        }
    }

    #[tokio::test]
    async fn what_comes_out_may_be_as_long_as_it_likes() {
        let (mut form, _) = endless("--b\r\nContent-Disposition: form-data; name=\"audio\"\r\n\r\n", &MUCH).await;
        let mut part = form.next().await.unwrap().unwrap();
        assert_eq!(part.name(), "audio");
        let mut heard = 0;
        while heard < 64 << 20 {
            let chunk = part.chunk().await.unwrap().unwrap();
            assert!(chunk.len() <= MOST, "{}", chunk.len());
            heard += chunk.len();
        }
    }

    #[tokio::test]
    async fn a_head_of_a_whole_piece_passes_wherever_it_begins() {
        for lead in (0..PIECE).step_by(1_009) {
            let long = "x".repeat(PIECE - 100);
            let text = format!(
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{}\r\n\
                 --b\r\nContent-Disposition: form-data; name=\"b\"\r\nX-Long: {long}\r\n\r\nend\r\n--b--\r\n",
                "y".repeat(lead)
            );
            let mut form = form(Body::from(text)).await;
            let mut first = form.next().await.unwrap().unwrap();
            while first.chunk().await.unwrap().is_some() {}
            drop(first);
            assert_eq!(form.next().await.unwrap().unwrap().name(), "b", "{lead}");
        }
    }

    #[tokio::test]
    async fn draining_ends_at_its_measure() {
        let (form, asked) = endless("--b\r\n", &MUCH).await;
        form.drain(3 << 20, Duration::from_secs(30)).await;
        assert!((3 << 20..5 << 20).contains(&asked.load(Ordering::Relaxed)));
    }
}
