import { HostError, type HostErrorKind } from '../../wasm-host/host-error.ts';
import type { Instance } from '../../wasm-host/instance.ts';
import { render } from '../../wasm-host/marshal/render.ts';
import { ProgramExit } from '../../wasm-host/program-exit.ts';
import type { ClarityValue } from '../../wasm-host/value.ts';
import { programArgument } from '../program-argument.ts';

/** The command line asked for what the program does not have. */
const CALLERS_FAULT: ReadonlySet<HostErrorKind> = new Set(['bad-argument', 'unknown-function']);

/** How a program ended: `fault` is why it could not go on. */
export interface Ending {
  readonly code: number;
  readonly fault?: HostError;
}

/** Runs a program's code. Throws only what is no fault of the program. */
export function endingOf(act: () => void): Ending {
  try {
    act();
    return { code: 0 };
  } catch (error) {
    if (error instanceof ProgramExit) return { code: error.code };
    if (error instanceof HostError) return { code: CALLERS_FAULT.has(error.kind) ? 2 : 1, fault: error };
    throw error;
  }
}

/** Calls a function with arguments of a command line; the result as text, undefined for Unit. Throws HostError or ProgramExit. */
export function callFunction(instance: Instance, name: string, args: readonly string[]): string | undefined {
  const found = instance.interface?.functions.find((each) => each.name === name);
  // What a function without parameters wants to know it asks get_args.
  const texts = found?.params.length === 0 ? [] : args;
  const values = texts.map((text, i) => {
    const param = found?.params[i];
    return param === undefined ? text : programArgument(instance.shapeOf(param.type), text, param.name);
  });
  return resultText(instance, name, instance.call(name, values));
}

/** A String as it is, nothing for Unit, all else as Clarity writes it. */
function resultText(instance: Instance, name: string, value: ClarityValue): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  const result = instance.interface?.functions.find((each) => each.name === name)?.result;
  return render(value, result === undefined ? undefined : instance.shapeOf(result));
}
