import type { JsonObject } from '../shared/json.ts';
import type { ProposalStateName } from './types.ts';

/** What a caller may send, each type with the JSON schema that the API holds it against. Unknown members are refused. */

/** The part of JSON Schema that our requests need. */
export interface RequestSchema {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly properties: Readonly<Record<string, JsonObject>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
}

function closed(properties: RequestSchema['properties'], required: readonly string[] = []): RequestSchema {
  return { type: 'object', additionalProperties: false, properties, required };
}

const id = { type: 'string', minLength: 1, maxLength: 256, description: 'a service’s name or its service id' };
const flag = (description: string) => ({ type: 'boolean', description });
const number = (description: string) => ({ type: 'string', maxLength: 32, description });
const duration = (description: string) => ({ type: 'string', maxLength: 32, description });
const limit = (fallback: number) => number(`how many, 1 to 2000; ${String(fallback)} where absent or no number`);
const wait = duration('how long to wait until it has settled, such as `30s`; `0` answers at once; at most 10m');
const force = flag('also change a document that a person or another tool wrote');

export interface IdParams {
  id: string;
}
export const idParams = closed({ id }, ['id']);

export interface GenerationParams extends IdParams {
  generation: string;
}
export const generationParams = closed(
  { id, generation: { type: 'string', pattern: '^[1-9][0-9]{0,8}$', description: 'a number of the history' } },
  ['id', 'generation'],
);

export interface NameParams {
  name: string;
}
export const nameParams = closed({ name: { ...id, description: 'the name of a policy' } }, ['name']);
export const toolsetParams = closed({ name: { ...id, description: 'the name of a toolset' } }, ['name']);

/** Wants a change of a git source committed and pushed; `message` and `author` are the daemon's where absent. */
export interface CommitBody {
  commit?: boolean | { message?: string; author?: { name: string; email: string } };
}
/** No control character but line ends, no half character; not only blanks. */
const MESSAGE = '^(?:[^\\p{Cc}\\p{Cs}]|\\n)*[^\\s\\p{Cc}\\p{Cs}](?:[^\\p{Cc}\\p{Cs}]|\\n)*$';
/** What git keeps of a name: no angle brackets, and not only punctuation. */
const AUTHOR_NAME = '^[^<>\\p{Cc}\\p{Cs}]*[\\p{L}\\p{N}][^<>\\p{Cc}\\p{Cs}]*$';
const AUTHOR_EMAIL = '^[^\\s<>@"\\p{Cc}\\p{Cs}]+@[^\\s<>@"\\p{Cc}\\p{Cs}]+$';
const author = closed(
  {
    name: { type: 'string', maxLength: 200, pattern: AUTHOR_NAME },
    email: { type: 'string', maxLength: 254, pattern: AUTHOR_EMAIL },
  },
  ['name', 'email'],
);
const commit = {
  anyOf: [
    { type: 'boolean' },
    { ...closed({ message: { type: 'string', maxLength: 10_000, pattern: MESSAGE }, author: { ...author } }) },
  ],
  description: 'of a git source: commit and push the change; `true` or {message?, author?: {name, email}}',
};
export const commitBody = closed({ commit });

/** `commit=1` is `commit: true` of the body. */
export interface CommitQuery {
  commit?: '0' | '1' | 'true' | 'false';
}
const commitFlag = {
  type: 'string',
  enum: ['0', '1', 'true', 'false'],
  description: '`1`: as `commit: true` in the body',
};
export const commitQuery = closed({ commit: commitFlag });
export interface HookParams {
  id: string;
}
export const hookParams = closed({ id: { ...id, description: 'the name of a source' } }, ['id']);

export const noQuery = closed({});
export const noBody = closed({});

export interface WaitQuery {
  wait?: string;
}
export const waitQuery = closed({ wait });

/** Of what changes a manifest. */
export type WriteQuery = WaitQuery & CommitQuery;
export const writeQuery = closed({ wait, commit: commitFlag });

