import { describe, expect, it } from 'vitest';
import type { ServiceStatus } from '../../src/reconcile/ports.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

async function setting(status: Partial<ServiceStatus> = {}) {
  const api = await testApi();
  api.runtime.add(TEXT, { status });
  const url = await api.listen();
  return { api, on: (argv: readonly string[], terminal = false) => cli(['--daemon-url', url, ...argv], { terminal }) };
}

const stalled: Partial<ServiceStatus> = {
  health: 'Degraded',
  lifecycle: 'CRASHED',
  conditions: [
    {
      type: 'Stalled',
      status: 'True',
      reason: 'CommandNotFound',
      message: 'there is no nope',
      lastTransitionTime: '2026-01-01T00:00:00.000Z',
      observedGeneration: 3,
    },
  ],
};

const braked: Partial<ServiceStatus> = {
  conditions: [
    {
      type: 'Synced',
      status: 'False',
      reason: 'PruneBlocked',
      message: 'too many vanished',
      lastTransitionTime: '2026-01-01T00:00:00.000Z',
      observedGeneration: 1,
    },
  ],
};

describe('verbs', () => {
  it.each([
    ['start', 'started', {}],
    ['restart', 'restarted', {}],
    ['stop', 'stopped', { lifecycle: 'STOPPED' }],
    ['suspend', 'suspended', { health: 'Suspended' }],
    ['resume', 'resumed', {}],
    ['unquarantine', 'unquarantined', {}],
  ] satisfies [string, string, Partial<ServiceStatus>][])(
    '%s asks the runtime and says that it is %s',
    async (verb, done, status) => {
      const { api, on } = await setting(status);
      expect(await on([verb, 'files'], true)).toEqual({ code: 0, stdout: `service/files ${done}\n`, stderr: '' });
      expect(api.runtime.asked[0]).toEqual(['command', 'files', verb]);
    },
  );

  it.each(['start', 'restart'])('%s of a service that cannot: 1 and why', async (verb) => {
    const { on } = await setting(stalled);
    const { code, stdout, stderr } = await on([verb, 'files'], true);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('CommandNotFound: there is no nope');
  });

  it.each(['start', 'stop', 'restart'])('%s prints the original’s JSON in a pipe', async (verb) => {
    const { on } = await setting(verb === 'stop' ? { lifecycle: 'STOPPED' } : {});
    expect(JSON.parse((await on([verb, 'files'])).stdout)).toMatchObject({ service: { runtime: {}, manifest: {} } });
  });

  it('--timeout 0s does not wait for the outcome', async () => {
    const { on } = await setting(stalled);
    expect((await on(['start', 'files', '--timeout', '0s'], true)).code).toBe(0);
  });

  it('a service of a source that cannot be written: 1 and the patch', async () => {
    const { api, on } = await setting();
    api.runtime.failure = new ClarityError('Conflict', 'services of a git source are changed by a commit', {
      data: { patch: '-a\n+b' },
    });
    const { code, stderr } = await on(['stop', 'files']);
    expect(code).toBe(1);
    expect(stderr).toContain('changed by a commit\n-a\n+b');
  });
});

