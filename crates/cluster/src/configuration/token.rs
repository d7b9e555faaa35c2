//! Tokens in files, which somebody else renews.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use http::HeaderValue;
use kube::config::AuthInfo;
use source::{Disk, FileSystem as _, Limits};

use crate::error::Error;

/// More than any token has, in bytes.
const LIMITS: Limits = Limits {
    file_bytes: 1 << 20,
};

/// A token in a file.
pub(crate) struct TokenFile {
    path: PathBuf,
    /// What was read last. Some programs take the file away once it was read.
    last: Mutex<HeaderValue>,
}

/// The file that says who the user is. A token that stands in the configuration is for where it can't be read.
pub(super) fn of(user: &mut AuthInfo) -> Result<Option<TokenFile>, Error> {
    let Some(path) = user.token_file.take().map(PathBuf::from) else {
        return Ok(None);
    };
    match read(&path) {
        Ok(header) => {
            user.token = None;
            user.exec = None;
            let last = Mutex::new(header);
            Ok(Some(TokenFile { path, last }))
        }
        Err(_) if user.token.is_some() => Ok(None),
        Err(why) => {
            let message = format!("{}: {why}", path.display());
            Err(Error::Configuration(source::neutral(&message).into_owned()))
        }
    }
}

impl TokenFile {
    /// What is said to the server of who asks: as the file says now.
    pub(crate) fn header(&self) -> HeaderValue {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(header) = read(&self.path) {
            *last = header;
        }
        last.clone()
    }
}

fn read(path: &Path) -> Result<HeaderValue, String> {
    let bytes = Disk.read(path, LIMITS).map_err(|error| error.to_string())?;
    let token = String::from_utf8(bytes).map_err(|_| "it is no token".to_owned())?;
    let header = HeaderValue::try_from(format!("Bearer {}", token.trim()));
    let mut header = header.map_err(|_| "it is no token".to_owned())?;
    header.set_sensitive(true);
    Ok(header)
}
