// Bundles the extension into dist/, or with `tests` the unit tests into dist/tests/.
import { build } from 'esbuild';
import { readdirSync } from 'node:fs';

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
};

const extension = {
  ...common,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  external: ['vscode'],
  minify: true,
  legalComments: 'none',
};

const tests = {
  ...common,
  entryPoints: readdirSync('test/unit').map((file) => `test/unit/${file}`),
  outdir: 'dist/tests',
};

await build(process.argv[2] === 'tests' ? tests : extension);
