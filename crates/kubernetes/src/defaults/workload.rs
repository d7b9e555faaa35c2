//! Defaults of controllers of pods (`apps`, `batch` and the groups before them).

use graph::{Data, NodeId, SmolStr};

use super::filler::Filler;
use super::storage;

/// Replicas, strategy and history of a Deployment. The oldest group never gave up and kept all history.
pub(super) fn deployment(filler: &mut Filler, api_version: &str) {
    let Some(spec) = filler.spec() else { return };
    let (step, history, deadline) = match api_version {
        "extensions/v1beta1" => (Data::Int(1), i64::from(i32::MAX), i64::from(i32::MAX)),
        "apps/v1beta1" => (percent(), 2, 600),
        _ => (percent(), 10, 600),
    };
    filler.pointer(spec, "replicas", Data::Int(1));
    if let Some(rolling) = rolling_update(filler, spec, "strategy") {
        filler.pointer(rolling, "maxUnavailable", step.clone());
        filler.pointer(rolling, "maxSurge", step);
    }
    filler.pointer(spec, "revisionHistoryLimit", Data::Int(history));
    filler.pointer(spec, "progressDeadlineSeconds", Data::Int(deadline));
}

/// Replicas, update strategy and claims of a StatefulSet.
pub(super) fn stateful_set(filler: &mut Filler, api_version: &str) {
    let Some(spec) = filler.spec() else { return };
    filler.pointer(spec, "replicas", Data::Int(1));
    filler.text(spec, "podManagementPolicy", "OrderedReady");
    if api_version == "apps/v1beta1" {
        if let Some(strategy) = filler.map(spec, "updateStrategy") {
            filler.text(strategy, "type", "OnDelete");
        }
    } else if let Some(rolling) = rolling_update(filler, spec, "updateStrategy") {
        filler.pointer(rolling, "partition", Data::Int(0));
    }
    if filler.version.minor >= 27
        && let Some(policy) = filler.map(spec, "persistentVolumeClaimRetentionPolicy")
    {
        filler.text(policy, "whenDeleted", "Retain");
        filler.text(policy, "whenScaled", "Retain");
    }
    filler.pointer(spec, "revisionHistoryLimit", Data::Int(10));
    for claim in filler.elements(spec, "volumeClaimTemplates") {
        if let Some(claim) = filler.get(claim, "spec") {
            storage::claim_spec(filler, claim);
        }
    }
}

/// The update strategy and history of a DaemonSet.
pub(super) fn daemon_set(filler: &mut Filler, api_version: &str) {
    let Some(spec) = filler.spec() else { return };
    if api_version == "extensions/v1beta1" {
        if let Some(strategy) = filler.map(spec, "updateStrategy") {
            filler.text(strategy, "type", "OnDelete");
        }
    } else if let Some(rolling) = rolling_update(filler, spec, "updateStrategy") {
        filler.pointer(rolling, "maxUnavailable", Data::Int(1));
        if filler.version.minor >= 22 {
            filler.pointer(rolling, "maxSurge", Data::Int(0));
        }
    }
    filler.pointer(spec, "revisionHistoryLimit", Data::Int(10));
}

/// The replicas of a ReplicaSet or ReplicationController.
pub(super) fn replicas(filler: &mut Filler) {
    if let Some(spec) = filler.spec() {
        filler.pointer(spec, "replicas", Data::Int(1));
    }
}

/// The settings of a Job.
pub(super) fn job(filler: &mut Filler) {
    if let Some(spec) = filler.spec() {
        job_spec(filler, spec);
    }
}

/// The settings of a CronJob and of the Jobs that it makes.
pub(super) fn cron_job(filler: &mut Filler) {
    let Some(spec) = filler.spec() else { return };
    filler.text(spec, "concurrencyPolicy", "Allow");
    filler.pointer(spec, "suspend", Data::Bool(false));
    filler.pointer(spec, "successfulJobsHistoryLimit", Data::Int(3));
    filler.pointer(spec, "failedJobsHistoryLimit", Data::Int(1));
    if let Some(job) = filler.at(spec, &["jobTemplate", "spec"]) {
        job_spec(filler, job);
    }
}

fn job_spec(filler: &mut Filler, spec: NodeId) {
    if filler.get(spec, "parallelism").is_none() {
        filler.pointer(spec, "completions", Data::Int(1));
    }
    filler.pointer(spec, "parallelism", Data::Int(1));
    let per_index =
        filler.version.minor >= 29 && filler.get(spec, "backoffLimitPerIndex").is_some();
    filler.pointer(
        spec,
        "backoffLimit",
        Data::Int(if per_index { i64::from(i32::MAX) } else { 6 }),
    );
    if filler.version.minor >= 22 {
        filler.pointer(spec, "completionMode", text("NonIndexed"));
        filler.pointer(spec, "suspend", Data::Bool(false));
    }
    if filler.version.minor >= 29 {
        let has_failure_policy = filler.get(spec, "podFailurePolicy").is_some();
        let policy = if has_failure_policy {
            "Failed"
        } else {
            "TerminatingOrFailed"
        };
        filler.pointer(spec, "podReplacementPolicy", text(policy));
    }
    for rule in filler.elements_at(spec, &["podFailurePolicy", "rules"]) {
        for condition in filler.elements(rule, "onPodConditions") {
            filler.text(condition, "status", "True");
        }
    }
}

/// The settings of a rolling update, if that is the strategy.
fn rolling_update(filler: &mut Filler, spec: NodeId, key: &'static str) -> Option<NodeId> {
    let strategy = filler.map(spec, key)?;
    filler.text(strategy, "type", "RollingUpdate");
    filler
        .is_text(strategy, "type", "RollingUpdate")
        .then(|| filler.map(strategy, "rollingUpdate"))?
}

fn percent() -> Data {
    text("25%")
}

fn text(text: &'static str) -> Data {
    Data::String(SmolStr::new_static(text))
}
