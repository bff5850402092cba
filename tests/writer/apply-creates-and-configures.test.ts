import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/manifest/index.ts';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

const POLICY = 'apiVersion: clarity.runtime/v1\nkind: Policy\nmetadata:\n  name: a\nspec:\n  timeoutMs: 500\n';

describe('apply', () => {
  it('creates <name>.yaml with mode 0644 and the owner, comments of the submitted text and all', async () => {
    const folder = new WriterFolder();
    const result = await folder.apply('a', `# why it is here\n${serviceText('a')}`);
    const text = folder.read('a.yaml');
    expect(result).toEqual({
      outcome: 'created',
      file: 'services.d/a.yaml',
      source: 'services.d',
      contentHash: contentHash(text),
    });
    expect(text).toContain('# why it is here');
    expect(text).toContain('name: a # the identity');
    expect(text).toContain('clarity.runtime/managed-by: clarityctl');
    expect(statSync(folder.path('a.yaml')).mode & 0o777).toBe(0o644);
    expect(folder.files()).toEqual(['a.yaml']);
  });

  it('says unchanged and writes nothing where the content is equal, whoever asks', async () => {
    const folder = new WriterFolder();
    await folder.apply('a', serviceText('a'));
    const before = statSync(folder.path('a.yaml'), { bigint: true });
    for (const at of [undefined, folder.at('a.yaml', 'a')]) {
      const result = await folder.apply('a', serviceText('a').replace(' # the identity', ''), { at, managedBy: 'mcp' });
      expect(result.outcome).toBe('unchanged');
    }
    const after = statSync(folder.path('a.yaml'), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });

  it('configures what a tool wrote, in the place where it is, and says who did last', async () => {
    const folder = new WriterFolder();
    await folder.apply('a', serviceText('a'), { folder: 'mcp' });
    const at = folder.at('mcp/a.yaml', 'a');
    const result = await folder.apply('a', serviceText('a', '    args: [x]'), { at, managedBy: 'api' });
    expect(result).toMatchObject({ outcome: 'configured', file: 'services.d/mcp/a.yaml' });
    const text = folder.read('mcp/a.yaml');
    expect(text).toContain('managed-by: api');
    expect(text).toContain('# the identity');
    expect(text).toContain('args');
    expect(folder.files()).toEqual(['mcp', 'mcp/a.yaml']);
  });

  it('takes <name>-policy.yaml where <name>.yaml holds others, and a conflict where both do', async () => {
    const folder = new WriterFolder();
    await folder.apply('a', serviceText('a'));
    const policy = await folder.apply('a', POLICY, { kind: 'Policy' });
    expect(policy).toMatchObject({ outcome: 'created', file: 'services.d/a-policy.yaml' });
    expect((await folder.apply('a', POLICY, { kind: 'Policy' })).outcome).toBe('unchanged');
    folder.write('b.yaml', serviceText('x'));
    folder.write('b-policy.yaml', serviceText('y'));
    await expect(folder.apply('b', serviceText('b'))).rejects.toMatchObject({ code: 'Conflict' });
  });

  it('writes submitted JSON as YAML', async () => {
    const folder = new WriterFolder();
    const document = {
      apiVersion: 'clarity.runtime/v1',
      kind: 'MCPService',
      metadata: { name: 'a' },
      spec: { origin: { type: 'local_stdio', command: 'node' } },
    };
    await folder.apply('a', JSON.stringify(document));
    expect(folder.read('a.yaml')).toMatch(/^apiVersion: clarity.runtime\/v1\nkind: MCPService\n/);
  });

  it('refuses what is invalid, is another document, or is more than one', async () => {
    const folder = new WriterFolder();
    const invalid = await folder
      .apply('a', serviceText('a').replace('spec:', 'spek:'))
      .catch((error: unknown) => error);
    expect(invalid).toMatchObject({ code: 'ManifestInvalid', data: { diagnostics: [{ file: 'a.yaml' }, {}] } });
    await expect(folder.apply('b', serviceText('a'))).rejects.toMatchObject({ code: 'BadRequest' });
    const two = `${serviceText('a')}---\n${serviceText('b')}`;
    await expect(folder.apply('a', two)).rejects.toMatchObject({ code: 'BadRequest' });
    expect(folder.files()).toEqual([]);
  });
});
