import { envEntry, headerEntry, NON_BLANK, texts, TIMER_MAX_MS } from './shapes.ts';

const env = {
  type: 'array',
  items: envEntry,
  title: 'Environment',
  description: 'Variables that the service gets.',
  default: [],
  examples: [
    [
      { name: 'LOG_LEVEL', value: 'debug' },
      { name: 'TOKEN', secretRef: 'env:MY_TOKEN' },
    ],
  ],
} as const;

const positive = { type: 'integer', minimum: 1 } as const;

/** A WebAssembly module that the runtime itself runs. */
export const wasmSchema = {
  type: 'object',
  title: 'WebAssembly module',
  description: 'A module on this machine that the runtime runs in its own sandbox.',
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: { const: 'local_wasm', title: 'Type', description: 'A WebAssembly module.' },
    wasmPath: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Module file',
      description: 'Path of the .wasm file. By default a content-addressed artifact under .clarity/build.',
      examples: ['build/add.wasm'],
    },
    entry: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Entry',
      description: 'Name of the export that is the entry.',
      default: 'mcp_main',
    },
    args: { title: 'Arguments', description: 'Arguments of the entry; not used.', default: [] },
    env,
    compiler: {
      type: 'object',
      title: 'Compiler',
      description: 'The program that compiles sourceFile. By default the embedded one.',
      additionalProperties: false,
      required: ['command'],
      properties: {
        command: { type: 'string', pattern: NON_BLANK, title: 'Command', description: 'The program.' },
        args: {
          type: 'array',
          items: { type: 'string' },
          title: 'Arguments',
          description: 'Its arguments.',
          default: [],
        },
      },
    },
    limits: {
      type: 'object',
      title: 'Limits',
      description: 'What one call may use.',
      default: { timeoutMs: 2000, maxConcurrency: 16, countWaits: false },
      additionalProperties: false,
      properties: {
        timeoutMs: {
          ...positive,
          maximum: TIMER_MAX_MS,
          title: 'Timeout',
          description: 'Milliseconds of one call, from when it runs, not while it queues.',
          default: 2000,
        },
        memoryPages: {
          ...positive,
          maximum: 65_536,
          title: 'Memory',
          description: 'Pages of 64 KiB; may only lower the maximum of the module itself.',
        },
        maxConcurrency: { ...positive, title: 'Concurrency', description: 'Calls at one time.', default: 16 },
        countWaits: {
          type: 'boolean',
          title: 'Count waits',
          description: 'true: the time that a call waits for a model or a person counts towards timeoutMs.',
          default: false,
        },
      },
    },
    capabilities: {
      type: 'object',
      title: 'Capabilities',
      description: 'What the module may reach; only what is listed. Absent: env[] entries, model and hitl.',
      additionalProperties: false,
      properties: {
        net: { ...texts, title: 'Network', description: 'Hosts that it may reach.' },
        fs: {
          type: 'object',
          title: 'Files',
          description: 'Paths that it may read and write.',
          additionalProperties: false,
          properties: {
            read: { ...texts, title: 'Read', description: 'Paths that it may read.' },
            write: { ...texts, title: 'Write', description: 'Paths that it may write.' },
          },
        },
        env: { ...texts, title: 'Variables', description: 'Names of env[] entries that it may read.' },
        secrets: {
          ...texts,
          title: 'Secrets',
          description: 'Names of env[] entries with a secretRef that it may read.',
        },
        model: { type: 'boolean', title: 'Model', description: 'It may ask a language model.' },
        mcp: { type: 'boolean', title: 'MCP', description: 'It may call tools of other services.' },
        a2a: { type: 'boolean', title: 'Agents', description: 'It may message other agents.' },
        hitl: { type: 'boolean', title: 'People', description: 'It may ask a person.' },
      },
    },
  },
} as const;

