import { onTestFinished } from 'vitest';
import type { Answer, ArgumentsOf, BlockingImport } from '../../src/drivers/wasm/blocking.ts';
import type { DriverDeps } from '../../src/drivers/deps.ts';
import type { Grants, Refusal } from '../../src/drivers/wasm/grants.ts';
import type { Closeable, Handles } from '../../src/drivers/wasm/outside/operation.ts';
import { makeOperations } from '../../src/drivers/wasm/outside/operations.ts';
import type { OwnFolders } from '../../src/drivers/wasm/own-folders.ts';
import type { Program } from '../../src/drivers/wasm/program.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { systemClock } from './clock.ts';
import { driverRig } from './driver-rig.ts';

interface OutsideRigOptions {
  readonly net?: readonly string[];
  readonly fs?: Grants['fs'];
  readonly workspace?: string;
  readonly ownFolders?: OwnFolders;
  readonly allowHost?: (host: string) => boolean;
  readonly clock?: Clock;
  /** What the service's env[] entries come to. */
  readonly env?: Readonly<Record<string, string>>;
  /** What else differs from the rig of all drivers. */
  readonly deps?: Partial<DriverDeps>;
}

/** One call of a program that may do what the options say, and the operations as the daemon makes them. */
export function outsideRig({
  net,
  fs,
  workspace = '/',
  ownFolders = { closed: [], readOnly: [] },
  allowHost = () => true,
  clock = systemClock,
  env = {},
  deps = {},
}: OutsideRigOptions = {}) {
  const drivers = driverRig({ clock, ...deps });
  const operations = makeOperations(drivers.deps);
  const refusals: Refusal[] = [];
  const lines: string[] = [];
  const grants: Grants = {
    ...{ declared: true, net, fs, values: undefined },
    ...{ model: false, mcp: false, a2a: false, hitl: false },
  };
  const program: Program = {
    identity: { kind: 'Service', name: 'probe' } as unknown as Program['identity'],
    id: 'probe-1',
    wasm: () => Promise.resolve(new Uint8Array()),
    stateful: false,
    limits: { timeoutMs: 60_000, maxConcurrency: 1, countWaits: false },
    ...{ args: [], grants, env, workspace, ownFolders, checkpoints: workspace, allowHost },
    log: (_stream, text) => void lines.push(text),
    refused: (refusal) => void refusals.push(refusal),
  };
  const end = new AbortController();
  const handles = new FewHandles();
  const call = { program, signal: end.signal, handles };
  const over = () => {
    end.abort();
    handles.closeAll();
  };
  onTestFinished(async () => {
    over();
    await drivers.close();
  });
  /** Calls an import as the module would. */
  const run = <Name extends BlockingImport>(name: Name, ...args: ArgumentsOf<Name>): Promise<Answer> =>
    operations[name]!.run(args, call);
  /** The handle of an import that opens something. */
  const opened = async <Name extends BlockingImport>(name: Name, ...args: ArgumentsOf<Name>): Promise<bigint> => {
    const answer = await run(name, ...args);
    if (typeof answer === 'bigint') return answer;
    if (typeof answer === 'object' && 'ok' in answer && typeof answer.ok === 'bigint') return answer.ok;
    throw new Error(`nothing was opened: ${JSON.stringify(answer)}`);
  };
  return { program, refusals, lines, run, opened, over };
}

class FewHandles implements Handles {
  readonly #open = new Map<bigint, Closeable>();
  #last = 0n;

  open(thing: Closeable): bigint {
    if (this.#open.size >= 64) throw new Error('A call may have 64 things open.');
    this.#last += 1n;
    this.#open.set(this.#last, thing);
    return this.#last;
  }

  get<T extends Closeable>(handle: bigint, kind: abstract new (...args: never[]) => T): T | undefined {
    const thing = this.#open.get(handle);
    return thing instanceof kind ? thing : undefined;
  }

  close(handle: bigint): void {
    this.#open.get(handle)?.close();
    this.#open.delete(handle);
  }

  closeAll(): void {
    for (const handle of [...this.#open.keys()]) this.close(handle);
  }
}
