import { describe, expect, it } from 'vitest';
import { bareHost, importsOf } from './rig.ts';

const DOC = '{"a":"x","n":1.5,"b":true,"z":null,"o":{"q":[1,{"r":"deep"}]},"__proto__":"own"}';

describe('json imports', () => {
  it.each([
    ['json_get', [DOC, 'a'], 'x'],
    ['json_get', [DOC, 'n'], '1.5'],
    ['json_get', [DOC, 'b'], 'true'],
    ['json_get', [DOC, 'z'], undefined],
    ['json_get', [DOC, 'o'], '{"q":[1,{"r":"deep"}]}'],
    ['json_get', [DOC, '__proto__'], 'own'],
    ['json_get', [DOC, 'toString'], undefined],
    ['json_get', ['[1]', '0'], undefined],
    ['json_get', ['nope', 'a'], undefined],
    ['json_get_path', [DOC, 'o.q'], '[1,{"r":"deep"}]'],
    ['json_get_path', [DOC, 'o.q.0'], undefined],
    ['json_get_nested', [DOC, 'o.q.0'], '1'],
    ['json_get_nested', [DOC, 'o.q.1.r'], 'deep'],
    ['json_get_nested', [DOC, 'o.q.9'], undefined],
    ['json_get_nested', [DOC, 'a.b'], undefined],
    ['json_array_get', ['["a",{"b":1},null]', 0n], 'a'],
    ['json_array_get', ['["a",{"b":1},null]', 2n], 'null'],
    ['json_array_get', ['["a"]', -1n], undefined],
    ['json_array_get', ['{}', 0n], undefined],
  ])('%s(%s) is %s', (name, args, expected) => {
    expect(importsOf(bareHost()).optionText(name, ...args)).toBe(expected);
  });

  it('go from an object to a map and back', () => {
    const host = bareHost();
    const { raw, text, option } = importsOf(host);
    const parse = (json: string) => option(raw('json_parse', json) as number, (at) => host.memory.readI32(at));
    const map = parse('{"9":"x","n":1,"t":true,"z":null,"s":"01"}')!;
    expect(text('json_stringify', map)).toBe('{"9":"x","n":1,"t":true,"z":null,"s":"01"}');
    expect(text('json_stringify_object', map)).toBe('{"9":"x","n":"1","t":"true","z":"null","s":"01"}');
    expect([parse('{"a":{}}'), parse('[]'), parse('1'), parse('{')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('say why an object could not be read', () => {
    const host = bareHost();
    const result = (json: string) => {
      const at = importsOf(host).raw('json_parse_object', json) as number;
      return [host.memory.readI32(at), host.memory.readI32(at) === 1 && host.memory.text(host.memory.readI32(at + 8))];
    };
    expect(result('[1]')).toEqual([1, 'The JSON text is not an object.']);
    expect(result('{')).toEqual([1, expect.stringMatching(/JSON/)]);
    expect(result('{"a":{"b":[]}}')[0]).toBe(0);
  });

  it('cut texts into pieces', () => {
    const { text } = importsOf(bareHost());
    expect([text('chunk_text', 'abcde', 2n), text('chunk_text', 'ab', -3n)]).toEqual(['["ab","cd","e"]', '["a","b"]']);
    expect(text('json_escape_string', 'q"\\\n\u0001')).toBe('q\\"\\\\\\n\\u0001');
  });
});
