//! `cloudinit_config` and its elder `template_cloudinit_config`.
//!
//! Source: <https://registry.terraform.io/providers/hashicorp/cloudinit/latest/docs/data-sources/config>. The parts are
//! written as Go's `mime/multipart` does it, the headers of each in the order of their names.

use super::{Wrong, as_text, call, entry, set};
use crate::functions::Environment;
use crate::value::{Data, Entries, Joined, Origin, Value};

/// What separates the parts where the configuration does not say it.
const BOUNDARY: &str = "MIMEBOUNDARY";

/// The attributes that the data source computes.
pub(super) fn config(arguments: &Entries, environment: &Environment<'_>) -> Result<Entries, Wrong> {
    let is_on = |name: &str| match set(arguments, name) {
        None => Some(true),
        Some(value) => value.as_bool(),
    };
    let (Some(gzip), Some(base64)) = (is_on("gzip"), is_on("base64_encode")) else {
        return Ok(Entries::new());
    };
    if gzip && !base64 {
        let message = "what is compressed must be encoded too";
        return Err(Wrong::new("base64_encode", message));
    }
    let Some(text) = document(arguments, environment.origin)? else {
        return Ok(Entries::new());
    };
    let encoding = match (gzip, base64) {
        (true, _) => Some("base64gzip"),
        (false, true) => Some("base64encode"),
        (false, false) => None,
    };
    let rendered = match encoding {
        None => text,
        Some(function) => call(function, environment, vec![text]).map_err(Wrong::of("part"))?,
    };
    Ok(Entries::from([entry("rendered", rendered)]))
}

/// The whole document; none where it is unknown which parts it has.
fn document(arguments: &Entries, origin: &Origin) -> Result<Option<Value>, Wrong> {
    let boundary = set(arguments, "boundary").filter(|value| value.as_str() != Some(""));
    let boundary = match boundary {
        None => Value::new(Data::string(BOUNDARY), origin.clone()),
        Some(boundary) => as_text(boundary).map_err(Wrong::of("boundary"))?,
    };
    let parts = match set(arguments, "part") {
        None => &[][..],
        Some(parts) => match parts.as_items() {
            Some(items) => items,
            None => return Ok(None),
        },
    };
    let mut writer = Writer {
        joined: Joined::default(),
        origin,
    };
    writer.text("Content-Type: multipart/mixed; boundary=\"");
    writer.value(&boundary);
    writer.text("\"\nMIME-Version: 1.0\r\n\r\n");
    for (index, part) in parts.iter().enumerate() {
        writer.text(if index == 0 { "--" } else { "\r\n--" });
        writer.value(&boundary);
        writer.text("\r\n");
        writer.part(part)?;
    }
    writer.text("\r\n--");
    writer.value(&boundary);
    writer.text("--\r\n");
    Ok(Some(writer.joined.into_value(origin.clone())))
}

struct Writer<'a> {
    joined: Joined,
    origin: &'a Origin,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        self.joined
            .push_text(text.into(), self.origin.clone(), false);
    }

    fn value(&mut self, value: &Value) {
        self.joined.push_value(value);
    }

    fn part(&mut self, part: &Value) -> Result<(), Wrong> {
        let arguments = part
            .as_entries()
            .ok_or_else(|| Wrong::new("part", "this is no block"))?;
        let argument = |name: &str| {
            let value = set(arguments, name).filter(|value| value.as_str() != Some(""));
            let value = value.map(|value| as_text(&value.within(part)));
            value.transpose().map_err(Wrong::of("part"))
        };
        self.header(
            "Content-Disposition: attachment; filename=\"",
            argument("filename")?,
            "\"\r\n",
        );
        self.text("Content-Transfer-Encoding: 7bit\r\nContent-Type: ");
        match argument("content_type")? {
            Some(ty) => self.value(&ty),
            None => self.text("text/plain"),
        }
        self.text("\r\nMime-Version: 1.0\r\n");
        self.header("X-Merge-Type: ", argument("merge_type")?, "\r\n");
        self.text("\r\n");
        if let Some(content) = argument("content")? {
            self.value(&content);
        }
        Ok(())
    }

    /// A header, if it has a value.
    fn header(&mut self, before: &str, value: Option<Value>, after: &str) {
        if let Some(value) = value {
            self.text(before);
            self.value(&value);
            self.text(after);
        }
    }
}
