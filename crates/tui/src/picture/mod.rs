//! What an analysis gave, as the views show it. Nothing in it changes: the next analysis gives another one.

mod orders;
mod totals;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::query::{Candidate, Query, Texts, Vocabulary};
use analysis::{Finding, Report, Suppression, Survey, Surveyed, Unit};
use check::Severity;
use source::{FileId, SourceFile, Span};

use orders::{Orders, sorted_by};

pub(crate) use orders::Sort;
pub(crate) use totals::{Group, Groups, LOSSES, Totals};

/// What an analysis gave.
#[derive(Debug, Default)]
pub(crate) struct Picture {
    /// The number of the analysis.
    pub(crate) revision: u64,
    pub(crate) report: Report,
    pub(crate) survey: Survey,
    /// Values for completions.
    pub(crate) vocabulary: Vocabulary,
    /// How many findings of each severity each resource has, the mildest first.
    counts: Vec<[u32; 5]>,
    /// The paths below which what runs in clusters is shown.
    clusters: Vec<PathBuf>,
    /// Where resources come from, and by the index of each its own.
    pub(crate) origins: Vec<String>,
    pub(crate) origin_of: Vec<u32>,
    /// The resources by origin, namespace, kind and name.
    pub(crate) order: Vec<u32>,
    /// The findings without those that are suppressed, by number.
    open: Vec<Arc<Finding>>,
    /// What is counted of it.
    pub(crate) totals: Totals,
    orders: Orders,
    /// The texts of findings, in which filters look.
    texts: Texts,
    /// The findings by fingerprint, and the resources by address.
    by_fingerprint: Vec<u32>,
    by_address: Vec<u32>,
    /// The findings that were not there in the analysis before, by number, and how many are there no more.
    pub(crate) new: Vec<u32>,
    pub(crate) gone: usize,
    /// The time of the analysis, in seconds since 1970.
    pub(crate) time: i64,
}

/// A finding of the list, which may be suppressed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'a> {
    pub(crate) finding: &'a Arc<Finding>,
    pub(crate) suppression: Option<&'a Suppression>,
}

impl<'a> Item<'a> {
    pub(crate) fn candidate(self) -> Candidate<'a> {
        match self.suppression {
            None => Candidate::of(self.finding),
            Some(_) => Candidate::of_suppressed(self.finding),
        }
    }
}

/// The place of a severity in tables, the mildest first.
pub(crate) fn rank(severity: Severity) -> usize {
    let at = Severity::ALL.iter().position(|one| *one == severity);
    at.unwrap_or_default()
}

impl Picture {
    pub(crate) fn new(revision: u64, report: Report, survey: Survey, time: i64) -> Self {
        let mut counts = vec![[0; 5]; survey.resources.len()];
        for (finding, resource) in report.findings.iter().zip(&survey.of_findings) {
            let count = resource.and_then(|index| counts.get_mut(index as usize));
            if let Some(count) = count {
                count[rank(finding.severity)] += 1;
            }
        }
        let clusters = clusters(&report);
        let (origins, origin_of) = origins(&report, &survey, &clusters);
        let mut order: Vec<u32> = (0..).take(survey.resources.len()).collect();
        order.sort_by_cached_key(|index| {
            let one = &survey.resources[*index as usize];
            let (namespace, environment) = (one.namespace.as_deref(), one.environment.as_deref());
            let origin = origin_of[*index as usize];
            (origin, namespace, &*one.kind, &*one.name, environment)
        });
        let by_address = sorted_by(survey.resources.len(), |index| {
            survey.resources[index].address.as_str()
        });
        let picture = Self {
            revision,
            vocabulary: Vocabulary::of(&report),
            report,
            survey,
            counts,
            clusters,
            origins,
            origin_of,
            order,
            by_address,
            time,
            ..Self::default()
        };
        picture.sorted()
    }

