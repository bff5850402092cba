import { NAME_PATTERN } from '../types.ts';

/** The largest number of milliseconds that a timer can hold: longer ones would fire at once. */
export const TIMER_MAX_MS = 2_147_483_647;

/** Any text but blank ones. */
export const NON_BLANK = '\\S';

/** Text of a positive duration: `250ms`, `30s`, `1m30s`. */
export const DURATION = '^\\s*(\\d+(\\.\\d+)?|(\\d+(\\.\\d+)?(ms|s|m|h))+)\\s*$';

const secretRef = {
  type: 'string',
  pattern: NON_BLANK,
  title: 'Secret reference',
  description:
    'Where the value comes from: env:VAR, file:path, header_env:Header:VAR or a legacy name. It wins over value.',
  examples: ['env:GITHUB_TOKEN', 'file:github.token'],
} as const;

const oneOfBoth = [
  { type: 'object', required: ['value'] },
  { type: 'object', required: ['secretRef'] },
] as const;

/** An entry of `env[]`. */
export const envEntry = {
  type: 'object',
  title: 'Environment variable',
  description: 'A variable that the service gets: a name with a value or a secretRef.',
  additionalProperties: false,
  required: ['name'],
  anyOf: oneOfBoth,
  properties: {
    name: {
      type: 'string',
      pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
      title: 'Name',
      description: 'Name of the variable: letters, digits and _, no digit first.',
      examples: ['LOG_LEVEL'],
    },
    value: { type: 'string', title: 'Value', description: 'The value in plain text; never put a secret here.' },
    secretRef,
  },
} as const;

/** An entry of `headers[]`. */
export const headerEntry = {
  type: 'object',
  title: 'HTTP header',
  description: 'A header that is sent with each request: a name with a value or a secretRef.',
  additionalProperties: false,
  required: ['name'],
  anyOf: oneOfBoth,
  properties: {
    name: {
      type: 'string',
      pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
      title: 'Name',
      description: 'Name of the header.',
      examples: ['X-Tenant'],
    },
    value: {
      type: 'string',
      pattern: '^[^\\r\\n\\u0000]*$',
      title: 'Value',
      description: 'The value in plain text, one line; never put a secret here.',
    },
    secretRef,
  },
} as const;

/** A list of non-blank texts. */
export const texts = { type: 'array', items: { type: 'string', pattern: NON_BLANK } } as const;

const textMap = {
  type: 'object',
  additionalProperties: {
    type: 'string',
    title: 'Value',
    description: 'Any text; numbers and true or false in quotes.',
  },
} as const;

/** The identity of a document (manifest.md, metadata). */
export const nameField = {
  type: 'string',
  pattern: NAME_PATTERN,
  title: 'Name',
  description:
    'The identity, unique per kind over all sources: 1 to 63 lower-case letters, digits and -, neither first nor last a -.',
  examples: ['files'],
} as const;

export const labels = {
  ...textMap,
  title: 'Labels',
  description: 'Texts to select by (-l team=docs); they never change how the service runs.',
  default: {},
  examples: [{ team: 'docs' }],
} as const;

export const annotations = {
  ...textMap,
  title: 'Annotations',
  description:
    'Notes. Keys that begin with clarity.runtime/ are ours: managed-by, prune (disabled), restartedAt, unquarantinedAt.',
  default: {},
  examples: [{ 'clarity.runtime/prune': 'disabled' }],
} as const;

/** `tools.allow` and `tools.deny`. */
export const toolGlobs = {
  allow: {
    ...texts,
    title: 'Allowed tools',
    description:
      'Globs on upstream tool names (* any run, ? one character). Absent: all; every list that exists must allow.',
    examples: [['read_*']],
  },
  deny: {
    ...texts,
    title: 'Denied tools',
    description: 'Globs on upstream tool names that are neither listed nor called; deny wins over allow.',
    examples: [['write_*', 'delete_*']],
  },
} as const;
