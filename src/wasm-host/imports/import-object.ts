import type { Host } from '../host.ts';
import { unsupported } from '../host.ts';
import { HostError } from '../host-error.ts';
import type { HostFunction, ImportGroup } from './import-group.ts';
import { OwnImports } from './own-imports.ts';

type Functions = Readonly<Record<string, HostFunction | undefined>>;

/**
 * What a module gets for the imports it lists: the function of the last group that has it, or one that throws `unsupported-import` when it is
 * called. Throws `bad-module` for an import that is no function of `env`.
 */
export function importObject(
  module: WebAssembly.Module,
  host: Host,
  more: readonly ImportGroup[],
): { readonly env: Record<string, HostFunction> } {
  const added = more.map((group) => group(host)).reverse();
  const own = new OwnImports(host);
  const env: Record<string, HostFunction> = {};
  for (const wanted of WebAssembly.Module.imports(module)) {
    if (wanted.module !== 'env' || wanted.kind !== 'function') {
      const what = `the ${wanted.kind} \`${wanted.module}.${wanted.name}\``;
      throw new HostError(
        'bad-module',
        `The module imports ${what}; Clarity modules import functions of \`env\` only.`,
      );
    }
    const { name } = wanted;
    const set: Functions | undefined = added.find((each) => Object.hasOwn(each, name)) ?? own.setWith(name);
    env[name] = set?.[name] ?? refuse(name);
  }
  return { env };
}

function refuse(name: string): HostFunction {
  return () => {
    throw unsupported(name);
  };
}
