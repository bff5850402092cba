import { expect, it } from 'vitest';
import { introspect } from '../../src/controller/introspect.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { FakeClock } from '../helpers/clock.ts';

/** Tools of a server that answers with these pages, by cursor; and the cursors that it was asked for. */
async function toolsOf(pages: Readonly<Record<string, JsonObject>>) {
  const asked: string[] = [];
  const connection = {
    server: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: {} },
    request: (_method: string, params: JsonObject | undefined) => {
      const cursor = typeof params?.cursor === 'string' ? params.cursor : 'first';
      asked.push(cursor);
      return Promise.resolve(pages[cursor] ?? {});
    },
  };
  const { tools } = await introspect(connection, new FakeClock(), 1000, new AbortController().signal);
  return { tools: tools.map(({ name }) => name), asked };
}

it('a list of a server is read to its last page', async () => {
  const { tools } = await toolsOf({
    first: { tools: [{ name: 'a' }, { name: 'b' }], nextCursor: '2' },
    2: { tools: [], nextCursor: '' },
    '': { tools: [{ name: 'c' }] },
  });
  expect(tools).toEqual(['a', 'b', 'c']);
});

it('a list whose cursors go round in a circle ends', async () => {
  const { asked } = await toolsOf({
    first: { tools: [{ name: 'a' }], nextCursor: '2' },
    2: { tools: [{ name: 'b' }], nextCursor: '3' },
    3: { tools: [{ name: 'c' }], nextCursor: '2' },
  });
  expect(asked).toEqual(['first', '2', '3']);
});
