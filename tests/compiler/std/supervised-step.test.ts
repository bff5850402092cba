import { describe, expect, it } from 'vitest';

import type { Host } from '../../../src/wasm-host/host.ts';
import { instantiate } from '../../../src/wasm-host/instantiate.ts';
import { compileText, wasmOf } from '../../helpers/clarity-compile.ts';

const PROGRAM = `module Main
import { supervised_step } from "std/hitl"
effect[HumanInLoop] function step(state: String) -> String { supervised_step("k", state, |s: String| s ++ "+1") }
`;

describe('std/hitl supervised_step', () => {
  it.each([
    ['', 'old+1'],
    ['reject', 'old'],
    ['something else', 'something else'],
  ])('answer %j gives %j', (answer, state) => {
    const asked: string[] = [];
    const imports = [
      ({ memory }: Host) => ({
        hitl_ask: (key: number, question: number) => {
          asked.push(memory.text(key), memory.text(question));
          return memory.writeText(answer);
        },
      }),
    ];
    const instance = instantiate(wasmOf(compileText(PROGRAM)), {}, { imports });
    expect(instance.call('step', ['old'])).toBe(state);
    expect(asked).toEqual(['k', 'old+1']);
  });
});
