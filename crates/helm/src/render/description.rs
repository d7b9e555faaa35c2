//! What templates are told of their chart: `.Chart`.

use std::rc::Rc;

use crate::chart::{Import, Maintainer, Written};
use crate::dependencies::{Declared, InstanceId, Instances};
use crate::value::{
    Data, Key, List, ListType, Map, MapType, Mark, Object, ObjectType, Place, StructField, Text,
    Type, Value,
};

const fn field(name: &'static str, json: &'static str) -> StructField {
    StructField::new(name, json).omit_empty()
}

static CHART: ObjectType = ObjectType {
    name: "struct { chart.Metadata; IsRoot bool }",
    fields: &[
        StructField::embedded("Metadata"),
        StructField::new("IsRoot", "IsRoot"),
    ],
    ..ObjectType::PLAIN
};

static METADATA: ObjectType = ObjectType {
    name: "chart.Metadata",
    fields: &[
        field("Name", "name"),
        field("Home", "home"),
        field("Sources", "sources"),
        field("Version", "version"),
        field("Description", "description"),
        field("Keywords", "keywords"),
        field("Maintainers", "maintainers"),
        field("Icon", "icon"),
        field("APIVersion", "apiVersion"),
        field("Condition", "condition"),
        field("Tags", "tags"),
        field("AppVersion", "appVersion"),
        field("Deprecated", "deprecated"),
        field("Annotations", "annotations"),
        field("KubeVersion", "kubeVersion"),
        field("Dependencies", "dependencies"),
        field("Type", "type"),
    ],
    ..ObjectType::PLAIN
};

static MAINTAINER: ObjectType = ObjectType {
    name: "*chart.Maintainer",
    fields: &[
        field("Name", "name"),
        field("Email", "email"),
        field("URL", "url"),
    ],
    ..ObjectType::PLAIN
};

static DEPENDENCY: ObjectType = ObjectType {
    name: "*chart.Dependency",
    fields: &[
        StructField::new("Name", "name"),
        field("Version", "version"),
        StructField::new("Repository", "repository"),
        field("Condition", "condition"),
        field("Tags", "tags"),
        field("Enabled", "enabled"),
        field("ImportValues", "import-values"),
        field("Alias", "alias"),
    ],
    ..ObjectType::PLAIN
};

static MAINTAINERS: ListType = ListType::new("[]*chart.Maintainer", Type::Object(&MAINTAINER));

static DEPENDENCIES: ListType = ListType::new("[]*chart.Dependency", Type::Object(&DEPENDENCY));

/// What the templates of a chart see of it.
pub(super) fn value(instances: &Instances<'_>, id: InstanceId) -> Value {
    let instance = instances.get(id);
    let metadata = &instance.chart.metadata;
    let name = Written {
        value: instance.name.clone(),
        span: metadata.name.span,
    };
    let maintainers = metadata.maintainers.iter().map(maintainer).collect();
    let dependencies = instances.declared(id).map(dependency).collect();
    let deprecated = Value::bool(metadata.deprecated.value);
    let metadata = object(
        &METADATA,
        vec![
            string(&name),
            string(&metadata.home),
            strings(&metadata.sources),
            string(&metadata.version),
            string(&metadata.description),
            strings(&metadata.keywords),
            list(&MAINTAINERS, maintainers),
            string(&metadata.icon),
            string(&metadata.api_version),
            string(&metadata.condition),
            string(&metadata.tags),
            string(&metadata.app_version),
            deprecated.marked(mark(&metadata.deprecated)),
            annotations(&metadata.annotations),
            string(&metadata.kube_version),
            list(&DEPENDENCIES, dependencies),
            string(&metadata.kind),
        ],
    );
    object(
        &CHART,
        vec![metadata, Value::bool(instance.parent.is_none())],
    )
}

fn maintainer(maintainer: &Maintainer) -> Value {
    let fields = [&maintainer.name, &maintainer.email, &maintainer.url];
    object(&MAINTAINER, fields.into_iter().map(string).collect())
}

fn dependency(declared: &Declared) -> Value {
    let dependency = &declared.dependency;
    let name = Written {
        value: declared.name.clone(),
        span: dependency.key().span,
    };
    let imports = dependency.import_values.iter();
    let imports = imports.map(|import| import_value(&import.value)).collect();
    object(
        &DEPENDENCY,
        vec![
            string(&name),
            string(&dependency.version),
            string(&dependency.repository),
            string(&dependency.condition),
            strings(&dependency.tags),
            Value::bool(declared.enabled),
            list(&ListType::ANY, imports),
            string(&dependency.alias),
        ],
    )
}

/// Once values were taken over, both forms are paths.
fn import_value(import: &Import) -> Value {
    let (child, parent) = match import {
        Import::Export(name) => (format!("exports.{name}"), "."),
        Import::Path { child, parent } => (child.clone(), parent.as_str()),
        Import::Other => return Value::nil(),
    };
    let entries = [
        (Key::from("child"), Value::string(child)),
        (Key::from("parent"), Value::string(parent)),
    ];
    Value::new(Data::Map(Map::new(&MapType::STRINGS, entries)))
}

fn annotations(annotations: &[(Written, Written)]) -> Value {
    if annotations.is_empty() {
        return Value::new(Data::Map(Map::nil(&MapType::STRINGS)));
    }
    let entries = annotations.iter().map(|(key, value)| {
        let key = Key::marked(key.value.as_str(), mark(key));
        (key, string(value))
    });
    Value::new(Data::Map(Map::new(&MapType::STRINGS, entries)))
}

fn strings(all: &[Written]) -> Value {
    list(&ListType::STRINGS, all.iter().map(string).collect())
}

fn list(ty: &'static ListType, items: Vec<Value>) -> Value {
    Value::new(Data::List(match items.is_empty() {
        true => List::nil(ty),
        false => List::new(ty, items),
    }))
}

fn string(written: &Written) -> Value {
    let mark = mark(written);
    Value::text(Text::marked(&written.value, mark.clone())).marked(mark)
}

fn mark<T>(written: &Written<T>) -> Mark {
    let place = written.span.map(Place::Chart);
    place.map(Mark::at).unwrap_or_default()
}

fn object(ty: &'static ObjectType, fields: Vec<Value>) -> Value {
    Value::new(Data::Object(Rc::new(Object { ty, fields })))
}
