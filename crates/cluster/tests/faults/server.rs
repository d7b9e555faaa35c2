//! A server whose answers go wrong as a table says.

use std::collections::HashMap;
use std::io::{self, BufRead as _, BufReader, Read, Write};
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
    /// The requests, with their headers.
    asked: Vec<String>,
}

/// Who asks, over some connection.
pub(crate) trait Client: Read + Write {
    /// Ends the connection at once.
    fn cut(&mut self) -> io::Result<()>;
}

impl Client for TcpStream {
    fn cut(&mut self) -> io::Result<()> {
        self.shutdown(Shutdown::Both)
    }
}

/// What makes a connection of a stream, and says who is there, if that is known.
type Greet<C> = dyn Fn(TcpStream) -> io::Result<(C, Option<String>)> + Send + Sync;

impl Server {
    /// A server on this machine.
    pub(crate) fn start(answers: &[(&str, &[&str])]) -> Self {
        Self::start_with(answers, |stream| Ok((stream, None)))
    }

    /// One that is spoken to in a way of its own.
    pub(crate) fn start_with<C: Client + 'static>(
        answers: &[(&str, &[&str])],
        greet: impl Fn(TcpStream) -> io::Result<(C, Option<String>)> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has a port").port();
        let state: Arc<Mutex<State>> = Arc::default();
        let own = Arc::clone(&state);
        let greet: Arc<Greet<C>> = Arc::new(greet);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (own, greet) = (Arc::clone(&own), Arc::clone(&greet));
                // A client that goes away is no matter.
                thread::spawn(move || drop(greet(stream).and_then(|client| serve(client, &own))));
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

fn serve<C: Client>(
    (mut client, name): (C, Option<String>),
    state: &Mutex<State>,
) -> io::Result<()> {
    let mut head = head(&mut client)?;
    let path = head.first().and_then(|line| line.split(' ').nth(1));
    let path = path.unwrap_or_default().to_owned();
    head.extend(name.map(|name| format!("certificate: {name}")));
    let answer = {
        let mut state = state.lock().expect("nobody panics");
        state.asked.push(head.join("\n"));
        state.answers.get_mut(&path).map(|rows| match rows.len() {
            1 => rows[0].clone(),
            _ => rows.remove(0),
        })
    };
    write(&mut client, answer.as_deref().unwrap_or("404 {}"))
}

/// What stands before the body of a request.
pub(crate) fn head(client: &mut impl Read) -> io::Result<Vec<String>> {
    let mut lines = BufReader::new(client).lines();
    let mut head = Vec::new();
    while let Some(line) = lines.next().transpose()?.filter(|line| !line.is_empty()) {
        head.push(line);
    }
    Ok(head)
}

fn write(client: &mut impl Client, answer: &str) -> io::Result<()> {
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
            true => client.cut(),
            false => until_gone(client),
        };
    }
    write!(client, "Content-Length: {}\r\n\r\n", body.len())?;
    if has("cut") {
        client.write_all(&body.as_bytes()[..body.len() / 2])?;
        return client.cut();
    }
    if has("slow") {
        for byte in body.bytes() {
            client.write_all(&[byte])?;
            thread::sleep(PAUSE);
        }
        return Ok(());
    }
    client.write_all(body.as_bytes())?;
    client.flush()
}

/// Waits until the client goes away.
fn until_gone(client: &mut impl Client) -> io::Result<()> {
    client.read_to_end(&mut Vec::new()).map(drop)
}
