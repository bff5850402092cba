import { expect, it } from 'vitest';

import type { DiagnosticKind } from '../../src/compiler/diagnostics/kinds.ts';
import type { ClarityValue } from '../../src/wasm-host/value.ts';
import { compileText, findings, wasmOf, type SourceFiles } from './clarity-compile.ts';
import { ClarityRun, type CallOutcome } from './clarity-run.ts';

/** The call ends without a result. */
export interface ExpectedTrap {
  readonly trap: string;
}
export const trap = (kind: string): ExpectedTrap => ({ trap: kind });

/** What else is seen of a call, or given to it. */
interface Around {
  readonly stdin?: string;
  readonly stdout?: readonly string[];
  readonly stderr?: readonly string[];
  readonly asserts?: { readonly total: number; readonly failed: number };
}
export type Call = readonly [
  name: string,
  args: readonly ClarityValue[],
  expected: ClarityValue | ExpectedTrap,
  around?: Around,
];

/** A test: the program compiles and its functions give what they must, each call on an instance of its own. */
export function runs(title: string, source: string, calls: readonly Call[], files?: SourceFiles): void {
  it(title, () => {
    const wasm = wasmOf(compileText(source, files));
    for (const [name, args, expected, around = {}] of calls) {
      const outcome = new ClarityRun(wasm).call(name, args, around.stdin);
      expect(outcome, `${name}(${args.map(show).join(', ')})`).toEqual(wanted(expected, around));
    }
  });
}

function wanted(expected: ClarityValue | ExpectedTrap, { stdout = [], stderr = [], asserts }: Around): CallOutcome {
  const end = isTrap(expected) ? { error: expected.trap } : { result: expected };
  return { ...end, stdout, stderr, asserts: asserts ?? { total: 0, failed: 0 } };
}

function isTrap(expected: ClarityValue | ExpectedTrap): expected is ExpectedTrap {
  return typeof expected === 'object' && 'trap' in expected;
}

const show = (value: ClarityValue) =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));

/** A test: the program is refused, the first finding of the compiler has this kind and line. */
export function rejects(
  title: string,
  kind: DiagnosticKind,
  line: number | undefined,
  source: string,
  files?: SourceFiles,
): void {
  it(`${title}: ${kind}`, () => {
    const result = compileText(source, files);
    expect(result.wasm).toBeUndefined();
    const first = result.diagnostics.find(({ severity }) => severity === 'error');
    const at = first === undefined ? undefined : first.source.position(first.span.start).line;
    expect({ kind: first?.kind, line: line === undefined ? undefined : at }, findings(result).join('\n')).toEqual({
      kind,
      line,
    });
  });
}
