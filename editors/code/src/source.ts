// Where in rendered manifests those of a template begin.

const SOURCE = '# Source: ';

/** The line, from zero, of the first manifest that a template gives; the first line where there is none. */
export function lineOf(rendered: string, template: string): number {
  const line = rendered.split('\n').findIndex((line) => {
    // The name begins with that of the chart, which need not be that of its folder.
    const name = line.startsWith(SOURCE) ? line.slice(SOURCE.length).trimEnd() : '';
    const inChart = name.indexOf('/');
    return inChart >= 0 && template.endsWith(name.slice(inChart));
  });
  return Math.max(line, 0);
}
