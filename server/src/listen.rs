//! The door: accepts connections, gives each a time to speak, and closes when told to.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore};

/// Connections at a time, and how long one may take to say what it wants.
const CONNECTIONS: usize = 2_048;
const SAYS_WITHIN: Duration = Duration::from_secs(15);
/// How long answers under way may take after the server was told to stop.
const ENDS_WITHIN: Duration = Duration::from_secs(20);

/// Serves until `stop` is done; then no new connection is taken, and those under way may finish.
pub async fn listen(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(SAYS_WITHIN)
        .keep_alive(true);
    server
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(SAYS_WITHIN)
        .max_concurrent_streams(100);
    let server = Arc::new(server);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            break;
        };
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
        let service = TowerToHyperService::new(router.clone().layer(axum::Extension(Peer(peer))));
        let server = server.clone();
        let watcher = graceful.watcher();
        tokio::spawn(async move {
            let connection = server.serve_connection_with_upgrades(TokioIo::new(stream), service);
            if let Err(error) = watcher.watch(connection.into_owned()).await {
                tracing::debug!(%error, %peer, "a connection ended early");
            }
            drop(place);
        });
    }
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(ENDS_WITHIN) => tracing::warn!("some answers were cut off"),
    }
}

/// The address a connection came from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(#[expect(dead_code, reason = "rate limits count by it")] pub SocketAddr);