    /// The same, with all that views would else look for among many findings again and again.
    fn sorted(mut self) -> Self {
        let open = self.report.findings.iter();
        let hidden = self.report.suppressed.iter().map(|(finding, _)| finding);
        let all: Vec<&Arc<Finding>> = open.clone().chain(hidden.clone()).collect();
        self.totals = Totals::of(&self);
        self.open = open.clone().cloned().collect();
        self.orders = Orders::of(&all);
        self.by_fingerprint = sorted_by(all.len(), |index| all[index].fingerprint.as_str());
        let open = open.map(|finding| Candidate::of(finding));
        self.texts = Texts::of(open.chain(hidden.map(|finding| Candidate::of_suppressed(finding))));
        self
    }

    /// Whether the analysis is not done: more findings come, and nothing but findings is known.
    pub(crate) fn is_early(&self) -> bool {
        self.report.is_early
    }

    /// The same, with what is different from the analysis before.
    pub(crate) fn since(mut self, before: &Self) -> Self {
        let names = |picture: &Self| -> HashSet<String> {
            let findings = picture.report.findings.iter();
            findings
                .map(|finding| finding.fingerprint.clone())
                .collect()
        };
        let (old, present) = (names(before), names(&self));
        let findings = (0..).zip(&self.report.findings);
        let new = findings.filter(|(_, finding)| !old.contains(&finding.fingerprint));
        self.new = new.map(|(index, _)| index).collect();
        self.gone = old.difference(&present).count();
        self
    }

    /// The number of findings, with those that are suppressed.
    pub(crate) fn len(&self) -> usize {
        self.totals.findings + self.report.suppressed.len()
    }

