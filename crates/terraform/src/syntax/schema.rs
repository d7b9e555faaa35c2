//! Which properties of JSON are blocks, and how many labels blocks have: what Terraform itself knows of a configuration,
//! without providers.

/// How the properties of a body are read.
///
/// Source: <https://developer.hashicorp.com/terraform/language/syntax/json>, and the schemas in
/// <https://github.com/hashicorp/terraform/tree/main/internal/configs> and
/// <https://github.com/opentofu/opentofu/tree/main/internal/configs>.
#[derive(Debug)]
pub(super) struct BodySchema {
    /// The properties that are blocks.
    pub(super) blocks: &'static [BlockSchema],
    /// The properties whose strings are expressions or references, and not templates.
    pub(super) expressions: &'static [&'static str],
    /// The same of the objects that are values of properties.
    pub(super) in_objects: &'static [&'static str],
}

impl BodySchema {
    /// The kind of block that the property is.
    pub(super) fn block(&self, name: &str) -> Option<&'static BlockSchema> {
        self.blocks.iter().find(|block| block.kind == name)
    }
}

/// A kind of block.
#[derive(Debug)]
pub(super) struct BlockSchema {
    pub(super) kind: &'static str,
    pub(super) labels: usize,
    pub(super) body: &'static BodySchema,
}

const fn block(kind: &'static str, labels: usize, body: &'static BodySchema) -> BlockSchema {
    BlockSchema { kind, labels, body }
}

const fn body(blocks: &'static [BlockSchema], expressions: &'static [&'static str]) -> BodySchema {
    let in_objects = &[];
    BodySchema {
        blocks,
        expressions,
        in_objects,
    }
}

/// A body of which only the provider, or nobody, knows more.
pub(super) static OPAQUE: BodySchema = body(&[], &[]);

/// A body that a provider defines, in which blocks may be dynamic.
pub(super) static PROVIDER_DEFINED: BodySchema = body(&[block("dynamic", 1, &DYNAMIC)], &[]);

static DYNAMIC: BodySchema = body(&[block("content", 0, &PROVIDER_DEFINED)], &["iterator"]);

/// The file.
pub(super) static FILE: BodySchema = body(
    &[
        block("terraform", 0, &TERRAFORM),
        block("provider", 1, &PROVIDER_DEFINED),
        block("variable", 1, &VARIABLE),
        block("locals", 0, &OPAQUE),
        block("output", 1, &OUTPUT),
        block("module", 1, &MODULE),
        block("resource", 2, &RESOURCE),
        block("data", 2, &RESOURCE),
        block("ephemeral", 2, &RESOURCE),
        block("moved", 0, &REFACTORING),
        block("import", 0, &REFACTORING),
        block("removed", 0, &REMOVED),
        block("check", 1, &CHECK),
    ],
    &[],
);

static TERRAFORM: BodySchema = body(
    &[
        block("required_providers", 0, &REQUIRED_PROVIDERS),
        block("backend", 1, &OPAQUE),
        block("cloud", 0, &CLOUD),
        block("provider_meta", 1, &OPAQUE),
        block("encryption", 0, &ENCRYPTION),
    ],
    &["experiments", "language"],
);

static REQUIRED_PROVIDERS: BodySchema = BodySchema {
    blocks: &[],
    expressions: &[],
    in_objects: &["configuration_aliases"],
};

static CLOUD: BodySchema = body(&[block("workspaces", 0, &OPAQUE)], &[]);

static ENCRYPTION: BodySchema = body(
    &[
        block("key_provider", 2, &OPAQUE),
        block("method", 2, &OPAQUE),
        block("state", 0, &ENCRYPTED),
        block("plan", 0, &ENCRYPTED),
        block("remote_state_data_sources", 0, &ENCRYPTED_SOURCES),
    ],
    &[],
);

static ENCRYPTED: BodySchema = body(&[block("fallback", 0, &OPAQUE)], &[]);

static ENCRYPTED_SOURCES: BodySchema = body(
    &[
        block("default", 0, &ENCRYPTED),
        block("remote_state_data_source", 1, &ENCRYPTED),
    ],
    &[],
);

static VARIABLE: BodySchema = body(&[block("validation", 0, &OPAQUE)], &["type"]);

static OUTPUT: BodySchema = body(&[block("precondition", 0, &OPAQUE)], &["depends_on"]);

static MODULE: BodySchema = body(&[], &["depends_on", "providers"]);

static RESOURCE: BodySchema = body(
    &[
        block("lifecycle", 0, &LIFECYCLE),
        block("provisioner", 1, &PROVISIONER),
        block("connection", 0, &OPAQUE),
        block("dynamic", 1, &DYNAMIC),
        block("_", 0, &PROVIDER_DEFINED),
    ],
    &["depends_on", "provider"],
);

static LIFECYCLE: BodySchema = body(
    &[
        block("precondition", 0, &OPAQUE),
        block("postcondition", 0, &OPAQUE),
    ],
    &["ignore_changes", "replace_triggered_by"],
);

static PROVISIONER: BodySchema = body(
    &[block("connection", 0, &OPAQUE), block("_", 0, &OPAQUE)],
    &["when", "on_failure"],
);

static REFACTORING: BodySchema = body(&[], &["from", "to", "provider"]);

static REMOVED: BodySchema = body(
    &[
        block("lifecycle", 0, &OPAQUE),
        block("provisioner", 1, &PROVISIONER),
        block("connection", 0, &OPAQUE),
    ],
    &["from"],
);

static CHECK: BodySchema = body(
    &[block("data", 2, &RESOURCE), block("assert", 0, &OPAQUE)],
    &["depends_on"],
);

/// Whether blocks of this kind stand at the outermost level of a file.
pub(super) fn is_outermost(kind: &str) -> bool {
    FILE.block(kind).is_some()
}
