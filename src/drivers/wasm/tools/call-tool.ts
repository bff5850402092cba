import type { JsonObject } from '../../../shared/json.ts';
import type { Instance } from '../../../wasm-host/instance.ts';
import { boundedResult } from './bounded-result.ts';
import { callByName } from './call-by-name.ts';
import { callByPosition, isOriginalForm } from './call-by-position.ts';
import { outcomeOfError } from './outcome-of-error.ts';
import { preparedFunction } from './prepared-function.ts';

/** What one call of a function gave. */
export interface ToolOutcome {
  /** A CallToolResult. */
  readonly result: JsonObject;
  /** True where the program stopped with a fault (a trap, exhausted memory): its instance is not used again. */
  readonly fault: boolean;
}

/** Calls a function with the arguments of tools/call, typed or in the original's form, and says what came of it as MCP does. Never throws. */
export function callTool(instance: Instance, name: string, args: JsonObject): ToolOutcome {
  try {
    const known = instance.interface === undefined ? undefined : preparedFunction(instance, name);
    const result =
      known === undefined || isOriginalForm(known, args)
        ? callByPosition(instance, name, known, args)
        : callByName(instance, known, args);
    return { result: boundedResult(name, result), fault: false };
  } catch (error) {
    return outcomeOfError(name, instance, error);
  }
}
