// The item of the status bar: whether the server runs, and how much it found.
import {
  type Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  type Uri,
  window,
} from 'vscode';

/** What the server does. */
export type State =
  | { is: 'waiting' }
  | { is: 'starting' }
  | { is: 'running'; program: string; version: string }
  | { is: 'failed'; reason: string };

/** The name under which the server tells what it found. */
const SOURCE = 'scantling';

/** Hints are only marks in the text: the editor lists and counts them nowhere. */
function isCounted({ source, severity }: Diagnostic): boolean {
  return source === SOURCE && severity !== DiagnosticSeverity.Hint;
}

export class Status implements Disposable {
  private readonly item: StatusBarItem;
  private readonly subscription: Disposable;
  private readonly counts = new Map<string, number>();
  private state: State = { is: 'waiting' };

  constructor() {
    this.item = window.createStatusBarItem('scantling', StatusBarAlignment.Left);
    this.item.name = 'Scantling';
    this.item.command = 'scantling.showMenu';
    this.subscription = languages.onDidChangeDiagnostics(({ uris }) => this.count(uris));
  }

  set(state: State): void {
    this.state = state;
    this.show();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  /** Counts only the files of which something else is told than before: a workspace may have thousands. */
  private count(uris: readonly Uri[]): void {
    for (const uri of uris) {
      const found = languages.getDiagnostics(uri).filter(isCounted);
      if (found.length > 0) {
        this.counts.set(uri.toString(), found.length);
      } else {
        this.counts.delete(uri.toString());
      }
    }
    this.show();
  }

  private show(): void {
    const { item, state } = this;
    item.backgroundColor =
      state.is === 'failed' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    switch (state.is) {
      case 'waiting':
        item.hide();
        return;
      case 'starting':
        item.text = '$(loading~spin) Scantling';
        item.tooltip = 'The server starts.';
        break;
      case 'running':
        item.text = `$(shield) Scantling ${this.total()}`;
        item.tooltip = new MarkdownString(
          `${this.total()} findings and problems in ${this.counts.size} files\n\nScantling ${state.version}, \`${state.program}\``,
        );
        break;
      case 'failed':
        item.text = '$(warning) Scantling';
        item.tooltip = state.reason;
        break;
    }
    item.show();
  }

  private total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
