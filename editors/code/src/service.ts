// The server's life: found, started, started again, stopped.
import { commands, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';

import { type CarryOut, createClient, sendSettings } from './client';
import { findServer } from './server';
import type { Status } from './status';

export class Service {
  /** What is done with the server comes one after the other. */
  private turn: Promise<void> = Promise.resolve();
  private client: LanguageClient | undefined;
  private started = false;

  constructor(
    private readonly context: ExtensionContext,
    private readonly output: LogOutputChannel,
    private readonly status: Status,
    private readonly carryOut: CarryOut,
  ) {}

  /** Does something with the program, and tells what goes wrong. */
  async withProgram(action: (program: string) => Promise<void>): Promise<void> {
    const server = this.find();
    if ('missing' in server) {
      void offerHelp(server.missing);
      return;
    }
    await action(server.program).catch(tell);
  }

  get isStarted(): boolean {
    return this.started;
  }

  start(): Promise<void> {
    if (this.started) {
      return this.turn;
    }
    this.started = true;
    return this.inTurn(() => this.launch());
  }

  restart(): Promise<void> {
    this.started = true;
    return this.inTurn(async () => {
      await this.end();
      await this.launch();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }

  /** Commands that the server can carry out. */
  announced(): string[] {
    return this.client?.initializeResult?.capabilities.executeCommandProvider?.commands ?? [];
  }

  /** Asks the server. */
  async ask<Answer>(method: string, params: object): Promise<Answer> {
    if (this.client === undefined) {
      throw new Error('The server does not run.');
    }
    return this.client.sendRequest<Answer>(method, params);
  }

  async settingsChanged(): Promise<void> {
    if (this.client?.state === State.Running) {
      await sendSettings(this.client);
    }
  }

  private inTurn(action: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(action).catch((error: unknown) => this.fail(String(error)));
    return this.turn;
  }

  private find() {
    return findServer({
      setting: workspace.getConfiguration('scantling').get('path', ''),
      extension: this.context.extensionPath,
      path: process.env['PATH'] ?? '',
    });
  }

  private async launch(): Promise<void> {
    const server = this.find();
    if ('missing' in server) {
      this.fail(server.missing);
      void offerHelp(server.missing);
      return;
    }
    this.output.info(`starting ${server.program}`);
    const client = createClient(server.program, this.output, this.carryOut);
    this.client = client;
    client.onDidChangeState(({ newState }) => this.follow(client, newState, server.program));
    await client.start();
  }

  private follow(client: LanguageClient, state: State, program: string): void {
    if (client !== this.client) {
      return;
    }
    switch (state) {
      case State.Starting:
        this.status.set({ is: 'starting' });
        break;
      case State.Running: {
        const version = client.initializeResult?.serverInfo?.version ?? '';
        this.status.set({ is: 'running', program, version });
        break;
      }
      default:
        this.status.set({ is: 'failed', reason: 'The server stopped: see the output.' });
    }
    void commands.executeCommand('setContext', 'scantling.announced', this.announced());
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose();
  }

  private fail(reason: string): void {
    this.output.error(reason);
    this.status.set({ is: 'failed', reason });
  }
}

async function offerHelp(message: string): Promise<void> {
  const settings = 'Open the Setting';
  const chosen = await window.showErrorMessage(message, settings);
  if (chosen === settings) {
    await commands.executeCommand('workbench.action.openSettings', 'scantling.path');
  }
}

export function tell(error: unknown): void {
  void window.showErrorMessage(error instanceof Error ? error.message : String(error));
}
