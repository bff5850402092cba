import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderReference } from '../../src/api/reference.ts';
import { testApi } from '../helpers/test-api.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('docs/reference/api.md is what the routes say', async () => {
  const { routes } = await testApi();
  const text = renderReference(routes.entries, [read('src/wire/types.ts'), read('src/wire/answers.ts')]);
  await expect(text).toMatchFileSnapshot('../../docs/reference/api.md');
});

it('every route says what it is for, what it answers, and refuses unknown queries', async () => {
  const { routes } = await testApi();
  const mute = routes.entries.filter(({ summary, answer }) => summary === '' || answer === '');
  expect(mute).toEqual([]);
  const served = routes.entries.filter(({ pending }) => !pending);
  const lax = served.filter(({ url, query }) => url.startsWith('/api/') && query?.additionalProperties !== false);
  expect(lax).toEqual([]);
  // What a forge sends to a hook is signed, and never read.
  const bodiless = served.filter(
    ({ method, url, body }) =>
      (method === 'POST' || method === 'DELETE') && body === undefined && !url.startsWith('/hooks/'),
  );
  expect(bodiless).toEqual([]);
});
