import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK, Redactor } from '../../src/security/redactor.ts';
import { sized } from '../helpers/size.ts';

/** A secret that the mask itself could be mistaken for is left out. */
const secret = fc
  .string({ minLength: 4, maxLength: 40, unit: 'grapheme' })
  .filter((text) => text.trim().length >= 4 && !/[[\]]/.test(text) && !MASK.includes(text));

describe('a value that was learned', () => {
  it('is in no text any more, wherever it stood and whatever is around it', () => {
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 5 }), fc.array(fc.string()), (secrets, around) => {
        const redactor = new Redactor();
        for (const value of secrets) redactor.learn(value);
        const text = around.join(secrets.join(' ')) + secrets.join('');
        const redacted = redactor.redact(text);
        for (const value of secrets) expect(redacted).not.toContain(value);
      }),
      { numRuns: sized(200, 5000) },
    );
  });

  it('is found as JSON and URLs write it, without Bearer, and line by line', () => {
    const redactor = new Redactor();
    redactor.learn('pa"ss wörd');
    redactor.learn('Bearer bare-token');
    redactor.learn('-----BEGIN KEY-----\nabcdefghijkl\nmnop\n-----END KEY-----');
    const text = `{"v":"pa\\"ss wörd"} ?q=pa%22ss%20w%C3%B6rd bare-token\nabcdefghijkl\nmnop`;
    expect(redactor.redact(text)).toBe(`{"v":"${MASK}"} ?q=${MASK} ${MASK}\n${MASK}\nmnop`);
  });

  it('shorter than 4 characters hides no words', () => {
    const redactor = new Redactor();
    redactor.learn('the');
    expect(redactor.redact('the cat')).toBe('the cat');
  });

  it('is kept of the newest 2000 only, counting from its last use', () => {
    const redactor = new Redactor();
    redactor.learn('value-kept');
    redactor.learn('value-lost');
    for (let n = 0; n < 1998; n++) redactor.learn(`filler-${String(n)}`);
    redactor.learn('value-kept');
    redactor.learn('one-more');
    expect(redactor.redact('value-kept value-lost one-more')).toBe(`${MASK} value-lost ${MASK}`);
  });
});

describe('what looks like a secret', () => {
  const redactor = new Redactor();
  const key = ['sk', 'abcdefghijklmnop1234'].join('-');

  it.each([
    ['Authorization: Bearer abcdefgh', `Authorization: Bearer ${MASK}`],
    ['"authorization":"Basic dXNlcjpw"', `"authorization":"Basic ${MASK}"`],
    ['sent Bearer abc123def456 upstream', `sent Bearer ${MASK} upstream`],
    [`key ${key}.`, `key ${MASK}.`],
    [`github ${['ghp', 'abcdefghijklmnopqrstuvwx'].join('_')}`, `github ${MASK}`],
    ['GET /x?token=abc&x=1', `GET /x?token=${MASK}&x=1`],
    ['FOO_PASSWORD=hunter2 BAR=1', `FOO_PASSWORD=${MASK} BAR=1`],
    ["password='hunter2'", `password='${MASK}'`],
    ['api_key=abc apikey=def api-key=ghi', `api_key=${MASK} apikey=${MASK} api-key=${MASK}`],
    ['{"clientSecret": "s e c", "a": 1}', `{"clientSecret": "${MASK}", "a": 1}`],
    ['postgres://user:pw@host/db', `postgres://user:${MASK}@host/db`],
    [`jwt ${['eyJhbGciOiJI', 'eyJzdWIiOiIx', 'c2ln'].join('.')}`, `jwt ${MASK}`],
  ])('%s', (text, redacted) => expect(redactor.redact(text)).toBe(redacted));

  it.each([
    'SyntaxError: Unexpected token: < in JSON',
    'the bearer authentication failed',
    'max_tokens=100',
    'http://127.0.0.1:4707/mcp',
    'listening at http://localhost:80 as user@example.com',
    'task-manager and sk-short',
  ])('%s stays', (text) => expect(redactor.redact(text)).toBe(text));

  it('is looked for in time that grows with the text', () => {
    for (const unit of ['a-', 'token', 'bearer ', 'sk-', '://', 'x:', '"a'])
      expect(redactor.redact(unit.repeat(50_000)).length).toBeGreaterThan(0);
  });
});
