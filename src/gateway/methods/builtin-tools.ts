import type { Handler } from '../call.ts';
import { checkArguments, stringParam } from './params.ts';

/** `tools/call` where the runtime's own tools are listed beside those of the services; their names come first. */
export function withBuiltinTools(callTool: Handler): Handler {
  return (params, call) => {
    const { builtins } = call.catalog;
    const name = stringParam(params, 'name');
    if (builtins?.has(name) !== true) return callTool(params, call);
    checkArguments(params);
    return builtins.call(name, params, call);
  };
}
