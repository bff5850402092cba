import { remoteSchema, stdioSchema, wasmSchema } from './origins.ts';
import { DURATION, nameField, NON_BLANK, TIMER_MAX_MS, toolGlobs } from './shapes.ts';

const duration = { type: ['string', 'number'], pattern: DURATION, exclusiveMinimum: 0 } as const;
const count = { type: 'integer', minimum: 0 } as const;
const milliseconds = { type: 'integer', minimum: 1, maximum: TIMER_MAX_MS } as const;
const seconds = { type: 'integer', minimum: 1, maximum: 2_147_483 } as const;

/** `spec` of an MCPService. */
export const specSchema = {
  type: 'object',
  title: 'Spec',
  description: 'How the service runs and what of it is served.',
  additionalProperties: false,
  required: ['origin'],
  properties: {
    enabled: { type: 'boolean', title: 'Enabled', description: 'false: stopped and not served.', default: true },
    autostart: {
      type: 'boolean',
      title: 'Autostart',
      description: 'false: registered, but not started until clarityctl start sets it true.',
      default: true,
    },
    suspend: {
      type: 'boolean',
      title: 'Suspend',
      description: 'true: hands off; it is neither started, stopped, healed nor pruned.',
      default: false,
    },
    activation: {
      type: 'object',
      title: 'Activation',
      description: 'When it runs.',
      default: { mode: 'always', idleSeconds: 300 },
      additionalProperties: false,
      properties: {
        mode: {
          type: 'string',
          enum: ['always', 'onDemand'],
          title: 'Mode',
          description: 'always, or onDemand: started by its first call and stopped when idle.',
          default: 'always',
        },
        idleSeconds: {
          ...seconds,
          title: 'Idle',
          description: 'Seconds without a call until it is stopped.',
          default: 300,
        },
      },
    },
    toolNamespace: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Tool namespace',
      description: 'Part of the tool names before __; normalised to [a-z0-9_], unique. By default the module.',
      examples: ['files'],
    },
    restartPolicy: {
      type: 'object',
      title: 'Restart policy',
      description: 'What happens when it ends or fails.',
      default: { mode: 'on-failure', maxRestarts: 5, windowSeconds: 60 },
      additionalProperties: false,
      properties: {
        mode: {
          type: 'string',
          enum: ['never', 'on-failure', 'always'],
          title: 'Mode',
          description: 'When it is started again.',
          default: 'on-failure',
        },
        maxRestarts: {
          ...count,
          title: 'Most restarts',
          description: 'Failures within windowSeconds that put it in quarantine.',
          default: 5,
        },
        windowSeconds: {
          type: 'integer',
          minimum: 1,
          title: 'Window',
          description: 'Seconds in which failures count.',
          default: 60,
        },
        quarantineSeconds: {
          type: 'integer',
          minimum: 1,
          title: 'Quarantine',
          description: 'Seconds after which a quarantine ends by itself; absent: never.',
        },
      },
    },
    dependsOn: {
      type: 'array',
      items: nameField,
      title: 'Depends on',
      description: 'Names of services that must be Ready first.',
      default: [],
    },
    probe: {
      type: 'object',
      title: 'Probe',
      description: 'How its health is asked: a ping, or a call of a tool.',
      default: { intervalSeconds: 30, timeoutMs: 5000, failureThreshold: 3 },
      additionalProperties: false,
      properties: {
        tool: {
          type: 'string',
          pattern: NON_BLANK,
          title: 'Tool',
          description: 'A tool that is called without arguments. Absent: ping.',
        },
        intervalSeconds: { ...seconds, title: 'Interval', description: 'Seconds between probes, ± 20 %.', default: 30 },
        timeoutMs: {
          ...milliseconds,
          title: 'Timeout',
          description: 'Milliseconds until a probe has failed.',
          default: 5000,
        },
        failureThreshold: {
          type: 'integer',
          minimum: 1,
          title: 'Failure threshold',
          description: 'Failed probes in a row that make it unhealthy.',
          default: 3,
        },
      },
    },
    drift: {
      type: 'string',
      enum: ['Heal', 'Report'],
      title: 'Drift',
      description: 'Heal what differs from the manifest, or only Report it.',
      default: 'Heal',
    },
    rollout: {
      type: 'object',
      title: 'Rollout',
      description: 'How a changed service replaces the running one.',
      default: { strategy: 'Overlap', drainSeconds: 30 },
      additionalProperties: false,
      properties: {
        strategy: {
          type: 'string',
          enum: ['Overlap', 'Recreate'],
          title: 'Strategy',
          description: 'Overlap starts the new one first; Recreate stops the old one first.',
          default: 'Overlap',
        },
        drainSeconds: {
          ...count,
          maximum: 2_147_483,
          title: 'Drain',
          description: 'Seconds that calls in flight get to finish.',
          default: 30,
        },
      },
    },
    session: {
      type: 'string',
      enum: ['auto', 'shared', 'perClient'],
      title: 'Session',
      description:
        'Whether clients share a connection to the service: auto, where what they let it ask of them is the same; perClient, never; shared, always, and it can ask nothing.',
      default: 'auto',
    },
    reconcile: {
      type: 'object',
      title: 'Reconcile',
      description: 'How often it is looked at. Durations: 30s, 5m, 1m30s, or seconds as a number.',
      default: { interval: '60s', timeout: '120s' },
      additionalProperties: false,
      properties: {
        interval: { ...duration, title: 'Interval', description: 'Between two looks, at least 1s.', default: '60s' },
        timeout: { ...duration, title: 'Timeout', description: 'For one action, at least 1s.', default: '120s' },
      },
    },
    startTimeoutMs: {
      ...milliseconds,
      title: 'Start timeout',
      description: 'Milliseconds until it must have answered initialize.',
      default: 30_000,
    },
    stopGraceSeconds: {
      ...count,
      maximum: 2_147_483,
      title: 'Stop grace',
      description: 'Seconds between SIGTERM and SIGKILL.',
      default: 10,
    },
    tools: {
      type: 'object',
      title: 'Tools',
      description: 'Which upstream tools are served, and under which names.',
      default: {},
      additionalProperties: false,
      properties: {
        ...toolGlobs,
        rename: {
          type: 'object',
          additionalProperties: {
            type: 'string',
            pattern: '^[A-Za-z0-9_.-]+$',
            title: 'New name',
            description: 'The part of the tool name after <namespace>__: letters, digits, _, . and -.',
          },
          title: 'Rename',
          description: 'Upstream name to the part of the tool name after <namespace>__.',
          examples: [{ read_text_file: 'read' }],
        },
      },
    },
    policyRef: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Policy',
      description: 'Name of the kind: Policy document that applies; default always exists.',
      default: 'default',
    },
    deletionPolicy: {
      type: 'string',
      enum: ['Stop', 'Orphan'],
      title: 'Deletion policy',
      description: 'What happens to it when its document is deleted.',
      default: 'Stop',
    },
    origin: {
      type: 'object',
      title: 'Origin',
      description: 'Where the service comes from; type decides which other fields there are.',
      required: ['type'],
      discriminator: { propertyName: 'type' },
      oneOf: [wasmSchema, stdioSchema, remoteSchema],
      examples: [{ type: 'local_stdio', command: 'npx', args: ['-y', '@modelcontextprotocol/server-everything'] }],
    },
  },
} as const;
