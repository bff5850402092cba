import { describe, expect, it } from 'vitest';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

const HAND = `# yaml-language-server: $schema=x
# Ask the docs team before you change this.
${serviceText('a', '    args: [one,   two]  # spacing as typed')}
# the end
`;

describe('comments survive', () => {
  it('stop, then start of a hand-written manifest: only the edited field differs', async () => {
    const folder = new WriterFolder();
    folder.write('a.yaml', HAND);
    const verb = (value: boolean) => {
      const set = [{ path: ['spec', 'enabled'], value }];
      return folder.writer.edit({ kind: 'MCPService', name: 'a', at: folder.at('a.yaml', 'a'), set });
    };
    await verb(false);
    const lines = folder.read('a.yaml').split('\n');
    expect(lines.filter((line) => !HAND.split('\n').includes(line))).toEqual(['  enabled: false']);
    await verb(true);
    expect(folder.read('a.yaml')).toBe(lines.join('\n').replace('enabled: false', 'enabled: true'));
  });

  it('apply over it by force keeps those of what stays', async () => {
    const folder = new WriterFolder();
    folder.write('a.yaml', HAND);
    const at = folder.at('a.yaml', 'a');
    await folder.apply('a', serviceText('a', '    args: [one, three]'), { at, force: true });
    for (const comment of HAND.match(/#.*/g) ?? []) expect(folder.read('a.yaml')).toContain(comment);
  });
});
