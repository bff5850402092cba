import { describe, expect, it } from 'vitest';
import { sharedApi, type Answer } from '../helpers/test-api.ts';
import { TEXT } from '../helpers/fake-runtime.ts';

const author = { name: 'Grace Hopper', email: 'grace@example.com' };

type Route = readonly [method: 'POST' | 'DELETE', url: string, asked: string, payload: object];

const STOP: Route = ['POST', '/api/services/files/stop', 'command', {}];

/** Every route that changes a manifest, and the method that it asks. */
const WRITES: readonly Route[] = [
  ['POST', '/api/services/apply', 'apply', { text: TEXT }],
  STOP,
  ['POST', '/api/services/files/suspend', 'command', {}],
  ['POST', '/api/services/files/undo', 'undo', {}],
  ['DELETE', '/api/services/files', 'remove', {}],
  ['DELETE', '/api/policies/strict', 'removePolicy', {}],
  ['DELETE', '/api/toolsets/reading', 'removeToolset', {}],
];

describe('a change of a git source', () => {
  const shared = sharedApi();
  /** The answer, and the options that the runtime was asked with. */
  const send = async (
    [method, url, asked, payload]: Route,
    commit: unknown,
    query = '',
  ): Promise<[Answer, unknown]> => {
    const api = shared();
    api.runtime.asked.length = 0;
    api.runtime.add(TEXT);
    const answer = await api.ask({ method, url: `${url}${query}`, payload: { ...payload, commit } });
    return [answer, api.runtime.asked.find(([name]) => name === asked)?.at(-1)];
  };

  it.each(WRITES)('%s %s passes the wish to commit on and names the commit', async (...route) => {
    const wish = { message: 'Two\nlines', author };
    for (const [query, commit, wanted, subject] of [
      ['', wish, wish, wish.message],
      ['', true, {}, 'ours'],
      ['?commit=1', undefined, {}, 'ours'],
    ] as const) {
      const [{ status, json }, options] = await send(route, commit, query);
      expect(status).toBe(200);
      expect(json.commit).toMatchObject({ sha: 'c'.repeat(40), subject });
      expect(options).toMatchObject({ commit: wanted });
    }
    for (const [commit, query] of [
      [undefined, ''],
      [false, '?commit=1'],
    ] as const) {
      const [{ json }, options] = await send(route, commit, query);
      expect(json).not.toHaveProperty('commit');
      expect(options).not.toHaveProperty('commit');
    }
  });

  it.each([
    ['an empty message', { message: '' }],
    ['a blank message', { message: ' \n ' }],
    ['a message with a bell', { message: 'a\u0007' }],
    ['a message with a carriage return', { message: 'a\r\nb' }],
    ['half a character', { message: 'a\ud800' }],
    ['a message of 10,001 characters', { message: 'x'.repeat(10_001) }],
    ['a name with a bracket', { author: { ...author, name: 'a <b' } }],
    ['a name with a line end', { author: { ...author, name: 'a\nb' } }],
    ['a name of dots, which git drops', { author: { ...author, name: '...' } }],
    ['no mail', { author: { name: 'a' } }],
    ['a mail without an @', { author: { ...author, email: 'grace' } }],
    ['a mail with a blank', { author: { ...author, email: 'a b@c' } }],
    ['another member', { push: false }],
    ['a word', 'yes'],
  ])('%s is refused at the door', async (_, commit) => {
    const [{ status, json }, options] = await send(STOP, commit);
    expect([status, json.code, options]).toEqual([400, 'BadRequest', undefined]);
  });

  it.each([
    ['ten thousand characters', { message: 'x'.repeat(10_000) }],
    ['all that can be printed, and line ends', { message: 'ü “—” 🙂\n\n  the body\n' }],
    ['a name of any script', { author: { name: '李 O’Neil, Jr.', email: 'a+b@localhost' } }],
  ])('%s: taken', async (_, commit) => {
    const [{ status }] = await send(STOP, commit);
    expect(status).toBe(200);
  });
});