describe('wait', () => {
  it.each([
    [[], { kind: 'ready' }, 30_000],
    [['--for=stopped', '--timeout', '2m'], { kind: 'stopped' }, 120_000],
    [['--for', 'delete'], { kind: 'delete' }, 30_000],
    [['--for=condition=Healthy'], { kind: 'condition', type: 'Healthy', status: 'True' }, 30_000],
    [['--for=condition=Ready=false'], { kind: 'condition', type: 'Ready', status: 'False' }, 30_000],
  ])('%j', async (argv, what, timeoutMs) => {
    const { api, on } = await setting();
    expect((await on(['wait', 'files', ...argv])).code).toBe(0);
    expect(api.runtime.asked).toEqual([['waitFor', 'files', what, timeoutMs]]);
  });

  it('1 and why where it is not met', async () => {
    const { api, on } = await setting();
    api.runtime.waitFor = () => Promise.resolve({ met: false, why: 'Stalled: CommandNotFound' });
    expect(await on(['wait', 'files'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'service/files condition not met: Stalled: CommandNotFound\n',
    });
  });
});

describe('wait, meanwhile,', () => {
  it('tells on stderr why it goes on, and nothing else', async () => {
    const api = await testApi();
    api.runtime.emit({ identity: 'files', level: 'error', message: 'of before' });
    let end: (verdict: { met: boolean; why: string }) => void = () => undefined;
    api.runtime.waitFor = () => new Promise((resolve) => (end = resolve));
    const onErrorOutput = (text: string) =>
      text.includes('failed 5') && end({ met: false, why: 'CrashLoop: failed 5 times' });
    const waiting = cli(['--daemon-url', await api.listen(), 'wait', 'files'], { onErrorOutput });
    await expect.poll(() => api.runtime.listening).toBe(1);
    api.runtime.emit({ identity: 'files', level: 'info', message: 'starting' });
    const message = 'ended with code 1; failure 1 in a row\nall its words';
    api.runtime.emit({ identity: 'files', level: 'warn', reason: 'CrashLoopBackOff', message });
    api.runtime.emit({ identity: 'files', level: 'error', reason: 'CrashLoop', message: 'failed 5 times' });
    expect((await waiting).stderr.split('\n')).toEqual([
      'service/files CrashLoopBackOff: ended with code 1; failure 1 in a row',
      'service/files CrashLoop: failed 5 times',
      'service/files condition not met: CrashLoop: failed 5 times',
      '',
    ]);
    await expect.poll(() => api.runtime.listening).toBe(0);
  });
});

describe('delete and remove', () => {
  it('takes documents away, policies too', async () => {
    const { api, on } = await setting();
    const { code, stdout } = await on(['delete', 'service/files', 'policy/strict', '--force-conflicts']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'service/files deleted\npolicy/strict deleted\n' });
    expect(api.runtime.asked.filter(([method]) => method !== 'waitFor')).toEqual([
      ['remove', 'files', { force: true }],
      ['removePolicy', 'strict', { force: true }],
    ]);
  });

  it('what is not there: 1, or 0 with --ignore-not-found', async () => {
    const { on } = await setting();
    expect(await on(['delete', 'ghost', 'files'])).toEqual({
      code: 1,
      stdout: 'service/files deleted\n',
      stderr: expect.stringContaining('there is no service "ghost"') as string,
    });
    expect((await on(['delete', 'ghost', '--ignore-not-found'])).code).toBe(0);
  });

  it('a conflict is told with its patch and stops no other', async () => {
    const { api, on } = await setting();
    api.runtime.add(TEXT.replace('name: files', 'name: other'));
    api.runtime.failure = new ClarityError('Conflict', 'a person wrote it', { data: { patch: '-a' } });
    const { code, stdout, stderr } = await on(['delete', 'files', 'other']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'service/other deleted\n' });
    expect(stderr).toMatch(/a person wrote it\n-a\n.*--force-conflicts/);
  });

  it('remove prints the original’s JSON in a pipe', async () => {
    const { on } = await setting();
    expect(JSON.parse((await on(['remove', 'files', '--cleanup-artifacts'])).stdout)).toMatchObject({
      removed: true,
      name: 'files',
    });
  });
});

describe('prune', () => {
  it('confirms a revision', async () => {
    const { api, on } = await setting();
    const { code, stdout } = await on(['prune', '--confirm', 'dir@sha256:1']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'prune of dir@sha256:1 confirmed\n' });
    expect(api.runtime.asked).toEqual([['confirmPrune', 'dir@sha256:1']]);
  });

  it('without one lists what waits, with the revision to confirm: 0', async () => {
    const { api, on } = await setting(braked);
    api.runtime.add(TEXT.replace('name: files', 'name: other'), { status: braked });
    api.runtime.add(TEXT.replace('name: files', 'name: fine'));
    const { code, stdout } = await on(['prune']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'services: 2 services without a manifest run on: files, other\n' +
        'to have them stopped: clarityctl prune --confirm dir@sha256:1\n',
    });
    expect(JSON.parse((await on(['prune', '-o', 'json'])).stdout)).toEqual({
      items: [{ source: 'services', revision: 'dir@sha256:1', services: ['files', 'other'] }],
    });
    expect(api.runtime.asked).toEqual([]);
  });

  it('says that nothing waits: 0', async () => {
    const { on } = await setting();
    const said = { code: 0, stdout: '', stderr: 'Nothing waits for a confirmation.\n' };
    expect(await on(['prune'])).toEqual(said);
  });
});

describe('reconcile and introspect', () => {
  it('reconcile asks for one or for all', async () => {
    const { api, on } = await setting();
    expect((await on(['reconcile', 'files', '--reset'])).stdout).toBe('service/files reconciled\n');
    expect((await on(['reconcile', '--with-source'])).stdout).toBe('all services reconciled\n');
    expect(api.runtime.asked.filter(([method]) => method === 'reconcile')).toEqual([
      ['reconcile', 'files', { withSource: false, reset: true }],
      ['reconcile', undefined, { withSource: true, reset: false }],
    ]);
  });

  it('introspect counts on a terminal and prints the interface in a pipe', async () => {
    const { on } = await setting();
    expect((await on(['introspect', 'files'], true)).stdout).toBe('service/files: 1 tools, 0 resources, 0 prompts\n');
    expect(JSON.parse((await on(['introspect', 'files'])).stdout)).toMatchObject({
      interface: { tools: [{ name: 'read' }] },
    });
  });
});
