import { describe, expect, it } from 'vitest';
import { CircuitRig } from '../../helpers/circuit-rig.ts';
import { MET } from '../../helpers/fake-upstream.ts';

async function openTool(): Promise<CircuitRig> {
  const rig = new CircuitRig();
  rig.answer = (tool) => (tool === 'read' ? MET.isError() : MET.result());
  await rig.calling(8, 'read');
  return rig;
}

describe('the circuit of a tool', () => {
  it('opens for results with isError, for that tool alone', async () => {
    const rig = await openTool();
    expect(await rig.call('read')).toEqual({
      code: -32000,
      message:
        'Tool read of service notes gets no calls for now: 8 of 8 calls within 60 s ended with isError; try again in 10 s',
      data: { sent: false, reason: 'CircuitOpen', retryAfter: 10, service: 'notes', tool: 'read' },
    });
    expect(await rig.call('write')).toEqual({ content: [] });
    expect([rig.fleet.circuits, rig.fleet.suspected]).toEqual([[], []]);
  });

  it('closes after a trial that succeeds, opens anew after one that does not', async () => {
    const rig = await openTool();
    rig.clock.advance(10_000);
    expect([await rig.refuses('read'), await rig.refuses('read')]).toEqual([false, true]);
    rig.clock.advance(10_000);
    rig.answer = MET.result;
    expect([await rig.refuses('read'), await rig.refuses('read')]).toEqual([false, false]);
  });

  it('stays half-open where the service failed the trial', async () => {
    const rig = await openTool();
    rig.clock.advance(10_000);
    rig.answer = MET.timeout;
    expect(await rig.refuses('read')).toBe(false);
    rig.answer = MET.result;
    expect([await rig.refuses('read'), await rig.refuses('read')]).toEqual([false, false]);
  });

  it('takes no trial of the service where it refuses', async () => {
    const rig = await openTool();
    rig.answer = MET.timeout;
    // With 8 answers before them 12 failures are 0.6.
    await rig.calling(12, 'write');
    expect(rig.fleet.circuits.length).toBe(1);
    rig.clock.advance(9000);
    expect(await rig.refuses('read')).toBe(true);
    rig.clock.advance(1000);
    rig.answer = MET.result;
    expect(await rig.refuses('write')).toBe(false);
  });

  it('is forgotten where a server has ever new tools', async () => {
    const rig = new CircuitRig();
    rig.answer = MET.isError;
    await rig.calling(8, 'read');
    const tools = Array.from({ length: 1024 }, (_, index) => ({ name: `t${String(index)}` }));
    rig.serveTools([{ name: 'read' }, ...tools]);
    for (const { name } of tools) await rig.call(name);
    expect(await rig.refuses('read')).toBe(false);
  });
});
