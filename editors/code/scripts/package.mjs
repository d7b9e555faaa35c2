// Packages the extension with a server: npm run package -- TARGET BINARY
// TARGET is a platform as vsce names it, such as linux-x64.
import { createVSIX } from '@vscode/vsce';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [target, binary] = process.argv.slice(2);
if (target === undefined || binary === undefined) {
  console.error('usage: npm run package -- TARGET BINARY, such as linux-x64 ../../target/release/scantling');
  process.exit(2);
}

// npm starts scripts in the folder of the package; paths are meant from where the user is.
const server = resolve(process.env.INIT_CWD ?? '.', binary);
process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const packagePath = `scantling-${target}-${version}.vsix`;

rmSync('server', { recursive: true, force: true });
mkdirSync('server');
const program = target.startsWith('win32') ? 'server/scantling.exe' : 'server/scantling';
copyFileSync(server, program);
chmodSync(program, 0o755);
copyFileSync('../../LICENSE', 'LICENSE');
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
await createVSIX({
  target,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
