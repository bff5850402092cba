import { describe, expect, it } from 'vitest';
import { bareHost, failure, importsOf } from './rig.ts';

describe('text imports', () => {
  it.each([
    ['string_concat', ['', ''], ''],
    ['string_concat', ['hé', '😀'], 'hé😀'],
    ['substring', ['hello', 1n, 3n], 'ell'],
    ['substring', ['hello', 4n, -2n], 'll'],
    ['substring', ['hello', -2n, 3n], 'h'],
    ['char_at', ['hey', 1n], 'e'],
    ['char_at', ['hey', 9_007_199_254_740_993n], ''],
    ['char_at', ['😀', 0n], '\ufffd'],
    ['string_replace', ['a.b.', '.', '$&'], 'a$&b$&'],
    ['string_replace', ['abc', '', 'x'], 'abc'],
    ['string_repeat', ['né', 5n], 'nénénénéné'],
    ['string_repeat', ['x', -1n], ''],
    ['string_repeat', ['', 1n << 40n], ''],
    ['char_from_code', [128_512n], '😀'],
    ['char_from_code', [0xd800n], '\ufffd'],
    ['to_uppercase', ['straße'], 'STRASSE'],
    ['pad_left', ['7', 3n, ''], '  7'],
    ['pad_right', ['x', 6n, 'ab'], 'xababa'],
    ['pad_left', ['x', -(1n << 60n), '0'], 'x'],
    ['trim', ['\u00a0 a \n'], 'a'],
    ['url_encode', ["a b/é&='*"], "a%20b%2F%C3%A9%26%3D'*"],
    ['url_decode', ['%E0%A4%A'], '%E0%A4%A'],
    ['sha256', [''], 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ])('%s(%s) is %s', (name, args, expected) => {
    expect(importsOf(bareHost()).text(name, ...args)).toBe(expected);
  });

  it.each([
    ['string_length', ['😀x'], 3n],
    ['index_of', ['héllo', 'l'], 2n],
    ['index_of', ['a', 'b'], -1n],
    ['char_code', ['😀'], 128_512n],
    ['char_code', [''], 0n],
    ['string_eq', ['a'.repeat(100), 'a'.repeat(100)], 1],
    ['string_eq', ['ab', 'ac'], 0],
    ['contains', ['abc', ''], 1],
    ['string_starts_with', ['abc', 'ab'], 1],
    ['string_ends_with', ['abc', 'ab'], 0],
    ['regex_match', ['^a+b$', 'aab'], 1],
    ['regex_match', ['(', '('], 0],
    ['eval_contains', ['abc', 'bc'], 1],
    ['cosine_similarity', ['[1,0]', '[0,1]'], 0],
    ['cosine_similarity', ['[3,4]', '[3,4]'], 1],
    ['cosine_similarity', ['[1]', '[1,2]'], 0],
    ['cosine_similarity', ['["1"]', '[1]'], 0],
    ['cosine_similarity', ['nope', '[1]'], 0],
  ])('%s(%s) is %s', (name, args, expected) => {
    expect(importsOf(bareHost()).raw(name, ...args)).toBe(expected);
  });

  it.each([
    ['split', ['a,b,,c', ','], ['a', 'b', '', 'c']],
    ['split', ['', ','], ['']],
    ['split', ['abc', ''], ['a', 'b', 'c']],
    ['split_lines', ['a\nb\r\nc\rd\n'], ['a', 'b', 'c', 'd', '']],
    ['chars', ['hé😀'], ['h', 'é', '😀']],
  ])('%s(%s) is %s', (name, args, expected) => {
    const { raw, texts } = importsOf(bareHost());
    expect(texts(raw(name, ...args) as number)).toEqual(expected);
  });

  it.each([
    ['string_repeat', ['ab', 1n << 50n]],
    ['pad_left', ['a', 1n << 50n, 'x']],
    ['string_replace', ['a'.repeat(20_000), 'a', 'b'.repeat(20_000)]],
    ['bytes_new', [1n << 50n]],
    ['chars', ['a'.repeat(30_000)]],
  ])('%s runs out of memory, not of time', (name, args) => {
    expect(failure(() => importsOf(bareHost()).raw(name, ...args)).kind).toBe('out-of-memory');
  });

  it('refuses a code that is no code point', () => {
    const { kind, message } = failure(() => importsOf(bareHost()).raw('char_from_code', 0x110000n));
    expect([kind, message]).toEqual(['conversion', expect.stringContaining('1114112')]);
  });

  it('gives regex groups, the missing ones as empty texts', () => {
    const host = bareHost();
    const { raw, texts, option } = importsOf(host);
    const groups = (pattern: string, text: string) =>
      option(raw('regex_captures', pattern, text) as number, (at) => texts(host.memory.readI32(at)));
    expect(groups('(\\d+)-(\\d+)(x)?', 'x 10-20 y')).toEqual(['10-20', '10', '20', '']);
    expect(groups('z', 'abc')).toBeUndefined();
    expect(groups('[', 'abc')).toBeUndefined();
  });

  it('do not take a pattern that the engine has no room for as one that is none', () => {
    const host = bareHost();
    host.memory.bind(new WebAssembly.Memory({ initial: 32 }));
    const { raw } = importsOf(host);
    expect(failure(() => raw('regex_match', 'a?'.repeat(300_000), 'a')).kind).toBe('stack-overflow');
  });
});
