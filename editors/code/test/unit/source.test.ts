import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lineOf } from '../../src/source';

const RENDERED = `---
# Source: shop/templates/a.yaml
kind: ConfigMap
---
# Source: shop/templates/ba.yaml
kind: Secret
---
# Source: shop/charts/cache/templates/c.yaml
kind: Service
`;

test('a template leads to the first of its manifests', () => {
  for (const [template, line] of [
    ['/work/charts/store/templates/a.yaml', 1],
    ['/work/charts/store/templates/ba.yaml', 4],
    ['/work/charts/store/charts/cache/templates/c.yaml', 7],
    ['/work/charts/store/values.yaml', 0],
  ] as const) {
    assert.equal(lineOf(RENDERED, template), line, template);
  }
});
