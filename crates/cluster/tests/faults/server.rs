//! A server whose answers go wrong as a table says, alone or before a real one.

use std::collections::HashMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Between the bytes of a slow answer.
const PAUSE: Duration = Duration::from_millis(2);

/// A server and what it was asked.
pub(crate) struct Server {
    pub(crate) port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// Answers to paths: each is given once, the last of a path again and again. Before a space stand words with commas between
    /// them: the status; `wait=SECONDS` for its header; `slow`, byte by byte; `cut` in the middle; `silent` for no answer;
    /// `stream` for lines that come in one by one, after which nothing comes, or an end where they are `ended`.
    answers: HashMap<String, Vec<String>>,
    /// The port of the server that answers the rest.
    rest: Option<u16>,
    /// The requests, with their headers.
    asked: Vec<String>,
}

impl Server {
    /// A server on this machine.
    pub(crate) fn start(answers: &[(&str, &[&str])], rest: Option<u16>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has a port").port();
        let state = Arc::new(Mutex::new(State {
            rest,
            ..State::default()
        }));
        let own = Arc::clone(&state);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let own = Arc::clone(&own);
                // A client that goes away is no matter.
                thread::spawn(move || drop(serve(&client, &own)));
            }
        });
        let server = Self { port, state };
        answers
            .iter()
            .for_each(|(path, rows)| server.answer(path, rows));
        server
    }

    /// From now on this is answered to a path.
    pub(crate) fn answer(&self, path: &str, rows: &[&str]) {
        let rows = rows.iter().map(|row| (*row).to_owned()).collect();
        let mut state = self.state.lock().expect("nobody panics");
        state.answers.insert(path.to_owned(), rows);
    }

    /// The requests, with their headers.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.state.lock().expect("nobody panics").asked.clone()
    }
}

fn serve(client: &TcpStream, state: &Mutex<State>) -> io::Result<()> {
    let mut lines = BufReader::new(client).lines();
    let mut head = Vec::new();
    while let Some(line) = lines.next().transpose()?.filter(|line| !line.is_empty()) {
        head.push(line);
    }
    let path = head.first().and_then(|line| line.split(' ').nth(1));
    let path = path.unwrap_or_default().to_owned();
    let (answer, rest) = {
        let mut state = state.lock().expect("nobody panics");
        state.asked.push(head.join("\n"));
        let rest = state.rest;
        let answer = state.answers.get_mut(&path).map(|rows| match rows.len() {
            1 => rows[0].clone(),
            _ => rows.remove(0),
        });
        (answer, rest)
    };
    match (answer, rest) {
        (Some(answer), _) => write(client, &answer),
        (None, Some(port)) => pass_on(client, &head, port),
        (None, None) => write(client, "404 {}"),
    }
}

/// Lets the real server answer.
fn pass_on(mut client: &TcpStream, head: &[String], port: u16) -> io::Result<()> {
    let mut server = TcpStream::connect(("127.0.0.1", port))?;
    let own = |line: &&String| !line.to_lowercase().starts_with("connection:");
    for line in head.iter().filter(own) {
        write!(server, "{line}\r\n")?;
    }
    server.write_all(b"Connection: close\r\n\r\n")?;
    io::copy(&mut server, &mut client)?;
    client.shutdown(Shutdown::Both)
}

fn write(mut client: &TcpStream, answer: &str) -> io::Result<()> {
    let (words, body) = match answer.starts_with('{') {
        true => ("", answer),
        false => answer.split_once(' ').unwrap_or((answer, "")),
    };
    let words: Vec<&str> = words.split(',').collect();
    let has = |word: &str| words.contains(&word);
    if has("silent") {
        return until_gone(client);
    }
    let status = words.iter().find_map(|word| word.parse().ok());
    write!(
        client,
        "HTTP/1.1 {} -\r\nConnection: close\r\n",
        status.unwrap_or(200_u16)
    )?;
    if let Some(wait) = words.iter().find_map(|word| word.strip_prefix("wait=")) {
        write!(client, "Retry-After: {wait}\r\n")?;
    }
    if has("stream") {
        write!(client, "Transfer-Encoding: chunked\r\n\r\n")?;
        for line in body.lines() {
            write!(client, "{:x}\r\n{line}\n\r\n", line.len() + 1)?;
        }
        if has("ended") {
            return client.write_all(b"0\r\n\r\n");
        }
        return match has("cut") {
            true => client.shutdown(Shutdown::Both),
            false => until_gone(client),
        };
    }
    write!(client, "Content-Length: {}\r\n\r\n", body.len())?;
    if has("cut") {
        client.write_all(&body.as_bytes()[..body.len() / 2])?;
        return client.shutdown(Shutdown::Both);
    }
    if has("slow") {
        for byte in body.bytes() {
            client.write_all(&[byte])?;
            thread::sleep(PAUSE);
        }
        return Ok(());
    }
    client.write_all(body.as_bytes())
}

/// Waits until the client goes away.
fn until_gone(mut client: &TcpStream) -> io::Result<()> {
    client.read_to_end(&mut Vec::new()).map(drop)
}
