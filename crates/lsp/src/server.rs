//! The protocol's requests and notifications: each only tells the one thread that knows things.

use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::mpsc::Sender;

use analysis::{Wanted, configuration_schema};
use serde::Deserialize as _;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use crate::actions::{Asked, FixOfCheck, OPEN_EXPLANATION};
use crate::actor::paths;
use crate::capabilities::capabilities;
use crate::client::Client;
use crate::event::{Event, Given};
use crate::parent;
use crate::progress;
use crate::pull::{self, DocumentPull, WorkspacePull};
use crate::rendered::{self, SHOW_RENDERED};
use crate::settings::Settings;
use crate::state::State;
use crate::types::{
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams,
    CompletionResponse, CreateFilesParams, DeleteFilesParams, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentLink, DocumentLinkParams,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, GotoDefinitionParams,
    GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult,
    InitializedParams, InlayHint, InlayHintParams, Location, ReferenceParams, RenameFilesParams,
    ServerInfo, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult,
};
use crate::uri::{path_of, uri_of};
use crate::worker::{Answer, Ask};

/// How many files are told of in one part of an answer.
const PART: usize = 100;

/// Codes of requests that can't be answered, and of those that the server gives up.
///
/// Source: <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#errorCodes>.
const REQUEST_FAILED: i64 = -32803;
const SERVER_CANCELLED: i64 = -32802;

/// The protocol's requests and notifications. What stands before the first `await` of a handler runs in the order of the messages,
/// and nothing stands behind one that changes anything.
pub(crate) struct Server {
    events: Sender<Event>,
    /// For parts of answers.
    client: tower_lsp::Client,
}

impl Server {
    pub(crate) fn new(events: Sender<Event>, client: tower_lsp::Client) -> Self {
        Self { events, client }
    }

    /// The answer to what is asked of a file. What stands before the `await` keeps the order of the messages.
    async fn ask(&self, uri: Uri, ask: Ask) -> Result<Answer> {
        let (reply, answer) = oneshot::channel();
        self.tell(Event::Asked(uri, ask, reply));
        match answer.await {
            Ok(Answer::Over) => Err(Error::content_modified()),
            // The log says why.
            Ok(Answer::Failed) | Err(_) => Err(Error::internal_error()),
            Ok(answer) => Ok(answer),
        }
    }

    /// Opens a page about a check where the client shows such, and answers with what there is to say of it.
    async fn open_explanation(&self, arguments: &[Value]) -> Result<Option<Value>> {
        let [check, uri] = arguments else {
            return Err(Error::invalid_params("an id and a file are wanted"));
        };
        let wrong = |error: serde_json::Error| Error::invalid_params(error.to_string());
        let check = String::deserialize(check).map_err(wrong)?;
        let uri = Uri::deserialize(uri).map_err(wrong)?;
        let Answer::Explanation(Some(found)) = self.ask(uri, Ask::Explain(check)).await? else {
            return Err(failed("there is no such check"));
        };
        if let Some(page) = found.page {
            self.tell(Event::Open(page));
        }
        Ok(Some(json!(found.text)))
    }

    /// Answers with the manifests of the chart or kustomization that a file belongs to.
    async fn show_rendered(&self, arguments: &[Value]) -> Result<Option<Value>> {
        let file = arguments.first().cloned().unwrap_or_default();
        let file =
            Uri::deserialize(file).map_err(|error| Error::invalid_params(error.to_string()))?;
        self.rendered(file).await.map(|text| Some(json!(text)))
    }

    async fn rendered(&self, file: Uri) -> Result<String> {
        match self.ask(file, Ask::Rendered).await? {
            Answer::Rendered(Some(text)) => Ok(text),
            _ => Err(failed("this file belongs to no chart and no kustomization")),
        }
    }

    /// The schema of the configuration, for editors that check YAML by schemas.
    #[expect(clippy::unused_async, reason = "handlers are")]
    pub(crate) async fn configuration_schema(&self) -> Result<Value> {
        serde_json::from_str(configuration_schema()).map_err(|_| Error::internal_error())
    }

    /// `workspace/textDocumentContent`, which the types know nothing of yet.
    pub(crate) async fn text_document_content(&self, params: Value) -> Result<Value> {
        let document = params.get("uri").cloned().unwrap_or_default();
        let document =
            Uri::deserialize(document).map_err(|error| Error::invalid_params(error.to_string()))?;
        let file = rendered::file_of(&document).and_then(|path| uri_of(&path));
        let file = file.ok_or_else(|| Error::invalid_params("no file has this name"))?;
        Ok(json!({ "text": self.rendered(file).await? }))
    }

    fn moved<'u>(&self, uris: impl Iterator<Item = &'u str>) {
        let uris = uris.filter_map(|uri| Uri::from_str(uri).ok());
        self.tell(Event::Moved(uris.collect()));
    }

    fn tell(&self, event: Event) {
        // The thread is gone only when the server stops.
        let _ = self.events.send(event);
    }
}

