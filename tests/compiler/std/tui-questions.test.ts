import { describe, expect, it } from 'vitest';

import { TextInput } from '../../../src/wasm-host/text-input.ts';
import { none, some } from '../../helpers/clarity-values.ts';
import { runStd, type Script } from './std-module.ts';

const ITEMS = ['red', 'green', 'blue'];

/** Without a terminal: what is printed and answered for these lines. */
function byLine(name: string, args: readonly (string | readonly string[])[], input: string) {
  let shown = '';
  const environment = { stdout: (text: string) => (shown += text), stdin: new TextInput(input) };
  return { result: runStd('tui', {}, environment).instance.call(name, args), shown: () => shown };
}

/** At a terminal: what is answered for these keys, what is on it at the end, and whether it was put back. */
function byKeys(name: string, args: readonly (string | readonly string[])[], keys: (string | undefined)[]) {
  const lines: string[] = [];
  let row = 0;
  let raw = 0;
  const script: Script = {
    tty_is_tty: () => true,
    tty_read_key: () => keys.shift(),
    stdin_eof_detected: () => keys.length === 0,
    tty_enter_raw: () => {
      raw++;
      return undefined;
    },
    tty_exit_raw: () => {
      raw--;
      return undefined;
    },
    tty_hide_cursor: () => undefined,
    tty_show_cursor: () => undefined,
    tty_clear_line: () => void (lines[row] = ''),
    tty_cursor_up: (n: bigint) => void (row -= Number(n)),
  };
  const stdout = (text: string) => {
    for (const part of text.split(/(\n)/)) {
      if (part === '\n') row++;
      else lines[row] = (lines[row] ?? '') + part;
    }
  };
  const result = runStd('tui', script, { stdout }).instance.call(name, args);
  return { result, screen: lines.filter((line) => line !== ''), raw };
}

describe('std/tui without a terminal', () => {
  it('prompt_line prints its label and reads a line', () => {
    const { result, shown } = byLine('prompt_line', ['Name'], 'Ada\nmore');
    expect(result).toBe('Ada');
    expect(shown()).toBe('Name: ');
    expect(byLine('prompt_line', ['Name'], '').result).toBe('');
  });

  it.each([
    ['y', true],
    ['Yes ', true],
    ['n', false],
    ['', false],
    ['maybe', false],
  ])('confirm reads %j as %j', (line, yes) => {
    const { result, shown } = byLine('confirm', ['Sure?'], `${line}\n`);
    expect(result).toBe(yes);
    expect(shown()).toBe('Sure? (y/n) ');
  });

  it.each([
    ['1', some(0n)],
    [' 3 ', some(2n)],
    ['0', none],
    ['4', none],
    ['x', none],
    ['', none],
  ])('select_one reads %j', (line, choice) => {
    const { result, shown } = byLine('select_one', [ITEMS, 'Colour'], `${line}\n`);
    expect(result).toEqual(choice);
    expect(shown()).toBe('Colour\n1. red\n2. green\n3. blue\nNumber: ');
  });

  it.each([
    ['3, 1', [0n, 2n]],
    ['2 2 9 x', [1n]],
    ['', []],
  ])('select_many reads %j', (line, chosen) => {
    expect(byLine('select_many', [ITEMS, 'Colours'], `${line}\n`).result).toEqual(chosen);
  });

  it('asks nothing where there are no items', () => {
    const one = byLine('select_one', [[], 'Colour'], '1\n');
    expect([one.result, one.shown()]).toEqual([none, '']);
    expect(byLine('select_many', [[], 'Colours'], '1\n').result).toEqual([]);
  });
});

describe('std/tui at a terminal', () => {
  it('select_one moves with the arrows, around the ends', () => {
    const { result, screen, raw } = byKeys('select_one', [ITEMS, 'Colour'], ['down', undefined, 'up', 'up', 'enter']);
    expect(result).toEqual(some(2n));
    expect(screen).toEqual(['Colour', '  red', '  green', '> blue']);
    expect(raw).toBe(0);
  });

  it.each(['escape', 'q', 'ctrl-c', '\u0003', '\u001b'])('select_one ends without a choice at %j', (key) => {
    const { result, raw } = byKeys('select_one', [ITEMS, 'Colour'], ['j', key]);
    expect([result, raw]).toEqual([none, 0]);
  });

  it('select_one ends at the end of the input', () => {
    expect(byKeys('select_one', [ITEMS, 'Colour'], []).result).toEqual(none);
  });

  it('select_many marks with the space bar', () => {
    const keys = ['down', 'space', 'k', ' ', 'j', 'j', ' ', ' ', 'other', 'return'];
    const { result, screen } = byKeys('select_many', [ITEMS, 'Colours'], keys);
    expect(result).toEqual([0n, 1n]);
    expect(screen).toEqual(['Colours', '  [x] red', '  [x] green', '> [ ] blue']);
  });

  it('select_many chooses nothing when it is left', () => {
    expect(byKeys('select_many', [ITEMS, 'Colours'], [' ', 'escape']).result).toEqual([]);
  });

  it.each([
    [['y'], true],
    [['x', 'Y'], true],
    [['n'], false],
    [['escape'], false],
    [[], false],
  ])('confirm reads the keys %j', (keys, yes) => {
    const { result, screen, raw } = byKeys('confirm', ['Sure?'], [...keys]);
    expect(result).toBe(yes);
    expect(screen).toEqual([`Sure? (y/n) ${yes ? 'yes' : 'no'}`]);
    expect(raw).toBe(0);
  });
});
