//! Differences as SARIF 2.1.0: a rule for each class.

use std::io::Write;

use analysis::{Drift, DriftClass, DriftReport, LiveValue};
use serde_json::{Value, json};
use source::Sources;

use crate::error::Error;
use crate::output::harmless;
use crate::output::sarif::{FINGERPRINT, invocation, log, pascal_case, physical};
use crate::output::text::flat;

/// Writes a comparison.
pub(super) fn write(drift: &DriftReport, out: &mut dyn Write) -> Result<(), Error> {
    let results = drift.drifts.iter();
    let results: Vec<Value> = results
        .map(|one| result(one, &drift.report.sources))
        .collect();
    let rules: Vec<Value> = DriftClass::ALL.into_iter().map(rule).collect();
    let run = log(
        &rules,
        &invocation(&drift.report),
        &results,
        &json!({ "compared": drift.compared }),
    );
    harmless::write(&run, "sarif", out)
}

/// The id of the rule of a class.
fn id(class: DriftClass) -> String {
    format!("drift-{}", class.word())
}

fn rule(class: DriftClass) -> Value {
    json!({
        "id": id(class),
        "name": pascal_case(&id(class)),
        "shortDescription": { "text": class.title() },
        "defaultConfiguration": { "level": "warning" },
    })
}

fn result(drift: &Drift, sources: &Sources) -> Value {
    let mut result = json!({
        "ruleId": id(drift.class),
        "ruleIndex": DriftClass::ALL.iter().position(|class| *class == drift.class),
        "level": "warning",
        "message": { "text": flat(&drift.message()) },
        "locations": [{
            "physicalLocation": physical(drift.span, sources),
            "logicalLocations": [{
                "name": drift.resource.name,
                "fullyQualifiedName": drift.resource.address,
                "kind": "resource",
            }],
        }],
        "partialFingerprints": { FINGERPRINT: drift.fingerprint },
        "properties": {
            "path": drift.path,
            "declared": drift.declared,
            "live": drift.live.as_ref().and_then(|live| live.value.as_deref()),
            "setter": drift.live.as_ref().and_then(|live| live.setter.as_deref()),
        },
    });
    let live = drift.live.as_ref().filter(|live| live.span != drift.span);
    if let Some(live) = live {
        result["relatedLocations"] = json!([related(live, sources)]);
    }
    result
}

fn related(live: &LiveValue, sources: &Sources) -> Value {
    json!({
        "id": 1,
        "physicalLocation": physical(live.span, sources),
        "message": { "text": format!("in {}", flat(&live.address)) },
    })
}
