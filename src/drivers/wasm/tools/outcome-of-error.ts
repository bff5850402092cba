import { errorMessage } from '../../../shared/errors.ts';
import { HostError, type HostErrorKind } from '../../../wasm-host/host-error.ts';
import type { Instance } from '../../../wasm-host/instance.ts';
import { ProgramExit } from '../../../wasm-host/program-exit.ts';
import type { ToolOutcome } from './call-tool.ts';
import { errorResult, textContent } from './result-of.ts';

/** The caller's fault, or seen after the program had ended well: the instance is as good as before. */
const HARMLESS: ReadonlySet<HostErrorKind> = new Set(['bad-argument', 'bad-result', 'unknown-function']);

/** What is said of a call that ended without a result. */
export function outcomeOfError(name: string, instance: Instance, error: unknown): ToolOutcome {
  if (error instanceof ProgramExit) return { result: exited(name, instance, error), fault: false };
  if (error instanceof HostError) return { result: errorResult(error.message), fault: !HARMLESS.has(error.kind) };
  return { result: errorResult(`The call of \`${name}\` failed: ${errorMessage(error)}`), fault: true };
}

/** Where a function gives Unit, exit(0) is an end like any other; elsewhere the value that the tool promises is missing. */
function exited(name: string, instance: Instance, exit: ProgramExit): ToolOutcome['result'] {
  if (exit.code !== 0) return errorResult(exit.message);
  const target = instance.interface?.functions.find((each) => each.name === name);
  const content = textContent(`(exit ${exit.code})`);
  if (target === undefined) return { content };
  if (target.result === 'Unit') return { content, structuredContent: { result: null } };
  return errorResult(`${exit.message} \`${name}\` gave no result.`);
}
