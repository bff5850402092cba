import { describe, expect, it } from 'vitest';
import { CliError } from '../../src/cli/cli-error.ts';
import { toolArguments } from '../../src/cli/tool-arguments.ts';
import type { Json, JsonObject } from '../../src/shared/json.ts';

const schema: JsonObject = {
  type: 'object',
  properties: {
    text: { type: 'string', description: 'What to say' },
    count: { type: 'integer' },
    ratio: { type: 'number' },
    deep: { type: 'boolean' },
    tags: { type: 'array' },
    filter: { type: 'object' },
    either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    size: { enum: ['small', 'large'] },
    free: {},
  },
};

describe('arguments of a tool call', () => {
  it.each<[string, Json]>([
    ['text=hello', 'hello'],
    ['text=', ''],
    ['text=a=b', 'a=b'],
    ['text=42', '42'],
    ['text=true', 'true'],
    ['text="quoted"', '"quoted"'],
    ['count=42', 42],
    ['count=-1', -1],
    ['ratio=0.5', 0.5],
    ['ratio=2', 2],
    ['deep=true', true],
    ['tags=["a",1]', ['a', 1]],
    ['filter={"a":null}', { a: null }],
    ['either=null', null],
    ['either=x', 'x'],
    ['size=small', 'small'],
    ['free=[1]', [1]],
    ['free=word', 'word'],
  ])('%s is typed by the schema', (pair, value) => {
    const [name = ''] = pair.split('=');
    expect(toolArguments({ pairs: [pair], json: undefined }, schema)).toEqual({ [name]: value });
  });

  it.each([
    ['count=many', 'must be integer'],
    ['count=1.5', 'must be integer'],
    ['deep=yes', 'must be boolean'],
    ['tags=a,b', 'must be array'],
    ['colour=red', 'there is no argument colour'],
    ['text', 'name=value'],
    ['=x', 'name=value'],
  ])('%s is refused, with the fields listed', (pair, message) => {
    const call = () => toolArguments({ pairs: [pair], json: undefined }, schema);
    expect(call).toThrow(CliError);
    expect(call).toThrow(message);
    expect(hintOf(call)).toContain('text <string>: What to say');
  });

  it('names a required argument that is missing', () => {
    const call = () =>
      toolArguments({ pairs: ['text=x'], json: undefined }, { ...schema, required: ['text', 'count'] });
    expect(call).toThrow('argument count is missing');
    expect(hintOf(call)).toContain('count <integer> required');
  });

  it('asks for no names where --json gives the arguments by position', () => {
    const required = { ...schema, required: ['text'] };
    const given = { args: ['a'], argTypes: [{ kind: 'String' }] };
    expect(toolArguments({ pairs: [], json: JSON.stringify(given) }, required)).toEqual(given);
    const own = { type: 'object', properties: { args: { type: 'array' } }, required: ['args', 'text'] };
    expect(() => toolArguments({ pairs: [], json: '{"args":[]}' }, own)).toThrow('argument text is missing');
  });

  it('lays --arg over --json', () => {
    expect(toolArguments({ pairs: ['count=2'], json: '{"text":"a","count":1}' }, schema)).toEqual({
      text: 'a',
      count: 2,
    });
  });

  it.each(['[1]', '1', 'nonsense'])('--json %s is no object', (json) => {
    expect(() => toolArguments({ pairs: [], json }, schema)).toThrow('must be a JSON object');
  });

  it('guesses where there is no schema, and takes any name where the schema is open', () => {
    expect(toolArguments({ pairs: ['a=1', 'b=x'], json: undefined }, undefined)).toEqual({ a: 1, b: 'x' });
    expect(toolArguments({ pairs: ['a=1'], json: undefined }, { type: 'object' })).toEqual({ a: 1 });
    expect(toolArguments({ pairs: ['a=1'], json: undefined }, { ...schema, additionalProperties: true })).toEqual({
      a: 1,
    });
  });

  it('refuses any name where the schema has no fields and is closed', () => {
    const call = () =>
      toolArguments({ pairs: ['a=1'], json: undefined }, { type: 'object', additionalProperties: false });
    expect(hintOf(call)).toBe('The tool takes no arguments.');
  });

  it('keeps names that objects have of themselves', () => {
    const result = toolArguments({ pairs: ['__proto__=1', 'constructor=2'], json: undefined }, undefined);
    expect(Object.entries(result)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });
});

function hintOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    return error instanceof CliError ? error.hint : undefined;
  }
  return undefined;
}
