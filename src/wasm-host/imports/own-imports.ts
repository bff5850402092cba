import { Host } from '../host.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { ImportGroup, ImportSet } from './import-group.ts';
import { IMPORT_GROUPS } from './table.ts';

let owners: ReadonlyMap<string, ImportGroup> | undefined;

/** The group of each function. To learn the names, every group is made once in the life of the process, for no instance. */
function ownersByName(): ReadonlyMap<string, ImportGroup> {
  if (owners !== undefined) return owners;
  const host = new Host({}, DEFAULT_LIMITS);
  owners = new Map(
    IMPORT_GROUPS.flatMap((group) => Object.keys(group(host)).map((name): [string, ImportGroup] => [name, group])),
  );
  return owners;
}

/** Every function that the host itself offers. */
export function ownImportNames(): readonly string[] {
  return [...ownersByName().keys()];
}

/** The host's own groups for one instance: a group is made when the first of its functions is asked for. */
export class OwnImports {
  readonly #host: Host;
  readonly #made = new Map<ImportGroup, ImportSet>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** The set that has a function of this name. */
  setWith(name: string): ImportSet | undefined {
    const group = ownersByName().get(name);
    if (group === undefined) return undefined;
    let set = this.#made.get(group);
    if (set === undefined) {
      set = group(this.#host);
      this.#made.set(group, set);
    }
    return set;
  }
}
