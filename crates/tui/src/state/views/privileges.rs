//! Who is granted what by role bindings, as it is written.

use analysis::{Grant, Subject};
use smol_str::SmolStr;

use super::super::page::{Line, Link, View};
use super::{Known, blank, title};
use crate::text::{Role, Row, count};

pub(super) fn lines(known: &Known<'_>) -> Vec<Line> {
    let Some(subjects) = known.state.subjects() else {
        return vec![Line::of(Row::of(Role::Dim, "Bindings are looked up …"))];
    };
    if subjects.is_empty() {
        return vec![Line::of(Row::of(
            Role::Dim,
            "No binding grants anything to anybody",
        ))];
    }
    let mut lines = Vec::new();
    for subject in subjects {
        let row = Row::of(Role::Accent, name(subject)).with(
            Role::Dim,
            format!("  {}", count(subject.grants.len(), "binding")),
        );
        let view = View::Subject(
            subject.kind.clone(),
            subject.namespace.clone(),
            subject.name.clone(),
        );
        lines.push(Line::of(row).to(Some(Link::To(view))));
        for grant in &subject.grants {
            let row = Row::of(Role::Dim, "    ")
                .with(Role::Text, &grant.role)
                .with(Role::Dim, scope(grant));
            let link = grant
                .binding_index
                .and_then(|index| known.state.link_to(index));
            lines.push(Line::of(row).to(link).at(grant.span));
        }
    }
    lines
}

fn name(subject: &Subject) -> String {
    match &subject.namespace {
        Some(namespace) => format!("{} {namespace}/{}", subject.kind, subject.name),
        None => format!("{} {}", subject.kind, subject.name),
    }
}

fn scope(grant: &Grant) -> String {
    match &grant.namespace {
        Some(namespace) => format!(" in {namespace}"),
        None if grant.binding.starts_with("ClusterRoleBinding") => " everywhere".to_owned(),
        None => " in the namespace of its binding".to_owned(),
    }
}

/// All that is granted to one.
pub(super) fn subject(
    known: &Known<'_>,
    (kind, namespace, wanted): (&SmolStr, &Option<SmolStr>, &SmolStr),
) -> Vec<Line> {
    let subjects = known.state.subjects().unwrap_or_default();
    let mut subjects = subjects.iter();
    let found = subjects
        .find(|one| one.kind == *kind && one.namespace == *namespace && one.name == *wanted);
    let Some(subject) = found else {
        return vec![Line::of(Row::of(Role::Dim, "Nothing is granted any more"))];
    };
    let mut lines = vec![title(&name(subject))];
    let address = format!(
        "{kind}/{}/{wanted}",
        namespace.as_deref().unwrap_or_default()
    );
    if let Some(index) = known.picture.resource_at(&address) {
        let row = Row::of(Role::Dim, "  is ").with(Role::Accent, &address);
        lines.push(Line::of(row).to(known.state.link_to(index)));
    }
    for grant in &subject.grants {
        lines.push(blank());
        let row = Row::of(Role::Accent, &grant.binding)
            .with(Role::Dim, format!("  {}", known.picture.line(grant.span)));
        let link = grant
            .binding_index
            .and_then(|index| known.state.link_to(index));
        lines.push(Line::of(row).to(link).at(grant.span));
        let link = grant
            .role_index
            .and_then(|index| known.state.link_to(index));
        let row = Row::of(Role::Dim, "  grants ")
            .with(Role::Accent, &grant.role)
            .with(Role::Dim, scope(grant));
        lines.push(Line::of(row).to(link));
        for (rule, span) in &grant.rules {
            let row = Row::of(Role::Text, format!("    {rule}"))
                .with(Role::Dim, format!("  {}", known.picture.line(*span)));
            lines.push(Line::of(row).at(*span));
        }
        if grant.role_index.is_none() {
            lines.push(Line::of(Row::of(
                Role::Dim,
                "    its rules are not in what was read",
            )));
        }
    }
    lines
}
