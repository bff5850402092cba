import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addArguments } from '../../src/clarityc/add-arguments.ts';
import { clarityc, sourceFolder } from '../helpers/run-clarityc.ts';
import { testApi } from '../helpers/test-api.ts';

const GOOD = 'module Main\nexport function hello() -> String { "hello" }\n';
const ASKS = 'module Main\neffect[HumanInLoop] function ask() -> String { hitl_ask("k", "why?") }\n';

/** A clarityctl that writes down how it was called, and ends with `code`. */
function recorder(cwd: string, code = 0): { env: Record<string, string>; call: () => any } {
  const file = join(cwd, 'clarityctl.mjs');
  const call = join(cwd, 'call.json');
  writeFileSync(
    file,
    `#!${process.execPath}
import { writeFileSync } from 'node:fs';
const { CLARITYD_AUTH_TOKEN: token, CLARITYC_BIN: compiler } = process.env;
writeFileSync(${JSON.stringify(call)}, JSON.stringify({ argv: process.argv.slice(2), token, compiler }));
console.log('{"ok":true}');
process.exitCode = ${String(code)};
`,
  );
  chmodSync(file, 0o755);
  const env = { CLARITYCTL_BIN: file, CLARITYC_BIN: '/opt/clarityc', PATH: process.env.PATH! };
  return { env, call: () => JSON.parse(readFileSync(call, 'utf8')) };
}

describe('start', () => {
  it('calls the clarityctl of CLARITYCTL_BIN with add, the file and what clarity.json says', async () => {
    const cwd = sourceFolder({
      'main.clarity': GOOD,
      'clarity.json': '{"name":"Greeter","module":"Greet","entry":"main.clarity"}',
    });
    const { env, call } = recorder(cwd);
    const argv = ['start', '-o', 'g.wasm', '--daemon-url', 'http://127.0.0.1:1', '--auth-token', 'secret'];
    expect(await clarityc(argv, { cwd, env })).toEqual({ code: 0, stdout: '{"ok":true}\n', stderr: '' });
    expect(call()).toEqual({
      argv: '--daemon-url http://127.0.0.1:1 add main.clarity --name Greeter --module Greet --wasm g.wasm --service-type mcp'.split(
        ' ',
      ),
      token: 'secret',
      compiler: '/opt/clarityc',
    });
  });

  it('reads the clarity.json beside the file, and ends with the code of clarityctl', async () => {
    const cwd = sourceFolder({ 'sub/a.clarity': ASKS, 'sub/clarity.json': '{"name":"A"}', 'clarity.json': 'broken' });
    const { env, call } = recorder(cwd, 1);
    expect((await clarityc(['start', 'sub/a.clarity'], { cwd, env })).code).toBe(1);
    expect(call().argv).toEqual(['add', 'sub/a.clarity', '--name', 'A', '--service-type', 'mcp', '--agent-hitl']);
  });

  it('stops at a program with errors, and at a clarity.json that is wrong', async () => {
    const bad = sourceFolder({ 'main.clarity': 'module Main\nfunction f() -> Int64 { "x" }\n' });
    expect((await clarityc(['start'], { cwd: bad, env: recorder(bad).env })).code).toBe(1);
    const wrong = sourceFolder({ 'main.clarity': GOOD, 'clarity.json': '{"service_type":"agent"}' });
    const { code, stderr } = await clarityc(['start'], { cwd: wrong, env: recorder(wrong).env });
    expect(code).toBe(2);
    expect(stderr).toMatch(/clarity\.json: agent is required/);
  });

  it('calls our own add where nothing else is named: agents too, and programs that ask people', async () => {
    const agent = { role: 'Clerk', objective: 'Sorts letters.' };
    const project = { name: 'Letter clerk', entry: 'main.clarity', service_type: 'agent', agent };
    const cwd = sourceFolder({ 'main.clarity': ASKS, 'clarity.json': JSON.stringify(project) });
    const api = await testApi();
    const { code, stdout, stderr } = await clarityc(['start', '--daemon-url', await api.listen()], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, name: 'letter-clerk', ready: 'True', grants: { hitl: true } });
    const { manifest } = api.runtime.get('letter-clerk').desired;
    expect(manifest.metadata.agent).toMatchObject({ ...agent, triggers: ['api'], hitl: true, agentId: 'letter_clerk' });
  });

  it('says where CLARITYCTL_BIN points at nothing', async () => {
    const cwd = sourceFolder({ 'main.clarity': GOOD });
    const { code, stderr } = await clarityc(['start'], { cwd, env: { CLARITYCTL_BIN: '/nowhere/clarityctl' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/\/nowhere\/clarityctl/);
  });
});

describe('the arguments of add', () => {
  const agent = { role: 'Clerk', objective: 'Sorts letters.' };

  it.each([
    ['no clarity.json', undefined, []],
    ['an mcp service', { service_type: 'mcp' as const }, ['--service-type', 'mcp']],
    [
      'an agent, which answers the API where it says no trigger',
      { service_type: 'agent' as const, agent },
      '--service-type agent --agent-role Clerk --agent-objective Sorts_letters. --agent-triggers api'.split(' '),
    ],
    [
      'all that an agent may say',
      {
        service_type: 'agent' as const,
        agent: {
          ...agent,
          id: 'a',
          name: 'n',
          version: '2',
          triggers: ['timer', 'api'],
          inputs: ['x', 'y'],
          outputs: [],
          mcp_tools: ['t'],
          llm_providers: ['openai'],
          handoff_targets: ['h'],
          depends_on: ['d'],
          hitl: true,
        },
      },
      (
        '--service-type agent --agent-id a --agent-name n --agent-role Clerk --agent-objective Sorts_letters. ' +
        '--agent-triggers timer,api --agent-inputs x,y --agent-mcp-tools t --agent-llm-providers openai ' +
        '--agent-handoff-targets h --agent-depends-on d --agent-version 2 --agent-hitl'
      ).split(' '),
    ],
  ])('of %s', (_, project, expected) => {
    const flags = expected.map((word) => word.replace('_', ' '));
    expect(addArguments('a.clarity', project, { asksPeople: false })).toEqual(['add', 'a.clarity', ...flags]);
  });
});
