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
    /// No blank stands before the comment at this place.
    JoinedComment,
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
            ErrorKind::CommentNotSeparated => Self::JoinedComment,
            ErrorKind::RecursionLimitExceeded => Self::Depth,
            _ => Self::Other,
        }
    }
}

pub(crate) const MISSING_COLON: &str = "a key needs a colon behind it";
pub(crate) const OPEN_QUOTE: &str = "the quote is not closed";
pub(crate) const OPEN_BRACKET: &str = "the bracket is not closed";

/// What is wrong, as a fragment for people.
pub(crate) fn message(kind: &ErrorKind) -> String {
    let message = match kind {
        ErrorKind::SimpleKeyExpected => MISSING_COLON,
        ErrorKind::MappingValueNotAllowed => {
            "a colon can't stand here: text with a colon and a blank needs quotes"
        }
        ErrorKind::UnclosedQuotedScalar => OPEN_QUOTE,
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => "text stands behind a closed quote",
        ErrorKind::ExpectedFlowMappingSeparator => "expected a comma or a closing brace",
        ErrorKind::ExpectedFlowSequenceSeparator => "expected a comma or a closing bracket",
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping => OPEN_BRACKET,
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed => {
            "this does not fit what stands above: is the indentation right?"
        }
        ErrorKind::TabInPlainScalar
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabNotAllowed => "tabs can't indent",
        ErrorKind::CommentNotSeparated => {
            "a comment needs a blank before it, though kubectl takes it without"
        }
        ErrorKind::RecursionLimitExceeded => "lists and maps are nested too deep",
        other => return other.to_string(),
    };
    message.to_owned()
}
