// Where the program is that serves: the one that the user names, else the one in the package, else the one on the path.
import { constants, accessSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where to look. */
export interface Places {
  /** The setting `scantling.path`; empty where the user names none. */
  setting: string;
  /** The folder of the extension. */
  extension: string;
  /** The variable `PATH`. */
  path: string;
}

/** A program, or the reason why there is none. */
export type Server = { program: string } | { missing: string };

const NAME = process.platform === 'win32' ? 'scantling.exe' : 'scantling';

/** Finds the program. What the user names is never replaced by another. */
export function findServer(places: Places): Server {
  const setting = places.setting.trim();
  if (setting !== '') {
    return named(setting);
  }
  const candidates = [join(places.extension, 'server', NAME), ...onPath(places.path)];
  const program = candidates.find(isProgram);
  if (program !== undefined) {
    return { program };
  }
  return {
    missing:
      'There is no program `scantling`: none comes with this package, and none is on the PATH. ' +
      'Install it, or say in the setting `scantling.path` where it is.',
  };
}

function named(setting: string): Server {
  const program = setting.replace(/^~(?=[/\\])/, homedir());
  if (!isAbsolute(program)) {
    return { missing: `The setting \`scantling.path\` is no absolute path: ${setting}` };
  }
  if (!isProgram(program)) {
    return { missing: `The setting \`scantling.path\` names no program that can be started: ${program}` };
  }
  return { program };
}

/** Folders of the path that are relative are left out: they would be looked for in the workspace, which may be anybody's. */
function onPath(path: string): string[] {
  const folders = path.split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, NAME));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
