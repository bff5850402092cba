import type { Origin } from './types.ts';

/** What a module may reach outside of itself, by the names of manifest.md (spec.origin.capabilities). */
export interface Capabilities {
  /** Hosts: a name, or a name with a port. */
  readonly net?: readonly string[];
  /** Files and folders with all below, relative to the workspace. Who may write may read. */
  readonly fs?: { readonly read?: readonly string[]; readonly write?: readonly string[] };
  /** Names of env[] entries with a value. */
  readonly env?: readonly string[];
  /** Names of env[] entries with a secretRef. */
  readonly secrets?: readonly string[];
  readonly model?: boolean;
  readonly mcp?: boolean;
  readonly a2a?: boolean;
  readonly hitl?: boolean;
}

export type Capability = keyof Capabilities;

/** What an import needs: a capability, or something that no service has. */
export type Need = Capability | 'terminal' | 'port';

const names = (need: Need, list: string) => list.split(' ').map((name): readonly [string, Need] => [name, need]);

/** Imports (abi.md §7) that reach outside; `secrets` stands for env, too. What is not here needs nothing. */
const NEEDS: ReadonlyMap<string, Need> = new Map([
  ...names(
    'net',
    'http_request http_request_full http_get http_post sse_connect sse_next_event sse_next_event_timeout',
  ),
  ...names('net', 'sse_close mux_add mux_next mux_remove mux_close mux_open'),
  ...names('fs', 'read_file write_file list_dir file_exists remove_file make_dir'),
  ...names('fs', 'fs_watch_start fs_watch_next fs_watch_stop'),
  ...names('secrets', 'get_secret'),
  ...names('model', 'call_model call_model_system list_models stream_start stream_next stream_close'),
  ...names('model', 'embed_text embed_and_retrieve eval_llm_judge eval_semantic'),
  ...names('mcp', 'mcp_connect mcp_list_tools mcp_call_tool mcp_disconnect'),
  ...names('a2a', 'a2a_discover a2a_submit a2a_poll a2a_cancel'),
  ...names('hitl', 'hitl_ask'),
  ...names('port', 'http_listen http_next_request http_respond http_close_server'),
  ...names('port', 'http_start_sse http_send_sse_event http_close_sse'),
  ...names('terminal', 'tty_enter_raw tty_exit_raw tty_read_key tty_read_numeric_choice tty_cursor_up tty_cursor_down'),
  ...names('terminal', 'tty_cursor_to_col tty_clear_line tty_hide_cursor tty_show_cursor'),
]);

/** What calling this import needs; undefined where it stays inside of the module. */
export function needOf(importName: string): Need | undefined {
  return NEEDS.get(importName);
}

/** What a module asks for: each need once, in the order of the table, with the imports that say so. */
export interface Ask {
  readonly need: Need;
  readonly imports: readonly string[];
}

/** What a module with these imports asks for. */
export function asksOf(importNames: Iterable<string>): readonly Ask[] {
  const wanted = new Set(importNames);
  const asks = new Map<Need, string[]>();
  for (const [name, need] of NEEDS) if (wanted.has(name)) asks.set(need, [...(asks.get(need) ?? []), name]);
  return [...asks].map(([need, imports]) => ({ need, imports }));
}

/** What holds where a manifest names no capabilities, as in the original: env[] entries, model and hitl (manifest.md). */
export function grantsByDefault(need: Need): boolean {
  return need === 'env' || need === 'secrets' || need === 'model' || need === 'hitl';
}

/** An ask beside what the manifest says to it. */
export interface GrantedAsk extends Ask {
  /** False: calls of these imports are refused. */
  readonly granted: boolean;
  /** The line of the manifest that would grant it; absent where it is granted, and where nothing would. */
  readonly add?: string;
}

/** What a module asks for, with the answer of its manifest: whether the class is granted at all. */
export function grantedAsks(origin: Origin, asks: readonly Ask[]): readonly GrantedAsk[] {
  const capabilities = origin.type === 'local_wasm' ? origin.capabilities : undefined;
  return asks.map((ask) => {
    const granted = capabilities === undefined ? grantsByDefault(ask.need) : grants(capabilities, ask.need);
    const add = granted ? undefined : grantLine(ask);
    return { ...ask, granted, ...(add === undefined ? {} : { add }) };
  });
}

/** What `now` asks for and `before` did not: only the imports that came. */
export function newAsks(before: readonly Ask[], now: readonly Ask[]): readonly Ask[] {
  const known = new Set(before.flatMap(({ imports }) => imports));
  return now
    .map(({ need, imports }) => ({ need, imports: imports.filter((name) => !known.has(name)) }))
    .filter(({ imports }) => imports.length > 0);
}

const WRITING = new Set(['write_file', 'remove_file', 'make_dir']);

/** Which grants of files these imports need (manifest.md, capabilities.fs). */
export function fileGrants(imports: readonly string[]): readonly ('read' | 'write')[] {
  const reads = imports.some((name) => !WRITING.has(name));
  const writes = imports.some((name) => WRITING.has(name));
  return [...(reads ? (['read'] as const) : []), ...(writes ? (['write'] as const) : [])];
}

function grants(capabilities: Capabilities, need: Need): boolean {
  // Both name what get_secret gives.
  if (need === 'env' || need === 'secrets') return (capabilities.env ?? capabilities.secrets) !== undefined;
  if (need === 'net' || need === 'fs') return capabilities[need] !== undefined;
  return need !== 'terminal' && need !== 'port' && capabilities[need] === true;
}

/** The line that grants it; undefined where no line does. */
function grantLine({ need, imports }: Ask): string | undefined {
  const at = `spec.origin.capabilities.${need}`;
  if (need === 'terminal' || need === 'port') return undefined;
  if (need === 'net') return `${at}: [HOST]`;
  if (need === 'env' || need === 'secrets') return `${at}: [NAME], of an entry of spec.origin.env`;
  if (need !== 'fs') return `${at}: true`;
  const ways = fileGrants(imports).map((way) => `${way}: [.]`);
  return `${at}: {${ways.join(', ')}}`;
}
