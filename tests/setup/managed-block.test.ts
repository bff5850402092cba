import { describe, expect, it } from 'vitest';
import { removeManagedBlock, setManagedBlock } from '../../src/setup/edit/managed-block.ts';

const set = (text: string) => setManagedBlock('AGENTS.md', text);
const remove = (text: string) => removeManagedBlock('AGENTS.md', text);

describe('the managed block of AGENTS.md', () => {
  it.each(['', '# Ours\n\n- be kind\n', 'no line feed', 'a\r\nb\r\n', '\n', 'ends with space \n\n'])(
    '%j: set once, removed to the byte',
    (before) => {
      const after = set(before);
      expect(after).toContain('clarity-defaults:start');
      expect(after.startsWith(before)).toBe(true);
      expect(set(after)).toBe(after);
      expect(remove(after)).toBe(before);
    },
  );

  it('an older block is replaced in its place', () => {
    const [start = '', end = ''] = set('').match(/<!--.*?-->/g) ?? [];
    const old = `top\n\n${start}\nold words\n${end}\n\nbottom\n`;
    expect(set(old)).not.toContain('old words');
    expect(set(old)).toMatch(/^top\n\n<!--[^]*-->\n\nbottom\n$/);
    expect(remove(old)).toBe('top\n\nbottom\n');
  });

  it('half a block is told with its line', () => {
    const [start = '', end = ''] = set('').match(/<!--.*?-->/g) ?? [];
    expect(() => set(`a\n${start}\n`)).toThrow('AGENTS.md:2: ');
    expect(() => remove(`${end}\n${start}`)).toThrow('AGENTS.md:');
  });
});
