import { describe, expect, it } from 'vitest';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

describe('nothing to apply', () => {
  it.each(['apply', 'diff'])('%s of an empty stdin is a usage error, not a silent success', async (command) => {
    const url = await (await testApi()).listen();
    const { code, stderr } = await cli(['--daemon-url', url, command, '-f', '-'], { input: '# only a comment\n' });
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: there is no document in <stdin>\n' });
  });

  it('a file that is not there is named once, without the words of the system call', async () => {
    const { code, stderr } = await cli(['validate', 'nope.yaml']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: cannot read nope.yaml: no such file or directory\n' });
  });

  it('wait refuses a condition that there is not, instead of waiting for it', async () => {
    const { code, stderr } = await cli(['wait', 'files', '--for=condition=Happy']);
    expect(code).toBe(2);
    expect(stderr).toContain('Ready, Reconciling, Stalled, Synced or Healthy');
  });
});
