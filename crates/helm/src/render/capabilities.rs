//! What templates are told of the cluster and of Helm: `.Capabilities`.

use std::rc::Rc;

use graph::{Cause, Unknown};
use thiserror::Error;

use crate::functions::{Arguments, Function};
use crate::run::{Failure, Run};
use crate::value::{
    Data, List, ListType, Mark, Object, ObjectType, Place, StructField, Text, Type, Value,
};

/// The version of Helm that is followed.
const HELM: &str = "v3.19.4";

/// The versions of APIs that Helm knows without a cluster; the case `apis` of `tests/charts` compares them with Helm's.
const APIS: &str = include_str!("apis.txt");

/// What templates are told of the cluster.
#[derive(Clone, Debug, Default)]
pub struct Capabilities {
    /// The version of Kubernetes.
    pub version: KubeVersion,
    /// Versions of APIs, and kinds of them, that are there beside those that Helm knows.
    pub apis: Vec<String>,
}

/// A version of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeVersion {
    /// The whole, with a leading `v`.
    pub version: String,
    /// The first number.
    pub major: String,
    /// The second number.
    pub minor: String,
}

impl Default for KubeVersion {
    /// The one that Helm is built for.
    fn default() -> Self {
        Self {
            version: "v1.34.0".into(),
            major: "1".into(),
            minor: "34".into(),
        }
    }
}

/// Text that is no version of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("invalid kube version {0:?}")]
pub struct InvalidVersion(String);

impl KubeVersion {
    /// Reads a version of at least two numbers. What stands behind the numbers is dropped.
    ///
    /// # Errors
    /// When there are fewer numbers, the first has a leading zero, or one is too large.
    pub fn parse(text: &str) -> Result<Self, InvalidVersion> {
        let invalid = || InvalidVersion(text.to_owned());
        let trimmed = text.trim_start();
        let trimmed = trimmed.strip_prefix('v').unwrap_or(trimmed);
        let mut numbers = Vec::new();
        let mut rest = trimmed;
        loop {
            let end = rest.find(|character: char| !character.is_ascii_digit());
            let (digits, behind) = rest.split_at(end.unwrap_or(rest.len()));
            if digits.is_empty() {
                break;
            }
            if numbers.is_empty() && digits.starts_with('0') && digits != "0" {
                return Err(invalid());
            }
            numbers.push(digits.parse::<u64>().map_err(|_| invalid())?.to_string());
            match behind.strip_prefix('.') {
                Some(behind) => rest = behind,
                None => break,
            }
        }
        match numbers.as_slice() {
            [major, minor, ..] => Ok(Self {
                version: format!("v{}", numbers.join(".")),
                major: major.clone(),
                minor: minor.clone(),
            }),
            _ => Err(invalid()),
        }
    }
}

const STRING: StructField = StructField::new("", "");

const fn field(name: &'static str, json: &'static str) -> StructField {
    StructField {
        name,
        json,
        ..STRING
    }
}

static CAPABILITIES: ObjectType = ObjectType {
    name: "*chartutil.Capabilities",
    fields: &[
        field("KubeVersion", "KubeVersion"),
        field("APIVersions", "APIVersions"),
        field("HelmVersion", "HelmVersion"),
    ],
    ..ObjectType::PLAIN
};

static KUBE_VERSION: ObjectType = ObjectType {
    name: "chartutil.KubeVersion",
    fields: &[
        field("Version", "Version"),
        field("Major", "Major"),
        field("Minor", "Minor"),
    ],
    methods: &[
        Function::new("String", &[], whole_version).keeps_origins(),
        Function::new("GitVersion", &[], whole_version).keeps_origins(),
    ],
    pointer_string: Some(|object| {
        let version = object.field("Version").and_then(Value::as_text);
        version.cloned().unwrap_or_default()
    }),
    ..ObjectType::PLAIN
};

static HELM_VERSION: ObjectType = ObjectType {
    name: "version.BuildInfo",
    fields: &[
        field("Version", "version").omit_empty(),
        field("GitCommit", "git_commit").omit_empty(),
        field("GitTreeState", "git_tree_state").omit_empty(),
        field("GoVersion", "go_version").omit_empty(),
    ],
    ..ObjectType::PLAIN
};

static VERSION_SET: ListType = ListType {
    named: true,
    methods: &[Function::new("Has", &[Type::String], has)],
    ..ListType::new("chartutil.VersionSet", Type::String)
};

fn whole_version(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let version = match &arguments.value(0)?.data {
        Data::Object(object) => object.field("Version").cloned(),
        _ => None,
    };
    Ok(version.unwrap_or_default())
}

fn has(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let versions = arguments.list(0)?;
    let wanted = arguments.text(1)?;
    let mut versions = versions.items().iter();
    let has = versions.any(|version| version.as_text() == Some(wanted));
    Ok(Value::bool(has))
}

impl Capabilities {
    /// What templates see.
    pub(super) fn value(&self) -> Value {
        let version = &self.version;
        let kube_version = object(
            &KUBE_VERSION,
            vec![
                given(&version.version, "Capabilities.KubeVersion.Version"),
                given(&version.major, "Capabilities.KubeVersion.Major"),
                given(&version.minor, "Capabilities.KubeVersion.Minor"),
            ],
        );
        let apis = APIS.lines().chain(self.apis.iter().map(String::as_str));
        let mark = given_mark("Capabilities.APIVersions");
        let apis = apis.map(|api| marked(api, mark.clone()));
        let apis = Value::new(Data::List(List::new(&VERSION_SET, apis)));
        let apis = apis.marked(mark.clone());
        let helm = object(&HELM_VERSION, helm_version());
        object(&CAPABILITIES, vec![kube_version, apis, helm])
    }
}

/// The version of Helm, and what differs from one build of it to the next.
fn helm_version() -> Vec<Value> {
    let cause = Cause::Other("it depends on how Helm was built".into());
    let unknown = Rc::new(Unknown::new(cause));
    let built = |placeholder: &str, name| {
        let mark = given_mark(name).union(&Mark::unknown(Rc::clone(&unknown)));
        Value::text(Text::marked(placeholder, mark.clone())).marked(mark)
    };
    vec![
        given(HELM, "Capabilities.HelmVersion.Version"),
        built(&"0".repeat(40), "Capabilities.HelmVersion.GitCommit"),
        built("clean", "Capabilities.HelmVersion.GitTreeState"),
        built("go1.24.0", "Capabilities.HelmVersion.GoVersion"),
    ]
}

fn object(ty: &'static ObjectType, fields: Vec<Value>) -> Value {
    Value::new(Data::Object(Rc::new(Object { ty, fields })))
}

/// A string that nobody wrote, and its name in templates.
pub(super) fn given(text: &str, name: &'static str) -> Value {
    marked(text, given_mark(name))
}

fn marked(text: &str, mark: Mark) -> Value {
    Value::text(Text::marked(text, mark.clone())).marked(mark)
}

pub(super) fn given_mark(name: &'static str) -> Mark {
    Mark::at(Place::Given(name.into()))
}
