import { describe, expect, it } from 'vitest';
import { ClarityError } from '../../../src/shared/errors.ts';
import { BuiltinRig } from '../../helpers/builtin-rig.ts';

const SUM_KEYS = [
  'display_name',
  'health',
  'interface',
  'lifecycle',
  'module',
  'origin_type',
  'restart_count',
  'service_id',
  'service_type',
  'source_file',
  'uptime_seconds',
];

describe('a tool about services', () => {
  it('answers pretty JSON as text, and the same as structuredContent', async () => {
    const { json, texts } = await new BuiltinRig().call('runtime__status_summary');
    expect(texts).toEqual([JSON.stringify(json, null, 2)]);
    expect(json).toMatchObject({ total: 1, mcp_services: 1, running: 1, local_mcp: 1, local: 1, quarantined: 0 });
  });

  it('lists services in the words of the original, and no others', async () => {
    const { json } = await new BuiltinRig().call('runtime__list_services');
    expect(Object.keys(json.services[0]).sort()).toEqual(SUM_KEYS);
    expect(json.services[0]).toMatchObject({
      service_id: expect.stringMatching(/^svc_/),
      lifecycle: 'RUNNING',
      health: 'HEALTHY',
      interface: { revision: 'sha256:i', tools: 1, resources: 0, prompts: 0 },
    });
  });

  it('finds one by its name or id, and masks its secrets', async () => {
    const rig = new BuiltinRig();
    const { json } = await rig.call('runtime__get_service', { service_id: 'files' });
    const { serviceId } = json.service.manifest.metadata;
    expect((await rig.call('runtime__get_service', { service_id: serviceId })).json).toEqual(json);
    expect(JSON.stringify(json)).not.toContain('hush-hush');
  });

  it('tells the last lines', async () => {
    const rig = new BuiltinRig();
    for (const text of ['one', 'two', 'three']) rig.runtime.write(text);
    const { json } = await rig.call('runtime__get_logs', { service_id: 'files', limit: 2 });
    expect(json).toEqual({
      service_id: expect.stringMatching(/^svc_/),
      lines: ['[2023-11-14T22:13:20.000Z] two', '[2023-11-14T22:13:20.000Z] three'],
    });
  });

  it('tells what happened, with the ids of services that are still there', async () => {
    const rig = new BuiltinRig();
    rig.runtime.emit({ identity: 'files' });
    rig.runtime.emit({ identity: 'gone' });
    const { json } = await rig.call('runtime__get_audit', { limit: 5 });
    expect(json.items).toMatchObject([{ seq: 1, name: 'files', serviceId: expect.any(String) }, { seq: 2 }]);
    expect(json.items[1]).not.toHaveProperty('serviceId');
  });

  it.each(['start', 'stop', 'restart', 'unquarantine'])(
    '%ss one by its manifest and waits until it has settled',
    async (verb) => {
      const rig = new BuiltinRig();
      const { json, isError } = await rig.call(`runtime__${verb}_service`, { service_id: 'files' });
      expect([isError, json.service.lifecycle]).toEqual([false, 'RUNNING']);
      expect(rig.runtime.asked).toEqual([
        ['command', 'files', verb],
        ['waitFor', 'files', { kind: 'ready' }, 7000],
      ]);
    },
  );

  it('says in a second text why a service did not get where it should', async () => {
    const rig = new BuiltinRig();
    rig.runtime.waitFor = () => Promise.resolve({ met: false, why: 'CommandNotFound: there is no npx' });
    const { texts, isError } = await rig.call('runtime__start_service', { service_id: 'files' });
    expect([isError, texts[1]]).toEqual([false, 'files is not ready: CommandNotFound: there is no npx']);
  });

  it('reads an interface anew', async () => {
    const { json } = await new BuiltinRig().call('runtime__refresh_interface', { service_id: 'files' });
    expect(json).toMatchObject({ interface: { interfaceRevision: 'sha256:i', tools: [{ name: 'read' }] } });
  });

  it('removes one, and what only it used only where that is asked', async () => {
    const rig = new BuiltinRig();
    const args = { service_id: 'files', cleanup_artifacts: true };
    const { json } = await rig.call('runtime__remove_service', args);
    expect(json).toEqual({ removed: true, artifactRemoved: true, serviceId: expect.stringMatching(/^svc_/) });
    expect(rig.runtime.asked.map(([method]) => method)).toEqual(['remove', 'waitFor', 'cleanUpArtifacts']);
    expect(rig.runtime.asked[0]).toEqual(['remove', 'files', { force: false }]);
    const kept = new BuiltinRig();
    expect((await kept.call('runtime__remove_service', { service_id: 'files' })).json.artifactRemoved).toBe(false);
    expect(kept.runtime.asked.map(([method]) => method)).not.toContain('cleanUpArtifacts');
  });

  it('answers what it cannot do with isError and what to do about it', async () => {
    const { texts, isError } = await new BuiltinRig().call('runtime__get_service', { service_id: 'nobody' });
    expect([isError, texts[0]]).toEqual([
      true,
      'there is no service "nobody".\nCorrect the name; `clarityctl get` shows the services there are.',
    ]);
  });

  it('keeps faults of ours apart: they are errors of the protocol', async () => {
    const rig = new BuiltinRig();
    rig.runtime.failure = new ClarityError('Internal', 'a path of ours');
    await expect(rig.call('runtime__stop_service', { service_id: 'files' })).rejects.toThrow('a path of ours');
  });

  it.each(['runtime__get_agent_runs', 'runtime__get_agent_events', 'runtime__get_traces', 'runtime__get_cost_ledger'])(
    '%s is not available yet: -32004',
    async (name) => {
      expect((await new BuiltinRig().call(name)).error).toMatchObject({
        code: -32004,
        message: expect.stringContaining('not available yet'),
      });
    },
  );
});
