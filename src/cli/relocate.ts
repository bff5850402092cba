import { isAbsolute, relative, resolve, sep } from 'node:path';
import { editDocument } from '../manifest/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';

/** Where relative paths come from and where the daemon will read them. */
export interface Relocation {
  /** Absolute folder that the person meant: the CLI's own. */
  readonly from: string;
  /** The daemon's workspace; undefined where it is not known: paths become absolute. */
  readonly workspace: string | undefined;
}

/**
 * Turns the relative paths of one document (command and compiler with a slash, cwd, wasmPath, a `.clarity` sourceFile) from the CLI's folder
 * into workspace-relative ones, absolute where they lie outside (surfaces.md, clarityctl). args are passed as they are.
 * A path that means the same file either way keeps its spelling: the service id hangs on it. Comments survive.
 */
export function relocateDocument(text: string, index: number, raw: JsonObject, relocation: Relocation): string {
  const set = pathFields(raw).flatMap(({ path, value, mustKeepSlash }) => {
    const moved = relocatePath(value, relocation, mustKeepSlash);
    return moved === value ? [] : [{ path, value: moved }];
  });
  return set.length === 0 ? text : editDocument(text, index, { set });
}

interface PathField {
  readonly path: readonly string[];
  readonly value: string;
  /** A command without a slash would be looked up in PATH. */
  readonly mustKeepSlash: boolean;
}

function pathFields(raw: JsonObject): readonly PathField[] {
  const metadata = isJsonObject(raw.metadata) ? raw.metadata : {};
  const spec = isJsonObject(raw.spec) ? raw.spec : {};
  const origin = isJsonObject(spec.origin) ? spec.origin : {};
  const fields: PathField[] = [];
  const add = (path: readonly string[], value: Json | undefined, mustKeepSlash = false) => {
    if (typeof value === 'string' && value !== '') fields.push({ path, value, mustKeepSlash });
  };
  if (typeof origin.command === 'string' && origin.command.includes('/'))
    add(['spec', 'origin', 'command'], origin.command, true);
  const compiler = isJsonObject(origin.compiler) ? origin.compiler.command : undefined;
  if (typeof compiler === 'string' && compiler.includes('/'))
    add(['spec', 'origin', 'compiler', 'command'], compiler, true);
  add(['spec', 'origin', 'cwd'], origin.cwd);
  add(['spec', 'origin', 'wasmPath'], origin.wasmPath);
  // Elsewhere sourceFile is a label, not a path.
  if (
    origin.type === 'local_wasm' &&
    typeof metadata.sourceFile === 'string' &&
    metadata.sourceFile.endsWith('.clarity')
  )
    add(['metadata', 'sourceFile'], metadata.sourceFile);
  return fields;
}

function relocatePath(path: string, { from, workspace }: Relocation, mustKeepSlash: boolean): string {
  if (isAbsolute(path)) return path;
  const target = resolve(from, path);
  if (workspace === undefined) return target;
  if (target === resolve(workspace, path)) return path;
  const inside = relative(workspace, target);
  if (inside === '') return '.';
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return target;
  return mustKeepSlash && !inside.includes(sep) ? `.${sep}${inside}` : inside;
}
