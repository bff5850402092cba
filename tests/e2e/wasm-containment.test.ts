import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { clarityManifest } from '../helpers/manifests.ts';
import { answerText, callMcp, postMcp, type ToolAnswer } from '../helpers/mcp-client.ts';
import { processUse, type ProcessUse } from '../helpers/process-use.ts';
import { sized } from '../helpers/size.ts';
import { SteadyLoad } from '../helpers/steady-load.ts';

const AT_ONCE = sized(8, 32);

const HOSTILE = `module Hostile

export function one() -> Int64 { 1 }

export function spin(n: Int64) -> Int64 { spin(n + 1) }

export function double(text: String) -> String { double(text ++ text) }

export function double_list(xs: List<Int64>) -> List<Int64> { double_list(concat(xs, xs)) }

export function deep(n: Int64) -> Int64 { 1 + deep(n + 1) }

export function divide(a: Int64, b: Int64) -> Int64 { a / b }

export function repeat(text: String, times: Int64) -> String { string_repeat(text, times) }

export effect[Log] function chatter(n: Int64) -> Int64 {
  print_string("once more");
  chatter(n + 1)
}
`;
const NEIGHBOUR = 'module Neighbour\n\nexport function one() -> Int64 { 1 }\n';
/** Each character is six in JSON, and the text stands there twice. */
const TWENTY_MB = { text: '\u0001', times: 1_700_000 };
const limits = (timeoutMs: number) => `    limits: { timeoutMs: ${timeoutMs}, maxConcurrency: 64 }\n`;

const TIMED_OUT = /^`\w+` ran longer than limits\.timeoutMs \(50 ms\) and was ended\.$/;
const NO_ROOM = /^The program ran out of memory: there is no room for another \d+ KiB\.$/;

/** The service, the function, and what a call gives. Only who has no end of his own meets the short limit: the machine may be busy. */
const ENDS: readonly (readonly [string, string, string, object, RegExp])[] = [
  ['an endless loop', 'hasty', 'spin', { n: 0 }, TIMED_OUT],
  ['an endless print', 'hasty', 'chatter', { n: 0 }, TIMED_OUT],
  ['a text that grows', 'patient', 'double', { text: '0123456789' }, NO_ROOM],
  ['a list that grows', 'patient', 'double_list', { xs: [1, 2, 3] }, NO_ROOM],
  ['a text of 20 MB', 'patient', 'repeat', { text: '0123456789', times: 2_000_000 }, NO_ROOM],
  [
    'a result of 20 MB',
    'patient',
    'repeat',
    TWENTY_MB,
    /^The result of `repeat` is too large: an answer has at most 16 MiB of JSON\.$/,
  ],
  ['endless recursion', 'patient', 'deep', { n: 0 }, /^The program called functions too deeply\./],
  ['a trap', 'patient', 'divide', { a: 1, b: 0 }, /^The program divided an Int64 by zero\.$/],
];

let workspace: Workspace;
let daemon: Daemon;
let load: SteadyLoad;
let before: ProcessUse;

beforeAll(async () => {
  workspace = await Workspace.create({
    'hostile.clarity': HOSTILE,
    'neighbour.clarity': NEIGHBOUR,
    'services.d/hasty.yaml': clarityManifest('hasty', 'hostile.clarity', limits(50)),
    'services.d/patient.yaml': clarityManifest('patient', 'hostile.clarity', limits(600_000)),
    'services.d/neighbour.yaml': clarityManifest('neighbour', 'neighbour.clarity'),
  });
  // Tools that only fail would soon get no calls at all.
  daemon = await workspace.daemon([], { CLARITY_TOOL_CIRCUIT_MIN_CALLS: '1000000' });
  for (const name of ['hasty', 'patient', 'neighbour']) {
    expect(await daemon.ctl('wait', name, '--for=ready')).toMatchObject({ code: 0 });
    await callMcp(daemon.mcp, `${name}__fn__one`);
  }
  load = new SteadyLoad(daemon.mcp, { tool: 'neighbour__fn__one' }, { clients: 4, pauseMs: 20 });
  await load.goesOn(20);
  before = processUse(daemon.pid);
}, 60_000);
afterAll(async () => {
  await load.stop();
  await workspace.dispose();
});

