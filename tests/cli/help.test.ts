import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { renderCliReference } from '../../src/cli/reference.ts';
import { cli } from '../helpers/run-cli.ts';

const names = COMMANDS.map(({ name }) => name);

describe('help', () => {
  it.each(names)('%s --help tells what it does and how to type it', async (name) => {
    const { code, stdout, stderr } = await cli([...name.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: clarityctl ${name}`));
    expect(stdout).toContain('\nExamples:\n');
    expect(stdout).toContain('--daemon-url');
  });

  it('lists every command in its group', async () => {
    const { stdout } = await cli(['--help']);
    for (const name of names.map((typed) => typed.split(' ')[0]))
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    expect(stdout).toContain('\nDesired state:\n');
  });

  it('gives examples of commands that exist, one of them its own', () => {
    for (const { name, examples } of COMMANDS) {
      const used = examples.map((example) => {
        const typed = /(?:^|\| )clarityctl (.*)/.exec(example)?.[1] ?? '';
        return names.find((each) => `${typed} `.startsWith(`${each} `));
      });
      expect(names).toEqual(expect.arrayContaining(used));
      expect(used).toContain(name);
    }
  });

  it('docs/reference/cli.md is what the program says', async () => {
    await expect(renderCliReference()).toMatchFileSnapshot('../../docs/reference/cli.md');
  });
});
