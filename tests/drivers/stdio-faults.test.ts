import { afterEach, describe, expect, it } from 'vitest';
import type { Driver, InstanceRef, Upstream } from '../../src/reconcile/ports.ts';
import type { ClarityError } from '../../src/shared/errors.ts';
import { actContext, desiredOf, driverRig, faulty, stdioOrigin, toolJson } from '../helpers/driver-rig.ts';
import { isAlive } from '../helpers/processes.ts';

const rig = driverRig({ secretValues: { 'env:KEY': 'hunter2-secret' } });
const driver: Driver = rig.driver('local_stdio');
const running: InstanceRef[] = [];
afterEach(async () => {
  for (const ref of running.splice(0)) await driver.stop(ref, { ...actContext(), graceMs: 0 });
  rig.lines.length = 0;
});

async function serve(origin: Parameters<typeof desiredOf>[0]): Promise<{ ref: InstanceRef; upstream: Upstream }> {
  const ref = await driver.start(desiredOf(origin), actContext());
  running.push(ref);
  return { ref, upstream: driver.connect(ref)! };
}
const call = (upstream: Upstream, name: string, args = {}) =>
  upstream.request('tools/call', { name, arguments: args }, { timeoutMs: 5000 });
const logged = (stream: string) => rig.lines.filter((line) => line.stream === stream).map(({ text }) => text);

describe('a stdio server', () => {
  it('that prints a banner on stdout runs; the line is logged and said once', async () => {
    const { upstream } = await serve(faulty('banner'));
    expect(toolJson(await call(upstream, 'echo', { a: 1 }))).toEqual({ a: 1 });
    expect(logged('stdout')).toEqual(['Welcome to the server!']);
    expect(logged('runtime')).toEqual([expect.stringContaining('a line on stdout')]);
  });

  it('whose reply is cut inside a character is understood', async () => {
    const { upstream } = await serve(faulty(''));
    expect(toolJson(await call(upstream, 'split'))).toBe('grüße €');
  });

  it('that writes a line beyond the limit loses that line, not the connection', async () => {
    const { upstream } = await serve(faulty('', { maxPayloadBytes: 100_000 }));
    expect(toolJson(await call(upstream, 'long', { bytes: 300_000 }))).toBe('still here');
    expect(logged('stdout')).toEqual([expect.stringMatching(/^x{4096}/)]);
  });

  it('is not sent a message beyond the limit', async () => {
    const { upstream } = await serve(faulty('', { maxPayloadBytes: 100_000 }));
    const big = call(upstream, 'echo', { text: 'x'.repeat(100_000) });
    await expect(big).rejects.toMatchObject({ code: -32600, data: { sent: false } });
    expect(toolJson(await call(upstream, 'echo', { a: 1 }))).toEqual({ a: 1 });
  });

  it('gets the allow-list, inheritEnv and its own entries, the secret before the value', async () => {
    const daemon = { PATH: process.env.PATH, AWS_KEY: 'x', WANTED: 'w', npm_config_x: 'y' };
    const own = driverRig({ env: daemon, secretValues: { 'env:KEY': 'hunter2-secret' } });
    const env = [
      { name: 'PLAIN', value: '1' },
      { name: 'TOKEN', value: 'fallback', secretRef: 'env:KEY' },
    ];
    const desired = desiredOf(faulty('', { env, inheritEnv: ['WANTED'] }));
    const ref = await own.driver('local_stdio').start(desired, actContext());
    const seen = toolJson(await call(own.driver('local_stdio').connect(ref)!, 'env')) as Record<string, string>;
    await own.close();
    const marks = { CLARITY_INSTANCE: `test-${process.pid}:probe`, CLARITY_RUN: expect.any(String) };
    expect(seen).toEqual({ PATH: process.env.PATH, WANTED: 'w', PLAIN: '1', TOKEN: 'hunter2-secret', ...marks });
  });
});

