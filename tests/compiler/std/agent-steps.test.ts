import { describe, expect, it } from 'vitest';

import type { CheckpointStore } from '../../../src/wasm-host/environment.ts';
import { instantiate } from '../../../src/wasm-host/instantiate.ts';
import { compileText, wasmOf } from '../../helpers/clarity-compile.ts';
import { err, ok } from '../../helpers/clarity-values.ts';

const PROGRAM = `module Main
import { run, resume, clear } from "std/agent"
function count(state: String) -> String {
  match string_to_int(state) {
    Some(n) if n < 5 -> int_to_string(n + 1),
    _ -> "{\\"done\\":true}"
  }
}
function endless(state: String) -> String { string_repeat("x", 1000) }
effect[Persist] function start(initial: String) -> Result<String, String> { run("job", initial, count) }
effect[Persist] function again() -> Result<String, String> { resume("job", count) }
effect[Persist] function forever() -> Result<String, String> { run("job", "", endless) }
effect[Persist] function with_suffix(suffix: String) -> Result<String, String> {
  run("job", "", |state: String| match string_length(state) > 20 { True -> "\\"done\\":true" ++ suffix, False -> state ++ suffix })
}
effect[Persist] function forget() -> Unit { clear("job") }
`;

/** Checkpoints in memory, with all that was saved. */
class Checkpoints implements CheckpointStore {
  readonly kept = new Map<string, string>();
  readonly saved: string[] = [];
  full = false;

  save(key: string, value: string): void {
    if (this.full) throw new Error('disk full');
    this.kept.set(key, value);
    this.saved.push(value);
  }
  load(key: string): string | undefined {
    return this.kept.get(key);
  }
  delete(key: string): void {
    this.kept.delete(key);
  }
}

function setUp(memoryBytes?: number) {
  const checkpoints = new Checkpoints();
  const limits = memoryBytes === undefined ? {} : { memoryBytes };
  const instance = instantiate(wasmOf(compileText(PROGRAM)), { checkpoints }, { limits });
  return { checkpoints, instance };
}

describe('std/agent', () => {
  it('saves each step, and deletes the checkpoint when it is done', () => {
    const { checkpoints, instance } = setUp();
    expect(instance.call('start', ['3'])).toEqual(ok('{"done":true}'));
    expect(checkpoints.saved).toEqual(['4', '5', '{"done":true}']);
    expect(checkpoints.kept.size).toBe(0);
  });

  it('run and resume go on from a checkpoint', () => {
    const { checkpoints, instance } = setUp();
    checkpoints.kept.set('job', '4');
    expect(instance.call('start', ['0'])).toEqual(ok('{"done":true}'));
    expect(checkpoints.saved).toEqual(['5', '{"done":true}']);
    checkpoints.kept.set('job', '5');
    expect(instance.call('again', [])).toEqual(ok('{"done":true}'));
  });

  it('resume without a checkpoint is an error', () => {
    expect(setUp().instance.call('again', [])).toEqual(err('no checkpoint: job'));
  });

  it('ends after 10000 steps in constant memory, and keeps the checkpoint', () => {
    const { checkpoints, instance } = setUp(64 * 1024);
    expect(instance.call('forever', [])).toEqual(err('not done after 10000 steps: job'));
    expect(checkpoints.saved).toHaveLength(10_000);
    expect(checkpoints.kept.get('job')).toBe('x'.repeat(1000));
  });

  it('ends where the state cannot be saved', () => {
    const { checkpoints, instance } = setUp();
    checkpoints.full = true;
    expect(instance.call('start', ['3'])).toEqual(err('disk full'));
  });

  it('a step may use what is around it', () => {
    const { checkpoints, instance } = setUp();
    expect(instance.call('with_suffix', ['-abcdefg'])).toEqual(ok('"done":true-abcdefg'));
    expect(checkpoints.saved).toHaveLength(4);
  });

  it('clear forgets the checkpoint, also where there is none', () => {
    const { checkpoints, instance } = setUp();
    checkpoints.kept.set('job', '1');
    instance.call('forget', []);
    instance.call('forget', []);
    expect(checkpoints.kept.size).toBe(0);
  });
});
