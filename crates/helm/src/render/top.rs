//! What the templates of a chart see as `.`.

use std::rc::Rc;

use graph::{Cause, Unknown};

use super::capabilities::{given, given_mark};
use super::table::as_values;
use super::{Options, Release, Written, description, files};
use crate::dependencies::{InstanceId, Instances};
use crate::value::{Data, Key, Map, MapType, Mark, Place, Text, Value};
use crate::values::pieced;

/// What all charts of a rendering see.
pub(super) struct Shared {
    release: Value,
    capabilities: Value,
}

impl Shared {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            release: release(&options.release),
            capabilities: options.capabilities.value(),
        }
    }

    /// What the templates of a chart see, with these values and with what those of the charts in it see.
    pub(super) fn top(
        &self,
        instances: &Instances<'_>,
        id: InstanceId,
        values: &Value,
        subcharts: &Map,
    ) -> Map {
        let chart = &instances.get(id).chart;
        let entries = [
            ("Chart", description::value(instances, id)),
            ("Files", files::value(&chart.files)),
            ("Release", self.release.clone()),
            ("Capabilities", self.capabilities.clone()),
            ("Values", values.clone()),
            ("Subcharts", Value::new(Data::Map(subcharts.clone()))),
        ];
        let entries = entries.map(|(name, value)| (Key::from(name), value));
        Map::new(&MapType::ANY, entries)
    }
}

fn release(release: &Release) -> Value {
    let is = |truth: bool, name| Value::bool(truth).marked(given_mark(name));
    let entries = [
        ("Name", name(release)),
        ("Namespace", namespace(release)),
        ("IsUpgrade", is(release.is_upgrade, "Release.IsUpgrade")),
        ("IsInstall", is(!release.is_upgrade, "Release.IsInstall")),
        (
            "Revision",
            Value::int(1).marked(given_mark("Release.Revision")),
        ),
        ("Service", given("Helm", "Release.Service")),
    ];
    Value::map(entries.map(|(name, value)| (Key::from(name), value)))
}

fn name(release: &Release) -> Value {
    match &release.written_name {
        Some(written) => self::written(written, "name"),
        None => given(&release.name, "Release.Name"),
    }
}

/// What a file says, at its place there.
fn written(written: &Written, path: &str) -> Value {
    let mark = Mark::at(Place::Values(written.span, path.into()));
    let text = pieced(&written.pieces, &mark);
    let whole = text.mark();
    Value::text(text).marked(whole)
}

fn namespace(release: &Release) -> Value {
    if let Some(written) = &release.written_namespace {
        return self::written(written, "namespace");
    }
    let value = given(&release.namespace, "Release.Namespace");
    if !release.assumes_namespace {
        return value;
    }
    let cause =
        Cause::Other("the namespace of the release is not given (`--namespace` gives it)".into());
    let mark = given_mark("Release.Namespace").union(&Mark::unknown(Rc::new(Unknown::new(cause))));
    Value::text(Text::marked(&release.namespace, mark.clone())).marked(mark)
}

/// Says which template is rendered.
pub(super) fn set_template(top: &Map, name: &str, base_path: &str) {
    let text = |text: &str, name: &str| {
        let mark = Mark::at(Place::Given(name.into()));
        Value::text(Text::marked(text, mark.clone())).marked(mark)
    };
    let entries = [
        (Key::from("Name"), text(name, "Template.Name")),
        (Key::from("BasePath"), text(base_path, "Template.BasePath")),
    ];
    let template = as_values(&Map::new(&MapType::ANY, entries));
    top.set_unwatched(Key::from("Template"), Value::new(Data::Map(template)));
}
