import type { InterfaceFunction, InterfaceType, ModuleInterface } from '../../../compiler/interface/interface.ts';
import type { JsonObject } from '../../../shared/json.ts';
import type { WasmSignature } from '../../../wasm-host/module-outline.ts';
import { functionTool } from './function-tool.ts';
import { listedFunctions } from './listed-functions.ts';
import { rawTool } from './raw-tool.ts';
import { SERVICE_TOOLS } from './service-tools.ts';

/** What the list is made of: all there is to know without running the module. */
export interface Listed {
  readonly description: ModuleInterface | undefined;
  /** Of the exported functions. */
  readonly signatures: ReadonlyMap<string, WasmSignature>;
}

/** A name that MCP takes with a namespace before it; the exports of a module may have any. */
const TOOL_NAME = /^[A-Za-z0-9_.-]{1,100}$/;

/** Characters of all definitions, about; schemas that come later say the types in words. */
const MAX_LIST = 4 * 1024 * 1024;

/** Every tool of a service, sorted by name. */
export function toolList({ description, signatures }: Listed): readonly JsonObject[] {
  const types = new Map(description?.types.map((type) => [type.name, type]));
  let left = MAX_LIST;
  const functions =
    description === undefined
      ? [...signatures]
          .filter(([name]) => !name.startsWith('__') && TOOL_NAME.test(name))
          .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
          .map(([name, signature]) => rawTool(name, signature))
      : listedFunctions(description)
          .filter(({ name }) => signatures.has(name) && TOOL_NAME.test(name))
          .map((fn) => described(fn, types, (size) => (left -= size)));
  return [...SERVICE_TOOLS, ...functions];
}

/** Takes its size from what is left for all of them; behind the end they tell less. */
function described(
  fn: InterfaceFunction,
  types: ReadonlyMap<string, InterfaceType>,
  take: (size: number) => number,
): JsonObject {
  // A schema that came out too large has cost as much as one that is kept.
  const tool = functionTool(fn, types, take(0) <= 0, take);
  take(JSON.stringify(tool).length);
  return tool;
}
