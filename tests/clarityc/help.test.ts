import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/clarityc/commands/index.ts';
import { renderCompilerReference } from '../../src/clarityc/reference.ts';
import { clarityc } from '../helpers/run-clarityc.ts';

const names = COMMANDS.map(({ name }) => name);

describe('help', () => {
  it.each(names)('%s --help tells what it does and how to type it', async (name) => {
    const { code, stdout, stderr } = await clarityc([name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: clarityc ${name}`));
    expect(stdout).toContain('\nExamples:\n');
    expect(stdout).toContain('--no-color');
  });

  it('lists every command in its group', async () => {
    const { stdout } = await clarityc(['--help']);
    for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    expect(stdout).toContain('\nBuild:\n');
  });

  it('gives examples of commands that exist, one of them its own', () => {
    for (const { name, examples } of COMMANDS) {
      const used = examples.map((example) => /(?:^|\| )clarityc ([a-z]+)/.exec(example)?.[1]);
      expect(names).toEqual(expect.arrayContaining(used));
      expect(used).toContain(name);
    }
  });

  it.each([['nothing'], ['compile', '--nothing'], ['compile', '--format', 'xml'], ['run', '-a']])(
    'a usage error ends with 2: %s %s',
    async (...argv) => {
      const { code, stdout, stderr } = await clarityc(argv);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: /);
    },
  );

  it('docs/reference/clarityc.md is what the program says', async () => {
    await expect(renderCompilerReference()).toMatchFileSnapshot('../../docs/reference/clarityc.md');
  });
});
