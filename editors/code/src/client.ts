// The client: which documents the server is told of, and with which settings.
import { type LogOutputChannel, window, workspace } from 'vscode';
import {
  DidChangeConfigurationNotification,
  type DocumentSelector,
  LanguageClient,
  type Middleware,
} from 'vscode-languageclient/node';

import { readSettings, type Settings } from './settings';

// Any YAML or JSON may be a manifest, values or a patch; the server sees quickly what is none of its business.
const DOCUMENTS: DocumentSelector = [
  { scheme: 'file', pattern: '**/*.{tf,tofu,tfvars,yaml,yml,json,tpl}' },
  { scheme: 'file', pattern: '**/Kustomization' },
  { scheme: 'file', language: 'terraform' },
  { scheme: 'file', language: 'terraform-vars' },
  { scheme: 'file', language: 'opentofu' },
  { scheme: 'file', language: 'opentofu-vars' },
  { scheme: 'file', language: 'helm' },
  { scheme: 'untitled', language: 'yaml' },
  { scheme: 'untitled', language: 'json' },
  { scheme: 'untitled', language: 'terraform' },
  { scheme: 'untitled', language: 'opentofu' },
];

/** Carries out what the server announces as a command; nothing where that is the server's to do. */
export type CarryOut = (command: string, args: unknown[]) => Promise<void> | undefined;

export function createClient(
  program: string,
  outputChannel: LogOutputChannel,
  carryOut: CarryOut,
): LanguageClient {
  const server = { command: program, args: ['lsp'] };
  return new LanguageClient('scantling', 'Scantling', server, {
    documentSelector: DOCUMENTS,
    initializationOptions: settings,
    middleware: middleware(carryOut),
    outputChannel,
  });
}

/** Tells a running server the settings as they are now. */
export async function sendSettings(client: LanguageClient): Promise<void> {
  await client.sendNotification(DidChangeConfigurationNotification.type, { settings: settings() });
}

function middleware(carryOut: CarryOut): Middleware {
  return {
    executeCommand: (command, args, next) => {
      // A command from the palette is about the file in front of the user.
      const file = window.activeTextEditor?.document.uri.toString();
      const given = args.length > 0 || file === undefined ? args : [file];
      return carryOut(command, given) ?? next(command, given);
    },
    workspace: {
      // What is set for this extension alone would be unknown to the server.
      configuration: ({ items }) =>
        items.map(({ section }) => (section === 'scantling' ? settings() : null)),
    },
  };
}

function settings(): Settings {
  const configuration = workspace.getConfiguration('scantling');
  return readSettings((name) => configuration.get(name));
}
