import { describe, expect, it } from 'vitest';
import { exposedDefinitions } from '../../src/gateway/index.ts';
import type { Driver, ManifestWriter } from '../../src/reconcile/ports.ts';
import { Candidates, withoutCandidates } from '../../src/runtime/candidates.ts';
import { planChanges } from '../../src/runtime/planner.ts';
import type { PlannedChange } from '../../src/runtime/types.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const unused = () => Promise.reject(new Error('not asked in a plan'));

/** A fleet of services, and the planner over it. Candidates take names in the order in which they are asked for. */
async function setting(files: Readonly<Record<string, string>>) {
  const rig = await ControllerRig.start(files);
  await rig.run(2000);
  const drivers = new Map<'local_stdio', Driver>([['local_stdio', rig.driver]]);
  const events = { emit: (event: (typeof rig.events)[number]) => void rig.events.push(event) };
  const writer: ManifestWriter = {
    apply: unused,
    edit: unused,
    remove: unused,
    restore: unused,
    previewRemoval: unused,
    preview: ({ text, name }) =>
      Promise.resolve({ outcome: text.trim() === files[name]?.trim() ? 'unchanged' : 'configured', patch: '' }),
  };
  const deps = {
    controller: rig.controller,
    candidates: new Candidates({ clock: rig.clock, drivers, events }),
    expose: exposedDefinitions,
    writer,
    secrets: { resolve: unused, resolveHeader: unused },
    artifacts: rig.artifacts,
    clock: rig.clock,
    placeOf: () => undefined,
  };
  const ask = (text: string, { signal = new AbortController().signal, prune = false, probe = true } = {}) =>
    planChanges(deps, [{ file: 'f.yaml', text }], { prune, probe }, signal);
  const plan = async (text: string, options: Parameters<typeof ask>[1] = {}): Promise<readonly PlannedChange[]> => {
    const answer = ask(text, options);
    await rig.run(60_000);
    return answer;
  };
  const left = () => Array.from({ length: 20 }, (_, i) => rig.driver.observe(`a~candidate-${String(i)}`)).flat();
  return { rig, ask, plan, left };
}

const NONE = { added: [], removed: [], changed: [] };
const CHANGED = service('a', '  startTimeoutMs: 5000\n').replace('command: node', 'command: other');