/** A child process that speaks MCP on stdin and stdout. */
export const stdioSchema = {
  type: 'object',
  title: 'Local process',
  description: 'A program on this machine that speaks MCP on its stdin and stdout.',
  additionalProperties: false,
  required: ['type', 'command'],
  properties: {
    type: { const: 'local_stdio', title: 'Type', description: 'A local process.' },
    command: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Command',
      description:
        'The program, looked up in PATH; with a slash, a path relative to the workspace. No shell is involved.',
      examples: ['npx'],
    },
    args: {
      type: 'array',
      items: { type: 'string' },
      title: 'Arguments',
      description: 'Arguments, passed as they are.',
      default: [],
      examples: [['-y', '@modelcontextprotocol/server-filesystem', './docs']],
    },
    cwd: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Working directory',
      description: 'Folder in which it runs, relative to the workspace.',
      default: '.',
    },
    env,
    inheritEnv: {
      ...texts,
      title: 'Inherited environment',
      description:
        'Names of variables of the daemon that are passed on beside the fixed list (PATH, HOME, LANG, proxies, …).',
      default: [],
      examples: [['GIT_AUTHOR_NAME']],
    },
    timeoutMs: {
      ...positive,
      maximum: TIMER_MAX_MS,
      title: 'Timeout',
      description: 'Milliseconds of one call; a progress notification starts it anew, up to ten times as long in all.',
      default: 60_000,
    },
    maxConcurrency: { ...positive, title: 'Concurrency', description: 'Calls at one time.', default: 64 },
    maxPayloadBytes: {
      ...positive,
      title: 'Largest message',
      description: 'Largest message in bytes.',
      default: 16_777_216,
    },
    limits: {
      type: 'object',
      title: 'Limits',
      description: 'What the process may use.',
      additionalProperties: false,
      properties: {
        memoryMb: { ...positive, title: 'Memory', description: 'Megabytes of memory.', examples: [512] },
        cpuSeconds: {
          ...positive,
          title: 'Processor time',
          description: 'Seconds of processor time.',
          examples: [600],
        },
      },
    },
    sandbox: {
      type: 'string',
      enum: ['none', 'bwrap'],
      title: 'Sandbox',
      description: 'none, or bwrap: run it inside bubblewrap.',
      default: 'none',
    },
  },
} as const;

/** An MCP server somewhere else. */
export const remoteSchema = {
  type: 'object',
  title: 'Remote server',
  description: 'An MCP server that is reached over HTTP.',
  additionalProperties: false,
  required: ['type', 'endpoint'],
  properties: {
    type: { const: 'remote_mcp', title: 'Type', description: 'A remote MCP server.' },
    endpoint: {
      type: 'string',
      format: 'uri',
      title: 'Endpoint',
      description: 'Its http or https URL.',
      examples: ['https://mcp.example.com/mcp'],
    },
    transport: {
      type: 'string',
      enum: ['streamable_http', 'sse_http'],
      title: 'Transport',
      description: 'streamable_http, or sse_http for servers of the older HTTP+SSE transport.',
      default: 'streamable_http',
    },
    authRef: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Credentials',
      description: 'Where the credentials come from: env:VAR, file:path, header_env:Header:VAR or a legacy name.',
      examples: ['env:MCP_TOKEN', 'header_env:X-Api-Key:MCP_KEY'],
    },
    headers: {
      type: 'array',
      items: headerEntry,
      title: 'Headers',
      description: 'Headers that are sent with each request.',
      default: [],
      examples: [[{ name: 'X-Tenant', value: 'docs' }]],
    },
    timeoutMs: { ...positive, title: 'Timeout', description: 'Milliseconds of one call.', default: 20_000 },
    allowedTools: {
      type: 'array',
      items: { type: 'string' },
      title: 'Allowed tools',
      description: 'Names of the tools that are served; empty or absent: all.',
      default: [],
    },
    maxPayloadBytes: {
      ...positive,
      title: 'Largest message',
      description: 'Largest answer in bytes.',
      default: 1_048_576,
    },
    maxConcurrency: { ...positive, title: 'Concurrency', description: 'Calls at one time.', default: 8 },
    queueLimit: {
      type: 'integer',
      minimum: 0,
      title: 'Queue',
      description: 'Calls that wait for a free place; more are refused.',
      default: 64,
    },
    retry: {
      type: 'object',
      title: 'Retry',
      description: 'Tries again after a network failure; only tools that are read-only or idempotent.',
      default: { max: 0, backoffMs: 150 },
      additionalProperties: false,
      properties: {
        max: { type: 'integer', minimum: 0, title: 'Most', description: 'How many more tries.', default: 0 },
        backoffMs: {
          type: 'integer',
          minimum: 0,
          maximum: TIMER_MAX_MS,
          title: 'Back-off',
          description: 'Milliseconds before the next try.',
          default: 150,
        },
      },
    },
  },
} as const;
