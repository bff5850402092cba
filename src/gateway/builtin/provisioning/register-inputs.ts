import type { JsonObject } from '../../../shared/json.ts';
import { AUTH_REF, BOOLEAN, flag, OBJECT, outputOrProposal, SUM, text } from '../schemas.ts';

/** How a registered service begins. */
export const STARTING: JsonObject = {
  tool_namespace: text('What its tools are prefixed with, as <namespace>__<tool>; from the module where absent.'),
  autostart: flag(true, 'Whether it is started by itself.'),
  enabled: flag(true, 'Whether it is served at all.'),
  start_now: flag(true, 'Start it now and wait until it is ready; false writes it with autostart off.'),
  introspect: flag(true, 'Say whether its interface has been read.'),
};

/** What every register tool of the original takes. */
export const REGISTERED: JsonObject = {
  display_name: { ...text('What people see.'), maxLength: 80 },
  service_type: { enum: ['mcp', 'agent'], default: 'mcp', description: 'mcp, or agent.' },
  agent_descriptor: {
    ...OBJECT,
    description: 'Of an agent: agent_id, name, role, objective, triggers, and what metadata.agent has beside them.',
  },
  ...STARTING,
};

const atLeast = (minimum: number, description: string) => ({ type: 'integer', minimum, description });

/** What the tools take that register a server elsewhere. */
export const REMOTE: JsonObject = {
  module: text('Name of the module; the last part of the path or the host name where absent.'),
  auth_ref: AUTH_REF,
  transport: { enum: ['streamable_http', 'sse_http'], default: 'streamable_http', description: 'How it is spoken to.' },
  timeout_ms: atLeast(1, 'Time limit of a call in milliseconds.'),
  max_payload_bytes: atLeast(1024, 'Largest request and answer in bytes.'),
  max_concurrency: atLeast(1, 'Calls at once.'),
  allowed_tools: {
    type: 'array',
    items: { type: 'string' },
    description: 'Tools that may be called; all where absent.',
  },
  ...REGISTERED,
};

/** What a register tool answers (original contract §2). */
export const REGISTER_OUTPUT = outputOrProposal({
  service: SUM,
  created: BOOLEAN,
  started: BOOLEAN,
  introspected: BOOLEAN,
});
