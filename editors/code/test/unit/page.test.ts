import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Check, page, sorted } from '../../src/page';

const CHECK: Check = {
  id: 'host-network',
  title: 'Pod uses the network of its node',
  severity: 'high',
  why: 'It hears **all**.',
  remedy: 'Remove `hostNetwork`.',
  references: ['https://example.org/a'],
  controls: [{ framework: 'cis', ids: ['5.2.5', '5.2.6'] }],
};

test('a page tells all of a check', () => {
  assert.equal(
    page(CHECK),
    `# Pod uses the network of its node

\`host-network\` · high

## Why

It hears **all**.

## What to do

Remove \`hostNetwork\`.

## Controls

- cis: 5.2.5, 5.2.6

## Read more

- <https://example.org/a>
`,
  );
});

test('sections without content are left out', () => {
  const text = page({ ...CHECK, references: [], controls: [] });
  assert.doesNotMatch(text, /Controls|Read more/);
});

test('checks of the place stand first', () => {
  const checks = ['c', 'a', 'b'].map((id) => ({ ...CHECK, id }));
  assert.deepEqual(sorted(checks, ['b', 'x']).map(({ id }) => id), ['b', 'a', 'c']);
});
