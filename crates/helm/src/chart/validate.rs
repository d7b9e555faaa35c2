//! What Helm asks of the metadata of a chart.

use std::collections::HashSet;

use source::Span;

use super::{Metadata, Written};
use crate::semver::Version;

/// Something that Helm refuses.
pub(super) struct Mistake {
    pub(super) message: String,
    pub(super) span: Option<Span>,
}

/// Cleans all texts as Helm does, and tells what it refuses.
pub(super) fn validate(metadata: &mut Metadata) -> Vec<Mistake> {
    clean(metadata);
    let mut mistakes = Vec::new();
    for (field, name) in [
        (&metadata.api_version, "apiVersion"),
        (&metadata.name, "name"),
        (&metadata.version, "version"),
    ] {
        if field.value.is_empty() {
            add(
                &mut mistakes,
                format!("chart.metadata.{name} is required"),
                field,
            );
        }
    }
    let name = &metadata.name;
    if name.value.contains('/') {
        add(&mut mistakes, invalid("name", name), name);
    }
    let version = &metadata.version;
    if !version.value.is_empty() && Version::parse(&version.value).is_err() {
        add(&mut mistakes, invalid("version", version), version);
    }
    if !matches!(metadata.kind.value.as_str(), "" | "application" | "library") {
        let message = "chart.metadata.type must be application or library";
        add(&mut mistakes, message.into(), &metadata.kind);
    }
    dependencies(metadata, &mut mistakes);
    mistakes
}

fn dependencies(metadata: &Metadata, mistakes: &mut Vec<Mistake>) {
    let mut keys = HashSet::new();
    for dependency in metadata.dependencies.iter().flatten() {
        let alias = &dependency.alias;
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !alias.value.bytes().all(is_name) {
            let message = format!(
                "dependency {:?} has disallowed characters in the alias",
                dependency.name.value
            );
            add(mistakes, message, alias);
        }
        let key = dependency.key();
        if !keys.insert(key.value.clone()) {
            let message = format!(
                "more than one dependency with name or alias {:?}",
                key.value
            );
            add(mistakes, message, key);
        }
    }
}

fn invalid(name: &str, field: &Written) -> String {
    format!("chart.metadata.{name} {:?} is invalid", field.value)
}

fn add(mistakes: &mut Vec<Mistake>, message: String, field: &Written) {
    let span = field.span;
    mistakes.push(Mistake { message, span });
}

fn clean(metadata: &mut Metadata) {
    let single = [
        &mut metadata.name,
        &mut metadata.description,
        &mut metadata.home,
        &mut metadata.icon,
        &mut metadata.condition,
        &mut metadata.tags,
        &mut metadata.app_version,
        &mut metadata.kube_version,
    ];
    let lists = metadata.sources.iter_mut().chain(&mut metadata.keywords);
    for field in single.into_iter().chain(lists) {
        clean_text(&mut field.value);
    }
    for maintainer in &mut metadata.maintainers {
        for field in [
            &mut maintainer.name,
            &mut maintainer.email,
            &mut maintainer.url,
        ] {
            clean_text(&mut field.value);
        }
    }
    for dependency in metadata.dependencies.iter_mut().flatten() {
        let single = [
            &mut dependency.name,
            &mut dependency.version,
            &mut dependency.repository,
            &mut dependency.condition,
        ];
        for field in single.into_iter().chain(&mut dependency.tags) {
            clean_text(&mut field.value);
        }
    }
}

/// Space of any sort becomes a blank, and what can't be printed is dropped.
fn clean_text(text: &mut String) {
    let kept = |character: char| match character {
        character if character.is_whitespace() => Some(' '),
        character => go::letters::is_printed(character).then_some(character),
    };
    if text
        .chars()
        .any(|character| kept(character) != Some(character))
    {
        *text = text.chars().filter_map(kept).collect();
    }
}
