// A real VS Code in a browser, and what one does and sees in it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** How long anything may take, in milliseconds. */
const PATIENCE = 120_000;
const PORT = 8099;
const ADDRESS = `http://127.0.0.1:${PORT}`;

const require = createRequire(join(process.env.CODE_SERVER_HOME, 'package.json'));
const { chromium } = require('playwright-core');

const BROWSER = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
    '--disable-background-networking', '--disable-component-update'],
};

/** Starts the editor with a command line, does something in it, and ends it. Pictures go to a folder. */
export async function withEditor(command, pictures, action) {
  const server = spawn(process.execPath, [...command, '--auth=none', `--bind-addr=127.0.0.1:${PORT}`,
    '--disable-telemetry', '--disable-update-check']);
  const said = [];
  server.stdout.on('data', (data) => said.push(data));
  server.stderr.on('data', (data) => said.push(data));
  const browser = await chromium.launch(BROWSER);
  const page = await browser.newPage({ viewport: { width: 1180, height: 720 } });
  page.setDefaultTimeout(PATIENCE);
  const editor = new Editor(page, pictures);
  try {
    await until('the server of the editor', async () => (await fetch(ADDRESS)).ok);
    await action(editor);
  } catch (error) {
    console.error(Buffer.concat(said).toString());
    await editor.picture('failed');
    throw error;
  } finally {
    await browser.close();
    server.kill();
  }
}

class Editor {
  constructor(page, pictures) {
    this.page = page;
    this.pictures = pictures;
    this.problems = page.locator('.markers-panel .monaco-list-row');
    this.status = page.locator('.statusbar-item', { hasText: /Scantling/ });
    this.squiggle = page.locator('.squiggly-warning');
  }

  async openFolder(folder) {
    await this.page.goto(`${ADDRESS}/?folder=${folder}`);
    await this.page.locator('.monaco-workbench').waitFor();
  }

  /** Opens a file of the folder, in which some text stands. */
  async openFile(path, text) {
    await this.page.keyboard.press('Control+P');
    await this.choose(path, path.split('/').at(-1));
    await this.line(text).first().waitFor();
  }

  /** Runs a command of the palette. */
  async run(title) {
    await this.page.keyboard.press('F1');
    await this.choose(title, title);
  }

  /** Types into a list and takes its first row, once that has some text. */
  async choose(typed, text) {
    await this.page.locator('.quick-input-widget input[type=text]').waitFor();
    await this.page.keyboard.type(typed);
    await this.firstRow(text).waitFor();
    await this.page.keyboard.press('Enter');
  }

  firstRow(text) {
    return this.page.locator('.quick-input-list .monaco-list-row[data-index="0"]', { hasText: text });
  }

  line(text) {
    return this.page.locator('.view-line', { hasText: text });
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  /** How much the status bar tells; nothing where it tells nothing. */
  async total() {
    const [, total] = /Scantling (\d+)/.exec(await this.status.innerText()) ?? [];
    return total === undefined ? undefined : Number(total);
  }

  /** Shows only problems with a text. */
  async filter(text) {
    await this.page.getByPlaceholder(/^Filter \(e\.g\. text/).fill(text);
  }

  async picture(name) {
    await this.page.screenshot({ path: join(this.pictures, `${name}.png`), animations: 'disabled' });
  }
}

/** Waits until something holds. */
export async function until(what, condition) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    if (await condition().catch(() => false)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain for ${what}`);
}
