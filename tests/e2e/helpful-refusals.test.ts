import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { resolve } from 'node:path';

const SERVER = resolve(import.meta.dirname, '../../examples/hello-server/server.mjs');
const manifest = (name: string, args: readonly string[], spec = '') => `\
apiVersion: clarity.runtime/v1
kind: MCPService
metadata: { name: ${name} }
spec:
  ${spec === '' ? 'enabled: true' : spec}
  origin: { type: local_stdio, command: node, args: ${JSON.stringify(args)} }
`;

let workspace: Workspace;
let daemon: Daemon;
beforeAll(async () => {
  workspace = await Workspace.create({
    'services.d/hello.yaml': manifest('hello', [SERVER]),
    'services.d/idle.yaml': manifest('idle', [SERVER], 'enabled: false'),
    'services.d/crashing.yaml': manifest(
      'crashing',
      ['-e', 'console.error("no key"); process.exit(3)'],
      'restartPolicy: { mode: on-failure, maxRestarts: 50 }',
    ),
  });
  daemon = await workspace.daemon();
  await daemon.ctl('wait', 'hello');
}, 60_000);
afterAll(() => workspace.dispose());

describe('a refusal says what to do', () => {
  it.each([
    ['describe', 'helo'],
    ['logs', 'helo'],
    ['call', 'helo', 'now'],
    ['wait', 'helo'],
    ['stop', 'helo'],
    ['get', 'service', 'helo'],
  ])('%s %s: names the service that was meant', async (...argv) => {
    const { code, stderr } = await daemon.ctl(...argv);
    expect(stderr).toContain('did you mean "hello"?');
    expect(code).toBe(1);
  });

  it('get with a kind that is misspelt names the kind', async () => {
    expect((await daemon.ctl('get', 'serivces')).stderr).toContain('did you mean "services"?');
  });

  it('call of a tool that is not there names the one that was meant, or those that are', async () => {
    const near = await daemon.ctl('call', 'hello', 'word_cout');
    expect(near).toMatchObject({ code: 1, stdout: '' });
    expect(near.stderr).toContain('Unknown tool: word_cout');
    expect(near.stderr).toContain('Did you mean word_count?');
    expect((await daemon.ctl('call', 'hello', 'x')).stderr).toContain('word_count, slugify, now, roll_dice');
  });

  it('call of a service that does not run says why, and how to start it', async () => {
    const { code, stderr } = await daemon.ctl('call', 'idle', 'now');
    expect(code).toBe(1);
    expect(stderr).toContain('service idle does not run: Stopped: spec.enabled is false');
    expect(stderr).toContain('clarityctl start idle');
  });

  it('wait that runs out of time says how the service is', async () => {
    // Between two attempts, that is: each time it is started anew, it is Progressing for a moment.
    const wait = () => daemon.ctl('wait', 'crashing', '--timeout', '200ms');
    await expect
      .poll(wait)
      .toMatchObject({ code: 1, stderr: expect.stringMatching(/not within 0.2s; CrashLoopBackOff: .*no key/) });
  });
});
