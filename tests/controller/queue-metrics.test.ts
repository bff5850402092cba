import { describe, expect, it } from 'vitest';
import { WorkQueue } from '../../src/controller/work-queue.ts';
import { Metrics } from '../../src/telemetry/metrics/metrics.ts';
import { FakeClock } from '../helpers/clock.ts';
import { sampleOf } from '../helpers/exposition.ts';

function rig() {
  const clock = new FakeClock();
  const metrics = new Metrics({ clock, version: '0', fleet: () => ({ services: [], manifestErrors: [] }) });
  const queue = new WorkQueue<string>(clock, metrics.controller.queue);
  const read = async (...names: string[]) => {
    const { text } = await metrics.scrape();
    return names.map((name) => sampleOf(text, `clarity_${name}`));
  };
  return { clock, queue, read };
}

describe('the metrics of the work queue', () => {
  it('count N adds before the work as one, and one during it as another', async () => {
    const { queue, read } = rig();
    const names = ['workqueue_adds_total', 'workqueue_depth', 'active_workers'];
    for (const key of ['a', 'a', 'b', 'a']) queue.add(key);
    expect(await read(...names)).toEqual([2, 2, 0]);
    await queue.take();
    expect(await read(...names)).toEqual([2, 1, 1]);
    queue.add('a');
    queue.add('a');
    expect(await read(...names)).toEqual([3, 2, 1]);
    await queue.take();
    queue.done('a');
    queue.done('b');
    expect(await read(...names)).toEqual([3, 1, 0]);
    await queue.take();
    queue.done('a');
    expect(await read(...names)).toEqual([3, 0, 0]);
  });

  it('measure how long a key waits and how long it is in work', async () => {
    const { clock, queue, read } = rig();
    queue.addAfter('a', 60_000);
    clock.advance(60_000);
    clock.advance(2000);
    await queue.take();
    clock.advance(500);
    queue.done('a');
    const [waits, works] = ['workqueue_queue_duration_seconds', 'workqueue_work_duration_seconds'];
    expect(await read(`${waits}_sum`, `${waits}_count`, `${works}_sum`, `${works}_count`)).toEqual([2, 1, 0.5, 1]);
  });

  it('show work that does not end while it does not', async () => {
    const { clock, queue, read } = rig();
    const names = ['workqueue_unfinished_work_seconds', 'workqueue_longest_running_processor_seconds'];
    queue.add('a');
    queue.add('b');
    await queue.take();
    clock.advance(3000);
    await queue.take();
    clock.advance(1000);
    expect(await read(...names)).toEqual([5, 4]);
    queue.done('a');
    expect(await read(...names)).toEqual([1, 1]);
    queue.done('b');
    expect(await read(...names)).toEqual([0, 0]);
  });
});
