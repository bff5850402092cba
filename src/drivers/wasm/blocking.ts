/**
 * The imports that wait for somebody outside, as the thread and the daemon's side agree on them: what is passed and what comes back.
 * Parameters: `t` a text, `i` an Int64 or the session, handle or milliseconds that it stands for.
 */
export type ResultKind =
  'unit' | 'text' | 'texts' | 'int' | 'option text' | 'result text' | 'result int' | 'result float';

export interface BlockingRow {
  readonly params: string;
  readonly result: ResultKind;
}

const row = <P extends string, K extends ResultKind>(params: P, result: K) => ({ params, result });

/** language.md §11. What is not here is answered in the thread, or refused at start. */
export const BLOCKING = {
  sleep: row('i', 'unit'),
  http_request: row('tttt', 'result text'),
  http_request_full: row('tttt', 'result text'),
  http_get: row('t', 'result text'),
  http_post: row('tt', 'result text'),
  sse_connect: row('tt', 'result int'),
  sse_next_event: row('i', 'option text'),
  sse_next_event_timeout: row('ii', 'option text'),
  sse_close: row('i', 'unit'),
  mux_open: row('', 'int'),
  mux_add: row('ittt', 'unit'),
  mux_next: row('ii', 'option text'),
  mux_remove: row('it', 'unit'),
  mux_close: row('i', 'unit'),
  fs_watch_start: row('t', 'result int'),
  fs_watch_next: row('ii', 'option text'),
  fs_watch_stop: row('i', 'unit'),
  call_model: row('tt', 'result text'),
  call_model_system: row('ttt', 'result text'),
  list_models: row('', 'texts'),
  stream_start: row('ttt', 'result int'),
  stream_next: row('i', 'option text'),
  stream_close: row('i', 'text'),
  embed_text: row('t', 'result text'),
  embed_and_retrieve: row('tti', 'result text'),
  eval_llm_judge: row('tttt', 'result text'),
  eval_semantic: row('tt', 'result float'),
  mcp_connect: row('t', 'result int'),
  mcp_list_tools: row('i', 'result text'),
  mcp_call_tool: row('itt', 'result text'),
  mcp_disconnect: row('i', 'unit'),
  a2a_discover: row('t', 'result text'),
  a2a_submit: row('tt', 'result text'),
  a2a_poll: row('tt', 'result text'),
  a2a_cancel: row('tt', 'result text'),
  hitl_ask: row('tt', 'text'),
} as const satisfies Record<string, BlockingRow>;

export type BlockingImport = keyof typeof BLOCKING;

/** What a module passed: a text, or an Int64. */
export type Argument = string | bigint;

/**
 * What it gets: undefined for unit and for None; a text, texts, an Int64 (also as the handle of a `result int`), a float; for the results
 * `{ok}` or `{err}`. `{trap}` ends the call with that sentence: for what a type cannot say.
 */
export type Answer =
  | undefined
  | string
  | readonly string[]
  | bigint
  | { readonly ok: string | bigint | number }
  | { readonly err: string }
  | { readonly trap: string };

type Parsed<Params extends string> = Params extends `t${infer Rest}`
  ? [string, ...Parsed<Rest>]
  : Params extends `i${infer Rest}`
    ? [bigint, ...Parsed<Rest>]
    : [];

/** What a module passes to this import. */
export type ArgumentsOf<Name extends BlockingImport> = Parsed<(typeof BLOCKING)[Name]['params']>;

/** What each kind of result is answered with, beside `{trap}`. */
interface Answers {
  readonly unit: undefined;
  readonly text: string;
  readonly texts: readonly string[];
  readonly int: bigint;
  readonly 'option text': string | undefined;
  readonly 'result text': { readonly ok: string } | { readonly err: string };
  readonly 'result int': { readonly ok: bigint } | { readonly err: string };
  readonly 'result float': { readonly ok: number } | { readonly err: string };
}

/** The answers that fit this import. */
export type AnswerOf<Name extends BlockingImport> =
  Answers[(typeof BLOCKING)[Name]['result']] | { readonly trap: string };