    /// A finding by its number: those that count, then those that are suppressed.
    pub(crate) fn item(&self, index: u32) -> Option<Item<'_>> {
        let at = index as usize;
        let open = self.open.get(at).map(|finding| Item {
            finding,
            suppression: None,
        });
        open.or_else(|| {
            let behind = at.checked_sub(self.totals.findings)?;
            let (finding, suppression) = self.report.suppressed.get(behind)?;
            Some(Item {
                finding,
                suppression: Some(suppression),
            })
        })
    }

    /// The finding with a fingerprint.
    pub(crate) fn find(&self, fingerprint: &str) -> Option<u32> {
        let name = |index: &u32| Some(self.item(*index)?.finding.fingerprint.as_str());
        let all = &self.by_fingerprint;
        let at = all.partition_point(|index| name(index) < Some(fingerprint));
        let found = all.get(at).copied();
        found.filter(|index| name(index) == Some(fingerprint))
    }

    /// The findings that are wanted, by number, in an order.
    pub(crate) fn matching(&self, query: &Query, sort: Sort) -> Vec<u32> {
        let most = match query.asks_for_suppressed() {
            true => self.len(),
            false => self.totals.findings,
        };
        let mut all = self.orders.by(sort, self.len());
        all.retain(|index| (*index as usize) < most);
        if !query.is_empty() {
            let index = |at: usize| u32::try_from(at).ok();
            let candidate = |at: usize| Some(self.item(index(at)?)?.candidate());
            let wanted = query.wanted(&self.texts, candidate);
            all.retain(|index| wanted[*index as usize]);
        }
        all
    }

    /// The resource of a finding, by its index in the survey.
    pub(crate) fn resource_of(&self, finding: u32) -> Option<u32> {
        let known = self.survey.of_findings.get(finding as usize);
        known.copied().flatten().or_else(|| {
            let item = self.item(finding)?;
            self.resource_at(&item.finding.resource.address)
        })
    }

    /// The resource with an address.
    pub(crate) fn resource_at(&self, address: &str) -> Option<u32> {
        self.resources_at(address).next()
    }

    /// The resources with an address: one may stand in several environments.
    pub(crate) fn resources_at(&self, address: &str) -> impl Iterator<Item = u32> {
        let of = |index: &u32| self.resource(*index).map(|one| one.address.as_str());
        let all = &self.by_address;
        let start = all.partition_point(|index| of(index) < Some(address));
        let end = all.partition_point(|index| of(index) <= Some(address));
        all[start..end].iter().copied()
    }

    /// A resource of the survey.
    pub(crate) fn resource(&self, index: u32) -> Option<&Surveyed> {
        self.survey.resources.get(index as usize)
    }

    /// How many findings of each severity a resource has, the mildest first.
    pub(crate) fn counts(&self, resource: u32) -> [u32; 5] {
        self.counts
            .get(resource as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The severity of the worst finding of a resource.
    pub(crate) fn worst(&self, resource: u32) -> Option<Severity> {
        let counts = self.counts(resource);
        let mut all = Severity::ALL.iter().rev();
        all.find(|severity| counts[rank(**severity)] > 0).copied()
    }

    /// The findings of a resource, by number.
    pub(crate) fn findings_of(&self, resource: u32) -> impl Iterator<Item = u32> {
        let all = (0..).zip(&self.survey.of_findings);
        all.filter(move |(_, of)| **of == Some(resource))
            .map(|(index, _)| index)
    }

    /// The file of a place.
    pub(crate) fn file(&self, span: Span) -> Arc<SourceFile> {
        self.report.sources.get(span.file)
    }

    /// A place as people write it: path, line and column.
    pub(crate) fn place(&self, span: Span) -> String {
        let file = self.file(span);
        let position = file.position(span.start);
        let path = shown(&file.path);
        format!("{path}:{}:{}", position.line + 1, position.char_column + 1)
    }

    /// A place without its column.
    pub(crate) fn line(&self, span: Span) -> String {
        let file = self.file(span);
        format!(
            "{}:{}",
            shown(&file.path),
            file.position(span.start).line + 1
        )
    }

    /// Whether the text of a place is that of a file which can be edited, and not what runs in a cluster.
    pub(crate) fn is_file(&self, span: Span) -> bool {
        let path = &self.file(span).path;
        !path.as_os_str().is_empty() && !self.clusters.iter().any(|root| path.starts_with(root))
    }
}

/// A path with `/` between names, without the `./` that says nothing.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

/// The paths below which what runs in clusters is shown.
fn clusters(report: &Report) -> Vec<PathBuf> {
    let kinds = report
        .inputs
        .iter()
        .filter(|input| input.unit == Unit::Kind);
    let mut roots: Vec<PathBuf> = kinds
        .filter_map(|input| input.path.parent().map(Path::to_path_buf))
        .collect();
    roots.sort();
    roots.dedup();
    roots
}

/// Where resources come from: a cluster, or a folder with the format of what it declares.
fn origins(report: &Report, survey: &Survey, clusters: &[PathBuf]) -> (Vec<String>, Vec<u32>) {
    let mut names: BTreeMap<String, u32> = BTreeMap::new();
    let mut files: BTreeMap<(FileId, &str), u32> = BTreeMap::new();
    let met = survey.resources.iter().map(|one| {
        *files.entry((one.span.file, one.format)).or_insert_with(|| {
            let path = report.sources.path(one.span.file);
            let name = match clusters.iter().find(|root| path.starts_with(root)) {
                Some(root) => shown(root),
                None => format!("{} ({})", folder(&path), one.format),
            };
            let next = u32::try_from(names.len()).unwrap_or_default();
            *names.entry(name).or_insert(next)
        })
    });
    let met: Vec<u32> = met.collect();
    // They are numbered in the order in which they are met, and told in their own.
    let mut places = vec![0; names.len()];
    for (place, number) in (0..).zip(names.values()) {
        places[*number as usize] = place;
    }
    let of = met.into_iter().map(|number| places[number as usize]);
    (names.into_keys().collect(), of.collect())
}

/// The folder that a file stands for: that of a chart, for its templates.
fn folder(path: &Path) -> String {
    let mut folder = path.parent().unwrap_or(Path::new(""));
    if folder.file_name().is_some_and(|name| name == "templates") {
        folder = folder.parent().unwrap_or(Path::new(""));
    }
    match shown(folder) {
        text if text.is_empty() || text == "." => "this folder".to_owned(),
        text => text,
    }
}
