//! Floor 8: keeps running. A web server for reading a built site on one's own machine.

mod guard;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// A port on this machine's own loopback address, held for a site that may not be built yet.
///
/// The port is taken first: an address is part of what is built.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Takes a port; 0 takes any that is free. Errors where it is taken already.
    pub fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// The address to read at, and to build for: `http://127.0.0.1:1111/`.
    pub fn url(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Serves a folder until the process is interrupted.
    pub fn run(self, folder: &Path) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            self.listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let interrupted = async {
                // Without a handler the system's own way of ending a process is left.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            axum::serve(listener, site(folder)).with_graceful_shutdown(interrupted).await
        })
    }
}

/// The folder's files, its `404.html` for whatever is not among them, and headers that keep a browser careful.
fn site(folder: &Path) -> Router {
    let files = ServeDir::new(folder).not_found_service(ServeFile::new(folder.join("404.html")));
    let header = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .fallback_service(files)
        .layer(middleware::from_fn(guard::guard))
        .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(REFERRER_POLICY, "same-origin"))
        .layer(header(CACHE_CONTROL, "no-cache"))
}
