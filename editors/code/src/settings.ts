// The settings of the server, as it is told them.

/** What is set in the editor. Unset is what has the default of the server. */
export interface Settings {
  config?: string;
  select?: string[];
  ignore?: string[];
  problems?: boolean;
  unknown?: boolean;
  inlayHints?: boolean;
}

/** Reads the settings by a function that gives the value of a name. */
export function readSettings(get: (name: string) => unknown): Settings {
  const settings: Settings = {};
  const config = get('config');
  if (typeof config === 'string' && config.trim() !== '') {
    settings.config = config;
  }
  for (const name of ['select', 'ignore'] as const) {
    const value = get(name);
    if (Array.isArray(value)) {
      settings[name] = value.filter((one) => typeof one === 'string');
    }
  }
  for (const name of ['problems', 'unknown', 'inlayHints'] as const) {
    const value = get(name);
    if (typeof value === 'boolean') {
      settings[name] = value;
    }
  }
  return settings;
}