export interface LogsQuery {
  limit?: string;
  follow?: '0' | '1' | 'true' | 'false';
}
export const logsQuery = closed({
  limit: limit(200),
  follow: {
    type: 'string',
    enum: ['0', '1', 'true', 'false'],
    description: '`1` streams, as Accept: text/event-stream',
  },
});

export interface ServiceEventsQuery {
  limit?: string;
}
export const serviceEventsQuery = closed({ limit: limit(200) });

export interface EventsQuery {
  limit?: string;
  service?: string;
  token?: string;
}
export const eventsQuery = closed({
  limit: limit(100),
  service: { ...id, description: 'only events of this service' },
  token: {
    type: 'string',
    description: 'the token, for an EventSource on a loopback address that cannot send headers',
  },
});

export interface DetailsQuery {
  log_limit?: string;
  event_limit?: string;
  call_limit?: string;
}
export const detailsQuery = closed({ log_limit: limit(50), event_limit: limit(100), call_limit: limit(20) });

export interface WaitForQuery {
  for: string;
  timeout?: string;
}
export const waitForQuery = closed(
  {
    for: {
      type: 'string',
      pattern: '^(ready|stopped|delete|condition=[A-Za-z]{1,64}(=(True|False|Unknown))?)$',
      description: '`ready`, `stopped`, `delete` or `condition=TYPE[=STATUS]` (STATUS is True where absent)',
    },
    timeout: duration('how long to wait, such as `30s` (the default); at most 10m'),
  },
  ['for'],
);

/** The values of `clarity.runtime/managed-by` (manifest.md, Rules). */
export type ManagedBy = 'clarityctl' | 'mcp' | 'api';

export interface ApplyBody extends CommitBody {
  /** One document as JSON. */
  manifest?: JsonObject;
  /** YAML or JSON, one document or several. */
  text?: string;
  force?: boolean;
  managed_by?: ManagedBy;
  managedBy?: ManagedBy;
  /** A folder of services.d that a new document goes to; services.d itself where absent. */
  folder?: string;
}
const managedBy = {
  type: 'string',
  enum: ['clarityctl', 'mcp', 'api'],
  description: 'who writes it, `api` where absent (also as header x-clarity-managed-by)',
};
const text = { type: 'string', description: 'YAML or JSON, one document or several' };
const manifest = { type: 'object', description: 'one document as JSON' };
export const applyBody: RequestSchema = {
  ...closed({
    manifest,
    text,
    force,
    managed_by: managedBy,
    managedBy,
    folder: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$',
      description: 'a folder of services.d for a new document',
    },
    commit,
  }),
  oneOf: [{ required: ['manifest'] }, { required: ['text'] }],
};

export interface RemoveBody extends CommitBody {
  cleanup_artifacts?: boolean;
  force?: boolean;
}
export const removeBody = closed({
  cleanup_artifacts: flag('also what only this service used of the artifact cache; no other file is ever deleted'),
  force,
  commit,
});

export interface UndoBody extends CommitBody {
  to?: number;
  dryRun?: boolean;
}
export const undoBody = closed({
  to: {
    type: 'integer',
    minimum: 1,
    maximum: 999_999_999,
    description: 'the generation to go back to; the newest one with another document where absent',
  },
  dryRun: flag('only say what would change'),
  commit,
});

export interface ForceBody extends CommitBody {
  force?: boolean;
}
export const forceBody = closed({ force, commit });

export interface PlanBody {
  manifests: { file?: string; text?: string; manifest?: JsonObject }[];
  /** Also plan the removal of what the same file set applied before and does not hold any more. */
  prune?: boolean;
  /** Also start each service that should run aside, and compare what clients would see; it is stopped again. */
  probe?: boolean;
}
export const planBody = closed(
  {
    manifests: {
      type: 'array',
      maxItems: 1000,
      description: 'each {file?, text} or {file?, manifest}',
      items: {
        ...closed({ file: { type: 'string', maxLength: 4096 }, text, manifest }),
        oneOf: [{ required: ['manifest'] }, { required: ['text'] }],
      },
    },
    prune: flag('also plan what would be removed'),
    probe: flag('also start each service aside and compare what clients would see'),
  },
  ['manifests'],
);

