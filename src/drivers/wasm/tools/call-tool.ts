import type { JsonObject } from '../../../shared/json.ts';
import type { Instance } from '../../../wasm-host/instance.ts';

/** What one call of a function gave. */
export interface ToolOutcome {
  /** A CallToolResult. */
  readonly result: JsonObject;
  /** True where the program stopped with a fault (a trap, exhausted memory): its instance is not used again. */
  readonly fault: boolean;
}

/** Calls a function with the arguments of tools/call, typed or in the original's form, and says what came of it as MCP does. Never throws. */
export function callTool(instance: Instance, name: string, args: JsonObject): ToolOutcome {
  throw new Error(`to be written: ${name} ${String(args)} ${String(instance)}`);
}
