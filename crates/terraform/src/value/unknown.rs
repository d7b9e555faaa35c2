//! Values that can't be known, and what is known of them all the same.

use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

use super::{Number, Origin, Type, Value};

/// A value that can't be known from the input: not absent, not null, not a guess.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// Its type; [`Type::Dynamic`] where not even that is known.
    pub ty: Type,
    /// Why it can't be known.
    pub cause: Cause,
    /// The place of the cause: the variable's block, the data block, the call of the function.
    pub place: Option<Span>,
    /// What Terraform itself would know of it.
    pub known: Refinements,
    /// What a check may know of it beyond that. Terraform's semantics never look at it, only carry it on.
    pub shape: Option<Shape>,
}

/// Why a value can't be known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A variable of a root module has neither default nor value; its name.
    Variable(SmolStr),
    /// A provider decides this attribute when it applies; the attribute's address.
    Computed(SmolStr),
    /// A data source is read when it applies or refreshes; the attribute's address.
    DataSource(SmolStr),
    /// The module's source is not in the input; the call's address.
    Module(SmolStr),
    /// The function answers differently at each call; its name.
    Impure(SmolStr),
    /// The function belongs to a provider; its name.
    ProviderFunction(SmolStr),
    /// A file that a function reads is not in the input; its path as written.
    File(SmolStr),
    /// A plan does not say what this is.
    Plan(SmolStr),
    /// The workspace was not given.
    Workspace,
    /// `terraform init` is given what a backend block leaves out.
    Backend,
    /// The number of instances is unknown, so this stands for any of them; the address.
    Instance(SmolStr),
    /// The configuration is wrong here; a problem says how.
    Invalid,
}

impl Cause {
    /// The cause for a part of what a provider decides or reads, which has this address.
    #[must_use]
    pub(crate) fn of_part(&self, address: &str) -> Self {
        match self {
            Self::Computed(_) => Self::Computed(address.into()),
            Self::DataSource(_) => Self::DataSource(address.into()),
            cause => cause.clone(),
        }
    }
}

/// What Terraform knows of an unknown value (go-cty's refinements).
///
/// Source: <https://github.com/zclconf/go-cty/blob/main/docs/refinements.md>.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refinements {
    /// It is not null.
    pub not_null: bool,
    /// How a string begins.
    pub prefix: SmolStr,
    /// The least number, and whether it is included.
    pub lower: Option<Bound>,
    /// The greatest number, and whether it is included.
    pub upper: Option<Bound>,
    /// The least number of elements of a collection.
    pub min_length: u64,
    /// The greatest number of elements of a collection.
    pub max_length: Option<u64>,
}

/// A limit of a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The limit.
    pub number: Number,
    /// Whether the number may equal it.
    pub inclusive: bool,
}

/// What a check may know of an unknown value although Terraform calls it unknown.
#[derive(Clone, Debug)]
pub enum Shape {
    /// It is one of these: a conditional whose condition is unknown.
    OneOf(Arc<[Value]>),
    /// What a resource or data block gives to references: attributes that the configuration sets are known even to
    /// Terraform, any other is computed by the provider.
    Resource {
        /// What the configuration sets.
        entries: Arc<super::Entries>,
        /// The address, to tell what is computed.
        address: SmolStr,
        /// What its provider knows of its type.
        schema: Option<&'static crate::schema::Body>,
    },
    /// A string made of these pieces.
    Text(Arc<[TextPiece]>),
    /// The string that `jsonencode` gives for this value, parts of which are unknown.
    Json(Arc<Value>),
    /// The string that `yamlencode` gives for this value, parts of which are unknown.
    Yaml(Arc<Value>),
    /// The base64 of this string, which is unknown.
    Base64(Arc<Value>),
    /// What `base64gzip` gives for this string, which is unknown.
    Gzip(Arc<Value>),
    /// A list, set or tuple that begins with these elements and may have more. Any further element is `rest`.
    Items {
        /// The elements that are there for certain.
        items: Arc<[Value]>,
        /// What any further element is like.
        rest: Arc<Value>,
    },
    /// A map or object that has at least these entries. Later unknown entries may overwrite those in `unsure`.
    Entries {
        /// Entries that are there for certain with these values.
        entries: Arc<super::Entries>,
        /// What any further entry is like.
        rest: Arc<Value>,
    },
    /// An object with these entries and no others. In keys of which a part is unknown, `graph::UNKNOWN_PART` stands for that.
    Keyed(Arc<super::Entries>),
}

/// A piece of a string that a template made.
#[derive(Clone, Debug)]
pub enum TextPiece {
    /// Text as written, or of a known value.
    Known {
        /// The text.
        text: SmolStr,
        /// Where it was set.
        origin: Origin,
        /// Whether each byte of the text is the byte of the file at the same distance from the start of the span.
        verbatim: bool,
    },
    /// The text of an unknown value.
    Unknown(Value),
}

impl Unknown {
    /// A value of which nothing is known.
    #[must_use]
    pub fn new(ty: Type, cause: Cause, place: Option<Span>) -> Self {
        Self {
            ty,
            cause,
            place,
            known: Refinements::default(),
            shape: None,
        }
    }
}
