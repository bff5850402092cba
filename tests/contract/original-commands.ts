/** What makes a service an agent: flags of every command that adds one (original contract §6, AGENT). */
const AGENT = [
  ...['--agent-role', '--agent-objective', '--agent-triggers', '--agent-inputs', '--agent-outputs'],
  ...['--agent-mcp-tools', '--agent-llm-providers', '--agent-handoff-targets', '--agent-depends-on', '--agent-version'],
];
const ONE_AGENT = ['--agent-id', '--agent-name', ...AGENT];

/** Flags of every command of clarityctl. */
export const ORIGINAL_GLOBAL_FLAGS: readonly string[] = ['--daemon-url', '--auth-token'];

/** Flags of clarityd. */
export const ORIGINAL_DAEMON_FLAGS: readonly string[] = ['-p, --port', '--host', '--auth-token'];

/** Every leaf command of the original's clarityctl with its operands and its flags (original contract §6): 23, with 37 distinct flags. */
export const ORIGINAL_COMMANDS: Readonly<
  Record<string, { readonly operands: number; readonly flags: readonly string[] }>
> = {
  list: { operands: 0, flags: [] },
  status: { operands: 0, flags: [] },
  add: {
    operands: 1,
    flags: ['--module', '--wasm', '--entry', '--name', '--service-type', ...ONE_AGENT, '--compiler-bin'],
  },
  'add-all': { operands: 1, flags: ['--recursive', '--entry', '--service-type', ...AGENT, '--compiler-bin'] },
  'add-local': {
    operands: 0,
    flags: ['--source', '--module', '--wasm', '--entry', '--name', '--service-type', ...ONE_AGENT],
  },
  'start-source': {
    operands: 0,
    flags: ['--source', '--module', '--wasm', '--entry', '--name', '--service-type', ...ONE_AGENT, '--compiler-bin'],
  },
  'add-remote': {
    operands: 0,
    flags: [
      ...['--endpoint', '--module', '--name', '--service-type', ...ONE_AGENT, '--auth-ref', '--transport'],
      ...['--timeout-ms', '--allow-tools', '--max-payload-bytes', '--max-concurrency'],
    ],
  },
  start: { operands: 1, flags: [] },
  stop: { operands: 1, flags: [] },
  restart: { operands: 1, flags: [] },
  introspect: { operands: 1, flags: [] },
  remove: { operands: 1, flags: ['--cleanup-artifacts'] },
  details: { operands: 1, flags: ['--log-limit', '--event-limit', '--call-limit'] },
  logs: { operands: 1, flags: ['--limit'] },
  'auth providers': { operands: 0, flags: [] },
  'auth validate': { operands: 1, flags: [] },
  'auth list-secrets': { operands: 0, flags: [] },
  'auth set-secret': { operands: 2, flags: [] },
  'auth delete-secret': { operands: 1, flags: [] },
  bootstrap: { operands: 0, flags: ['--clients', '--transport', '--endpoint', '--update-agents-md'] },
  'bootstrap-remove': { operands: 0, flags: ['--clients'] },
  doctor: { operands: 0, flags: ['--compiler-bin'] },
  'gateway serve': { operands: 0, flags: ['--stdio'] },
};
