//! Which releases of charts run in a cluster, as their objects say.

use std::collections::{BTreeMap, BTreeSet};

use kubernetes::snapshot::Snapshot;
use serde::Deserialize;

/// The annotation by which Helm says of which release an object is; beside it stands the namespace.
///
/// Source: <https://helm.sh/docs/chart_best_practices/labels/>
const RELEASE: &str = "meta.helm.sh/release-name";
const NAMESPACE: &str = "meta.helm.sh/release-namespace";

/// The label by which charts name themselves with their version.
const CHART: &str = "helm.sh/chart";

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
    labels: BTreeMap<String, String>,
    annotations: BTreeMap<String, String>,
}

impl RunningReleases {
    /// Those of which a cluster has objects that say it.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let mut all = Self::default();
        let said = snapshot
            .objects
            .iter()
            .filter(|text| text.contains(RELEASE));
        let said = said.filter_map(|text| serde_json::from_str::<Object>(text).ok());
        for Metadata {
            labels,
            annotations,
        } in said.map(|object| object.metadata)
        {
            let chart = labels.get(CHART).and_then(|chart| without_version(chart));
            let release = annotations.get(RELEASE).zip(annotations.get(NAMESPACE));
            if let Some((chart, (name, namespace))) = chart.zip(release) {
                let releases = all.0.entry(chart.to_owned()).or_default();
                releases.insert((name.clone(), namespace.clone()));
            }
        }
        all
    }

    /// The releases of a chart, each with its namespace.
    pub(crate) fn of_chart(&self, name: &str) -> impl Iterator<Item = (&str, &str)> {
        let releases = self.0.get(name).into_iter().flatten();
        releases.map(|(name, namespace)| (name.as_str(), namespace.as_str()))
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
}
