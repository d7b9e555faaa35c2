//! What the client can do, as its `initialize` says it.

use crate::encoding::Encoding;
use crate::types::{
    ClientCapabilities, MarkupKind, PublishDiagnosticsClientCapabilities, ResourceOperationKind,
    WorkspaceClientCapabilities,
};

/// What the client can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    pub(crate) encoding: Encoding,
    pub(crate) shows: Shows,
    /// Whether it watches files when it is asked to.
    pub(crate) watches: bool,
    /// Whether edits can name the versions of the documents that they are for.
    pub(crate) versions_edits: bool,
    /// Whether edits can make files.
    pub(crate) creates_files: bool,
    /// Whether edits can say that they are to be looked at first.
    pub(crate) confirms: bool,
    /// Whether it asks for the edits of an action when somebody chooses it.
    pub(crate) resolves_edits: bool,
    /// Whether it takes Markdown for what it shows of a place.
    pub(crate) reads_markdown: bool,
    /// What it can be told to ask for again.
    pub(crate) refreshes: Refreshes,
    /// Whether it can be asked for settings.
    pub(crate) configures: bool,
    /// Whether it takes lists of symbols as trees.
    pub(crate) nests_symbols: bool,
    /// Whether it shows documents when it is told to.
    pub(crate) shows_documents: bool,
    /// Whether it asks for diagnostics, and asks again when it is told to: else they are sent to it.
    pub(crate) pulls: bool,
    /// Whether it shows that work is going on.
    pub(crate) shows_progress: bool,
}

/// What the client can be told to ask for again, because a change elsewhere changed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refreshes {
    pub(crate) lenses: bool,
    pub(crate) hints: bool,
}

/// What the client shows of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shows {
    pub(crate) related: bool,
    pub(crate) tags: bool,
    pub(crate) links: bool,
}

impl Client {
    pub(crate) fn of(capabilities: &ClientCapabilities) -> Self {
        let general = capabilities.general.as_ref();
        let encodings = general.and_then(|general| general.position_encodings.as_deref());
        let documents = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let actions = documents.and_then(|documents| documents.code_action.as_ref());
        let window = capabilities.window.as_ref();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files);
        Self {
            encoding: Encoding::negotiate(encodings),
            shows: Shows::of(
                documents.and_then(|documents| documents.publish_diagnostics.as_ref()),
            ),
            creates_files: edits.is_some_and(|edits| {
                let kinds = edits.resource_operations.as_deref().unwrap_or_default();
                kinds.contains(&ResourceOperationKind::Create)
            }),
            confirms: edits.is_some_and(|edits| edits.change_annotation_support.is_some())
                && actions.and_then(|actions| actions.honors_change_annotations) == Some(true),
            resolves_edits: actions
                .and_then(|actions| actions.resolve_support.as_ref())
                .is_some_and(|resolve| resolve.properties.iter().any(|name| name == "edit")),
            reads_markdown: documents
                .and_then(|documents| documents.hover.as_ref()?.content_format.as_ref())
                .is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            refreshes: Refreshes::of(workspace),
            configures: workspace.and_then(|workspace| workspace.configuration) == Some(true),
            nests_symbols: documents
                .and_then(|documents| documents.document_symbol.as_ref())
                .and_then(|symbols| symbols.hierarchical_document_symbol_support)
                == Some(true),
            shows_documents: window
                .and_then(|window| window.show_document.as_ref())
                .is_some_and(|shows| shows.support),
            pulls: pulls(capabilities),
            shows_progress: window.and_then(|window| window.work_done_progress) == Some(true),
            versions_edits: edits.and_then(|edits| edits.document_changes) == Some(true),
            watches: watched.and_then(|watched| watched.dynamic_registration) == Some(true),
        }
    }
}

/// A client that asks for diagnostics and can't be told to ask again would show what is over.
fn pulls(capabilities: &ClientCapabilities) -> bool {
    let documents = capabilities.text_document.as_ref();
    let workspace = capabilities.workspace.as_ref();
    let refreshes = workspace.and_then(|workspace| workspace.diagnostics.as_ref());
    documents.is_some_and(|documents| documents.diagnostic.is_some())
        && refreshes.is_some_and(|refreshes| refreshes.refresh_support == Some(true))
}

impl Shows {
    fn of(publish: Option<&PublishDiagnosticsClientCapabilities>) -> Self {
        let has = |what: fn(&PublishDiagnosticsClientCapabilities) -> Option<bool>| {
            publish.and_then(what).unwrap_or_default()
        };
        Self {
            related: has(|publish| publish.related_information),
            tags: has(|publish| Some(publish.tag_support.is_some())),
            links: has(|publish| publish.code_description_support),
        }
    }
}

impl Refreshes {
    fn of(workspace: Option<&WorkspaceClientCapabilities>) -> Self {
        let lenses = workspace.and_then(|workspace| workspace.code_lens.as_ref());
        let hints = workspace.and_then(|workspace| workspace.inlay_hint.as_ref());
        Self {
            lenses: lenses.and_then(|lenses| lenses.refresh_support) == Some(true),
            hints: hints.and_then(|hints| hints.refresh_support) == Some(true),
        }
    }
}
