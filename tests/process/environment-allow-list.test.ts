import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../src/process/index.ts';

const PARENT = {
  PATH: '/bin',
  HOME: '/root',
  LC_ALL: 'C',
  XDG_CACHE_HOME: '/c',
  HTTPS_PROXY: 'p',
  https_proxy: 'q',
  No_Proxy: 'r',
  NODE_EXTRA_CA_CERTS: '/ca',
  NODE_OPTIONS: '--inspect',
  npm_config_cache: '/n',
  NPM_TOKEN: 't',
  AWS_SECRET_ACCESS_KEY: 's',
  CLARITYD_AUTH_TOKEN: 's',
  WANTED: 'w',
  path: 'lower',
  UNSET: undefined,
};

describe('the environment of a child', () => {
  it('is the allow-list, proxies in both spellings, and nothing else', () => {
    expect(childEnvironment(PARENT, [], {})).toEqual({
      PATH: '/bin',
      HOME: '/root',
      LC_ALL: 'C',
      XDG_CACHE_HOME: '/c',
      HTTPS_PROXY: 'p',
      https_proxy: 'q',
      No_Proxy: 'r',
      NODE_EXTRA_CA_CERTS: '/ca',
    });
  });

  it('takes what is asked for by name, but never npm’s', () => {
    const env = childEnvironment(PARENT, ['WANTED', 'npm_config_cache', 'NPM_TOKEN', 'UNSET', 'ABSENT'], {});
    expect(Object.keys(env)).toContain('WANTED');
    expect(Object.keys(env).filter((name) => /npm|UNSET|ABSENT/i.test(name))).toEqual([]);
  });

  it('is overruled by the manifest’s own entries', () => {
    expect(childEnvironment(PARENT, [], { PATH: '/own', npm_config_yes: 'true' })).toMatchObject({
      PATH: '/own',
      npm_config_yes: 'true',
    });
  });
});
