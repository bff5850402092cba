import { resolve } from 'node:path';
import { childEnvironment, spawnChild } from '../../process/index.ts';
import type { StdioOrigin } from '../../manifest/index.ts';
import type { ActContext, Desired, InstanceRef } from '../../reconcile/ports.ts';
import { withDeadline } from '../../shared/abort.ts';
import { ClarityError } from '../../shared/errors.ts';
import type { DriverDeps } from '../deps.ts';
import { Connections } from '../connections.ts';
import { Gate } from '../gate.ts';
import type { Launch } from '../instance-driver.ts';
import { NOBODY, type Represented } from '../represented.ts';
import { resolveEntries } from '../secret-entries.ts';
import { StdioServer, type StdioConnection } from './server.ts';

/** Calls that may wait while maxConcurrency are in flight. */
const QUEUE_LIMIT = 256;

/** Starts a command and speaks MCP over its pipes, all within startTimeoutMs (manifest.md, local_stdio). */
export function launchStdio(deps: DriverDeps): Launch {
  return async (desired, ref, context) => {
    const { origin } = desired.manifest.spec;
    if (origin.type !== 'local_stdio') throw new ClarityError('Internal', `${origin.type} is no local_stdio`);
    const { clock, logs } = deps;
    const gate = new Gate(clock, origin.maxConcurrency, QUEUE_LIMIT);
    const starting = { deps, desired, origin, ref, gate };
    const main = await startServer(starting, NOBODY, context);
    const upstream = new Connections({
      ref,
      clock,
      main,
      // A process of its own for whom it is opened.
      open: (represented, signal) => startServer(starting, represented, { signal, phase: () => undefined }),
      gate,
      log: (text) => logs.append(ref.identity, 'runtime', text),
    });
    return { upstream, pid: main.pid, ended: main.ended, stop: (graceMs) => upstream.close(graceMs) };
  };
}

interface Starting {
  readonly deps: DriverDeps;
  readonly desired: Desired;
  readonly origin: StdioOrigin;
  readonly ref: InstanceRef;
  readonly gate: Gate;
}

async function startServer(
  { deps, desired, origin, ref, gate }: Starting,
  represented: Represented,
  context: ActContext,
): Promise<StdioConnection> {
  const { startTimeoutMs } = desired.manifest.spec;
  const until = deps.clock.now() + startTimeoutMs;
  const env = await withDeadline(deps.clock, 'reading its secrets', startTimeoutMs, context.signal, () =>
    resolveEntries(origin.env, deps.secrets),
  );
  context.phase(`Starting ${origin.command}`);
  const child = await spawnChild(
    {
      command: origin.command,
      args: origin.args,
      cwd: resolve(deps.workspaceOf(desired.origin.source), origin.cwd),
      env: childEnvironment(deps.env, origin.inheritEnv, env),
      instance: `${deps.stateHash}:${desired.identity}`,
    },
    deps.clock,
  );
  const server = new StdioServer({ deps, ref, origin, child, gate, represented });
  context.phase(`Waiting for ${origin.command} to answer initialize`);
  return server.shakeHands(Math.max(1, until - deps.clock.now()), startTimeoutMs, context.signal);
}
