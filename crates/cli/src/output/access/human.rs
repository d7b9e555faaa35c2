//! Who can do what, for people.

use std::collections::BTreeMap;
use std::io::{self, Write};

use analysis::Cause;
use analysis::access::{
    Access, Answer, Can, Grant, Holder, Holding, Origin, Rule, Verdict, WhoCan,
};
use anstyle::Style;
use source::Sources;

use crate::output::location::Location;
use crate::output::text::{count, flat};
use crate::terminal::Look;

/// How many bindings of one holder are told, unless all are asked for.
const FEW: usize = 5;

/// How answers look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// How text looks.
    pub(crate) look: Look,
    /// Whether only the answer is told.
    pub(crate) is_quiet: bool,
    /// Whether everything is told.
    pub(crate) is_verbose: bool,
}

/// What answers are written with.
pub(super) struct Writer<'a> {
    pub(super) shape: Shape,
    pub(super) sources: &'a Sources,
    pub(super) out: &'a mut dyn Write,
}

/// Writes who may do something.
pub(crate) fn who_can(found: &Access<WhoCan>, shape: Shape, out: &mut dyn Write) -> io::Result<()> {
    in_each_world(found, shape, out, Writer::holders)
}

/// Writes what someone may do.
pub(crate) fn can(found: &Access<Can>, shape: Shape, out: &mut dyn Write) -> io::Result<()> {
    in_each_world(found, shape, out, |writer, can, place| match &can.answer {
        Some(answer) => writer.answer(can, answer, place),
        None => writer.holdings(can, place),
    })
}

/// Writes the answer in each state of things, with the name of the state where there are several, and the notes on it.
pub(super) fn in_each_world<'a, T>(
    found: &'a Access<T>,
    shape: Shape,
    out: &'a mut dyn Write,
    tell: impl Fn(&mut Writer<'a>, &T, &str) -> io::Result<()>,
) -> io::Result<()> {
    let sources = &found.report.sources;
    let mut writer = Writer {
        shape,
        sources,
        out,
    };
    let is_only = found.worlds.len() == 1;
    for (index, world) in found.worlds.iter().enumerate() {
        if index > 0 {
            writeln!(writer.out)?;
        }
        let place = match is_only {
            true => String::new(),
            false => format!(" ({})", flat(&world.world)),
        };
        tell(&mut writer, &world.answer, &place)?;
        writer.notes(&world.notes)?;
    }
    Ok(())
}

fn placed(namespace: Option<&str>) -> String {
    namespace.map_or_else(String::new, |name| format!(" in {}", flat(name)))
}

