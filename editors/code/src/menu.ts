// What the item of the status bar offers.
import { commands, type QuickPickItem, window } from 'vscode';

interface Entry extends QuickPickItem {
  command: string;
  args?: unknown[];
}

const PROBLEMS: Entry = {
  label: '$(warning) Show the Problems',
  command: 'workbench.actions.view.problems',
};
const RENDERED: Entry = {
  label: '$(open-preview) Show What Is Rendered from This File',
  command: 'scantling.showRendered',
};
const OTHERS: Entry[] = [
  { label: '$(book) Explain a Check', command: 'scantling.explainCheck' },
  { label: '$(output) Show the Output', command: 'scantling.showOutput' },
  { label: '$(debug-restart) Restart the Server', command: 'scantling.restart' },
  {
    label: '$(gear) Open the Settings',
    command: 'workbench.action.openSettings',
    args: ['@ext:scantling.scantling'],
  },
  {
    label: '$(mortar-board) Get Started',
    command: 'workbench.action.openWalkthrough',
    args: ['scantling.scantling#start'],
  },
];

/** Lets the user choose a command, of those of the server only what it announces. */
export async function showMenu(announced: string[]): Promise<void> {
  const rendered = announced.includes(RENDERED.command) ? [RENDERED] : [];
  const chosen = await window.showQuickPick([PROBLEMS, ...rendered, ...OTHERS], {
    placeHolder: 'Scantling',
  });
  if (chosen !== undefined) {
    await commands.executeCommand(chosen.command, ...(chosen.args ?? []));
  }
}
