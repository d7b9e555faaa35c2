// The explanation of a check, on a page of its own.
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { commands, languages, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';

import { type Check, page, sorted } from './page';

/** The scheme of the pages. */
export const SCHEME = 'scantling-check';

const MOST_BYTES = 64 * 1024 * 1024;

/** The pages that were asked for. */
export class Pages implements TextDocumentContentProvider {
  private readonly pages = new Map<string, string>();

  /** Lets the user choose a check, those found at the cursor first, and shows its page. */
  async explain(program: string): Promise<void> {
    const checks = sorted(await listChecks(program), checksHere());
    const items = checks.map((check) => ({
      label: check.id,
      description: check.severity,
      detail: check.title,
      check,
    }));
    const chosen = await window.showQuickPick(items, {
      placeHolder: 'A check',
      matchOnDetail: true,
    });
    if (chosen !== undefined) {
      await this.show(chosen.check);
    }
  }

  /** Shows the page of a check. */
  async open(program: string, id: string): Promise<void> {
    const check = (await listChecks(program)).find((check) => check.id === id);
    if (check === undefined) {
      throw new Error(`There is no check \`${id}\`.`);
    }
    await this.show(check);
  }

  provideTextDocumentContent(uri: Uri): string | undefined {
    return this.pages.get(uri.path);
  }

  private async show(check: Check): Promise<void> {
    const uri = Uri.from({ scheme: SCHEME, path: `/${check.id}.md` });
    this.pages.set(uri.path, page(check));
    await commands.executeCommand('markdown.showPreview', uri);
  }
}

/** All checks of the program and of the configuration. */
async function listChecks(program: string): Promise<Check[]> {
  const config = workspace.getConfiguration('scantling').get('config', '').trim();
  const options = config === '' ? [] : ['--config', config];
  const args = ['checks', 'list', '-o', 'json', ...options];
  const { stdout } = await promisify(execFile)(program, args, {
    cwd: folder(),
    maxBuffer: MOST_BYTES,
  });
  return JSON.parse(stdout) as Check[];
}

/** The folder whose configuration counts. */
function folder(): string | undefined {
  const uri = window.activeTextEditor?.document.uri;
  const own = uri && workspace.getWorkspaceFolder(uri);
  const first = own ?? workspace.workspaceFolders?.[0];
  if (first !== undefined) {
    return first.uri.fsPath;
  }
  return uri?.scheme === 'file' ? dirname(uri.fsPath) : undefined;
}

/** The checks of the findings where the cursor stands. */
function checksHere(): string[] {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    return [];
  }
  const all = languages.getDiagnostics(editor.document.uri);
  const here = all.filter(({ range }) => range.intersection(editor.selection) !== undefined);
  return here.map(({ code }) => String(typeof code === 'object' ? code.value : code));
}
