import type { JsonObject } from '../../../shared/json.ts';
import type { WasmSignature } from '../../../wasm-host/module-outline.ts';
import { FUNCTION_PREFIX } from './function-tool.ts';

/** The definition of a function of a module that tells no types: as the original's, with the wasm signature in words. */
export function rawTool(name: string, { params, results }: WasmSignature): JsonObject {
  const gives = results.length === 0 ? 'nothing' : results.join(', ');
  const description = `Calls ${name}(${params.join(', ')}), which gives ${gives}. Its Clarity types are not known: tell them in argTypes and resultType.`;
  return { name: `${FUNCTION_PREFIX}${name}`, description, inputSchema: RAW_INPUT };
}

const TYPE: JsonObject = {
  type: 'object',
  description:
    '{"kind": "Int64" | "Float64" | "Bool" | "String" | "Timestamp"}, {"kind": "List", "element": type}, {"kind": "Record", "fields": [{"name", "type"}]}, {"kind": "Option", "inner": type} or {"kind": "Result", "ok": type, "err": type}',
};
/** Original contract §2; shared by all tools. */
const RAW_INPUT: JsonObject = {
  type: 'object',
  properties: {
    args: { type: 'array', description: 'The arguments by position.' },
    argTypes: { type: 'array', items: TYPE, description: 'Their types by position.' },
    resultType: TYPE,
  },
};
