import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isOurs } from '../../src/ours';

const OURS: [string, string, string][] = [
  ['terraform', '/a/main', ''],
  ['helm', '/a/templates/x.yaml', ''],
  ['plaintext', '/a/main.tf', ''],
  ['json', '/a/prod.tfvars.json', ''],
  ['yaml', '/a/Chart.yaml', ''],
  ['yaml', 'C:\\a\\kustomization.yml', ''],
  ['yaml', '/a/scantling.yaml', ''],
  ['yaml', '/a/pod.yaml', '# a pod\napiVersion: v1\nkind: Pod\n'],
  ['yaml', '/a/list.yaml', '- apiVersion: v1\n  kind: Pod\n'],
  ['yaml', '/a/flow.yaml', '{kind: Pod, apiVersion: v1}\n'],
  ['json', '/a/pod.json', '{"apiVersion": "v1", "kind": "Pod"}'],
];

const OTHERS: [string, string, string][] = [
  ['yaml', '/a/notes.yaml', 'kind: remark\n'],
  ['yaml', '/a/.github/workflows/ci.yaml', 'on: push\njobs: {}\n'],
  ['json', '/a/package.json', '{"name": "a"}'],
  ['yaml', '/a/MyChart.yaml', ''],
  ['yaml', '/a/quoted.yaml', 'text: "apiVersion: v1, kind: Pod"\n'],
];

test('infrastructure code is ours', () => {
  for (const [language, path, beginning] of OURS) {
    assert.ok(isOurs({ language, path, beginning }), path);
  }
});

test('other documents are not', () => {
  for (const [language, path, beginning] of OTHERS) {
    assert.ok(!isOurs({ language, path, beginning }), path);
  }
});
