import { resolve } from 'node:path';
import { childEnvironment, spawnChild } from '../../process/index.ts';
import { withDeadline } from '../../shared/abort.ts';
import { ClarityError } from '../../shared/errors.ts';
import type { DriverDeps } from '../deps.ts';
import type { Launch } from '../instance-driver.ts';
import { resolveEntries } from '../secret-entries.ts';
import { StdioServer } from './server.ts';

/** Starts a command and speaks MCP over its pipes, all within startTimeoutMs (manifest.md, local_stdio). */
export function launchStdio(deps: DriverDeps): Launch {
  return async (desired, ref, context) => {
    const { origin, startTimeoutMs } = desired.manifest.spec;
    if (origin.type !== 'local_stdio') throw new ClarityError('Internal', `${origin.type} is no local_stdio`);
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
    const server = new StdioServer(deps, ref, origin, child);
    context.phase(`Waiting for ${origin.command} to answer initialize`);
    return server.shakeHands(Math.max(1, until - deps.clock.now()), startTimeoutMs, context.signal);
  };
}
