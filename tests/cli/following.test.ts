import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { TEXT } from '../helpers/fake-runtime.ts';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

/** A command that goes on until it is interrupted, as a person sees it. */
async function following(...argv: readonly string[]) {
  const api = await testApi();
  const stop = new AbortController();
  let output = '';
  const run = cli(['--daemon-url', await api.listen(), ...argv], {
    signal: stop.signal,
    onOutput: (text) => (output += text),
  });
  return {
    runtime: api.runtime,
    shows: (text: string) => expect.poll(() => output).toContain(text),
    listens: () => expect.poll(() => api.runtime.listening).toBeGreaterThan(0),
    interrupt: () => {
      stop.abort();
      return run;
    },
  };
}

describe('following', () => {
  it('logs -f prints what was and what comes, until Ctrl-C: 130', async () => {
    const { runtime, listens, shows, interrupt } = await following('logs', 'files', '-f');
    await listens();
    runtime.write('first line');
    await shows('first line\n');
    runtime.write('\u001b]0;title\u0007second');
    await shows('\\u001b]0;title\\u0007second');
    const { code, stdout } = await interrupt();
    expect(code).toBe(130);
    expect(stdout).not.toContain('\u001b');
  });

  it('events -w prints a line an event', async () => {
    const { runtime, listens, shows, interrupt } = await following('events', '-w');
    await listens();
    runtime.emit({ kind: 'service.started', identity: 'files', message: 'it runs' });
    await shows('it runs\n');
    expect((await interrupt()).code).toBe(130);
  });

  it('get -w prints the table, then only the rows that change', async () => {
    const { runtime, listens, shows, interrupt } = await following('get', '-w');
    await shows('NAME');
    await listens();
    runtime.add(TEXT.replace('name: files', 'name: other'));
    runtime.emit({ message: 'something changed' });
    await shows('other');
    runtime.views.delete('other');
    runtime.add(TEXT, { status: { restarts: 7 } });
    runtime.emit({ message: 'something changed' });
    await shows('7');
    const { code, stdout, stderr } = await interrupt();
    expect(code).toBe(130);
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual(['NAME', 'files', 'other', 'files', '']);
    expect(stderr).toBe('service/other is gone\n');
  });

  it('get -w says nothing of a row whose age and source revision alone have changed', async () => {
    const { runtime, listens, shows, interrupt } = await following('get', '-w');
    await shows('files');
    await listens();
    const view = runtime.get('files');
    const desired = { ...view.desired, origin: { ...view.desired.origin, revision: 'dir@sha256:2' } };
    runtime.views.set('files', { ...view, desired, firstSeenMs: 0 });
    runtime.add(TEXT.replace('name: files', 'name: other'));
    runtime.emit();
    await shows('other');
    const { stdout } = await interrupt();
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual(['NAME', 'files', 'other', '']);
  });

  it('ends quietly with 0 when nobody reads any more', async () => {
    const api = await testApi();
    api.runtime.write('a line');
    const argv = ['--daemon-url', await api.listen(), 'logs', 'files', '-f'];
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const { code, stderr } = await cli(argv, { failure: gone });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('an interrupt ends a command that waits for stdin: 130', async () => {
    const stop = new AbortController();
    const run = cli(['validate', '-'], { signal: stop.signal, stdin: new PassThrough() });
    stop.abort();
    expect((await run).code).toBe(130);
  });
});
