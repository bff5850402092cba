import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseClientEnv, parseDaemonArgs, VARIABLES, type Environment, type Variable } from '../../src/config/index.ts';
import { createSecretResolver } from '../../src/security/secret-resolver.ts';
import { clientFiles } from '../../src/setup/index.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { ORIGINAL_PATTERNS, ORIGINAL_VARIABLES, RETIRED } from './original-variables.ts';
import { PENDING } from './pending.ts';

const table: readonly Variable[] = VARIABLES;
const wanted = [...ORIGINAL_VARIABLES, ...ORIGINAL_PATTERNS];
const isPending = (name: string) => PENDING.variables.includes(name);

it('there are 39 and two patterns, and what is pending is among them', () => {
  expect(new Set(ORIGINAL_VARIABLES).size).toBe(39);
  expect(PENDING.variables.filter((name) => !(wanted as string[]).includes(name))).toEqual([]);
});

const expected = (name: string) => (isPending(name) ? 'pending' : RETIRED.includes(name) ? 'retired' : 'served');
const standing = (name: string) => {
  const entry = table.find((each) => each.name === name);
  return entry === undefined ? 'absent' : (entry.unused ?? 'served');
};

it('each stands in the table of variables, marked where it is pending', () => {
  expect(wanted.map((name) => [name, standing(name)])).toEqual(wanted.map((name) => [name, expected(name)]));
});

/** What is read with these variables alone: by clarityd, by clarityctl, behind references to secrets, and of clients' files. */
async function read(env: Environment): Promise<unknown> {
  const command = parseDaemonArgs([], env, '/', '0');
  if (command.kind !== 'run') return command;
  const { env: _copy, ...config } = command.config;
  const { resolve } = createSecretResolver({ env, secretsRoot: '/', learn: () => undefined });
  const refs = ['probe', ...['OPENAI', 'ANTHROPIC'].flatMap((who) => [`env:${who}_API_KEY`, `env:${who}_BASE_URL`])];
  const secrets = await Promise.allSettled([...refs, 'env:PROBE'].map(resolve));
  const files = env.HOME === undefined ? undefined : clientFiles(env);
  return { config, secrets, files, client: parseClientEnv(env), warnings: command.warnings };
}

/** A value for each that is no default. */
function probeFor(name: string): string {
  if (name.endsWith('_FILE')) {
    const file = join(tempFolder(), 'key');
    writeFileSync(file, 'probe-key\n');
    return file;
  }
  if (name.endsWith('_URL')) return 'http://127.0.0.1:1';
  if (name === 'CLARITY_ENABLE_MCP_PROVISIONING') return 'yes';
  if (name === 'CLARITY_AUDIT_INCLUDE_LIFECYCLE') return 'off';
  if (name === 'CLARITY_HITL_CHAT_MODE') return 'echo';
  if (name === 'CLARITY_REMOTE_RETRY_MAX') return '7';
  return name.endsWith('_ERROR_RATE')
    ? '0.5'
    : /_MS|_BYTES|_SECS|_SECONDS|_CALLS|_CONCURRENCY|_MAX/.test(name)
      ? '1234'
      : 'probe';
}

describe('a variable that is served changes what is read, any other only warns', () => {
  it.each(wanted)('%s', async (name) => {
    const before = (await read({})) as { warnings: string[] };
    const real = name.replace('<NAME>', 'PROBE');
    const after = (await read({ [real]: probeFor(name) })) as { warnings: string[] };
    if (expected(name) === 'served') return expect(after).not.toEqual(before);
    const when = isPending(name) ? 'yet: it comes with the agents' : 'any more: see docs/reference/environment.md';
    const warning = `${name} is set and has no effect ${when}`;
    expect(after).toEqual({ ...before, warnings: [...before.warnings, warning] });
  });
});
