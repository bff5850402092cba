import { describe, expect, it } from 'vitest';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi } from '../helpers/test-api.ts';

/** Nothing listens on a port that was just given back. */
async function nobody(): Promise<string> {
  const api = await testApi();
  const url = await api.listen();
  await api.app.close();
  return url;
}

describe('exit codes', () => {
  it.each([
    [['gett'], 'Did you mean get?'],
    [['get', '--wach'], 'Did you mean --watch?'],
    [['describe'], "missing required argument 'name'"],
    [['describe', 'a', 'b'], 'too many arguments'],
    [['get', '-o', 'xml'], '-o xml: get knows -o table, wide, json, yaml, name'],
    [['logs', 'files', '--limit', '0'], 'whole number'],
    [['wait', 'files', '--timeout', 'soon'], 'duration'],
    [['wait', 'files', '--for', 'happiness'], '--for=happiness is not known'],
    [['apply', '-f', 'nowhere.yaml'], 'cannot read nowhere.yaml'],
    [['apply', '-f', '-', '--dry-run', 'maybe'], '--dry-run=maybe is not known'],
    [['validate', 'nowhere'], 'cannot read nowhere'],
    [['--daemon-url', 'localhost:4707', 'get'], 'is no http or https URL'],
  ])('%j is a usage error: 2', async (argv, message) => {
    const { code, stdout, stderr } = await cli(argv, { cwd: tempFolder() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('without a command: the help on stderr, 2', async () => {
    const { code, stdout, stderr } = await cli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: clarityctl');
  });

  it.each([
    ['get'],
    ['describe', 'files'],
    ['diff'],
    ['events'],
    ['logs', 'files', '-f'],
    ['get', '-w'],
    ['call', 'files', 'read'],
    ['wait', 'files'],
    ['delete', 'files'],
  ])('%s %s without a daemon: 2, with how to start one', async (...argv) => {
    const url = await nobody();
    const { code, stderr } = await cli(['--daemon-url', url, ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(`no daemon answers at ${url}`);
    expect(stderr).toContain('npx clarityd');
  });

  it('CLARITYD_URL names the daemon, and the flag comes first', async () => {
    const url = await nobody();
    const { stderr } = await cli(['get'], { env: { CLARITYD_URL: url } });
    expect(stderr).toContain(url);
    const api = await testApi();
    const answer = await cli(['get', '--daemon-url', await api.listen()], { env: { CLARITYD_URL: url } });
    expect(answer.code).toBe(0);
  });

  it.each([
    ['get', 'ghost'],
    ['describe', 'ghost'],
    ['logs', 'ghost'],
    ['events', 'ghost'],
    ['start', 'ghost'],
    ['delete', 'ghost'],
    ['call', 'ghost', 'read'],
  ])('%s of a service that is not there: 1', async (...argv) => {
    const url = await (await testApi()).listen();
    const { code, stdout, stderr } = await cli(['--daemon-url', url, ...argv]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('ghost');
  });

  it('a wrong token: 2; the right one, from a flag or a variable: 0', async () => {
    const api = await testApi({
      doors: { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [], token: 'sesame' },
    });
    const url = await api.listen();
    const on = (argv: string[], env = {}) => cli(['--daemon-url', url, ...argv], { env });
    const refused = await on(['get', '--auth-token', 'wrong']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--auth-token');
    expect((await on(['get', '--auth-token', 'sesame'])).code).toBe(0);
    expect((await on(['get'], { CLARITYD_AUTH_TOKEN: 'sesame' })).code).toBe(0);
  });

  it('--version: 0 and the version alone', async () => {
    const { code, stdout } = await cli(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
