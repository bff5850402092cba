import type { AssertionFailure } from './assertions.ts';
import { HostError } from './host-error.ts';
import type { Instance } from './instance.ts';
import { ProgramExit } from './program-exit.ts';

/** The outcome of one test function; `runtime_error` where it did not come to its end. */
export interface TestResult {
  readonly name: string;
  readonly status: 'pass' | 'fail';
  /** Assertions that ran. */
  readonly assertions: number;
  /** At most 100 are kept. */
  readonly failures: readonly (AssertionFailure & { readonly testFunction: string })[];
  readonly runtime_error?: string;
}

export interface TestOptions {
  /** Stops after the first failure. */
  readonly failFast?: boolean;
  /** Picks functions by their names; all without it. */
  readonly filter?: (name: string) => boolean;
}

/** The names of the functions that are tests: no parameters, `test_` in front, the effect Test (language.md §10). */
export function testFunctions(instance: Instance): readonly string[] {
  const functions = instance.interface?.functions ?? [];
  return functions
    .filter(({ name, params, effects }) => name.startsWith('test_') && params.length === 0 && effects.includes('Test'))
    .map(({ name }) => name);
}

/** Runs the tests of a module in the order of its source, all in this instance. Never throws for what a test does. */
export function runTests(instance: Instance, options: TestOptions = {}): readonly TestResult[] {
  const results: TestResult[] = [];
  for (const name of testFunctions(instance)) {
    if (options.filter?.(name) === false) continue;
    const result = runTest(instance, name);
    results.push(result);
    if (result.status === 'fail' && options.failFast === true) break;
  }
  return results;
}

/** A test passes when it comes to its end and no assertion failed. */
function runTest(instance: Instance, name: string): TestResult {
  const { assertions } = instance;
  assertions.reset();
  const error = outcome(instance, name);
  const failed = assertions.failed > 0 || error !== undefined;
  return {
    name,
    status: failed ? 'fail' : 'pass',
    assertions: assertions.total,
    failures: assertions.failures.map((failure) => ({ ...failure, testFunction: name })),
    ...(error === undefined ? {} : { runtime_error: error }),
  };
}

function outcome(instance: Instance, name: string): string | undefined {
  try {
    instance.call(name, []);
    return undefined;
  } catch (error) {
    if (error instanceof HostError || error instanceof ProgramExit) return error.message;
    throw error;
  }
}
