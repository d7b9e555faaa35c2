//! Addresses taken apart and put together.
//!
//! Source: <https://masterminds.github.io/sprig/url.html>.

use go::url::{Url, User};

use super::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::{Data, Key, Map, Text, Value};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("urlJoin", &[Type::MAP], join).reads_elements(),
    Function::new("urlParse", &[Type::String], parse),
];

fn parse(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    run.room_for(text.len().saturating_mul(4))?;
    let url = Url::parse(text.as_bytes())
        .map_err(|invalid| Failure::new(format!("unable to parse url: parse: {invalid}")))?;
    let user = url.user.as_ref().map(User::to_bytes);
    let mark = text.mark();
    let parts = [
        ("scheme", url.scheme.as_bytes()),
        ("host", &url.host),
        ("hostname", url.hostname()),
        ("path", &url.path),
        ("query", &url.query),
        ("opaque", &url.opaque),
        ("fragment", &url.fragment),
        ("userinfo", user.as_deref().unwrap_or_default()),
    ];
    let entry = |(key, part)| (Key::from(key), Value::text(found(text, part, &mark)));
    Ok(Value::map(parts.map(entry)))
}

/// A part with its place in the text, where it stands there as it is.
fn found(text: &Text, part: &[u8], mark: &crate::value::Mark) -> Text {
    match text.find(part, 0) {
        Some(at) if !part.is_empty() => text.slice(at..at + part.len()),
        _ => Text::marked(part, mark.clone()),
    }
}

fn join(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let map = arguments.map(0)?;
    let url = Url {
        scheme: part(map, "scheme")?.to_str().into_owned(),
        host: part(map, "host")?.as_bytes().into(),
        path: part(map, "path")?.as_bytes().into(),
        query: part(map, "query")?.as_bytes().into(),
        opaque: part(map, "opaque")?.as_bytes().into(),
        fragment: part(map, "fragment")?.as_bytes().into(),
        user: user(&part(map, "userinfo")?)?,
    };
    let joined = url.to_bytes();
    run.room_for(joined.len())?;
    Ok(Value::string(joined))
}

fn user(text: &Text) -> Result<Option<User>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    let url = [b"proto://", text.as_bytes(), b"@host"].concat();
    let url = Url::parse(&url).map_err(|invalid| {
        Failure::new(format!(
            "unable to parse userinfo in dict: parse: {invalid}"
        ))
    })?;
    Ok(url.user)
}

fn part(map: &Map, key: &str) -> Result<Text, Failure> {
    let value = map.get(key).unwrap_or_else(|| Value::string(""));
    match &value.data {
        Data::String(text) => Ok(text.clone()),
        Data::Number(text) => Ok(Text::from(text.as_str())),
        Data::Unknown => Ok(Text::default()),
        Data::Nil => Err(Failure::new(
            "runtime error: invalid memory address or nil pointer dereference",
        )),
        _ => Err(Failure::new(format!(
            "unable to parse {key} key, must be of type string, but {} found",
            value.ty().kind()
        ))),
    }
}
