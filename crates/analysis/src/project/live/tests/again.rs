//! What is known of objects from before is what reading them anew gives.

use std::sync::Arc;

use kubernetes::snapshot::Snapshot;
use serde_json::{Value, json};
use source::Sources;

use super::{deployment, merge, object, pod, replica_set, spec, told, told_with};
use crate::project::ReadOptions;
use crate::workspace::Kept;

/// Objects of which a cluster has some at a time: those of one row are one object in different states.
fn states() -> Vec<Vec<Value>> {
    let sets = ["api-1", "api-2"].map(|name| {
        let of = |image, replicas| replica_set(name, image, replicas);
        vec![
            of("api:1", 1),
            of("api:2", 1),
            of("api:1", 0),
            of("api:2", 0),
        ]
    });
    let pods = [
        ("a", "api-1"),
        ("b", "api-1"),
        ("c", "api-2"),
        ("d", "api-2"),
    ];
    let pods = pods.map(|(name, owner)| {
        let done = json!({ "status": { "phase": "Succeeded" } });
        let running = |image: &str| {
            let id = format!("{image}@sha256:{}", "1".repeat(64));
            json!({ "status": { "containerStatuses": [{ "name": "api", "image": image, "imageID": id }] } })
        };
        let of = |image, rest| pod(&format!("{owner}-{name}"), owner, image, rest);
        vec![
            of("api:1", json!({})),
            of("api:1", running("api:1")),
            of("api:1", running("api:1-rebuilt")),
            of("api:2", running("api:2")),
            of("api:2", json!({})),
            of("api:2", done),
        ]
    });
    let others = ["x", "y"].map(|name| vec![object("v1", "ConfigMap", name, json!({}))]);
    let all = sets.into_iter().chain(pods).chain(others);
    let changed = json!({ "metadata": { "generation": 2 } });
    let mut other = deployment();
    merge(&mut other, changed);
    let agent = |image: &str| {
        let spec = json!({ "spec": { "template": { "spec": spec(image) } } });
        object("apps/v1", "DaemonSet", "agent", spec)
    };
    let agents = vec![
        agent("calico/node:1"),
        agent("flannel/flannel:1"),
        agent("other:1"),
    ];
    all.chain([vec![deployment(), other], agents]).collect()
}

#[test]
fn what_is_taken_again_is_what_would_be_read() {
    let states = states();
    let texts: Vec<Vec<Arc<str>>> = states
        .iter()
        .map(|row| row.iter().map(|one| one.to_string().into()).collect())
        .collect();
    let (sources, options) = (
        Sources::default(),
        ReadOptions {
            kept: Kept::on(),
            ..ReadOptions::default()
        },
    );
    // Numbers that look like chance, of which the upper bits are used.
    let mut seed = 7_u64;
    let mut below = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap() % end
    };
    let mut present: Vec<Option<usize>> = vec![Some(0); states.len()];
    for _ in 0..300 {
        for _ in 0..=below(2) {
            let row = below(states.len());
            present[row] =
                Some(below(states[row].len() + 1)).filter(|state| *state < states[row].len());
        }
        let objects = present.iter().zip(&texts);
        let objects = objects.filter_map(|(state, row)| Some(Arc::clone(&row[(*state)?])));
        let snapshot = Snapshot {
            objects: objects.collect(),
            ..Snapshot::default()
        };
        sources.begin();
        let kept = told_with(&snapshot, &sources, &options);
        assert_eq!(kept, told(&snapshot));
    }
}
