import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { suggest } from '../../shared/suggest.ts';
import { oneLine } from '../../shared/text.ts';
import type { BuiltinTool } from './tool.ts';

/** Clients of the original name their run here, in any call (original contract §3); the tools that do not declare them pass over them. */
const CORRELATION = new Set([
  'run_id',
  'runId',
  'trace_id',
  'traceId',
  'session_id',
  'sessionId',
  'correlation_id',
  'correlationId',
]);

const MAX_PROBLEMS = 5;

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

/** Checks what a tool is called with; its schema is compiled when it is called first. */
export class ArgumentChecker {
  readonly #ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    useDefaults: true,
    verbose: true,
  });
  readonly #compiled = new Map<string, ValidateFunction>();

  /** A copy with the defaults. Throws RpcError -32602 that names each argument that is wrong, and what it should be. */
  check({ name, inputSchema }: BuiltinTool, given: Json | undefined): JsonObject {
    const args = withoutCorrelation(isJsonObject(given) ? structuredClone(given) : {}, inputSchema);
    let validate = this.#compiled.get(name);
    if (validate === undefined) {
      validate = this.#ajv.compile(inputSchema);
      this.#compiled.set(name, validate);
    }
    if (validate(args)) return args;
    const problems = (validate.errors ?? []).slice(0, MAX_PROBLEMS).map((error) => problemOf(error, inputSchema));
    throw new RpcError(RPC.invalidParams, `${name}: ${problems.map(({ message }) => message).join('; ')}`, {
      tool: name,
      problems,
    });
  }
}

function withoutCorrelation(args: JsonObject, schema: JsonObject): JsonObject {
  const declared = propertiesOf(schema);
  return Object.fromEntries(Object.entries(args).filter(([key]) => key in declared || !CORRELATION.has(key)));
}

function propertiesOf(schema: JsonObject): JsonObject {
  return isJsonObject(schema.properties) ? schema.properties : {};
}

interface Problem extends JsonObject {
  readonly argument: string;
  readonly message: string;
}

function problemOf(error: ErrorObject, schema: JsonObject): Problem {
  const path = error.instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const below = (name: string) => oneLine(path === '' ? name : `${path}.${name}`, 100);
  const { missingProperty, additionalProperty } = error.params as Record<string, string | undefined>;
  if (missingProperty !== undefined) {
    const argument = below(missingProperty);
    return { argument, message: `the argument "${argument}" is missing${describe(schema, argument)}` };
  }
  if (additionalProperty !== undefined) {
    const argument = below(additionalProperty);
    return { argument, message: `there is no argument "${argument}"${instead(additionalProperty, error)}` };
  }
  const argument = oneLine(path, 100);
  return { argument, message: `the argument "${argument}" must be ${expected(error)}${describe(schema, argument)}` };
}

/** What the schema says of the argument. */
function describe(schema: JsonObject, argument: string): string {
  const property = propertiesOf(schema)[argument];
  return isJsonObject(property) && typeof property.description === 'string' ? ` (${property.description})` : '';
}

function instead(written: string, { parentSchema }: ErrorObject): string {
  const names = Object.keys(propertiesOf(parentSchema ?? {}));
  const near = suggest(written, names);
  if (near !== undefined) return `; did you mean "${near}"?`;
  return names.length === 0 ? '; it takes none' : `; it takes ${names.join(', ')}`;
}

function expected({ keyword, params, parentSchema }: ErrorObject): string {
  const { type, limit, allowedValues } = params as { type?: string; limit?: number; allowedValues?: readonly Json[] };
  switch (keyword) {
    case 'type':
      return NOUNS[type ?? ''] ?? String(type);
    case 'enum':
      return `one of ${(allowedValues ?? []).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'minimum':
      return `at least ${String(limit)}`;
    case 'maximum':
      return `at most ${String(limit)}`;
    case 'minLength':
      return 'a text that is not empty';
    case 'maxLength':
      return `a text of at most ${String(limit)} characters`;
    case 'maxItems':
      return `a list of at most ${String(limit)}`;
    case 'pattern': {
      const { pattern } = (parentSchema ?? {}) as { pattern?: string };
      return pattern === '\\S' ? 'a text that is not blank' : `a text of the form ${String(pattern)}`;
    }
    default:
      return `valid (${keyword})`;
  }
}
