import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { Grants, Refusal } from '../../src/drivers/wasm/grants.ts';
import type { Operations } from '../../src/drivers/wasm/outside/operation.ts';
import { createSandbox } from '../../src/drivers/wasm/pool/create-sandbox.ts';
import type { Program } from '../../src/drivers/wasm/program.ts';
import { CallEnded, type OpenProgram } from '../../src/drivers/wasm/sandbox.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { compileText, wasmOf } from './clarity-compile.ts';
import { systemClock } from './clock.ts';
import { tempFolder } from './temp-folder.ts';

/** A module with one function for each way in which a call goes, or ends. */
const SOURCE = `module Tried

export function add(a: Int64, b: Int64) -> Int64 { a + b }

export function spin(n: Int64) -> Int64 { spin(n + 1) }

export function deep(n: Int64) -> Int64 { 1 + deep(n + 1) }

export function divide(a: Int64, b: Int64) -> Int64 { a / b }

export function big(n: Int64) -> String { string_repeat("0123456789", n) }

export function hog(text: String) -> String { hog(text ++ text) }

effect[Time] function nap(ms: Int64) -> Int64 {
  sleep(ms);
  ms
}

effect[Time] function nap_then_spin() -> Int64 {
  sleep(1);
  spin(0)
}

effect[Log] function say(text: String) -> Int64 {
  print_string(text);
  string_length(text)
}

effect[Log] function say_much(times: Int64) -> Int64 {
  match times == 0 {
    True -> 0,
    False -> {
      print_string("a line of some length, to fill the log with it");
      say_much(times - 1)
    },
  }
}

effect[Log, Time] function say_and_nap(text: String) -> Int64 {
  print_string(text);
  sleep(1);
  0
}

effect[Secret] function secret(name: String) -> String {
  match get_secret(name) {
    Some(value) -> value,
    None -> "(none)",
  }
}

effect[FileSystem] function read(path: String) -> String { read_file(path) }

effect[FileSystem] function write(path: String, content: String) -> Int64 {
  write_file(path, content);
  string_length(content)
}

effect[FileSystem] function list(path: String) -> List<String> { list_dir(path) }

effect[FileSystem] function exists(path: String) -> Bool { file_exists(path) }

effect[FileSystem] function remove(path: String) -> Int64 {
  remove_file(path);
  0
}

effect[FileSystem] function folder(path: String) -> Int64 {
  make_dir(path);
  0
}

effect[Persist] function save(key: String, value: String) -> Result<String, String> { checkpoint_save(key, value) }

effect[Persist] function load(key: String) -> Option<String> { checkpoint_load(key) }
`;

export const NO_GRANTS: Grants = {
  declared: true,
  net: undefined,
  fs: undefined,
  values: undefined,
  model: false,
  mcp: false,
  a2a: false,
  hitl: false,
};

const LIMITS: Program['limits'] = { timeoutMs: 2000, maxConcurrency: 16, countWaits: false };

function programOf(wasm: Uint8Array): Program {
  return {
    identity: 'default/tried',
    id: 'tried-1',
    wasm: () => Promise.resolve(wasm),
    stateful: false,
    limits: LIMITS,
    args: [],
    grants: NO_GRANTS,
    env: {},
    workspace: '/',
    ownFolders: { closed: [], readOnly: [] },
    checkpoints: '/',
    allowHost: () => false,
    log: () => undefined,
    refused: () => undefined,
  };
}

interface RigOptions {
  readonly clock?: Clock;
  readonly slots?: number;
  readonly operations?: Operations;
}

export interface Tried extends OpenProgram {
  readonly lines: readonly (readonly [string, string])[];
  readonly refusals: readonly Refusal[];
  readonly workspace: string;
  /** The text of what a function gives. */
  text(name: string, args?: JsonObject, signal?: AbortSignal): Promise<unknown>;
}

/** Real threads; whatever is open when the test is over is closed. */
export function sandboxRig({ clock = systemClock, slots = 2, operations = {} }: RigOptions = {}) {
  const sandbox = createSandbox({ clock, slots, operations });
  return {
    sandbox,
    open(
      source = SOURCE,
      parts: Partial<Omit<Program, 'limits'>> = {},
      limits: Partial<Program['limits']> = {},
    ): Tried {
      const lines: (readonly [string, string])[] = [];
      const refusals: Refusal[] = [];
      const workspace = tempFolder();
      const wasm = wasmOf(compileText(source));
      const program = sandbox.open({
        ...programOf(wasm),
        limits: { ...LIMITS, ...limits },
        workspace,
        checkpoints: join(workspace, 'checkpoints'),
        log: (stream, text) => lines.push([stream, text]),
        refused: (refusal) => refusals.push(refusal),
        ...parts,
      });
      onTestFinished(() => program.close());
      return {
        lines,
        refusals,
        workspace,
        call: (request, signal) => program.call(request, signal),
        stats: () => program.stats(),
        close: () => program.close(),
        text: async (name, args = {}, signal) =>
          textOf(await program.call({ function: name, arguments: args }, signal)),
      };
    },
  };
}

/** For the tests of one file: its threads live as long as they run. */
export function sharedRig(options: RigOptions = {}): ReturnType<typeof sandboxRig> {
  const rig = sandboxRig(options);
  const anchor = rig.sandbox.open(programOf(wasmOf(compileText('module Anchor\nfunction one() -> Int64 { 1 }'))));
  afterAll(() => anchor.close());
  return rig;
}

/** The first text of a CallToolResult. */
function textOf(result: JsonObject): unknown {
  const [first] = result['content'] as readonly JsonObject[];
  return first?.['text'];
}

/** How the sandbox ended a call. */
export async function endOf(call: Promise<unknown>): Promise<Pick<CallEnded, 'reason' | 'message'>> {
  return call.then(
    (value) => {
      throw new Error(`it was not ended, but gave ${JSON.stringify(value)}`);
    },
    (error: unknown) => {
      if (!(error instanceof CallEnded)) throw error;
      return { reason: error.reason, message: error.message };
    },
  );
}
