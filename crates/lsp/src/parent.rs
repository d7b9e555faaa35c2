//! The editor that started the server: when it is gone, the server goes.

use std::thread;
use std::time::Duration;

/// How often the editor is looked for.
const PAUSE: Duration = Duration::from_secs(2);

/// Ends this process when the process that started it, by its id, ends without a word. One that reads the standard input of a
/// client learns of that by its end; this is for a client whose end of it somebody else holds.
pub(crate) fn watch(process: Option<u32>) {
    let Some(process) = process.filter(|process| is_alive(*process)) else {
        return;
    };
    let wait = move || {
        while is_alive(process) {
            thread::sleep(PAUSE);
        }
        std::process::exit(0);
    };
    let name = "parent".to_owned();
    // Without the thread the server still ends with its input.
    let _ = thread::Builder::new().name(name).spawn(wait);
}

#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    let process = i32::try_from(process).ok();
    let process = process.and_then(rustix::process::Pid::from_raw);
    // Whoever may not be signalled is there.
    process.is_some_and(|process| {
        rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
    })
}

#[cfg(not(unix))]
fn is_alive(_process: u32) -> bool {
    false
}
