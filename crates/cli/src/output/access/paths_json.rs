//! Who can become whom as JSON, in a versioned form.

use std::io::Write;

use analysis::access::{Access, Change, CutsTold, FoundPaths, Hop, Need, Path, PathChanges};
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use source::Sources;

use super::json::{
    AnswersJson, CauseJson, GrantJson, OriginJson, answers, cause_json, grants_json, origin_json,
};
use crate::error::Error;
use crate::output::harmless;
use crate::output::json::ToolJson;

/// The version of the format of `diff`.
const VERSION: u32 = 1;

/// Who can become whom.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of scantling paths")]
struct PathsJson<'a> {
    /// The paths, by sink, and the shortest first.
    paths: Vec<PathJson<'a>>,
    /// How many starts were followed.
    starts: usize,
    /// Whether there may be no others that are wanted.
    is_all: bool,
    /// What `--without` closes.
    closed: Vec<PathJson<'a>>,
    /// What `--with` opens.
    opened: Vec<PathJson<'a>>,
    /// The changes that cut the paths; null where these were not computed.
    cuts: Option<CutsJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PathJson<'a> {
    /// From whom.
    from: &'a str,
    /// To whom.
    to: &'a str,
    /// The word for the sink, such as `cluster-admin`.
    sink: &'static str,
    /// Whether every hop is certain.
    is_certain: bool,
    /// The worst of its hops: `critical`, `high`, `medium` or `low`.
    severity: &'static str,
    /// The steps, each after those that it needs.
    hops: Vec<HopJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct HopJson<'a> {
    /// Who makes it: several where each has a part of what is needed.
    from: Vec<&'a str>,
    /// Whom they become, or what they gain.
    to: &'a str,
    /// A word for how, such as `run-pod`.
    way: &'static str,
    /// The technique of MITRE ATT&CK.
    technique: &'static str,
    /// `critical`, `high`, `medium` or `low`.
    severity: &'static str,
    /// The namespace in which it happens; null for everywhere.
    namespace: Option<&'a str>,
    /// What it takes, each with the bindings that allow it.
    needs: Vec<NeedJson<'a>>,
    /// Where it is written what lets it happen, where no binding does.
    places: Vec<OriginJson<'a>>,
    /// Why it may not be possible.
    unknown: Vec<CauseJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct NeedJson<'a> {
    /// Who has it.
    by: &'a str,
    /// Such as `create pods`.
    action: &'a str,
    /// The objects on which it is allowed; null for all.
    names: Option<Vec<&'a str>>,
    /// By which bindings.
    grants: Vec<GrantJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CutsJson<'a> {
    /// How many pairs of a start and a sink have a path.
    pairs: usize,
    /// Each change with what it closes alone, the best first.
    single: Vec<CutJson<'a>>,
    /// Changes that close all together; null where none are known.
    all: Option<Vec<ChangeJson<'a>>>,
    /// Whether it is proven that no smaller set does.
    is_smallest: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CutJson<'a> {
    /// The change.
    change: ChangeJson<'a>,
    /// How many pairs have no path any more.
    closes: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ChangeJson<'a> {
    /// What is done, such as `remove`, `take the node from`, `mount no token in`, `expose nothing by`.
    what: &'static str,
    /// To what.
    object: OriginJson<'a>,
}

/// Writes paths.
pub(crate) fn write(found: &Access<FoundPaths>, out: &mut dyn Write) -> Result<(), Error> {
    let answers = answers(found, |told| paths_json(told, &found.report.sources));
    harmless::write(&answers, "json", out)
}

/// Which paths are new, and which are gone.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of scantling diff")]
struct DiffJson<'a> {
    /// The version of this format. Additions keep it; any other change raises it.
    version: u32,
    /// The program.
    tool: ToolJson,
    /// The paths that are new.
    opened: Vec<PathJson<'a>>,
    /// The paths that are gone.
    closed: Vec<PathJson<'a>>,
}

/// Writes what is different: the paths that are new are placed in the files of now, those that are gone in those before.
pub(crate) fn write_diff(
    changes: &PathChanges<'_>,
    (before, after): (&Sources, &Sources),
    out: &mut dyn Write,
) -> Result<(), Error> {
    let opened = changes.opened.iter();
    let closed = changes.closed.iter();
    let told = DiffJson {
        version: VERSION,
        tool: ToolJson::own(),
        opened: opened.map(|path| path_json(path, after)).collect(),
        closed: closed.map(|path| path_json(path, before)).collect(),
    };
    harmless::write(&told, "json", out)
}

/// The schema of what `write_diff` writes.
pub(crate) fn diff_schema() -> Schema {
    schema_for!(DiffJson<'static>)
}

/// The schema of what `write` writes.
pub(crate) fn schema() -> Schema {
    schema_for!(AnswersJson<'static, PathsJson<'static>>)
}

fn paths_json<'a>(found: &'a FoundPaths, sources: &Sources) -> PathsJson<'a> {
    let all = |paths: &'a [Path]| paths.iter().map(|path| path_json(path, sources)).collect();
    PathsJson {
        paths: all(&found.paths),
        starts: found.starts,
        is_all: found.is_all,
        closed: all(&found.closed),
        opened: all(&found.opened),
        cuts: found.cuts.as_ref().map(|cuts| cuts_json(cuts, sources)),
    }
}

fn path_json<'a>(path: &'a Path, sources: &Sources) -> PathJson<'a> {
    PathJson {
        from: &path.from,
        to: &path.to,
        sink: path.sink,
        is_certain: path.is_certain,
        severity: path.severity,
        hops: path.hops.iter().map(|hop| hop_json(hop, sources)).collect(),
    }
}

fn hop_json<'a>(hop: &'a Hop, sources: &Sources) -> HopJson<'a> {
    let places = hop.places.iter();
    let unknown = hop.unknown.iter();
    HopJson {
        from: hop.from.iter().map(String::as_str).collect(),
        to: &hop.to,
        way: hop.way,
        technique: hop.technique,
        severity: hop.severity,
        namespace: hop.namespace.as_deref(),
        needs: hop
            .needs
            .iter()
            .map(|need| need_json(need, sources))
            .collect(),
        places: places.map(|place| origin_json(place, sources)).collect(),
        unknown: unknown
            .filter_map(|cause| cause_json(Some(cause), sources))
            .collect(),
    }
}

fn need_json<'a>(need: &'a Need, sources: &Sources) -> NeedJson<'a> {
    let names = need.names.as_ref();
    NeedJson {
        by: &need.by,
        action: &need.action,
        names: names.map(|names| names.iter().map(AsRef::as_ref).collect()),
        grants: grants_json(&need.grants, sources),
    }
}

fn cuts_json<'a>(cuts: &'a CutsTold, sources: &Sources) -> CutsJson<'a> {
    let change = |change: &'a Change| ChangeJson {
        what: change.what,
        object: origin_json(&change.origin, sources),
    };
    let single = cuts.single.iter();
    CutsJson {
        pairs: cuts.pairs,
        single: single
            .map(|(one, closes)| CutJson {
                change: change(one),
                closes: *closes,
            })
            .collect(),
        all: cuts
            .all
            .as_ref()
            .map(|all| all.iter().map(change).collect()),
        is_smallest: cuts.is_smallest,
    }
}
