import { describe, expect, it } from 'vitest';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

const env = (secret: string, region: string) =>
  serviceText(
    'a',
    `    env:\n      - { name: API_TOKEN, value: ${secret} }\n      - name: REGION\n        value: ${region}`,
  );

describe('preview', () => {
  it('shows what apply would do without doing it, secrets masked and the owner left out', async () => {
    const folder = new WriterFolder();
    const preview = (text: string, at = folder.at('a.yaml', 'a')) =>
      folder.writer.preview({ kind: 'MCPService', name: 'a', text, at, managedBy: 'clarityctl' });
    const created = await folder.writer.preview({
      kind: 'MCPService',
      name: 'a',
      text: env('s3cr3t', 'north'),
      at: undefined,
      managedBy: 'clarityctl',
    });
    expect(created.outcome).toBe('created');
    expect(created.patch).toMatch(/^--- \/dev\/null\n\+\+\+ b\/services.d\/a.yaml\n/);
    expect(created.patch).toContain('value: ********');
    expect(folder.files()).toEqual([]);

    await folder.apply('a', env('s3cr3t', 'north'));
    const before = folder.read('a.yaml');
    expect(await preview(env('s3cr3t', 'north'))).toEqual({ outcome: 'unchanged', patch: '' });
    const configured = await preview(env('n3w', 'south'));
    expect(configured.outcome).toBe('configured');
    expect(configured.patch).toMatch(/^-.*value: north$/m);
    expect(configured.patch).toMatch(/^\+.*value: south$/m);
    expect(configured.patch).toMatch(/^\+.*API_TOKEN.*\*{8} \(changed\)/m);
    expect(configured.patch).not.toMatch(/^[+-].*managed-by/m);
    for (const { patch } of [created, configured]) expect(patch).not.toMatch(/s3cr3t|n3w/);
    expect(folder.read('a.yaml')).toBe(before);
  });

  it('says conflict for a human’s document', async () => {
    const folder = new WriterFolder();
    folder.write('a.yaml', serviceText('a'));
    const text = serviceText('a', '    args: [x]');
    const at = folder.at('a.yaml', 'a');
    const preview = await folder.writer.preview({ kind: 'MCPService', name: 'a', text, at, managedBy: 'mcp' });
    expect(preview).toMatchObject({ outcome: 'conflict', patch: expect.stringContaining('+    args:') });
  });
});
