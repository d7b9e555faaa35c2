// What a chart or a kustomization gives, in a document beside the file.
import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  languages,
  type TextDocumentContentProvider,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';

import { lineOf } from './source';

/** The scheme of these documents: the rest of their names is that of a file of the chart or kustomization. */
export const SCHEME = 'scantling';

/** Asks the server for the text of a document. */
export type Ask = (
  method: 'workspace/textDocumentContent',
  params: { uri: string },
  token: CancellationToken,
) => Promise<{ text: string }>;

export class Rendered implements TextDocumentContentProvider, Disposable {
  private readonly changes = new EventEmitter<Uri>();
  private readonly subscription: Disposable;
  readonly onDidChange = this.changes.event;

  constructor(private readonly ask: Ask) {
    this.subscription = workspace.onDidSaveTextDocument(() => this.refresh());
  }

  async provideTextDocumentContent(uri: Uri, token: CancellationToken): Promise<string> {
    const { text } = await this.ask('workspace/textDocumentContent', { uri: uri.toString() }, token);
    return text;
  }

  /** Shows what the chart or kustomization of a file gives. */
  async show(file: string): Promise<void> {
    const uri = Uri.parse(file).with({ scheme: SCHEME });
    const document = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(document, 'yaml');
    const editor = await window.showTextDocument(document, {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
    });
    const line = document.lineAt(lineOf(document.getText(), uri.path));
    editor.revealRange(line.range, TextEditorRevealType.AtTop);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changes.dispose();
  }

  /** Any file may have a part in what is shown. */
  private refresh(): void {
    const shown = workspace.textDocuments.filter(({ uri }) => uri.scheme === SCHEME);
    for (const { uri } of shown) {
      this.changes.fire(uri);
    }
  }
}
