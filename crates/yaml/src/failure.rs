//! Where and why a text is not YAML, in words of our own.

use granit_parser::ErrorKind;

/// The first error of a text. Places are offsets in the text.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) at: usize,
    /// The end of the last text that was understood.
    pub(crate) understood: usize,
    pub(crate) reason: Reason,
    /// The outermost bracket that is open there.
    pub(crate) bracket: Option<usize>,
    /// The last scalar before.
    pub(crate) scalar: (usize, usize),
    pub(crate) message: String,
}

/// What an error tells about its cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The quote at this place is not closed.
    OpenQuote,
    /// Text follows a closed quote of this sort.
    BehindQuote(u8),
    /// A tab stands where it can't.
    Tab,
    /// A limit of depth was met.
    Depth,
    Other,
}

impl Reason {
    pub(crate) fn of(kind: &ErrorKind) -> Self {
        match kind {
            ErrorKind::UnclosedQuotedScalar => Self::OpenQuote,
            ErrorKind::InvalidTrailingDoubleQuotedScalar => Self::BehindQuote(b'"'),
            ErrorKind::InvalidTrailingSingleQuotedScalar => Self::BehindQuote(b'\''),
            ErrorKind::TabInPlainScalar
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabNotAllowed
            | ErrorKind::TabAtBlockScalarStart => Self::Tab,
            ErrorKind::RecursionLimitExceeded => Self::Depth,
            _ => Self::Other,
        }
    }
}

/// What is wrong, as a fragment for people.
pub(crate) fn message(kind: &ErrorKind) -> String {
    let message = match kind {
        ErrorKind::SimpleKeyExpected => "a key needs a colon behind it",
        ErrorKind::MappingValueNotAllowed => "a colon can't stand here: text with a colon and a blank needs quotes",
        ErrorKind::UnclosedQuotedScalar => "the quote is not closed",
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            "text stands behind a closed quote"
        }
        ErrorKind::ExpectedFlowMappingSeparator => "expected a comma or a closing brace",
        ErrorKind::ExpectedFlowSequenceSeparator => "expected a comma or a closing bracket",
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping => "the bracket is not closed",
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed => "this does not fit what stands above: is the indentation right?",
        ErrorKind::TabInPlainScalar
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabNotAllowed => "tabs can't indent",
        ErrorKind::RecursionLimitExceeded => "lists and maps are nested too deep",
        other => return other.to_string(),
    };
    message.to_owned()
}
