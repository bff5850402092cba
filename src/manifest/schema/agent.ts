import { NON_BLANK, texts } from './shapes.ts';

const text = { type: 'string', pattern: NON_BLANK } as const;

/** The JSON Schema dialect knows no case-insensitive pattern. */
const anyCase = (word: string) => word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const UNITS = ['ms', 'milliseconds?', 's', 'sec', 'seconds?', 'm', 'min', 'minutes?', 'h', 'hr', 'hours?'];
const EVERY = `^\\s*${anyCase('every')}\\s+\\d+\\s*(${UNITS.map(anyCase).join('|')})\\s*$`;

const messageKinds = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'string',
    enum: ['handoff.request', 'handoff.accepted', 'handoff.rejected', 'handoff.completed'],
  },
} as const;

const schedule = {
  type: 'object',
  title: 'Schedule',
  description: 'One timer: scheduleId and scheduleExpr, or their aliases id and expr.',
  additionalProperties: false,
  allOf: [
    {
      anyOf: [
        { type: 'object', required: ['scheduleId'] },
        { type: 'object', required: ['id'] },
      ],
    },
    {
      anyOf: [
        { type: 'object', required: ['scheduleExpr'] },
        { type: 'object', required: ['expr'] },
      ],
    },
  ],
  properties: {
    scheduleId: { ...text, title: 'Schedule id', description: 'Unique within the agent.', examples: ['nightly'] },
    id: { ...text, title: 'Schedule id', description: 'Alias of scheduleId.' },
    scheduleExpr: {
      type: 'string',
      pattern: EVERY,
      title: 'Schedule',
      description: 'every <number> <unit> with ms, s, m or h, or their English names.',
      examples: ['every 15 minutes'],
    },
    expr: { type: 'string', pattern: EVERY, title: 'Schedule', description: 'Alias of scheduleExpr.' },
    enabled: { type: 'boolean', title: 'Enabled', description: 'false: this schedule does not fire.', default: true },
    serial: { type: 'boolean', title: 'Serial', description: 'true: one run at a time.', default: true },
    handlerTool: { ...text, title: 'Handler', description: 'The tool that each firing calls.', examples: ['on_timer'] },
  },
} as const;

/** `metadata.agent`: the original's descriptor (original contract §4), kept as written. */
export const agentSchema = {
  type: 'object',
  title: 'Agent descriptor',
  description: 'What the agent is for and what may start it. Required where serviceType is agent.',
  additionalProperties: false,
  required: ['agentId', 'name', 'role', 'objective', 'triggers'],
  properties: {
    agentId: { ...text, title: 'Agent id', description: 'How other agents address it.', examples: ['reviewer'] },
    name: { ...text, title: 'Name', description: 'What people see.' },
    role: { ...text, title: 'Role', description: 'The part it plays, in a few words.' },
    objective: { ...text, title: 'Objective', description: 'What it is to achieve.' },
    version: { ...text, title: 'Version', description: 'Version of the descriptor.' },
    hitl: { type: 'boolean', title: 'Human in the loop', description: 'true: people may answer and steer its runs.' },
    triggers: {
      type: 'array',
      minItems: 1,
      items: { type: 'string', enum: ['timer', 'event', 'api', 'a2a'] },
      title: 'Triggers',
      description: 'What may start a run. timer needs timer, a2a needs a2a.',
      examples: [['api', 'timer']],
    },
    inputs: { ...texts, title: 'Inputs', description: 'Names of what it takes.' },
    outputs: { ...texts, title: 'Outputs', description: 'Names of what it gives.' },
    allowedMcpTools: { ...texts, title: 'Allowed tools', description: 'Names of the MCP tools that it may call.' },
    allowedLlmProviders: { ...texts, title: 'Allowed model providers', description: 'Providers that it may use.' },
    llmProviders: { ...texts, title: 'Model providers', description: 'Alias of allowedLlmProviders.' },
    handoffTargets: { ...texts, title: 'Handoff targets', description: 'Ids of the agents that it may hand over to.' },
    dependsOn: { ...texts, title: 'Depends on', description: 'Ids of the agents that it needs.' },
    timer: {
      type: 'object',
      title: 'Timer',
      description: 'Its schedules; required where triggers has timer.',
      additionalProperties: false,
      required: ['schedules'],
      properties: {
        schedules: {
          type: 'array',
          minItems: 1,
          items: schedule,
          title: 'Schedules',
          description: 'When runs start.',
        },
        serial: { type: 'boolean', title: 'Serial', description: 'true: one run at a time.', default: true },
        handlerTool: { ...text, title: 'Handler', description: 'The tool that each firing calls.' },
      },
    },
    a2a: {
      type: 'object',
      title: 'Agent to agent',
      description: 'How other agents talk to it; required where triggers has a2a.',
      additionalProperties: false,
      required: ['protocol'],
      properties: {
        protocol: { const: 'clarity.a2a.v1', title: 'Protocol', description: 'The envelope of the messages.' },
        acceptedMessageKinds: { ...messageKinds, title: 'Accepted kinds', description: 'Messages that it takes.' },
        emitsMessageKinds: { ...messageKinds, title: 'Emitted kinds', description: 'Messages that it sends.' },
        maxPayloadBytes: {
          type: 'integer',
          minimum: 128,
          maximum: 10_485_760,
          title: 'Largest payload',
          description: 'Largest message in bytes.',
          examples: [65_536],
        },
      },
    },
    chat: {
      type: 'object',
      title: 'Chat',
      description: 'How it answers people.',
      additionalProperties: false,
      properties: {
        mode: {
          type: 'string',
          enum: ['auto', 'echo', 'disabled'],
          title: 'Mode',
          description: 'auto calls the handler, echo repeats, disabled leaves the message to others.',
          default: 'auto',
        },
        provider: {
          type: 'string',
          enum: ['openai', 'anthropic', 'echo'],
          title: 'Provider',
          description: 'The model provider.',
        },
        handlerTool: { ...text, title: 'Handler', description: 'The tool that each message calls.' },
        model: { ...text, title: 'Model', description: 'Name of the model.' },
        apiKeyEnv: {
          type: 'string',
          pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
          title: 'Key variable',
          description: 'Name of the variable that holds the API key.',
        },
        timeoutMs: {
          type: 'integer',
          minimum: 1000,
          maximum: 120_000,
          title: 'Timeout',
          description: 'Milliseconds for one answer.',
        },
        historyEnabled: { type: 'boolean', title: 'History', description: 'false: each message stands alone.' },
        historyMaxTurns: {
          type: 'integer',
          minimum: 1,
          maximum: 200,
          title: 'Turns',
          description: 'How many earlier messages go along.',
          default: 24,
        },
        historyMaxChars: {
          type: 'integer',
          minimum: 256,
          maximum: 200_000,
          title: 'Characters',
          description: 'How much text of earlier messages goes along.',
          default: 12_000,
        },
      },
    },
  },
} as const;
