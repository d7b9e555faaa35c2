//! Why a finding is there: the way of the value from where it is written to where it counts, and what shows that it is bad.

use analysis::Related;
use graph::Role as Part;
use source::Span;

use super::super::page::{Line, Link, View};
use super::{Known, blank, findings, paragraph, resource, title, written};
use crate::text::{Role, Row};

/// All roles that places have on the way of a value.
const PARTS: [Part; 11] = [
    Part::Alias,
    Part::Wrapper,
    Part::Reference,
    Part::Argument,
    Part::Output,
    Part::Operand,
    Part::Template,
    Part::Plan,
    Part::Replaced,
    Part::Placed,
    Part::Ignored,
];

pub(super) fn lines(known: &Known<'_>, fingerprint: &str) -> Vec<Line> {
    let found = known.picture.find(fingerprint);
    let item = found.and_then(|index| Some((index, known.picture.item(index)?)));
    let Some((index, item)) = item else {
        return vec![Line::of(Row::of(
            Role::Good,
            "The finding is there no more",
        ))];
    };
    let finding = item.finding;
    let glyphs = known.state.settings.glyphs;
    let check = Row::of(
        findings::role(finding.severity),
        format!(
            " {} {} ",
            glyphs.severity(finding.severity),
            finding.severity
        ),
    )
    .with(Role::Text, " ")
    .with(Role::Title, &finding.check.id);
    let link = Link::To(View::Check(finding.check.id.clone()));
    let mut lines = vec![Line::of(check).to(Some(link))];
    lines.extend(paragraph(known, &finding.message));
    lines.push(blank());
    lines.push(title("Where the value comes from"));
    let mut top = Row::of(Role::Text, format!("  {} ", glyphs.node))
        .with(Role::Accent, &finding.resource.address);
    top.push(Role::Dim, format!("  {}", finding.path));
    let resource = known.picture.resource_of(index);
    let link = resource.and_then(|index| known.state.link_to(index));
    lines.push(Line::of(top).to(link));
    let (way, evidence): (Vec<&Related>, Vec<&Related>) =
        finding.related.iter().partition(|one| is_on_the_way(one));
    for hop in way {
        lines.push(Line::of(Row::of(
            Role::Dim,
            format!("  {} {}", glyphs.bar, hop.message),
        )));
        lines.extend(hops(known, hop.span, glyphs.bar, Role::Text));
    }
    lines.push(Line::of(Row::of(Role::Dim, format!("  {}", glyphs.down))));
    lines.push(Line::of(Row::of(
        Role::Title,
        "    this is what a person changes",
    )));
    lines.extend(hops(known, finding.span, " ", Role::Found));
    if !evidence.is_empty() {
        lines.push(blank());
        lines.push(title("What shows it"));
        let last = evidence.len() - 1;
        for (number, one) in evidence.into_iter().enumerate() {
            let branch = if number == last {
                glyphs.last
            } else {
                glyphs.branch
            };
            let row = Row::of(Role::Dim, format!("  {branch}")).with(Role::Text, &one.message);
            let other = known
                .picture
                .resource_at(one.message.split(' ').next().unwrap_or_default());
            let link = other.and_then(|index| known.state.link_to(index));
            lines.push(Line::of(row).to(link).at(one.span));
            let bar = if number == last { " " } else { glyphs.bar };
            lines.extend(hops(known, one.span, bar, Role::Text));
        }
    }
    let about = resource.and_then(|index| known.state.about_of(index));
    lines.extend(about.map_or_else(Vec::new, |about| resource::linked(known, about)));
    lines.push(blank());
    lines.push(title("Why it is bad"));
    lines.extend(paragraph(known, &finding.check.why));
    lines.push(blank());
    lines.push(title("What to do"));
    lines.extend(paragraph(known, &finding.check.remedy));
    lines
}

/// A place on the way, and what is written there.
fn hops(known: &Known<'_>, span: Span, bar: &str, role: Role) -> Vec<Line> {
    let place =
        Row::of(Role::Dim, format!("  {bar}   ")).with(Role::Accent, known.picture.place(span));
    let mut lines = vec![Line::of(place).at(span)];
    if let Some(text) = written(known.picture, span) {
        let row = Row::of(Role::Dim, format!("  {bar}     ")).with(role, text);
        lines.push(Line::of(row).at(span));
    }
    lines
}

/// Whether a place is one that the value came through; else it is evidence.
fn is_on_the_way(related: &Related) -> bool {
    let fixed = ["in this module from elsewhere", "taken out of this"];
    let message = related.message.as_str();
    fixed.contains(&message)
        || message.starts_with("set by")
        || PARTS.iter().any(|part| part.text() == message)
}
