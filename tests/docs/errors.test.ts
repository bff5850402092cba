import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../src/shared/errors.ts';

const HEAD = `# Errors

Every error of our own carries one of these codes: in the \`code\` of an API answer, in the log, and in what \`clarityctl\` prints.
*Retried* says whether a reconcile tries again by itself for the same manifest.
Errors that cross the MCP endpoint are JSON-RPC numbers and another family: an upstream's own number, message and data pass as they came.

Generated from \`src/shared/errors.ts\`; \`npx vitest run tests/docs -u\` writes it anew.

| Code | HTTP | Retried | Meaning | What to do |
|---|---|---|---|---|
`;

describe('docs/reference/errors.md', () => {
  it('is the catalogue of error codes', async () => {
    const rows = Object.entries(ERRORS).map(
      ([code, { http, terminal, meaning, todo }]) =>
        `| \`${code}\` | ${String(http)} | ${terminal ? 'no' : 'yes'} | ${meaning} | ${todo} |\n`,
    );
    await expect(HEAD + rows.join('')).toMatchFileSnapshot('../../docs/reference/errors.md');
  });

  it.each(Object.entries(ERRORS))('%s says in whole sentences what it means and what to do', (code, entry) => {
    expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
    for (const text of [entry.meaning, entry.todo]) expect(text).toMatch(/^[A-Z].*\.$/s);
    expect(entry.meaning + entry.todo).not.toContain('|');
  });
});
