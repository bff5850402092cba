import { Assertions } from './assertions.ts';
import type { HostEnvironment } from './environment.ts';
import { HostError } from './host-error.ts';
import type { HostLimits } from './limits.ts';
import { MapTable } from './maps/map-table.ts';
import { GuestMemory } from './memory/guest-memory.ts';

/** What the imports of one instance share. */
export class Host {
  readonly memory: GuestMemory;
  readonly maps: MapTable;
  readonly assertions = new Assertions();
  readonly environment: HostEnvironment;
  readonly limits: HostLimits;
  readonly #endOfCall: (() => void)[] = [];

  constructor(environment: HostEnvironment, limits: HostLimits) {
    this.environment = environment;
    this.limits = limits;
    this.memory = new GuestMemory(limits.memoryBytes);
    this.maps = new MapTable(limits.mapCells);
  }

  /** Runs after each call of the module: a group of imports lets go there of what it keeps. */
  onEndOfCall(release: () => void): void {
    this.#endOfCall.push(release);
  }

  endCall(): void {
    for (const release of this.#endOfCall) release();
  }

  /** A part of the environment; throws `unsupported-import` where it is not offered. */
  need<K extends keyof HostEnvironment>(part: K, importName: string): NonNullable<HostEnvironment[K]> {
    const offered = this.environment[part];
    if (offered === undefined) throw unsupported(importName);
    return offered;
  }
}

/** The error of a call to an import that this host does not offer. */
export function unsupported(importName: string): HostError {
  return new HostError(
    'unsupported-import',
    `The program called \`${importName}\`, which is not offered where it runs.`,
  );
}
