//! What holds for every text and all bytes: the fuzz target includes this file too.

use source::{FileId, Place, SourceFile, Span};
use terraform::plan::{Planned, content, read, read_archive};
use terraform::resource::planned;
use terraform::value::Value;

/// Reads bytes as an archive, and their text as JSON, and checks what holds for all.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let file = SourceFile::new(FileId(0), "plan.json", text.as_ref());
    let read = read(&file);
    assert_eq!(read.is_some(), content(&file).is_some());
    if let Some(read) = read {
        check_planned(&file, &read);
    }
    let archive = SourceFile::new(FileId(0), "tfplan", "");
    check_planned(&archive, &read_archive(bytes, &archive));
}

fn check_planned(file: &SourceFile, read: &Planned) {
    for problem in &read.problems {
        if let Place::Span(span) = problem.place {
            check_span(file, span);
        }
    }
    for value in (read.instances.iter().map(|instance| &instance.value))
        .chain(read.providers.iter().map(|provider| &provider.value))
    {
        check_value(file, value);
    }
    let resources = planned(read);
    assert_eq!(resources.len(), read.instances.len());
    let mut addresses: Vec<_> = resources.iter().map(|row| &row.resource.address).collect();
    addresses.sort();
    addresses.dedup();
    assert_eq!(
        addresses.len(),
        resources.len(),
        "each address is there once"
    );
}

fn check_value(file: &SourceFile, value: &Value) {
    check_span(file, value.origin.span);
    value.parts().for_each(|part| check_value(file, part));
}

fn check_span(file: &SourceFile, span: Span) {
    assert!(file.span().contains(span), "{span:?}");
    assert!(file.text.get(span.range()).is_some(), "{span:?}");
}
