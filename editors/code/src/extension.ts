// Starts the server once something of its business is there, and offers the commands.
import { commands, type ExtensionContext, type TextDocument, window, workspace } from 'vscode';

import { Pages, SCHEME as PAGES } from './explain';
import { showMenu } from './menu';
import { BEGINNING, isOurs } from './ours';
import { Rendered, SCHEME as RENDERED } from './rendered';
import { Service, tell } from './service';
import { Status } from './status';

/** Files whose folder is Scantling's business, whatever is open. */
const MARKERS =
  '**/{*.tf,*.tofu,Chart.yaml,kustomization.yaml,kustomization.yml,Kustomization,scantling.yaml}';

let service: Service | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('Scantling', { log: true });
  const status = new Status();
  const pages = new Pages();
  const started: Service = new Service(context, output, status, carryOut);
  const rendered = new Rendered((method, params) => started.ask(method, params));
  service = started;

  function carryOut(command: string, [subject]: unknown[]): Promise<void> | undefined {
    switch (command) {
      case 'scantling.showRendered':
        return rendered.show(String(subject)).catch(tell);
      case 'scantling.openExplanation':
        return started.withProgram((program) => pages.open(program, String(subject)));
      default:
        return undefined;
    }
  }

  context.subscriptions.push(
    output,
    status,
    rendered,
    workspace.registerTextDocumentContentProvider(PAGES, pages),
    workspace.registerTextDocumentContentProvider(RENDERED, rendered),
    commands.registerCommand('scantling.restart', () => started.restart()),
    commands.registerCommand('scantling.showOutput', () => output.show()),
    commands.registerCommand('scantling.showMenu', () => showMenu(started.announced())),
    commands.registerCommand('scantling.explainCheck', () =>
      started.withProgram((program) => pages.explain(program)),
    ),
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('scantling.path') && started.isStarted) {
        await started.restart();
      } else if (event.affectsConfiguration('scantling')) {
        await started.settingsChanged();
      }
    }),
  );
  await startWhenNeeded(context, started);
}

export async function deactivate(): Promise<void> {
  await service?.stop();
}

/** A window with other YAML only has no use for a server. */
async function startWhenNeeded(context: ExtensionContext, service: Service): Promise<void> {
  const look = async (document: TextDocument) => {
    if (isOursDocument(document)) {
      await service.start();
    }
  };
  context.subscriptions.push(
    workspace.onDidOpenTextDocument(look),
    workspace.onDidSaveTextDocument(look),
  );
  const isWanted =
    workspace.textDocuments.some(isOursDocument) ||
    (await workspace.findFiles(MARKERS, '**/node_modules/**', 1)).length > 0;
  if (isWanted) {
    await service.start();
  }
}

function isOursDocument(document: TextDocument): boolean {
  if (!['file', 'untitled'].includes(document.uri.scheme)) {
    return false;
  }
  const last = Math.min(document.lineCount, BEGINNING) - 1;
  return isOurs({
    language: document.languageId,
    path: document.uri.fsPath,
    beginning: document.getText(document.lineAt(last).range.with(document.positionAt(0))),
  });
}
