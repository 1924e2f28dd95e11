//! Floor 8: keeps running. The site as it is being written, read on one's own machine.
//!
//! One thread answers, one builds. What is served is what the last good build left in a folder; a build that fails
//! leaves it there, and says why in every open page.

mod ahead;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod connection;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod editor;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod files;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod guard;
mod live;
mod notes;
mod preview;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod respond;
mod review;
mod watch;

pub use preview::{Asked, Told};

use connection::Patient;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use live::Live;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

/// Connections held at once; for a newer one the oldest makes way, so that nobody who holds many can lock others out.
const CONNECTIONS: usize = 256;
/// How long a client may take over the head of a request, and an idle connection may stay.
const HEAD: Duration = Duration::from_secs(15);
/// Bytes of a request's head.
const HEAD_BYTES: usize = 32 << 10;

/// A port held for a site that may not be built yet.
///
/// The port is taken first: an address is part of what is built.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes a port at `host`; 0 takes any that is free. Errors where it is taken already.
    pub fn bind(host: IpAddr, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((host, port))?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// The address to read at, and to build for: `http://127.0.0.1:1111`, without a slash at its end.
    pub fn origin(&self) -> String {
        let host = match self.address.ip() {
            // “Any” is no place to go to.
            ip if ip.is_unspecified() && ip.is_ipv4() => "127.0.0.1".to_owned(),
            IpAddr::V4(ip) => ip.to_string(),
            ip if ip.is_unspecified() => "[::1]".to_owned(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        format!("http://{host}:{}", self.address.port())
    }

    /// Answers until the process is interrupted.
    fn run(self, live: Arc<Live>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let near = self.address.ip().is_loopback();
        runtime.block_on(async {
            self.listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::spawn(accept(listener, live, near));
            // Without a handler the system's own way of ending a process is left.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
            Ok(())
        })
    }
}

async fn accept(listener: tokio::net::TcpListener, live: Arc<Live>, near: bool) {
    let mut open: VecDeque<tokio::task::AbortHandle> = VecDeque::new();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(_) => {
                // No more files to be had, or a client that left at the door: neither ends the server.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        open.retain(|connection| !connection.is_finished());
        while open.len() >= CONNECTIONS {
            if let Some(oldest) = open.pop_front() {
                oldest.abort();
            }
        }
        let live = Arc::clone(&live);
        let answered = service_fn(move |request| {
            let live = Arc::clone(&live);
            async move { Ok::<_, Infallible>(respond::respond(request, live, near).await) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(Patient::new(stream)), answered);
        // What goes wrong within a connection is the business of whoever made it.
        let task = tokio::spawn(async move { drop(connection.await) });
        open.push_back(task.abort_handle());
    }
}
