use super::report;
use crate::output::Detail;
use crate::terminal::Look;

#[test]
fn demo() {
    let mut out = Vec::new();
    let look = match std::env::var("LOOK").as_deref() {
        Ok("color") => Look { color: true, terminal: true, links: true, unicode: true, width: 100 },
        Ok("unicode") => Look { unicode: true, ..Look::PLAIN },
        _ => Look::PLAIN,
    };
    let detail = if std::env::var_os("FULL").is_some() { Detail::Full } else { Detail::Usual };
    crate::output::human::write(&report::full(), look, detail, &mut out).unwrap();
    std::io::Write::write_all(&mut std::io::stderr(), &out).unwrap();
}
