import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { readSettings } from '../../src/settings';

test('what is empty or of the wrong type is not told', () => {
  const set: Record<string, unknown> = { config: ' ', select: ['a', 1], ignore: 'b', problems: false };
  assert.deepEqual(readSettings((name) => set[name]), { select: ['a'], problems: false });
});

test('every setting of the server is offered and told', () => {
  const server = readFileSync('../../crates/lsp/src/settings.rs', 'utf8');
  const fields = [...server.matchAll(/^    pub\(crate\) (\w+):/gm)].map(([, name = '']) => camel(name));
  assert.notEqual(fields.length, 0);
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const properties = contributes.configuration.properties;
  const offered = Object.keys(properties).map((name) => name.replace('scantling.', ''));
  const own = ['path', 'trace.server'];
  assert.deepEqual(fields.filter((name) => !offered.includes(name)), []);
  const of = (name: string) => properties[`scantling.${name}`].default;
  const told = readSettings((name) => (of(name) === '' ? 'set' : of(name)));
  assert.deepEqual(Object.keys(told).toSorted(), offered.filter((name) => !own.includes(name)).toSorted());
});

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
