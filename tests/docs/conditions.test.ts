import { describe, expect, it } from 'vitest';
import { REASONS } from '../../src/reconcile/reasons.ts';
import type { ConditionType } from '../../src/shared/condition.ts';

/** What True means. */
const CONDITIONS: Record<ConditionType, string> = {
  Ready: 'The service runs, answered its handshake, and its interface is served.',
  Synced: 'The manifest on disk is the one that is in force.',
  Healthy: 'It answered its last probe.',
  Reconciling: 'The daemon is at work on it; the message says what it does.',
  Stalled: 'A person is needed; the daemon does not try again by itself, or only rarely.',
};

const HEAD = `# Conditions and their reasons

\`clarityctl describe NAME\` shows the conditions of a service, in the shape that Kubernetes gave them. The last two are there only while they hold.

| Condition | True means |
|---|---|
${Object.entries(CONDITIONS)
  .map(([type, meaning]) => `| \`${type}\` | ${meaning} |\n`)
  .join('')}
Each condition, plan and event carries one of these reasons.

Generated from \`src/reconcile/reasons.ts\`; \`npx vitest run tests/docs -u\` writes it anew.

| Reason | Meaning | What to do |
|---|---|---|
`;

describe('docs/reference/conditions.md', () => {
  it('is the catalogue of reasons', async () => {
    const rows = Object.entries(REASONS).map(
      ([reason, { meaning, todo }]) => `| \`${reason}\` | ${meaning} | ${todo} |\n`,
    );
    await expect(HEAD + rows.join('')).toMatchFileSnapshot('../../docs/reference/conditions.md');
  });

  it.each(Object.entries(REASONS))('%s says in whole sentences what it means and what to do', (reason, entry) => {
    expect(reason).toMatch(/^[A-Z][A-Za-z]+$/);
    for (const text of [entry.meaning, entry.todo]) expect(text).toMatch(/^([A-Z`]|spec\.).*\.$/s);
    expect(entry.meaning + entry.todo).not.toContain('|');
  });
});
