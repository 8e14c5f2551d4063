//! The door: accepts connections, gives each a time to speak, and closes when told to.

use std::{sync::Arc, time::Duration};

use axum::{
    Extension, Router,
    extract::{ConnectInfo, Request},
    http::{StatusCode, Version, header},
    middleware::{Next, from_fn},
    response::Response,
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::Layer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::problem::problem;

/// How much of an answer is held until it is sent: two pieces of sound. By itself hyper holds 400 KiB: so much memory is
/// fetched from the system and given back for every answer, which costs more than the sending, and lies there for
/// everyone who takes nothing for a while. No head of a request may be twice as long.
const HELD: usize = 128 << 10;

/// What the door puts up with.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Connections at a time.
    pub connections: usize,
    /// Until one has said what it wants, from its first moment and after each answer.
    pub says_within: Duration,
    /// Between two pieces of what it sends.
    pub sends_within: Duration,
    /// Until it takes the next piece of what it gets; a paused player comes back and asks for the rest.
    pub takes_within: Duration,
    /// How long answers under way may take after the server was told to stop.
    pub ends_within: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connections: 2_048,
            says_within: Duration::from_secs(15),
            sends_within: Duration::from_mins(1),
            takes_within: Duration::from_mins(2),
            ends_within: Duration::from_secs(20),
        }
    }
}

/// Serves until `stop` is done; then no new connection is taken, and those under way may finish.
pub async fn listen(listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    // HTTP/1.1 only: browsers speak nothing newer without TLS, and whoever ends TLS before us speaks this too.
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(patience.says_within)
        .max_buf_size(HELD)
        .keep_alive(true);
    let router = router.layer((from_fn(one_host), RequestBodyTimeoutLayer::new(patience.sends_within)));
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(patience.connections));
    tokio::pin!(stop);
    loop {
        let place = tokio::select! {
            () = &mut stop => break,
            place = places.clone().acquire_owned() => place,
        };
        let Ok(place) = place else { break };
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        // Small answers would otherwise wait 40 ms for the other side's acknowledgement.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection that was closed at once");
            continue;
        }
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(patience.takes_within));
        let service = TowerToHyperService::new(Extension(ConnectInfo(peer)).layer(router.clone()));
        let connection = server.serve_connection(TokioIo::new(Box::pin(stream)), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, %peer, "a connection ended early");
            }
            drop(place);
        });
    }
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(patience.ends_within) => tracing::warn!("some answers were cut off"),
    }
}

/// Refuses a request that names no host, or more than one (RFC 9112, 3.2): a proxy might have read another than we do.
async fn one_host(request: Request, next: Next) -> Response {
    let named = request.headers().get_all(header::HOST).iter().count();
    if named > 1 || (named == 0 && request.version() == Version::HTTP_11) {
        return problem(StatusCode::BAD_REQUEST, "host", "A request names one host.");
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use std::{io, net::SocketAddr};

    use axum::{
        body::{Body, Bytes},
        routing::{get, post},
    };
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        sync::oneshot,
    };

    use super::*;

    const SOON: Duration = Duration::from_millis(50);

    /// A door with little patience, and the handle that closes it.
    async fn door(patience: Patience) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let endless = || async {
            Body::from_stream(futures_util::stream::repeat_with(|| {
                Ok::<_, io::Error>(Bytes::from_static(&[0; 8_192]))
            }))
        };
        let router = Router::new()
            .route("/", get(|| async { "here" }))
            .route("/endless", get(endless))
            .route("/take", post(|body: Bytes| async move { body.len().to_string() }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (close, closed) = oneshot::channel();
        let stop = async move { drop(closed.await) };
        let task = tokio::spawn(listen(listener, router, patience, stop));
        (address, close, task)
    }

    fn hasty() -> Patience {
        Patience {
            says_within: SOON,
            sends_within: SOON,
            takes_within: SOON,
            ends_within: SOON,
            ..Patience::default()
        }
    }

    /// What comes until the other side closes.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut all = vec![];
        // Whether it says goodbye or just goes, it has gone.
        let _ = stream.read_to_end(&mut all).await;
        String::from_utf8_lossy(&all).into_owned()
    }

    #[tokio::test]
    async fn who_says_nothing_or_half_of_it_is_not_waited_for() {
        let (address, _open, _task) = door(hasty()).await;
        for said in ["", "GET / HT", "PRI * HTTP/2.0\r\n"] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(said.as_bytes()).await.unwrap();
            assert!(!rest(&mut stream).await.contains("here"), "{said:?}");
        }
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        assert!(
            rest(&mut stream).await.ends_with("here"),
            "it has an answer, and is closed when nothing follows"
        );
    }

    #[tokio::test]
    async fn who_sends_or_takes_no_more_is_not_waited_for() {
        let (address, _open, _task) = door(hasty()).await;
        let mut stalled = TcpStream::connect(address).await.unwrap();
        stalled
            .write_all(b"POST /take HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nhalf")
            .await
            .unwrap();
        let answer = rest(&mut stalled).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
        let mut deaf = TcpStream::connect(address).await.unwrap();
        deaf.write_all(b"GET /endless HTTP/1.1\r\nhost: a\r\n\r\n")
            .await
            .unwrap();
        // Its window fills, and what nobody takes ends.
        let closed = async {
            while deaf.write_all(b"x").await.is_ok() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), closed)
            .await
            .expect("it is given up");
    }

    #[tokio::test]
    async fn a_head_that_is_longer_than_what_may_be_held_is_refused() {
        let (address, _open, _task) = door(Patience::default()).await;
        for (len, status) in [(HELD / 2, "HTTP/1.1 200"), (2 * HELD, "HTTP/1.1 431")] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let head = format!(
                "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx: {}\r\n\r\n",
                "x".repeat(len)
            );
            // What is too long need not have been taken to its end.
            let _ = stream.write_all(head.as_bytes()).await;
            let mut first = vec![0; status.len()];
            stream.read_exact(&mut first).await.unwrap();
            assert_eq!(String::from_utf8_lossy(&first), status, "{len}");
        }
    }

    #[tokio::test]
    async fn a_request_names_one_host() {
        let (address, _open, _task) = door(Patience::default()).await;
        for (head, status) in [
            ("HTTP/1.1\r\nhost: a", "200"),
            ("HTTP/1.1", "400"),
            ("HTTP/1.1\r\nhost: a\r\nhost: a", "400"),
            ("HTTP/1.0", "200"),
        ] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let asked = format!("GET / {head}\r\nconnection: close\r\n\r\n");
            stream.write_all(asked.as_bytes()).await.unwrap();
            let answer = rest(&mut stream).await;
            assert_eq!(answer.split(' ').nth(1), Some(status), "{head}: {answer}");
        }
    }

    #[tokio::test]
    async fn it_closes_when_told_to_also_when_every_place_is_taken() {
        let (address, close, task) = door(Patience {
            connections: 1,
            ends_within: SOON,
            ..Patience::default()
        })
        .await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let mut first = [0; 8];
        stream.read_exact(&mut first).await.unwrap();
        close.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(10), task)
            .await
            .expect("it has closed")
            .unwrap();
    }
}