describe('a stdio server that does not come up', () => {
  const refuse = (origin: Parameters<typeof desiredOf>[0], spec = {}) =>
    driver.start(desiredOf(origin, spec), actContext()).then(
      () => expect.fail('it started'),
      (error: unknown) => error as ClarityError,
    );

  it('for want of its command says so', async () => {
    const error = await refuse(stdioOrigin('no-such-server'));
    expect(error).toMatchObject({ code: 'CommandNotFound', message: expect.stringContaining('no-such-server') });
  });

  it('for want of a secret says which', async () => {
    const error = await refuse(faulty('', { env: [{ name: 'T', secretRef: 'env:ABSENT' }] }));
    expect(error).toMatchObject({ code: 'SecretNotFound', message: expect.stringContaining('env:ABSENT') });
  });

  it('because it exits at once gives the code and the last words, printable', async () => {
    const error = await refuse(faulty('exit'));
    expect(error.code).toBe('StartFailed');
    expect(error.message).toMatch(
      /exited with code 1 before it answered initialize; last stderr: .*no licence .*found/,
    );
    expect(error.data).toMatchObject({
      lastExit: {
        code: 1,
        signal: null,
        stderrTail: ['reading the licence', 'no licence \\u001b[31mfound\\u001b[0m'],
        error: { reason: 'StartFailed' },
      },
    });
    expect(driver.observe('probe')).toEqual([]);
  });

  it('because it never answers is timed out and its tree ended', async () => {
    const marker = `silent-${Date.now()}`;
    const error = await refuse(faulty(`silent,stubborn,${marker}`), { startTimeoutMs: 700 });
    expect(error).toMatchObject({
      code: 'UpstreamTimeout',
      message: expect.stringContaining('did not answer initialize'),
    });
    expect(error.data).toMatchObject({ lastExit: { signal: 'SIGKILL' } });
  });

  it('because it speaks another protocol says which', async () => {
    const error = await refuse(faulty('future'));
    expect(error).toMatchObject({ code: 'StartFailed', message: expect.stringContaining('2099-01-01') });
  });
});

describe('a running stdio server', () => {
  it('that dies is exited, with its code and last words; calls under way fail at once', async () => {
    const { ref, upstream } = await serve(faulty(''));
    const changes: string[] = [];
    driver.onChange((identity) => changes.push(identity));
    await expect(call(upstream, 'die')).rejects.toMatchObject({ code: -32000, data: { sent: true } });
    await expect
      .poll(() => driver.observe('probe'))
      .toMatchObject([{ ref, phase: 'exited', lastExit: { code: 3, signal: null, stderrTail: ['out of luck'] } }]);
    expect(changes).toContain('probe');
    expect(driver.connect(ref)).toBeUndefined();
  });

  it('that closes its stdout and lives on is ended, and says why', async () => {
    const { upstream } = await serve(faulty('stubborn'));
    const [{ pid } = expect.fail('not listed')] = driver.observe('probe');
    await expect(call(upstream, 'mute')).rejects.toMatchObject({ code: -32000, data: { sent: true } });
    const error = { reason: 'Disconnected', message: 'the server closed its stdout while it ran, and was ended' };
    await expect.poll(() => driver.observe('probe')).toMatchObject([{ phase: 'exited', lastExit: { error } }]);
    expect(isAlive(pid!)).toBe(false);
  });

  it('that is killed -9 from outside is noticed, and starts anew beside its exited instance', async () => {
    const { ref } = await serve(faulty(''));
    process.kill(driver.observe('probe')[0]!.pid!, 'SIGKILL');
    await expect
      .poll(() => driver.observe('probe'))
      .toMatchObject([{ phase: 'exited', lastExit: { signal: 'SIGKILL' } }]);
    const again = await serve(faulty(''));
    expect(again.ref.id).not.toBe(ref.id);
    expect(driver.observe('probe').map(({ phase }) => phase)).toEqual(['exited', 'running']);
  });

  it('that is stopped takes a family along that ignores every kind word', async () => {
    const { ref, upstream } = await serve(faulty('stubborn'));
    const pids = [driver.observe('probe')[0]!.pid!, ...(toolJson(await call(upstream, 'grandchildren')) as number[])];
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    await driver.stop(ref, { ...actContext(), graceMs: 200 });
    expect(pids.map(isAlive)).toEqual([false, false, false]);
    expect(driver.observe('probe')).toEqual([]);
  });

  it('is stopped while it starts', async () => {
    const start = driver.start(desiredOf(faulty('silent')), actContext());
    const [{ ref } = expect.fail('not listed')] = driver.observe('probe');
    await Promise.all([
      expect(start).rejects.toThrow('stopped while it started'),
      driver.stop(ref, { ...actContext(), graceMs: 0 }),
    ]);
    expect(driver.observe('probe')).toEqual([]);
  });
});