const call = (service: string, tool: string, args: object = {}) => callMcp(daemon.mcp, `${service}__fn__${tool}`, args);

/** Whatever the calls were answered with, each once. */
const kinds = (answers: readonly ToolAnswer[]) => [
  ...new Set(answers.map((answer) => `${answer.result?.isError === true ? '' : 'no error: '}${answerText(answer)}`)),
];

/** As before, but for the threads that stay ready for the next call, each with some handles, and for what the engine keeps. */
async function expectAsBefore(): Promise<void> {
  const more = 2 * Math.max(4, 2 * availableParallelism());
  const grown = () => {
    const now = processUse(daemon.pid);
    return {
      threads: now.threads - before.threads <= more,
      handles: now.handles - before.handles <= 5 * more,
      memory: now.rssMb - before.rssMb <= 150,
      now,
    };
  };
  const fine = { threads: true, handles: true, memory: true };
  await expect.poll(grown, { timeout: 25_000 }).toMatchObject(fine);
}

describe(`${AT_ONCE} calls at once`, () => {
  it.each(ENDS)(
    'of %s end with their reason, and no call of a neighbour fails',
    async (_, service, tool, args, reason) => {
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => call(service, tool, args)));
      const [said = '', ...others] = kinds(answers);
      expect(others).toEqual([]);
      expect(said).toMatch(reason);
      expect(load.failures).toEqual([]);
      expect(answerText(await call('patient', 'one'))).toBe('1');
    },
  );

  it('leave threads, handles and memory as they were', () => expectAsBefore());
});

describe(`${sized(16, 1000)} endless loops`, () => {
  it('end with their reason and leave nothing behind', async () => {
    const before = load.calls;
    for (let left = sized(16, 1000); left > 0; left -= AT_ONCE) {
      const calls = Array.from({ length: Math.min(left, AT_ONCE) }, () => call('hasty', 'spin', { n: 0 }));
      expect(kinds(await Promise.all(calls))).toEqual([
        '`spin` ran longer than limits.timeoutMs (50 ms) and was ended.',
      ]);
    }
    expect(load.failures).toEqual([]);
    expect(load.calls).toBeGreaterThan(before);
    await expectAsBefore();
  });
});

describe('an endless loop that has much time', () => {
  const SLOTS = Math.max(1, availableParallelism() - 1);
  const running = async () => {
    const { result } = await callMcp(daemon.mcp, 'patient__describe_service');
    return (result as { structuredContent: { runtime: { running: number } } }).structuredContent.runtime.running;
  };
  const spin = (id: number, headers: Record<string, string>, signal?: AbortSignal) =>
    postMcp(
      daemon.mcp,
      { id, method: 'tools/call', params: { name: 'patient__fn__spin', arguments: { n: 0 } } },
      { headers, ...(signal && { signal }) },
    );

  it('ends when its client cancels it', async () => {
    const clientInfo = { name: 'test', version: '0' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const opened = await postMcp(daemon.mcp, { id: 0, method: 'initialize', params });
    const headers = { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
    const loops = Array.from({ length: SLOTS }, (_, i) => spin(i + 1, headers));
    await expect.poll(running).toBe(SLOTS);
    for (let requestId = 1; requestId <= SLOTS; requestId++)
      await postMcp(daemon.mcp, { method: 'notifications/cancelled', params: { requestId } }, { headers });
    await expect.poll(running).toBe(0);
    expect(answerText(await callMcp(daemon.mcp, 'patient__fn__one'))).toBe('1');
    for (const loop of loops) expect(await (await loop).text()).toBe('');
  });

  it('ends when its client hangs up', async () => {
    const client = new AbortController();
    const loops = Array.from({ length: SLOTS }, (_, i) => spin(i + 1, {}, client.signal));
    await expect.poll(running).toBe(SLOTS);
    client.abort();
    await Promise.all(loops.map((loop) => expect(loop).rejects.toThrow()));
    await expect.poll(running).toBe(0);
    expect(answerText(await callMcp(daemon.mcp, 'patient__fn__one'))).toBe('1');
  });
});