impl Writer<'_> {
    pub(super) fn bold(&self, text: &str) -> String {
        self.shape.look.paint(Style::new().bold(), text)
    }

    fn notes(&mut self, notes: &[String]) -> io::Result<()> {
        if self.shape.is_quiet {
            return Ok(());
        }
        writeln!(self.out)?;
        for note in notes {
            writeln!(self.out, "note: {}", flat(note))?;
        }
        Ok(())
    }

    fn holders(&mut self, found: &WhoCan, world: &str) -> io::Result<()> {
        let place = placed(found.namespace.as_deref());
        let title = format!("Who can {}{place}", flat(&found.action));
        let title = self.bold(&title);
        writeln!(self.out, "{title}{world}")?;
        for holder in &found.holders {
            self.holder(holder)?;
        }
        Ok(())
    }

    fn holder(&mut self, holder: &Holder) -> io::Result<()> {
        let subject = holder
            .subject
            .as_deref()
            .map_or("someone unknown".to_owned(), flat);
        let subject = self.bold(&subject);
        let place = placed(holder.namespace.as_deref());
        let doubt = match holder.verdict {
            Verdict::Unknown => ", perhaps",
            Verdict::Yes | Verdict::No => "",
        };
        writeln!(self.out, "\n{subject}{place}{doubt}")?;
        if holder.grants.is_empty() {
            writeln!(self.out, "  may do everything, whatever roles say")?;
        }
        self.grants(&holder.grants)
    }

    fn grants(&mut self, grants: &[Grant]) -> io::Result<()> {
        let shown = match self.shape.is_verbose {
            true => grants.len(),
            false => grants.len().min(FEW),
        };
        for grant in &grants[..shown] {
            self.grant(grant)?;
        }
        match grants.len() - shown {
            0 => Ok(()),
            rest => writeln!(
                self.out,
                "  and by {}; -v tells all",
                count(rest, "other binding")
            ),
        }
    }

    fn grant(&mut self, grant: &Grant) -> io::Result<()> {
        writeln!(self.out, "  by {}", self.origin(&grant.binding))?;
        if let Some(role) = &grant.role {
            writeln!(self.out, "     {}", self.origin(role))?;
        }
        let shown = match self.shape.is_verbose {
            true => grant.rules.len(),
            false => grant.rules.len().min(FEW),
        };
        for rule in &grant.rules[..shown] {
            // A rule of the role itself needs no other name than its place.
            let is_own = grant
                .role
                .as_ref()
                .is_some_and(|role| role.address == rule.address);
            let text = match (is_own, rule.span) {
                (true, Some(_)) => format!("rule at {}", self.place(rule)),
                (true, None) => continue,
                (false, _) => format!("rule of {}", self.origin(rule)),
            };
            writeln!(self.out, "     {text}")?;
        }
        if grant.rules.len() > shown {
            let rest = count(grant.rules.len() - shown, "other rule");
            writeln!(self.out, "     and {rest}; -v tells all")?;
        }
        self.doubt(grant.unknown.as_ref(), "     unknown")
    }

    pub(super) fn doubt(&mut self, cause: Option<&Cause>, word: &str) -> io::Result<()> {
        let Some(cause) = cause else { return Ok(()) };
        let place = cause.place.map(|span| {
            let location = Location::of(span, self.sources);
            format!(" ({}:{})", flat(&location.file), location.start.line)
        });
        let (message, place) = (flat(&cause.message), place.unwrap_or_default());
        writeln!(self.out, "{word}: {message}{place}")
    }

    /// What is declared, and where.
    pub(super) fn origin(&self, origin: &Origin) -> String {
        let address = flat(&origin.address);
        match origin.span {
            Some(_) => format!("{address} ({})", self.place(origin)),
            None => format!("{address} (of Kubernetes itself)"),
        }
    }

    pub(super) fn place(&self, origin: &Origin) -> String {
        let location = origin.span.map(|span| Location::of(span, self.sources));
        location.map_or_else(String::new, |location| {
            format!("{}:{}", flat(&location.file), location.start.line)
        })
    }

    fn answer(&mut self, found: &Can, answer: &Answer, place: &str) -> io::Result<()> {
        let verdict = self.bold(answer.verdict.text());
        let (subject, action) = (flat(&found.subject), flat(&answer.action));
        let namespace = placed(answer.namespace.as_deref());
        writeln!(self.out, "{verdict}: {subject}, {action}{namespace}{place}")?;
        if found.is_master {
            writeln!(self.out, "  may do everything, whatever roles say")?;
        }
        self.grants(&answer.grants)
    }

    fn holdings(&mut self, found: &Can, place: &str) -> io::Result<()> {
        let subject = self.bold(&flat(&found.subject));
        writeln!(self.out, "{subject}{place}")?;
        if found.is_master {
            writeln!(self.out, "\nmay do everything, whatever roles say")?;
        }
        if found.holdings.is_empty() && !found.is_master {
            writeln!(self.out, "\nno binding gives a role")?;
        }
        let mut by_place: BTreeMap<(bool, Option<&str>), Vec<&Holding>> = BTreeMap::new();
        for holding in &found.holdings {
            let key = (holding.is_unset, holding.namespace.as_deref());
            by_place.entry(key).or_default().push(holding);
        }
        for ((is_unset, namespace), holdings) in by_place {
            let title = match (is_unset, namespace) {
                (true, _) => "In a namespace that nobody wrote".to_owned(),
                (false, Some(namespace)) => format!("In {}", flat(namespace)),
                (false, None) => "Everywhere".to_owned(),
            };
            let title = self.bold(&title);
            writeln!(self.out, "\n{title}")?;
            for holding in holdings {
                self.holding(holding)?;
            }
        }
        Ok(())
    }

    fn holding(&mut self, holding: &Holding) -> io::Result<()> {
        let role = holding.role.as_ref();
        let role = role.map_or("a role that is not known".to_owned(), |role| {
            self.origin(role)
        });
        writeln!(self.out, "  {role}")?;
        let whom = flat(&holding.subject.text);
        writeln!(
            self.out,
            "    by {}, which names {whom}",
            self.origin(&holding.binding)
        )?;
        self.doubt(holding.unknown.as_ref(), "    unknown")?;
        for rule in &holding.rules {
            let text = rule_text(rule);
            match rule.origin.span {
                Some(_) => writeln!(self.out, "    - {text} ({})", self.place(&rule.origin))?,
                None => writeln!(self.out, "    - {text}")?,
            }
            self.doubt(rule.unknown.as_ref(), "      unknown")?;
        }
        self.doubt(holding.rest.as_ref(), "    and perhaps more")
    }
}

/// What a rule allows, in a line.
fn rule_text(rule: &Rule) -> String {
    let verbs = rule.verbs.join(", ");
    if rule.resources.is_empty() {
        return flat(&format!("{verbs} {}", rule.paths.join(", ")));
    }
    let named: Vec<String> = rule
        .groups
        .iter()
        .flat_map(|group| {
            rule.resources
                .iter()
                .map(move |resource| match group.as_str() {
                    "" => resource.to_string(),
                    "*" if resource == "*" => "everything".to_owned(),
                    _ => format!("{resource}.{group}"),
                })
        })
        .collect();
    let mut text = format!("{verbs} {}", named.join(", "));
    if !rule.names.is_empty() {
        text += &format!(" named {}", rule.names.join(", "));
    }
    if !rule.paths.is_empty() {
        text += &format!(", {}", rule.paths.join(", "));
    }
    flat(&text)
}
