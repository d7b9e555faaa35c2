//! Who can become whom, for people.

use std::io::{self, Write};

use analysis::access::{Access, Change, CutsTold, FoundPaths, Hop, Need, Path, PathChanges};
use source::Sources;

use super::human::{Shape, Writer, in_each_world};
use crate::output::text::{count, flat};

/// How many paths to one sink are told with their hops, unless all are asked for.
const FEW: usize = 10;

/// How many changes are told that cut paths alone.
const FEW_CUTS: usize = 5;

/// Writes paths.
pub(crate) fn write(
    found: &Access<FoundPaths>,
    shape: Shape,
    out: &mut dyn Write,
) -> io::Result<()> {
    in_each_world(found, shape, out, |writer, paths, place| {
        if !place.is_empty() {
            let title = writer.bold(place.trim());
            writeln!(writer.out, "{title}\n")?;
        }
        writer.all_paths(paths)
    })
}

/// Writes what is different: the paths that are new with their hops, and those that are gone.
pub(crate) fn write_diff(
    changes: &PathChanges<'_>,
    (before, after): (&Sources, &Sources),
    shape: Shape,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (word, paths, sources) in [
        ("opened", &changes.opened, after),
        ("closed", &changes.closed, before),
    ] {
        let mut writer = Writer {
            shape,
            sources,
            out,
        };
        for path in paths {
            write!(writer.out, "{word}: ")?;
            writer.path(path)?;
        }
    }
    if shape.is_quiet {
        return Ok(());
    }
    let (opened, closed) = (changes.opened.len(), changes.closed.len());
    writeln!(out, "{} opened, {closed} closed", count(opened, "path"))
}

impl Writer<'_> {
    fn all_paths(&mut self, found: &FoundPaths) -> io::Result<()> {
        for group in found.paths.chunk_by(|one, two| one.to == two.to) {
            let shown = match self.shape.is_verbose {
                true => group.len(),
                false => group.len().min(FEW),
            };
            for path in &group[..shown] {
                self.path(path)?;
            }
            if group.len() > shown {
                let rest = count(group.len() - shown, "other start");
                writeln!(self.out, "{rest} to {}; -v tells all\n", flat(&group[0].to))?;
            }
        }
        self.changed("Without what is left out", "closed", &found.closed)?;
        self.changed("With what is added", "opened", &found.opened)?;
        if let Some(cuts) = &found.cuts {
            self.cuts(cuts)?;
        }
        if self.shape.is_quiet {
            return Ok(());
        }
        let (paths, starts) = (
            count(found.paths.len(), "path"),
            count(found.starts, "start"),
        );
        let title = self.bold(&format!("{paths} from {starts}"));
        writeln!(self.out, "{title}")?;
        match found.is_all {
            true => Ok(()),
            false => writeln!(self.out, "There are more than are followed"),
        }
    }

    /// What is different where something is left out or added.
    fn changed(&mut self, how: &str, what: &str, paths: &[Path]) -> io::Result<()> {
        if paths.is_empty() {
            return Ok(());
        }
        let number = count(paths.len(), "path");
        writeln!(self.out, "{how}, {number} would be {what}:")?;
        for path in paths {
            writeln!(self.out, "  {} to {}", flat(&path.from), flat(&path.to))?;
        }
        writeln!(self.out)
    }

    fn path(&mut self, path: &Path) -> io::Result<()> {
        let hops = count(path.hops.len(), "hop");
        let doubt = if path.is_certain { "" } else { ", perhaps" };
        let (from, to) = (flat(&path.from), flat(&path.to));
        let title = self.bold(&format!("{from} reaches {to}"));
        writeln!(self.out, "{title} in {hops}{doubt} [{}]", path.severity)?;
        for (index, hop) in path.hops.iter().enumerate() {
            self.hop(index + 1, hop)?;
        }
        writeln!(self.out)
    }

    fn hop(&mut self, number: usize, hop: &Hop) -> io::Result<()> {
        let from: Vec<String> = hop.from.iter().map(|from| flat(from)).collect();
        let (from, to) = (from.join(" and "), flat(&hop.to));
        let arrow = if self.shape.look.unicode { "→" } else { "->" };
        let place = hop.namespace.as_deref();
        let place = place.map_or_else(String::new, |name| format!(" in {}", flat(name)));
        writeln!(
            self.out,
            "  {number}. {from} {arrow} {to}: {}{place} ({})",
            hop.way, hop.technique
        )?;
        for need in &hop.needs {
            self.need(need, hop.from.len() > 1)?;
        }
        let mut places = hop.places.clone();
        places.dedup_by_key(|origin| self.place(origin));
        for origin in &places {
            writeln!(self.out, "       at {}", self.origin(origin))?;
        }
        for cause in &hop.unknown {
            self.doubt(Some(cause), "       unknown")?;
        }
        Ok(())
    }

    fn need(&mut self, need: &Need, is_shared: bool) -> io::Result<()> {
        let by = match is_shared {
            true => format!(" of {}", flat(&need.by)),
            false => String::new(),
        };
        let names = need.names.as_ref().map(|names| {
            let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
            flat(&format!(" named {}", names.join(", ")))
        });
        let action = flat(&need.action);
        writeln!(self.out, "       {action}{}{by}", names.unwrap_or_default())?;
        let Some(grant) = need.grants.first() else {
            return Ok(());
        };
        let mut by = format!("by {}", self.origin(&grant.binding));
        if let Some(rule) = grant.rules.first() {
            by += &format!(", rule of {}", self.origin(rule));
        }
        let others = match need.grants.len() - 1 {
            0 => String::new(),
            rest => format!(", and {}", count(rest, "other binding")),
        };
        writeln!(self.out, "         {by}{others}")
    }

    fn cuts(&mut self, cuts: &CutsTold) -> io::Result<()> {
        let pairs = cuts.pairs;
        let best = cuts.single.iter().take(FEW_CUTS);
        for (change, closes) in best {
            let change = self.change(change);
            writeln!(
                self.out,
                "cut: {change} closes {closes} of {}",
                count(pairs, "path")
            )?;
        }
        let Some(all) = &cuts.all else {
            writeln!(self.out, "cut: no changes are known that close all\n")?;
            return Ok(());
        };
        let proof = match cuts.is_smallest {
            true => "no smaller set does",
            false => "not proven to be the smallest set",
        };
        let title = match all.len() {
            1 => "1 change closes all".to_owned(),
            number => format!("{number} changes together close all"),
        };
        writeln!(self.out, "cut: {title} ({proof}):")?;
        for change in all {
            writeln!(self.out, "  {}", self.change(change))?;
        }
        writeln!(self.out)
    }

    fn change(&self, change: &Change) -> String {
        format!("{} {}", change.what, self.origin(&change.origin))
    }
}
