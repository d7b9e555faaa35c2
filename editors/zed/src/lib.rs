//! Tells Zed how `scantling lsp` is started, and which settings it gets.

use zed_extension_api::{
    Command, Extension, LanguageServerId, Result, Worktree, register_extension, serde_json::Value,
    settings::LspSettings,
};

const NAME: &str = "scantling";

struct Scantling;

impl Extension for Scantling {
    fn new() -> Self {
        Self
    }

    /// The program that the user names, else the one on the path.
    fn language_server_command(
        &mut self,
        _: &LanguageServerId,
        tree: &Worktree,
    ) -> Result<Command> {
        let binary = LspSettings::for_worktree(NAME, tree)?.binary;
        let named = binary.as_ref().and_then(|binary| binary.path.clone());
        let command = named.or_else(|| tree.which(NAME)).ok_or_else(|| {
            "there is no program `scantling` on the path; `lsp.scantling.binary.path` says where it is".to_owned()
        })?;
        let args = binary.and_then(|binary| binary.arguments);
        Ok(Command {
            command,
            args: args.unwrap_or_else(|| vec!["lsp".to_owned()]),
            env: tree.shell_env(),
        })
    }

    fn language_server_initialization_options(
        &mut self,
        _: &LanguageServerId,
        tree: &Worktree,
    ) -> Result<Option<Value>> {
        settings(tree)
    }

    fn language_server_workspace_configuration(
        &mut self,
        _: &LanguageServerId,
        tree: &Worktree,
    ) -> Result<Option<Value>> {
        settings(tree)
    }
}

/// What stands in `lsp.scantling.settings`.
fn settings(tree: &Worktree) -> Result<Option<Value>> {
    Ok(LspSettings::for_worktree(NAME, tree)?.settings)
}

register_extension!(Scantling);
