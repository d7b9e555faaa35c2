// Checks as the program lists them, and the page of one.

/** A check as `scantling checks list -o json` prints it. */
export interface Check {
  id: string;
  title: string;
  severity: string;
  why: string;
  remedy: string;
  references: string[];
  controls: { framework: string; ids: string[] }[];
}

/** The explanation of a check in Markdown, as its texts are. */
export function page(check: Check): string {
  const parts = [
    `# ${check.title}`,
    `\`${check.id}\` · ${check.severity}`,
    '## Why',
    check.why,
    '## What to do',
    check.remedy,
  ];
  if (check.controls.length > 0) {
    const controls = check.controls.map(({ framework, ids }) => `- ${framework}: ${ids.join(', ')}`);
    parts.push('## Controls', controls.join('\n'));
  }
  if (check.references.length > 0) {
    parts.push('## Read more', check.references.map((url) => `- <${url}>`).join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** All checks, those with the given names first, each group by its names. */
export function sorted(checks: Check[], first: string[]): Check[] {
  const rank = (check: Check) => (first.includes(check.id) ? 0 : 1);
  return checks.toSorted((one, two) => rank(one) - rank(two) || one.id.localeCompare(two.id));
}
