import { describe, expect, it } from 'vitest';
import { TopicLines } from '../../../src/gateway/subscriptions/topic-lines.ts';
import { Topic } from '../../../src/gateway/subscriptions/topic.ts';
import { resolvable } from '../../../src/shared/resolvable.ts';

describe('topics of one service', () => {
  it('are settled four at a time, in their order, and never one twice at once', async () => {
    const held = new Map<string, () => void>();
    const begun: string[] = [];
    const lines = new TopicLines(({ uri }) => {
      begun.push(uri);
      const { promise, resolve } = resolvable();
      held.set(uri, resolve);
      return promise;
    });
    const topics = ['1', '2', '3', '4', '5'].map((uri) => new Topic('s', uri));
    const turns = topics.map((topic) => lines.settle(topic));
    expect(begun).toEqual(['1', '2', '3', '4']);
    const again = [lines.settle(topics[0]!), lines.settle(topics[0]!)];
    expect(again[0]).toBe(again[1]);
    void lines.settle(new Topic('other', 'x'));
    expect(begun).toEqual(['1', '2', '3', '4', 'x']);
    held.get('2')!();
    await turns[1];
    await expect.poll(() => begun).toEqual(['1', '2', '3', '4', 'x', '5']);
    held.get('1')!();
    await turns[0];
    await expect.poll(() => begun.slice(6)).toEqual(['1']);
  });

  it('go on after one that failed, which says so', async () => {
    let failing = true;
    const lines = new TopicLines(() => (failing ? Promise.reject(new Error('no')) : Promise.resolve()));
    const topic = new Topic('s', '1');
    await expect(lines.settle(topic)).rejects.toThrow('no');
    failing = false;
    await lines.settle(topic);
  });
});
