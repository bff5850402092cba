import { describe, expect, it } from 'vitest';
import { parseClientEnv, readEnvironment, type ClientSettings, type Environment } from '../../src/config/index.ts';

describe('what clarityctl takes from the environment', () => {
  it.each<[Environment, ClientSettings]>([
    [{}, { daemonUrl: 'http://127.0.0.1:4707', color: 'auto' }],
    [{ CLARITYD_URL: 'https://far.example:1/x' }, { daemonUrl: 'https://far.example:1/x', color: 'auto' }],
    [
      { CLARITYD_URL: '', CLARITYD_AUTH_TOKEN: '', CLARITY_API_TOKEN: 't' },
      { daemonUrl: 'http://127.0.0.1:4707', color: 'auto', authToken: 't' },
    ],
    [
      { CLARITYD_AUTH_TOKEN: 'own', CLARITY_API_TOKEN: 't' },
      { daemonUrl: 'http://127.0.0.1:4707', color: 'auto', authToken: 'own' },
    ],
    [
      { NO_COLOR: '1', FORCE_COLOR: '1' },
      { daemonUrl: 'http://127.0.0.1:4707', color: 'never' },
    ],
    [
      { NO_COLOR: '', FORCE_COLOR: '1' },
      { daemonUrl: 'http://127.0.0.1:4707', color: 'always' },
    ],
    [{ FORCE_COLOR: '0' }, { daemonUrl: 'http://127.0.0.1:4707', color: 'auto' }],
    [
      { CLARITY_EXTERNAL_DIFF: 'diff -u -N' },
      { daemonUrl: 'http://127.0.0.1:4707', color: 'auto', externalDiff: 'diff -u -N' },
    ],
  ])('%j', (env, settings) => expect(parseClientEnv(env)).toEqual(settings));

  it.each(['far.example', 'ftp://far.example', 'http://'])('%s is no daemon', (url) => {
    expect(() => parseClientEnv({ CLARITYD_URL: url })).toThrow(
      expect.objectContaining({ code: 'Usage', message: expect.stringContaining('CLARITYD_URL') }),
    );
  });

  it('is a copy: a change of it changes nothing', () => {
    const copy = readEnvironment() as Record<string, string>;
    copy.CLARITY_TEST_COPY = 'x';
    expect(process.env.CLARITY_TEST_COPY).toBeUndefined();
  });
});
