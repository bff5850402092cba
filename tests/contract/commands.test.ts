import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.ts';
import { parseDaemonArgs } from '../../src/config/index.ts';
import { ORIGINAL_COMMANDS, ORIGINAL_DAEMON_FLAGS, ORIGINAL_GLOBAL_FLAGS } from './original-commands.ts';
import { PENDING } from './pending.ts';
import { WAITING_FOR } from './waiting-for.ts';

const program = buildProgram(
  '',
  { execute: () => Promise.resolve() },
  { writeOut: () => undefined, writeErr: () => undefined, helpWidth: 100 },
);

const find = (name: string): Command | undefined =>
  name.split(' ').reduce<Command | undefined>((at, word) => at?.commands.find((each) => each.name() === word), program);
const longFlags = (command: Command) => command.options.map(({ long }) => long);

describe('clarityctl', () => {
  it('has 23 commands with 37 distinct flags to be found', () => {
    expect(Object.keys(ORIGINAL_COMMANDS)).toHaveLength(23);
    const flags = Object.values(ORIGINAL_COMMANDS).flatMap((command) => command.flags);
    expect(new Set([...flags, ...ORIGINAL_GLOBAL_FLAGS]).size).toBe(37);
  });

  it('knows the global flags', () => {
    expect(longFlags(program)).toEqual(expect.arrayContaining([...ORIGINAL_GLOBAL_FLAGS]));
  });

  it.each(Object.entries(ORIGINAL_COMMANDS))('%s is there with its operands and flags', (name, { operands, flags }) => {
    const command = find(name);
    if (PENDING.commands.includes(name) || WAITING_FOR.commands.includes(name)) return expect(command).toBeUndefined();
    if (command === undefined) return expect.unreachable(`${name} is neither there nor pending`);
    expect(command.registeredArguments.length).toBeGreaterThanOrEqual(operands);
    expect(longFlags(command)).toEqual(expect.arrayContaining([...flags]));
  });
});

it('clarityd has its flags', () => {
  const help = parseDaemonArgs(['--help'], {}, '/', '0');
  for (const flag of ORIGINAL_DAEMON_FLAGS) expect(help.kind === 'print' && help.text).toContain(flag);
});
