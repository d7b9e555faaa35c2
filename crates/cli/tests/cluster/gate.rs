//! A door between a client and the server, which can be shut.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A port that leads to another while it is open. The client sees that the server is away when it is shut, though others may
/// go on to change what it has.
pub(crate) struct Gate {
    port: u16,
    connections: Arc<Mutex<Connections>>,
}

#[derive(Default)]
struct Connections {
    is_shut: bool,
    open: Vec<TcpStream>,
}

impl Gate {
    /// An open gate to a port of this machine.
    pub(crate) fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has a port").port();
        let connections = Arc::<Mutex<Connections>>::default();
        let own = Arc::clone(&connections);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let mut connections = own.lock().expect("nobody panics");
                let server = TcpStream::connect(("127.0.0.1", server));
                if let (Ok(server), false) = (server, connections.is_shut) {
                    connections
                        .open
                        .extend(joined(&client, &server).expect("they are open"));
                }
            }
        });
        Self { port, connections }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn shut(&self) {
        let mut connections = self.connections.lock().expect("nobody panics");
        connections.is_shut = true;
        for stream in connections.open.drain(..) {
            // It may be closed already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    pub(crate) fn open(&self) {
        self.connections.lock().expect("nobody panics").is_shut = false;
    }
}

/// Gives on what either says to the other.
fn joined(client: &TcpStream, server: &TcpStream) -> io::Result<[TcpStream; 2]> {
    for (from, to) in [(client, server), (server, client)] {
        let (mut from, mut to) = (from.try_clone()?, to.try_clone()?);
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Both);
        });
    }
    Ok([client.try_clone()?, server.try_clone()?])
}