export interface ReconcileBody {
  withSource?: boolean;
  reset?: boolean;
}
export const reconcileBody = closed({
  withSource: flag('read the sources again first'),
  reset: flag('forget the back-off; never a quarantine'),
});

const authRef = {
  type: 'string',
  minLength: 1,
  maxLength: 4096,
  description: '`file:PATH`, `env:VARIABLE`, `header_env:Header:VARIABLE`, `legacy_env:NAME` or a legacy name',
};

export interface AuthRefBody {
  auth_ref: string;
}
/** Of a body and of a query. */
export const authRefFields = closed({ auth_ref: authRef }, ['auth_ref']);

export interface SecretBody extends AuthRefBody {
  secret: string;
}
export const secretBody = closed(
  { auth_ref: authRef, secret: { type: 'string', minLength: 1, maxLength: 65_536, description: 'the value' } },
  ['auth_ref', 'secret'],
);

export interface AuditQuery {
  limit?: string;
}
export const auditQuery = closed({ limit: limit(200) });

export interface PruneBody {
  /** The revision at which documents vanished, as GET /api/sources tells it. */
  revision: string;
}
export const pruneBody = closed(
  {
    revision: {
      type: 'string',
      minLength: 1,
      maxLength: 256,
      description: 'the revision, as GET /api/sources tells it',
    },
  },
  ['revision'],
);

export interface BootstrapBody {
  clients?: ('codex' | 'claude')[];
  transport?: 'stdio' | 'http';
  endpoint?: string;
  update_agents_md?: boolean;
  token_env?: string;
}
const clients = (fallback: string) => ({
  type: 'array',
  maxItems: 16,
  items: { type: 'string', enum: ['codex', 'claude'] },
  description: `whose configuration: \`codex\`, \`claude\`; ${fallback} where absent`,
});
export const bootstrapBody = closed({
  clients: clients('none'),
  transport: { type: 'string', enum: ['stdio', 'http'], description: '`stdio` where absent' },
  endpoint: {
    type: 'string',
    maxLength: 2048,
    description: 'http or https URL for transport http; the daemon’s own address where absent',
  },
  update_agents_md: flag('also write the managed block into AGENTS.md of the workspace'),
  token_env: {
    type: 'string',
    maxLength: 256,
    description: 'name of the client’s variable that holds the token; a token itself is never written',
  },
});

export interface BootstrapRemoveBody {
  clients?: ('codex' | 'claude')[];
  update_agents_md?: boolean;
}
export const bootstrapRemoveBody = closed({
  clients: clients('both'),
  update_agents_md: flag('also take the managed block out of AGENTS.md of the workspace'),
});

export interface ProposalsQuery {
  state?: ProposalStateName;
}
export const proposalsQuery = closed({
  state: {
    type: 'string',
    enum: ['waiting', 'approved', 'rejected', 'outdated', 'expired', 'failed'] satisfies ProposalStateName[],
    description: 'only those; `waiting` are those that can be decided',
  },
});
export const proposalParams = closed({ id: { ...id, description: 'the id of a proposal' } }, ['id']);

export interface ApproveBody {
  /** As it was shown: what is approved is exactly that. */
  planHash: string;
}
export const approveBody = closed(
  {
    planHash: {
      type: 'string',
      pattern: '^sha256:[0-9a-f]{64}$',
      description: 'as the proposal shows it: what is approved is exactly that',
    },
  },
  ['planHash'],
);

export interface RejectBody {
  why?: string;
}
export const rejectBody = closed({
  why: { type: 'string', minLength: 1, maxLength: 500, description: 'told to whoever asked' },
});
