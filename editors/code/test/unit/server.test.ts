import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';

import { findServer, type Places } from '../../src/server';

const root = mkdtempSync(join(tmpdir(), 'scantling-'));
after(() => rmSync(root, { recursive: true }));

const bundled = program('extension/server/scantling');
const installed = program('bin/scantling');
const extension = join(root, 'extension');
const path = [join(root, 'none'), join(root, 'bin')].join(delimiter);

function program(name: string, mode = 0o755): string {
  const file = join(root, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
}

function check(places: Partial<Places>, expected: string | RegExp): void {
  const found = findServer({ setting: '', extension: join(root, 'empty'), path: '', ...places });
  if (typeof expected === 'string') {
    assert.deepEqual(found, { program: expected });
  } else {
    assert.match('missing' in found ? found.missing : found.program, expected);
  }
}

test('the setting goes before the package, and the package before the path', () => {
  const other = program('other/server');
  check({ setting: other, extension, path }, other);
  check({ setting: ' ', extension, path }, bundled);
  check({ path }, installed);
});

test('a program that the user names is never replaced by another', () => {
  check({ setting: join(root, 'none'), extension, path }, /names no program/);
  check({ setting: 'bin/scantling', extension, path }, /no absolute path: bin\/scantling/);
});

test('the folder of the user may be abbreviated', () => {
  check({ setting: '~/none/scantling' }, new RegExp(`program that can be started: ${homedir()}`));
});

test('what is no program is passed over', () => {
  program('plain/scantling', 0o644);
  mkdirSync(join(root, 'folder/scantling'), { recursive: true });
  const before = [join(root, 'plain'), join(root, 'folder')];
  check({ path: [...before, path].join(delimiter) }, installed);
});

test('folders of the path that depend on where one is are left out', () => {
  check({ path: ['', '.', relative('.', join(root, 'bin'))].join(delimiter) }, /no program `scantling`/);
});
