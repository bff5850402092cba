import type { JsonObject } from '../../shared/json.ts';

/** Pieces of the tools' schemas. */

/** An object with these members and no others. */
export function input(properties: JsonObject = {}, required: readonly string[] = []): JsonObject {
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }), additionalProperties: false };
}

/** An object that has all of these members. */
export function output(properties: JsonObject, required: readonly string[] = Object.keys(properties)): JsonObject {
  return { type: 'object', properties, required };
}

/** Either of two answers: the usual one, or a change that waits for a person. */
export function outputOrProposal(properties: JsonObject): JsonObject {
  return {
    type: 'object',
    properties: { ...properties, applied: BOOLEAN, proposal: PROPOSAL },
    anyOf: [{ required: Object.keys(properties) }, { required: ['applied', 'proposal'] }],
  };
}

export const TEXT = { type: 'string' } as const;
export const COUNT = { type: 'integer' } as const;
export const BOOLEAN = { type: 'boolean' } as const;
export const OBJECT = { type: 'object' } as const;
export const OBJECTS = { type: 'array', items: OBJECT } as const;
export const TEXTS = { type: 'array', items: TEXT } as const;

/** A text that must say something. */
export function text(description: string): JsonObject {
  return { type: 'string', minLength: 1, pattern: '\\S', description };
}

export function flag(fallback: boolean, description: string): JsonObject {
  return { type: 'boolean', default: fallback, description };
}

/** How many to answer with, as every tool that lists has it (original contract §0). */
export function limit(fallback: number, of: string, maximum = 2000): JsonObject {
  return { type: 'integer', minimum: 1, maximum, default: fallback, description: `At most so many ${of}.` };
}

export const SERVICE_ID = text('Name or id of the service, as runtime__list_services tells it.');
export const RUN_ID = text('Only those of this run.');

const COUNTS = { revision: TEXT, introspected_at: TEXT, tools: COUNT, resources: COUNT, prompts: COUNT };

/** A service as the tools tell it (original contract §2, sum). */
export const SUM = output({
  service_id: TEXT,
  display_name: TEXT,
  source_file: TEXT,
  module: TEXT,
  service_type: { enum: ['mcp', 'agent'] },
  origin_type: TEXT,
  lifecycle: TEXT,
  health: TEXT,
  uptime_seconds: COUNT,
  restart_count: COUNT,
  interface: { anyOf: [output(COUNTS), { type: 'null' }] },
});

const PROPOSAL = {
  type: 'object',
  description: 'A change that waits for a person.',
  properties: { id: TEXT, state: TEXT, planHash: TEXT, approve: TEXT },
  required: ['id', 'state', 'planHash', 'approve'],
} as const;

export const AUTH_REF = text('env:VARIABLE, file:PATH, header_env:Header-Name:VARIABLE, or a legacy name.');
export const AUTH_FILE_REF = text('file:PATH, below the folder of secret files.');
