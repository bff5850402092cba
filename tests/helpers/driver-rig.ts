import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Origin, OriginType, RemoteOrigin, StdioOrigin } from '../../src/manifest/types.ts';
import type { ActContext, Desired, Driver, EventSink, LogLine, ServiceLogs } from '../../src/reconcile/ports.ts';
import type { DriverDeps } from '../../src/drivers/deps.ts';
import { makeDrivers } from '../../src/drivers/registry.ts';
import { Redactor } from '../../src/security/redactor.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { systemClock } from './clock.ts';

/** The drivers as daemon.ts makes them, with logs that can be read and secrets out of a record. */
export interface DriverRig {
  readonly deps: DriverDeps;
  readonly lines: (LogLine & { identity: string })[];
  readonly events: Parameters<EventSink['emit']>[0][];
  driver(type: OriginType): Driver;
  close(): Promise<void>;
}

const FAULTY_SERVER = fileURLToPath(new URL('../fixtures/servers/faulty-stdio.mjs', import.meta.url));
export const BIN = fileURLToPath(new URL('../../node_modules/.bin/', import.meta.url));

export function driverRig(options: Partial<DriverDeps> & { secretValues?: Record<string, string> } = {}): DriverRig {
  const redactor = new Redactor();
  const lines: DriverRig['lines'] = [];
  const events: DriverRig['events'] = [];
  const logs: ServiceLogs = {
    append: (identity, stream, text) => void lines.push({ identity, stream, text, at: '' }),
    tail: () => Promise.resolve([]),
    follow: () => () => undefined,
  };
  const resolve = (ref: string): Promise<string> => {
    const value = options.secretValues?.[ref];
    if (value === undefined) return Promise.reject(new ClarityError('SecretNotFound', `${ref} is not set`));
    redactor.learn(value);
    return Promise.resolve(value);
  };
  const stateDir = mkdtempSync(join(tmpdir(), 'clarity-drivers-'));
  const deps: DriverDeps = {
    clock: systemClock,
    logs,
    redact: (text) => redactor.redact(text),
    secrets: {
      resolve,
      resolveHeader: async (ref) => ({ name: 'Authorization', value: `Bearer ${await resolve(ref)}` }),
    },
    env: process.env,
    workspaceOf: () => fileURLToPath(new URL('../..', import.meta.url)),
    stateHash: `test-${process.pid}`,
    allowHost: () => true,
    events: { emit: (event) => void events.push(event) },
    tools: { tools: () => undefined, call: () => Promise.reject(new Error('there are no other services here')) },
    questions: { ask: () => Promise.resolve(undefined) },
    stateDir,
    ownFolders: { closed: [stateDir], readOnly: [] },
    version: '0.0.0',
    ...options,
  };
  const drivers = makeDrivers(deps);
  return {
    deps,
    lines,
    events,
    driver: (type) => drivers.get(type)!,
    close: async () => {
      await Promise.all([...drivers.values()].map((driver) => driver.close(0)));
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

export function actContext(signal = new AbortController().signal): ActContext {
  return { signal, phase: () => undefined };
}

type Spec = Desired['manifest']['spec'];

/** A service as the planner would hand it to a driver; only what drivers read is filled in. */
export function desiredOf(origin: Origin, spec: Partial<Spec> = {}, name = 'probe'): Desired {
  return {
    identity: name,
    generation: 1,
    specHash: 'sha256:0',
    runHash: JSON.stringify(origin),
    manifest: { spec: { startTimeoutMs: 20_000, ...spec, origin } } as Desired['manifest'],
    origin: { source: 'dir', revision: '', file: 'probe.yaml', line: 1, index: 0 },
  } as Desired;
}

export function stdioOrigin(
  command: string,
  args: readonly string[] = [],
  more: Partial<StdioOrigin> = {},
): StdioOrigin {
  return {
    type: 'local_stdio',
    command,
    args,
    cwd: '.',
    env: [],
    inheritEnv: [],
    timeoutMs: 60_000,
    maxConcurrency: 64,
    maxPayloadBytes: 16_777_216,
    sandbox: 'none',
    ...more,
  };
}

/** The fixture server with some of its faults. */
export function faulty(faults: string, more: Partial<StdioOrigin> = {}): StdioOrigin {
  return stdioOrigin(process.execPath, [FAULTY_SERVER, faults], more);
}

export function remoteOrigin(endpoint: string, more: Partial<RemoteOrigin> = {}): RemoteOrigin {
  return {
    type: 'remote_mcp',
    endpoint,
    transport: 'streamable_http',
    headers: [],
    timeoutMs: 5000,
    allowedTools: [],
    maxPayloadBytes: 1_048_576,
    maxConcurrency: 8,
    queueLimit: 64,
    retry: { max: 0, backoffMs: 150 },
    ...more,
  };
}

/** The JSON that a tool of the fixture server returns as text. */
export function toolJson(result: unknown): any {
  return JSON.parse((result as { content: { text: string }[] }).content[0]!.text);
}
