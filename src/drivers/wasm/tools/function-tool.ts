import type { InterfaceFunction, InterfaceType, TypeRef } from '../../../compiler/interface/interface.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { HostError } from '../../../wasm-host/host-error.ts';
import { docText } from './doc-text.ts';
import { TypeSchemas, SchemaTooLarge, isNullable } from './type-schema.ts';
import { typeText } from './type-text.ts';

/** The tool of a function is named so (original contract §2). */
export const FUNCTION_PREFIX = 'fn__';
/** Bytes of one definition, about; a schema above it tells less of the types. */
const MAX_SCHEMA = 256 * 1024;

/** Effects through which a call can change something outside of itself; the others only ask, or tell its own log. */
const CHANGING = new Set(['A2A', 'FileSystem', 'MCP', 'Network', 'Persist', 'TTY']);
const OPEN_WORLD = new Set(['A2A', 'Embed', 'Eval', 'HumanInLoop', 'MCP', 'Model', 'Network']);

/** The MCP definition of a function: names and types of what it takes and gives (surfaces.md, MCP); with `brief` types in words only. `wasted` hears of the size of schemas that were made for nothing. */
export function functionTool(
  fn: InterfaceFunction,
  types: ReadonlyMap<string, InterfaceType>,
  brief: boolean,
  wasted: (size: number) => void,
): JsonObject {
  const { name, doc, params, effects } = fn;
  const signature = `${name}(${params.map((param) => `${param.name}: ${typeText(param.type)}`).join(', ')})`;
  const result = givenType(fn.result);
  const looseOut = looseOutput(result, types);
  return {
    name: `${FUNCTION_PREFIX}${name}`,
    description: docText(doc ?? `${signature} -> ${typeText(fn.result)}`),
    inputSchema: brief ? looseInput(fn) : orElse(() => inputSchema(fn, types), looseInput(fn), wasted),
    outputSchema: brief ? looseOut : orElse(() => outputSchema(result, types), looseOut, wasted),
    annotations: {
      readOnlyHint: !effects.some((effect) => CHANGING.has(effect)),
      openWorldHint: effects.some((effect) => OPEN_WORLD.has(effect)),
      ...(effects.length === 0 ? { idempotentHint: true } : {}),
    },
  };
}

/** What is given where nothing fails: Err is an error of the tool. */
function givenType(result: TypeRef): TypeRef {
  return typeof result !== 'string' && 'result' in result ? result.result[0] : result;
}

function inputSchema({ params }: InterfaceFunction, types: ReadonlyMap<string, InterfaceType>): JsonObject {
  const schemas = new TypeSchemas(types, 'input');
  return { ...schemas.members(params), ...schemas.definitions };
}

function outputSchema(type: TypeRef, types: ReadonlyMap<string, InterfaceType>): JsonObject {
  const schemas = new TypeSchemas(types, 'output');
  const schema = isRecord(type, types)
    ? schemas.resolved(schemas.of(type))
    : schemas.members([{ name: 'result', type }]);
  return { ...schema, ...schemas.definitions };
}

function isRecord(type: TypeRef, types: ReadonlyMap<string, InterfaceType>): boolean {
  return typeof type !== 'string' && 'type' in type && types.get(type.type)?.kind === 'record';
}

/** What can be said of types whose schema would be too large. */
function looseInput({ params }: InterfaceFunction): JsonObject {
  const members = params.map(({ name, type }) => [name, { description: docText(typeText(type)) }] as const);
  const required = params.filter(({ type }) => !isNullable(type)).map(({ name }) => name);
  return { type: 'object', properties: Object.fromEntries(members), required, additionalProperties: false };
}

function looseOutput(type: TypeRef, types: ReadonlyMap<string, InterfaceType>): JsonObject {
  const description = docText(typeText(type));
  if (isRecord(type, types)) return { type: 'object', description };
  return { type: 'object', properties: { result: { description } }, required: ['result'] };
}

function orElse(schema: () => JsonObject, loose: JsonObject, wasted: (size: number) => void): JsonObject {
  try {
    const made = schema();
    if (JSON.stringify(made).length <= MAX_SCHEMA) return made;
  } catch (error) {
    if (!(error instanceof SchemaTooLarge || error instanceof HostError)) throw error;
  }
  wasted(MAX_SCHEMA);
  return loose;
}