/// The client may go without a word.
impl Drop for Server {
    fn drop(&mut self) {
        self.tell(Event::Stop);
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = Client::of(&params.capabilities);
        let options = params.initialization_options.clone();
        let (settings, wrong) = Settings::read(&options.unwrap_or(Value::Null));
        let state = State::new(client, folders(&params), settings);
        let given = match params.initialization_options {
            None | Some(Value::Null) => Given::Nothing,
            Some(_) => Given::Settings,
        };
        self.tell(Event::Start(Box::new(state), wrong, given));
        parent::watch(params.process_id);
        Ok(InitializeResult {
            capabilities: capabilities(client),
            server_info: Some(ServerInfo {
                name: "scantling".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(Event::Ready);
    }

    async fn shutdown(&self) -> Result<()> {
        self.tell(Event::Stop);
        Ok(())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let ask = Ask::Actions(Asked {
            range: params.range,
            only: params.context.only,
        });
        match self.ask(params.text_document.uri, ask).await? {
            Answer::Actions(actions) => Ok(Some(actions)),
            _ => Ok(None),
        }
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        // An action that lacks nothing may be asked for as well.
        let Some(data) = action.data.clone() else {
            return Ok(action);
        };
        let fix = FixOfCheck::deserialize(data).map_err(|error| {
            Error::invalid_params(format!("this action is none of this server's: {error}"))
        })?;
        match self
            .ask(fix.uri.clone(), Ask::Resolve(Box::new(fix)))
            .await?
        {
            Answer::Edit(Some(edit)) => Ok(CodeAction {
                edit: Some(edit),
                ..action
            }),
            _ => Err(failed(
                "these fixes do not hold when they are made together",
            )),
        }
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        match params.command.as_str() {
            OPEN_EXPLANATION => self.open_explanation(&params.arguments).await,
            SHOW_RENDERED => self.show_rendered(&params.arguments).await,
            other => Err(Error::invalid_params(format!(
                "there is no command `{}`",
                source::neutral(other)
            ))),
        }
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        let ask = Ask::Hover(place.position);
        match self.ask(place.text_document.uri, ask).await? {
            Answer::Hover(hover) => Ok(hover),
            _ => Ok(None),
        }
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let place = params.text_document_position_params;
        let ask = Ask::Places(place.position, Wanted::Declarations);
        match self.ask(place.text_document.uri, ask).await? {
            Answer::Places(places) => Ok(places.map(GotoDefinitionResponse::Array)),
            _ => Ok(None),
        }
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let place = params.text_document_position;
        let wanted = match params.context.include_declaration {
            true => Wanted::All,
            false => Wanted::Uses,
        };
        let ask = Ask::Places(place.position, wanted);
        match self.ask(place.text_document.uri, ask).await? {
            Answer::Places(places) => Ok(places),
            _ => Ok(None),
        }
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        match self.ask(params.text_document.uri, Ask::Symbols).await? {
            Answer::Symbols(symbols) => Ok(symbols),
            _ => Ok(None),
        }
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        match self.ask(params.text_document.uri, Ask::Links).await? {
            Answer::Links(links) => Ok(links),
            _ => Ok(None),
        }
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        match self.ask(params.text_document.uri, Ask::Lenses).await? {
            Answer::Lenses(lenses) => Ok(lenses),
            _ => Ok(None),
        }
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let ask = Ask::Hints(params.range);
        match self.ask(params.text_document.uri, ask).await? {
            Answer::Hints(hints) => Ok(hints),
            _ => Ok(None),
        }
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position;
        let ask = Ask::Completions(place.position);
        match self.ask(place.text_document.uri, ask).await? {
            Answer::Completions(items) => Ok(items.map(CompletionResponse::Array)),
            _ => Ok(None),
        }
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let (reply, answer) = oneshot::channel();
        self.tell(Event::PulledDocument(DocumentPull {
            uri: params.text_document.uri,
            known: params.previous_result_id,
            reply,
        }));
        let report = answer.await.map_err(|_| given_up())?;
        Ok(DocumentDiagnosticReportResult::Report(pull::of_document(
            report,
        )))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let (reply, answer) = oneshot::channel();
        let known = params.previous_result_ids.into_iter();
        self.tell(Event::PulledAll(WorkspacePull {
            known: known.map(|known| (known.uri, known.value)).collect(),
            reply,
        }));
        let files = answer.await.map_err(|_| given_up())?;
        let mut items: Vec<_> = files.into_iter().map(pull::of_file).collect();
        if let Some(token) = params.partial_result_params.partial_result_token {
            for part in items.chunks(PART) {
                let part = json!({ "items": part });
                progress::send(&self.client, &token, part).await;
            }
            // What is sent last may come after the answer, where it would not count: so that is nothing.
            progress::send(&self.client, &token, json!({ "items": [] })).await;
            items = Vec::new();
        }
        let report = WorkspaceDiagnosticReport { items };
        Ok(WorkspaceDiagnosticReportResult::Report(report))
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.tell(Event::Opened(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(Event::Changed(params));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell(Event::Saved(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(Event::Closed(params));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.tell(Event::Watched(params));
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        let uris = params.files.iter().map(|file| file.uri.as_str());
        self.moved(uris);
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let files = params.files.iter();
        self.moved(files.flat_map(|file| [file.old_uri.as_str(), file.new_uri.as_str()]));
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        let uris = params.files.iter().map(|file| file.uri.as_str());
        self.moved(uris);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell(Event::Folders {
            added: paths(&params.event.added),
            removed: paths(&params.event.removed),
        });
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell(Event::Settings(params.settings));
    }
}

/// The error for what can't be done.
fn failed(message: &'static str) -> Error {
    Error {
        code: ErrorCode::ServerError(REQUEST_FAILED),
        message: message.into(),
        data: None,
    }
}

/// The error for diagnostics that are not told any more, for which the client is not to ask again at once.
fn given_up() -> Error {
    Error {
        code: ErrorCode::ServerError(SERVER_CANCELLED),
        message: "the texts could not be analyzed".into(),
        data: Some(json!({ "retriggerRequest": false })),
    }
}

/// The folders of the workspace. Older clients name one.
#[expect(deprecated, reason = "older clients name one folder in this way")]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    match &params.workspace_folders {
        Some(folders) => paths(folders),
        None => {
            let root = params.root_uri.as_ref().and_then(path_of);
            let path = params.root_path.as_ref().map(PathBuf::from);
            root.or(path).into_iter().collect()
        }
    }
}
