//! A proxy as companies have one: it connects whoever asks to whatever it was told to.

use std::io::{self, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::server::head;

/// A proxy, and what it was asked.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// A proxy that knows one server, by whatever name it is asked for, and answers with a status.
    pub(crate) fn start(server: u16, status: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has a port").port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let own = Arc::clone(&asked);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let own = Arc::clone(&own);
                // A client that goes away is no matter.
                thread::spawn(move || drop(connect(client, server, status, &own)));
            }
        });
        Self { port, asked }
    }

    /// The requests, with their headers.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panics").clone()
    }
}

fn connect(
    mut client: TcpStream,
    server: u16,
    status: &str,
    asked: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let head = head(&mut client)?;
    asked.lock().expect("nobody panics").push(head.join("\n"));
    write!(client, "HTTP/1.1 {status}\r\n\r\n")?;
    if !status.starts_with("200") {
        return client.shutdown(Shutdown::Both);
    }
    let server = TcpStream::connect(("127.0.0.1", server))?;
    let (mut from, mut to) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || {
        let copied = io::copy(&mut from, &mut to);
        copied.and_then(|_| to.shutdown(Shutdown::Write))
    });
    let (mut from, mut to) = (server, client);
    io::copy(&mut from, &mut to)?;
    to.shutdown(Shutdown::Both)
}
