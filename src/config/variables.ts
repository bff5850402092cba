/** One setting that comes from outside: an environment variable, a flag of clarityd, or both. The flag wins. */
export interface Variable {
  readonly name: string;
  /** Commander's notation; absent where there is only the variable. */
  readonly flag?: string;
  /** May be given several times as a flag, and holds a comma-separated list as a variable. */
  readonly list?: true;
  readonly choices?: readonly string[];
  /** As it is shown; absent where there is none. */
  readonly default?: string;
  /** Known, and without effect: until its feature is there, or for good because nothing needs it any more. */
  readonly unused?: 'pending' | 'retired';
  readonly readBy: readonly ('clarityd' | 'clarityctl' | 'clarityc')[];
  readonly meaning: string;
}

const clarityd = ['clarityd'] as const;
const clarityctl = ['clarityctl'] as const;
/** Every variable that we read; docs/reference/environment.md and `clarityd --help` are made from it (surfaces.md; original contract §7). */
export const VARIABLES = [
  {
    name: 'CLARITYD_WORKSPACE',
    flag: '--workspace <dir>',
    default: '.',
    readBy: clarityd,
    meaning: 'Folder that relative paths in manifests start from.',
  },
  {
    name: 'CLARITYD_SERVICES',
    flag: '--services <dir>',
    default: '<workspace>/services.d',
    readBy: clarityd,
    meaning: 'Watched folder of manifests; made where the default is missing.',
  },
  {
    name: 'CLARITYD_STATE',
    flag: '--state <dir>',
    default: '<workspace>/.clarity',
    readBy: clarityd,
    meaning: 'Folder of the database, logs and lock.',
  },
  {
    name: 'CLARITYD_SOURCE',
    flag: '--source <uri>',
    list: true,
    readBy: clarityd,
    meaning:
      'Further source of manifests: dir:PATH, or git+URL#REF:PATH (a branch, tag or commit and a folder of it; by default HEAD and services.d).',
  },
  {
    name: 'CLARITYD_HOST',
    flag: '--host <address>',
    default: '127.0.0.1',
    readBy: clarityd,
    meaning: 'Address to listen on; beyond loopback a token is needed to be answered.',
  },
  {
    name: 'CLARITYD_PORT',
    flag: '-p, --port <number>',
    default: '4707',
    readBy: clarityd,
    meaning: 'Port to listen on; 0 takes any free one.',
  },
  {
    name: 'CLARITYD_AUTH_TOKEN',
    flag: '--auth-token <token>',
    readBy: ['clarityd', 'clarityctl'],
    meaning: 'Token that clients must send. On a command line other users can read it: prefer a file or the variable.',
  },
  {
    name: 'CLARITYD_AUTH_TOKEN_FILE',
    flag: '--auth-token-file <file>',
    readBy: clarityd,
    meaning: 'File that holds the token; after CLARITYD_AUTH_TOKEN.',
  },
  {
    name: 'CLARITY_API_TOKEN',
    readBy: ['clarityd', 'clarityctl'],
    meaning: 'Token where none of the above is set; an empty one above does not hide it.',
  },
  {
    name: 'CLARITYD_ALLOWED_HOST',
    flag: '--allowed-host <host>',
    list: true,
    readBy: clarityd,
    meaning: 'Further Host header to answer, as host or host:port.',
  },
  {
    name: 'CLARITYD_ALLOWED_ORIGIN',
    flag: '--allowed-origin <origin>',
    list: true,
    readBy: clarityd,
    meaning: 'Further Origin that may call from a browser.',
  },
  {
    name: 'CLARITYD_LOG_LEVEL',
    flag: '--log-level <level>',
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
    readBy: clarityd,
    meaning: 'Least level that is logged.',
  },
  {
    name: 'CLARITYD_LOG_FORMAT',
    flag: '--log-format <format>',
    choices: ['pretty', 'json'],
    default: 'pretty',
    readBy: clarityd,
    meaning: 'Form of the log on stderr.',
  },
  {
    name: 'CLARITY_REMOTE_ALLOWED_HOSTS',
    list: true,
    default: 'any',
    readBy: clarityd,
    meaning: 'Exact hostnames that remote services may name.',
  },
  {
    name: 'CLARITY_REMOTE_DEFAULT_TIMEOUT_MS',
    default: '20000',
    readBy: clarityd,
    meaning: 'Time limit of a remote call in milliseconds, where the manifest has none.',
  },
  {
    name: 'CLARITY_REMOTE_MAX_PAYLOAD_BYTES',
    default: '1048576',
    readBy: clarityd,
    meaning: 'Largest remote request and answer in bytes, where the manifest has no limit.',
  },
  {
    name: 'CLARITY_REMOTE_MAX_CONCURRENCY',
    default: '8',
    readBy: clarityd,
    meaning: 'Calls at once to one remote service, where the manifest has no limit.',
  },
  {
    name: 'CLARITY_REMOTE_RETRY_MAX',
    default: '0',
    readBy: clarityd,
    meaning: 'Repeats of a failed read-only remote call, where the manifest has none.',
  },
  {
    name: 'CLARITY_REMOTE_RETRY_BACKOFF_MS',
    default: '150',
    readBy: clarityd,
    meaning: 'Wait before such a repeat in milliseconds, where the manifest has none.',
  },
  {
    name: 'CLARITY_LOCAL_FN_TIMEOUT_MS',
    default: '2000',
    readBy: clarityd,
    meaning: 'Time limit of a Clarity function in milliseconds, where the manifest has none.',
  },
  {
    name: 'CLARITY_TOOL_CIRCUIT_WINDOW_SECONDS',
    default: '60',
    readBy: clarityd,
    meaning: 'Time in seconds whose calls a circuit breaker looks at.',
  },
  {
    name: 'CLARITY_TOOL_CIRCUIT_MIN_CALLS',
    default: '8',
    readBy: clarityd,
    meaning: 'Calls within that time before a circuit breaker may open; a very large number turns them off.',
  },
  {
    name: 'CLARITY_TOOL_CIRCUIT_ERROR_RATE',
    default: '0.6',
    readBy: clarityd,
    meaning: 'Share of failed calls, above 0 and at most 1, from which on a circuit breaker opens.',
  },
  {
    name: 'CLARITY_ENABLE_MCP_PROVISIONING',
    default: '0',
    readBy: clarityd,
    meaning: 'Lets programs register services and write secrets, over MCP and over the API: 1, true, yes or on.',
  },
  {
    name: 'CLARITY_MCP_PROVISIONING_APPROVAL',
    choices: ['none', 'required'],
    default: 'none',
    readBy: clarityd,
    meaning: 'With required, what an MCP client would change waits until a person has agreed (clarityctl approve).',
  },
  {
    name: 'CLARITYC_BIN',
    readBy: ['clarityd', 'clarityctl'],
    meaning: 'Compiler of Clarity services whose manifest names none; by default the embedded one.',
  },
  {
    name: 'CLARITY_HITL_DIR',
    default: '<workspace>/.clarity-hitl',
    readBy: clarityd,
    meaning: 'Folder where services put their questions to people, and find the answers.',
  },
  {
    name: 'CLARITY_HITL_TIMEOUT_SECS',
    default: '600',
    readBy: clarityd,
    meaning: 'How long such a question is waited for, in seconds.',
  },
  {
    name: 'CLARITY_REMOTE_AUTH_FILE_ROOT',
    default: '<workspace>/.clarity/secrets',
    readBy: clarityd,
    meaning: 'Folder that secretRefs of the form file:PATH may read.',
  },
  {
    name: 'CLARITY_REMOTE_AUTH_<NAME>',
    readBy: clarityd,
    meaning: 'Secret behind the authRef NAME or legacy_env:NAME (upper-cased, other characters than A-Z and 0-9 as _).',
  },
  {
    name: 'CLARITY_HOOK_SECRET',
    readBy: clarityd,
    meaning: 'Secret that webhooks (POST /hooks/SOURCE) are signed with; without one none is answered.',
  },
  {
    name: 'CLARITY_HOOK_SECRET_<NAME>',
    readBy: clarityd,
    meaning: 'The same for the source NAME alone (upper-cased, other characters than A-Z and 0-9 as _).',
  },
  {
    name: 'CLARITY_ENABLE_COMPILER_INSTALL',
    unused: 'retired',
    readBy: clarityd,
    meaning: 'Let tools install a compiler; the compiler is part of the runtime now, and nothing is installed.',
  },
  {
    name: 'CLARITY_COMPILER_INSTALL_ALLOWLIST',
    unused: 'retired',
    readBy: clarityd,
    meaning: 'Programs that might install a compiler; none is run any more.',
  },
  {
    name: 'CLARITY_COMPILER_INSTALL_CMD',
    unused: 'retired',
    readBy: clarityd,
    meaning: 'Command that installed a compiler; it is not run any more.',
  },
  {
    name: 'CLARITY_AUDIT_INCLUDE_LIFECYCLE',
    default: '1',
    readBy: clarityd,
    meaning: 'Whether the audit also tells what services did (service.* events); 0 leaves that out.',
  },
  {
    name: 'OPENAI_API_KEY',
    readBy: clarityd,
    meaning: 'Key of a service whose env[] takes it with secretRef env:OPENAI_API_KEY; no service gets it unasked.',
  },
  {
    name: 'OPENAI_API_KEY_FILE',
    readBy: clarityd,
    meaning: 'File, as an absolute path, that holds it where OPENAI_API_KEY is not set.',
  },
  {
    name: 'OPENAI_BASE_URL',
    default: 'https://api.openai.com',
    readBy: clarityd,
    meaning: 'Another server of that format, for a service whose env[] takes it with secretRef env:OPENAI_BASE_URL.',
  },
  {
    name: 'ANTHROPIC_API_KEY',
    readBy: clarityd,
    meaning: 'Key of a service whose env[] takes it with secretRef env:ANTHROPIC_API_KEY; no service gets it unasked.',
  },
  {
    name: 'ANTHROPIC_API_KEY_FILE',
    readBy: clarityd,
    meaning: 'File, as an absolute path, that holds it where ANTHROPIC_API_KEY is not set.',
  },
  {
    name: 'ANTHROPIC_BASE_URL',
    default: 'https://api.anthropic.com',
    readBy: clarityd,
    meaning: 'Another server of that format, for a service whose env[] takes it with secretRef env:ANTHROPIC_BASE_URL.',
  },
  {
    name: '<NAME>_FILE',
    readBy: clarityd,
    meaning: 'File, as an absolute path, that secretRef env:NAME reads where the variable NAME is not set.',
  },
  {
    name: 'CLARITY_TRACE_MAX_SPANS',
    default: '5000',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'Spans of tool calls that are kept.',
  },
  {
    name: 'CLARITY_PRICING_TABLE_PATH',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'File with the prices of models.',
  },
  {
    name: 'CLARITY_PRICING_TABLE_JSON',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'The prices of models themselves; after the file.',
  },
  {
    name: 'CLARITY_BUDGET_MAX_TOOL_CALLS_PER_RUN',
    default: '64',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'Tool calls that one run may make.',
  },
  {
    name: 'CLARITY_BUDGET_MAX_TOTAL_TOKENS_PER_RUN',
    default: '200000',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'Tokens that one run may use.',
  },
  {
    name: 'CLARITY_BUDGET_MAX_TOTAL_COST_USD',
    default: '20',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'What one run may cost, in US dollars.',
  },
  {
    name: 'CLARITY_HITL_MAX_MESSAGE_CHARS',
    default: '2000',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'Characters of a message to a run.',
  },
  {
    name: 'CLARITY_HITL_CHAT_MODE',
    choices: ['auto', 'echo', 'disabled'],
    default: 'auto',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'How runs answer messages, where the agent does not say it.',
  },
  {
    name: 'CLARITY_A2A_MAX_MESSAGE_BYTES',
    default: '65536',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'Bytes of a message from one agent to another.',
  },
  {
    name: 'CLARITY_RUNTIME_CHAT_API_KEY_ENV',
    unused: 'pending',
    readBy: clarityd,
    meaning: 'Name of the variable with the key of an agent that chats; set by the daemon itself.',
  },
  {
    name: 'CLARITYD_URL',
    default: 'http://127.0.0.1:4707',
    readBy: clarityctl,
    meaning: 'Daemon to talk to (--daemon-url).',
  },
  {
    name: 'HOME',
    readBy: ['clarityd', 'clarityctl'],
    meaning: 'Folder below which the configuration of MCP clients lies (USERPROFILE where it is not set).',
  },
  {
    name: 'CODEX_HOME',
    default: '~/.codex',
    readBy: ['clarityd', 'clarityctl'],
    meaning: 'Folder of Codex’s config.toml, as Codex itself reads it.',
  },
  {
    name: 'CLAUDE_CONFIG_DIR',
    default: '~',
    readBy: ['clarityd', 'clarityctl'],
    meaning: 'Folder of Claude Code’s .claude.json, as Claude Code itself reads it.',
  },
  { name: 'NO_COLOR', readBy: ['clarityctl', 'clarityc'], meaning: 'Plain text where set and not empty.' },
  {
    name: 'FORCE_COLOR',
    readBy: ['clarityctl', 'clarityc'],
    meaning: 'Colour also where the output is no terminal, unless 0 or empty.',
  },
  {
    name: 'CLARITY_EXTERNAL_DIFF',
    readBy: clarityctl,
    meaning: 'Command that shows the differences of `clarityctl diff`; it gets two folders.',
  },
  {
    name: 'CLARITYCTL_BIN',
    readBy: ['clarityc'],
    meaning: 'Program that `clarityc start` runs in place of the clarityctl that it comes with.',
  },
  {
    name: 'CLARITY_ALLOW_HOSTS',
    list: true,
    default: 'any',
    readBy: ['clarityc'],
    meaning: 'Hosts that a program may ask; *.DOMAIN stands for all below a domain.',
  },
  {
    name: 'CLARITY_DENY_EFFECTS',
    list: true,
    readBy: ['clarityc'],
    meaning: 'Effects that a program is refused, such as FileSystem.',
  },
  {
    name: 'CLARITY_CHECKPOINT_DIR',
    default: '.clarity-checkpoints',
    readBy: ['clarityc'],
    meaning: 'Folder where a program keeps its checkpoints.',
  },
] as const satisfies readonly Variable[];

/** Name of a variable of the table. */
export type VariableName = (typeof VARIABLES)[number]['name'];
