//! Which releases of charts run in a cluster, as their objects say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kubernetes::snapshot::Snapshot;
use serde::Deserialize;

/// The annotation by which Helm says of which release an object is; beside it stands the namespace.
///
/// Source: <https://helm.sh/docs/chart_best_practices/labels/>
const RELEASE: &str = "meta.helm.sh/release-name";
const NAMESPACE: &str = "meta.helm.sh/release-namespace";

/// The labels by which charts name themselves with their version, and their releases: those that everybody uses, and those before.
const LABELS: [(&str, &str); 2] = [
    ("helm.sh/chart", "app.kubernetes.io/instance"),
    ("chart", "release"),
];

/// The releases of charts, each with its namespace, by the names of the charts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunningReleases(BTreeMap<String, BTreeSet<(String, String)>>);

#[derive(Deserialize)]
struct Object {
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Metadata {
    namespace: String,
    labels: BTreeMap<String, String>,
    annotations: BTreeMap<String, String>,
}

/// What an object says of its release: the chart, the name, and the namespace.
type Said = (String, String, String);

impl RunningReleases {
    /// Those of which a cluster has objects that say it: by what Helm writes; of what others apply that Helm rendered, by the labels
    /// that charts give to their objects.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let may_say = |text: &&Arc<str>| LABELS.iter().any(|(chart, _)| text.contains(chart));
        let objects = snapshot.objects.iter().filter(may_say);
        let objects = objects.filter_map(|text| serde_json::from_str::<Object>(text).ok());
        let mut installed: BTreeSet<Said> = BTreeSet::new();
        let mut labelled: BTreeSet<Said> = BTreeSet::new();
        for Object { metadata } in objects {
            installed.extend(metadata.installed());
            labelled.extend(metadata.labelled());
        }
        // What Helm installs has labels, too, which may name it otherwise.
        let places: BTreeSet<(&str, &str)> = installed.iter().map(place).collect();
        labelled.retain(|said| !places.contains(&place(said)));
        let mut all = Self::default();
        for (chart, name, namespace) in labelled.into_iter().chain(installed) {
            all.0.entry(chart).or_default().insert((name, namespace));
        }
        all
    }

    /// The releases of a chart, each with its namespace.
    pub(crate) fn of_chart(&self, name: &str) -> impl Iterator<Item = (&str, &str)> {
        let releases = self.0.get(name).into_iter().flatten();
        releases.map(|(name, namespace)| (name.as_str(), namespace.as_str()))
    }
}

/// A chart and a namespace.
fn place((chart, _, namespace): &Said) -> (&str, &str) {
    (chart, namespace)
}

impl Metadata {
    fn chart(&self, label: &str) -> Option<String> {
        let chart = without_version(self.labels.get(label)?)?;
        Some(chart.to_owned())
    }

    /// As Helm says it.
    fn installed(&self) -> Option<Said> {
        let chart = LABELS.iter().find_map(|(chart, _)| self.chart(chart))?;
        let name = self.annotations.get(RELEASE)?;
        let namespace = self.annotations.get(NAMESPACE)?;
        Some((chart, name.clone(), namespace.clone()))
    }

    /// As the chart says it of an object that has a namespace.
    fn labelled(&self) -> Option<Said> {
        let said = LABELS.iter().find_map(|(chart, release)| {
            let name = self.labels.get(*release)?;
            Some((self.chart(chart)?, name.clone()))
        });
        let (chart, name) = said?;
        let namespace = Some(&self.namespace).filter(|namespace| !namespace.is_empty())?;
        Some((chart, name, namespace.clone()))
    }
}

/// The name of a chart that stands with its version, such as `shop-1.2.0`.
fn without_version(chart: &str) -> Option<&str> {
    let is_version = |at: &usize| {
        let version = chart[at + 1..].trim_start_matches('v');
        let major = version.split('.').next().unwrap_or_default();
        version.contains('.') && major.parse::<u64>().is_ok()
    };
    let mut dashes = chart.match_indices('-').map(|(at, _)| at);
    dashes.find(is_version).map(|at| &chart[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_are_named_without_their_versions() {
        let cases = [
            ("shop-1.2.0", Some("shop")),
            ("cert-manager-v1.18.2", Some("cert-manager")),
            ("shop-2-1.0.0-rc.1", Some("shop-2")),
            ("shop", None),
            ("shop-2", None),
        ];
        for (chart, name) in cases {
            assert_eq!(without_version(chart), name, "{chart}");
        }
    }

    fn object(namespace: &str, labels: &str, annotations: &str) -> Arc<str> {
        format!(
            r#"{{"kind": "Pod", "metadata": {{"namespace": "{namespace}", "labels": {{{labels}}}, "annotations": {{{annotations}}}}}}}"#
        )
        .into()
    }

    #[test]
    fn releases_are_known_by_annotations_and_else_by_labels() {
        let chart = r#""helm.sh/chart": "shop-1.2.0""#;
        let instance = |name: &str| format!(r#"{chart}, "app.kubernetes.io/instance": "{name}""#);
        let helm =
            r#""meta.helm.sh/release-name": "real", "meta.helm.sh/release-namespace": "one""#;
        let objects = [
            object("one", &instance("label"), helm),
            // Pods have no annotations of Helm's.
            object("one", &instance("label"), ""),
            object("two", &instance("applied"), ""),
            object("three", r#""chart": "shop-0.9.0", "release": "old""#, ""),
            object("four", chart, ""),
            object("", &instance("nowhere"), ""),
        ];
        let snapshot = Snapshot {
            objects: objects.into(),
            ..Snapshot::default()
        };
        let releases = RunningReleases::of(&snapshot);
        let found: Vec<(&str, &str)> = releases.of_chart("shop").collect();
        let expected = [("applied", "two"), ("old", "three"), ("real", "one")];
        assert_eq!(found, expected);
    }
}
