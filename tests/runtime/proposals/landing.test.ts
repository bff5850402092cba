import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { proposingDaemon } from '../../helpers/proposing-daemon.ts';
import { cli } from '../../helpers/run-cli.ts';
import { ServicesFolder, serviceText } from '../../helpers/services-folder.ts';

/** The lines that a patch adds. */
const added = (patch = '') => [...patch.matchAll(/^\+(?!\+\+ )(.*)$/gm)].map(([, line]) => line);

describe('what an MCP client proposes', () => {
  it('lands after clarityctl approve, as the file that was shown; then its change, and its removal', async () => {
    const folder = new ServicesFolder();
    const { proposals, runtime, url } = await proposingDaemon(folder);
    const on = (...argv: readonly string[]) => cli(['--daemon-url', url, ...argv]);
    const file = folder.path('mcp/web.yaml');
    const by = 'inspector 1.0';

    const text = `# asked for by a model\n${serviceText('web', '    args: [--root, /srv]')}`;
    const proposal = await proposals.propose({ change: { kind: 'apply', text }, by, tool: 'runtime__apply_manifest' });
    expect(proposal.plan).toMatchObject([
      { name: 'web', outcome: 'created', actions: [expect.stringMatching(/^start web/)] },
    ]);
    const shown = await on('proposals', proposal.id.slice(0, 6));
    expect(shown.stdout).toContain('+++ b/services.d/mcp/web.yaml');
    expect(shown.stdout).toContain('+    clarity.runtime/managed-by: mcp');
    expect([existsSync(file), runtime.list()]).toEqual([false, []]);

    const approved = await on('approve', proposal.id, '--yes');
    expect(approved).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('create MCPService web') });
    expect(readFileSync(file, 'utf8')).toBe(`${added(proposal.plan[0]?.patch).join('\n')}\n`);
    expect(runtime.get('web').desired.origin.file).toBe('services.d/mcp/web.yaml');

    const change = { kind: 'apply', text: text.replace('/srv', '/home') } as const;
    const edit = await proposals.propose({ change, by, tool: 'runtime__apply_manifest' });
    expect(edit.plan[0]?.outcome).toBe('configured');
    const before = readFileSync(file, 'utf8');
    expect(await on('approve', edit.id, '--yes')).toMatchObject({ code: 0, stderr: '' });
    const after = readFileSync(file, 'utf8');
    const lines = before.split('\n');
    expect(after.split('\n').filter((line) => !lines.includes(line))).toEqual(added(edit.plan[0]?.patch));

    const removal = await proposals.propose({
      change: { kind: 'remove', name: 'web' },
      by,
      tool: 'runtime__remove_service',
    });
    expect(removal.plan[0]?.patch).toContain('+++ /dev/null');
    expect((await on('approve', removal.id, '--yes')).stdout).toContain('remove MCPService web');
    expect(existsSync(file)).toBe(false);
  });

  it('is outdated where its file has changed since, and a document of a person is refused', async () => {
    const folder = new ServicesFolder();
    folder.write('mine.yaml', serviceText('mine'));
    const { proposals, runtime, url } = await proposingDaemon(folder);
    const by = 'inspector 1.0';
    const apply = (text: string) => proposals.propose({ change: { kind: 'apply', text }, by, tool: 'apply_manifest' });
    await expect(apply(serviceText('mine', '    args: [x]'))).rejects.toMatchObject({ code: 'Conflict' });
    const removal = proposals.propose({ change: { kind: 'remove', name: 'mine' }, by, tool: 'remove_service' });
    await expect(removal).rejects.toMatchObject({ code: 'Conflict' });

    const proposal = await apply(serviceText('web'));
    await runtime.apply(serviceText('web', '    args: [y]'), { managedBy: 'api', force: false });
    const { code, stderr } = await cli(['--daemon-url', url, 'approve', proposal.id, '--yes']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('configured instead of created') });
    expect(readFileSync(folder.path('web.yaml'), 'utf8')).toContain('args: [y]');
  });
});
