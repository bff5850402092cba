import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../../src/manifest/index.ts';
import { cli } from '../helpers/run-cli.ts';

describe('explain', () => {
  it('tells type, need, default, description and fields', async () => {
    const { code, stdout } = await cli(['explain', 'spec.restartPolicy']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^FIELD: {4}spec\.restartPolicy\nTYPE: /);
    expect(stdout).toMatch(/FIELDS:\n(.*\n)*? {2}maxRestarts {2}<integer>\n/);
  });

  it('--recursive goes all the way down', async () => {
    expect((await cli(['explain', 'spec', '--recursive'])).stdout).toContain('restartPolicy.maxRestarts');
    expect((await cli(['explain', 'spec'])).stdout).not.toContain('restartPolicy.maxRestarts');
  });

  it('knows other kinds, and the whole document', async () => {
    expect((await cli(['explain', 'policy.spec.tools'])).code).toBe(0);
    expect((await cli(['explain'])).stdout).toContain('(document)');
  });

  it('a field that is not there: 1 and what may be meant', async () => {
    const { code, stderr } = await cli(['explain', 'spec.restartPolcy']);
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean spec.restartPolicy?');
  });

  it('-o json', async () => {
    expect(JSON.parse((await cli(['explain', 'spec.enabled', '-o', 'json'])).stdout)).toMatchObject({
      path: 'spec.enabled',
      type: 'boolean',
      default: true,
    });
  });
});

describe('schema', () => {
  it('is the schema, as JSON and YAML', async () => {
    expect(JSON.parse((await cli(['schema'])).stdout)).toEqual(manifestSchema);
    expect((await cli(['schema', '-o', 'yaml'])).stdout).toContain('$schema: https://json-schema.org/');
  });
});
