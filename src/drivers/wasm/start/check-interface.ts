import type { InterfaceFunction, ModuleInterface, TypeRef } from '../../../compiler/interface/interface.ts';
import { ClarityError } from '../../../shared/errors.ts';
import { oneLine } from '../../../shared/text.ts';
import type { WasmSignature, WasmType } from '../../../wasm-host/module-outline.ts';

/**
 * Refuses a module that says of an exported function what its wasm does not say. One that it describes and does not export is not listed. Throws
 * ClarityError ModuleInvalid.
 */
export function checkInterface(description: ModuleInterface, signatures: ReadonlyMap<string, WasmSignature>): void {
  for (const fn of description.functions) {
    const signature = signatures.get(fn.name);
    if (signature === undefined || agrees(fn, signature)) continue;
    const why = `its interface describes \`${oneLine(fn.name, 80)}\`, and the module has it with other types`;
    throw new ClarityError('ModuleInvalid', `The module cannot be run: ${why}.`);
  }
}

function agrees({ params, result }: InterfaceFunction, signature: WasmSignature): boolean {
  const wanted = params.flatMap(({ type }) => repOf(type));
  return wanted.join() === signature.params.join() && repOf(result).join() === signature.results.join();
}

/** How wasm has a value of this type; not at all for Unit (abi.md §2). */
function repOf(type: TypeRef): readonly WasmType[] {
  switch (type) {
    case 'Unit':
      return [];
    case 'Int64':
    case 'Timestamp':
      return ['i64'];
    case 'Float64':
      return ['f64'];
    default:
      return ['i32'];
  }
}
