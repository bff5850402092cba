import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseClientEnv, parseDaemonArgs, VARIABLES, type Environment, type Variable } from '../../src/config/index.ts';
import { createSecretResolver } from '../../src/security/secret-resolver.ts';
import { clientFiles } from '../../src/setup/index.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { ORIGINAL_PATTERNS, ORIGINAL_VARIABLES } from './original-variables.ts';
import { PENDING } from './pending.ts';
import { WAITING_FOR } from './waiting-for.ts';

const table: readonly Variable[] = VARIABLES;
const wanted = [...ORIGINAL_VARIABLES, ...ORIGINAL_PATTERNS].filter((name) => !WAITING_FOR.variables.includes(name));
const isPending = (name: string) => PENDING.variables.includes(name);

it('there are 39 and two patterns, and what is pending is among them', () => {
  expect(new Set(ORIGINAL_VARIABLES).size).toBe(39);
  expect(PENDING.variables.filter((name) => !(wanted as string[]).includes(name))).toEqual([]);
});

it('each stands in the table of variables, marked where it is pending', () => {
  const standing = wanted.map((name) => [name, table.find((entry) => entry.name === name)?.pending ?? false]);
  expect(standing).toEqual(wanted.map((name) => [name, isPending(name)]));
  expect(WAITING_FOR.variables.filter((name) => table.some((entry) => entry.name === name))).toEqual([]);
});

/** What is read with these variables alone: by clarityd, by clarityctl, behind references to secrets, and where clients keep their files. */
async function read(env: Environment): Promise<unknown> {
  const command = parseDaemonArgs([], env, '/', '0');
  if (command.kind !== 'run') return command;
  const { env: _copy, ...config } = command.config;
  const { resolve } = createSecretResolver({ env, secretsRoot: '/', learn: () => undefined });
  const refs = ['probe', ...['OPENAI', 'ANTHROPIC'].flatMap((who) => [`env:${who}_API_KEY`, `env:${who}_BASE_URL`])];
  const secrets = await Promise.allSettled([...refs, 'env:PROBE'].map(resolve));
  const [clients] = await Promise.allSettled([(async () => clientFiles(env))()]);
  return { config, secrets, clients, client: parseClientEnv(env), warnings: command.warnings };
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

describe('a variable that is served changes what is read, and a pending one only warns', () => {
  it.each(wanted)('%s', async (name) => {
    const before = (await read({})) as { warnings: string[] };
    const real = name.replace('<NAME>', 'PROBE');
    const after = (await read({ [real]: probeFor(name) })) as { warnings: string[] };
    if (!isPending(name)) return expect(after).not.toEqual(before);
    const warning = `${name} is set and has no effect yet: it comes with the agents`;
    expect(after).toEqual({ ...before, warnings: [...before.warnings, warning] });
  });
});
