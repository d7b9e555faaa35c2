//! Waiting for the terminal, for the analysis and for signals at once. Nothing is asked again and again, so waiting costs nothing.

use std::io::{self, Read as _, Write as _, stdin};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{flag, low_level};

/// What the system tells the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// It is to end, by this signal.
    End(i32),
    /// It is to stop until somebody lets it go on.
    Stop,
    /// The terminal is gone.
    Gone,
}

/// The signals that are watched.
const WATCHED: [i32; 6] = [SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH];

/// Waits for the terminal, for the analysis and for signals.
pub(crate) struct Waiting {
    reader: UnixStream,
    writer: Arc<UnixStream>,
    flags: Vec<(i32, Arc<AtomicBool>)>,
    is_gone: bool,
}

impl Waiting {
    /// From now on signals wake who waits, in place of what they usually do.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn new() -> io::Result<Self> {
        let (reader, writer) = UnixStream::pair()?;
        reader.set_nonblocking(true)?;
        writer.set_nonblocking(true)?;
        let mut flags = Vec::new();
        for signal in WATCHED {
            let told = Arc::new(AtomicBool::new(false));
            flag::register(signal, Arc::clone(&told))?;
            low_level::pipe::register(signal, writer.try_clone()?)?;
            flags.push((signal, told));
        }
        Ok(Self {
            reader,
            writer: Arc::new(writer),
            flags,
            is_gone: false,
        })
    }

    /// What wakes who waits, from any thread.
    pub(crate) fn waker(&self) -> Arc<dyn Fn() + Send + Sync> {
        let writer = Arc::clone(&self.writer);
        // Where the pipe is full, who waits is woken anyway.
        Arc::new(move || drop((&*writer).write(&[0])))
    }

    /// Waits until there is something to do, or so long.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn wait(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        let timeout = timeout.map(|time| Timespec {
            tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: time.subsec_nanos().into(),
        });
        let input = stdin();
        let mut waited = [
            PollFd::new(&input, PollFlags::IN),
            PollFd::new(&self.reader, PollFlags::IN),
        ];
        match poll(&mut waited, timeout.as_ref()) {
            Ok(_) => {
                let over = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
                self.is_gone = waited[0].revents().intersects(over);
            }
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let mut bytes = [0; 256];
        while (&self.reader)
            .read(&mut bytes)
            .is_ok_and(|read| read == bytes.len())
        {}
        Ok(())
    }

    /// What the system told since the last time.
    pub(crate) fn signal(&self) -> Option<Signal> {
        let mut told = self
            .flags
            .iter()
            .filter(|(_, told)| told.swap(false, Ordering::SeqCst));
        let known = told.find_map(|(signal, _)| match *signal {
            SIGTERM | SIGHUP | SIGINT => Some(Signal::End(*signal)),
            SIGTSTP => Some(Signal::Stop),
            _ => None,
        });
        known.or(self.is_gone.then_some(Signal::Gone))
    }

    /// Stops the program until somebody lets it go on.
    pub(crate) fn stop() {
        // Where it can't be stopped it goes on.
        let _ = low_level::emulate_default_handler(SIGTSTP);
    }

    /// Ends the program as the signal would have.
    pub(crate) fn end(signal: i32) {
        let _ = low_level::emulate_default_handler(signal);
    }
}
