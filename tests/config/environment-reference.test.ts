import { describe, expect, it } from 'vitest';
import { VARIABLES, type Variable } from '../../src/config/index.ts';

const HEAD = `# Environment

Every variable that \`clarityd\`, \`clarityctl\` and \`clarityc\` read. A flag comes before its variable, a manifest's own value before both;
an empty variable counts as not set; a list is separated by commas.

Generated from \`src/config/variables.ts\`; \`npx vitest run tests/config -u\` writes it anew.

| Variable | Flag of clarityd | Default | Read by | Meaning |
|---|---|---|---|---|
`;

function row({ name, flag, list, choices, default: value, pending, readBy, meaning }: Variable): string {
  const notes = [choices?.join(', '), list && 'a list', pending && '*pending*: no effect yet']
    .filter(Boolean)
    .join('; ');
  const cells = [
    `\`${name}\``,
    flag === undefined ? '' : `\`${flag}\``,
    value === undefined ? '' : `\`${value}\``,
    readBy.join(', '),
    `${meaning}${notes === '' ? '' : ` (${notes})`}`,
  ];
  return `| ${cells.join(' | ')} |\n`;
}

describe('docs/reference/environment.md', () => {
  it('is the table of variables', async () => {
    const rows = (VARIABLES as readonly Variable[]).map(row);
    await expect(HEAD + rows.join('')).toMatchFileSnapshot('../../docs/reference/environment.md');
  });

  it('names each variable once and says in a sentence what it is for', () => {
    const names = VARIABLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { meaning } of VARIABLES) expect(meaning).toMatch(/^[A-Z][^|]*\.$/);
  });
});