describe('a plan with a probe', () => {
  it('shows what clients would gain and lose, by the names that they see, and leaves nothing running', async () => {
    const { rig, plan, left } = await setting({ a: service('a') });
    rig.driver.of('a~candidate-1').tools = ['echo', 'hidden', 'old', 'more'];
    const runs = rig.driver.running('a');
    const text = `${CHANGED}  tools: {deny: [hidden], rename: {old: new}}\n`;
    const [change] = await plan(text);
    expect(change?.interface).toEqual({
      outcome: 'compared',
      changes: {
        tools: { ...NONE, added: ['a__more', 'a__new'] },
        prompts: NONE,
        resources: NONE,
        resourceTemplates: NONE,
      },
      tokens: { before: 13, after: 38 },
    });
    expect(change?.actions).toHaveLength(1);
    expect(left()).toEqual([]);
    expect(rig.driver.running('a')).toEqual(runs);
    expect(rig.controller.fleet.entries.size).toBe(1);
    expect(rig.driver.calls.filter((call) => call.includes('~'))).toEqual([
      'start a~candidate-1',
      'tools/list a~candidate-1',
      'stop a~candidate-1',
    ]);
  });

  it('of an unchanged document compares a fresh candidate with what runs', async () => {
    const { rig, plan } = await setting({ a: service('a') });
    rig.driver.of('a~candidate-1').tools = [];
    const [change] = await plan(service('a'));
    expect(change).toMatchObject({
      outcome: 'unchanged',
      actions: [],
      interface: { changes: { tools: { removed: ['a__echo'] } } },
    });
  });

  it.each([
    ['does not start', { startError: new ClarityError('CommandNotFound', 'no other') }, 'CommandNotFound'],
    ['never answers', { startMs: Infinity }, 'StartTimeout'],
    ['never lists', { listMs: Infinity }, 'StartTimeout'],
  ])('a candidate that %s is a finding, and is gone', async (_how, behaviour, reason) => {
    const { rig, plan, left } = await setting({ a: service('a') });
    Object.assign(rig.driver.of('a~candidate-1'), behaviour);
    const [change] = await plan(CHANGED);
    expect(change?.interface).toMatchObject({ outcome: 'failed', why: { reason } });
    expect(left()).toEqual([]);
  });

  it.each([
    ['while it starts', { startMs: Infinity }],
    ['while it is asked', { listMs: Infinity }],
  ])('who goes away %s leaves nothing running', async (_when, behaviour) => {
    const { rig, ask, left } = await setting({ a: service('a') });
    Object.assign(rig.driver.of('a~candidate-1'), behaviour);
    const abort = new AbortController();
    const answer = expect(ask(CHANGED, { signal: abort.signal })).rejects.toThrow('gone');
    await rig.run(1000);
    expect(left()).toHaveLength(1);
    abort.abort(new Error('gone'));
    await rig.run(1000);
    await answer;
    expect(left()).toEqual([]);
  });

  it('at most four at once; a stop that fails is an event, not an answer', async () => {
    const { rig, ask } = await setting({});
    const texts = Array.from({ length: 6 }, (_, i) => service(`s${String(i)}`));
    const started = () => rig.driver.calls.filter((call) => call.startsWith('start')).length;
    rig.driver.of('s0~candidate-1').stopError = new ClarityError('Internal', 'it stays');
    const answer = ask(texts.join('---\n'));
    await rig.run(0);
    expect(started()).toBe(4);
    await rig.run(60_000);
    expect((await answer).map(({ interface: previewed }) => previewed?.outcome)).toEqual(Array(6).fill('compared'));
    expect(rig.events).toContainEqual(
      expect.objectContaining({ kind: 'candidate.stop_failed', message: 's0~candidate-1: it stays' }),
    );
  });

  it('what must not or shall not run is not started', async () => {
    const { rig, plan } = await setting({ a: service('a') });
    const interfaceOf = async (spec: string) => (await plan(service('a', spec)))[0]?.interface;
    const lost = { outcome: 'compared', changes: { tools: { removed: ['a__echo'] } }, tokens: { after: 0 } };
    expect(await interfaceOf('  enabled: false\n')).toMatchObject(lost);
    expect(await interfaceOf('  suspend: true\n')).toMatchObject({ outcome: 'skipped', why: { reason: 'Suspended' } });
    expect(await interfaceOf('  rollout: {strategy: Recreate}\n')).toMatchObject({ outcome: 'skipped' });
    expect(await interfaceOf('  policyRef: none\n')).toMatchObject({
      outcome: 'failed',
      why: { reason: 'PolicyNotFound' },
    });
    expect((await plan(service('b'), { prune: true }))[1]).toMatchObject({ outcome: 'removed', interface: lost });
    expect(rig.driver.calls.filter((call) => call.startsWith('start a~'))).toEqual([]);
  });

  it('without one starts nothing, and still counts the calls that end first', async () => {
    const { rig, plan } = await setting({ a: service('a') });
    const connect = rig.driver.connect.bind(rig.driver);
    rig.driver.connect = (ref) => {
      const upstream = connect(ref);
      return upstream && { ...upstream, activity: { inFlight: 3 } };
    };
    const [change] = await plan(CHANGED, { probe: false });
    expect(change).toMatchObject({ drains: 3 });
    expect(change).not.toHaveProperty('interface');
    expect((await plan(service('b'), { probe: false, prune: true }))[1]).toMatchObject({ name: 'a', drains: 3 });
    expect(rig.driver.calls.filter((call) => call.includes('~'))).toEqual([]);
  });
});

describe('the logs of a candidate', () => {
  it('are kept nowhere', () => {
    const lines: string[] = [];
    const none = { tail: () => Promise.resolve([]), follow: () => () => undefined };
    const logs = withoutCandidates({ ...none, append: (identity) => lines.push(identity) });
    logs.append('a~candidate-1', 'stderr', 'x');
    logs.append('a', 'stderr', 'x');
    expect(lines).toEqual(['a']);
  });
});
