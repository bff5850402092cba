import { availableParallelism } from 'node:os';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WasmOrigin } from '../../manifest/index.ts';
import type { Artifact, Desired, InstanceRef } from '../../reconcile/ports.ts';
import { withDeadline } from '../../shared/abort.ts';
import { ClarityError } from '../../shared/errors.ts';
import { within } from '../../shared/within.ts';
import type { DriverDeps } from '../deps.ts';
import type { Launch, Running } from '../instance-driver.ts';
import { resolveEntries } from '../secret-entries.ts';
import { grantsOf, type Refusal } from './grants.ts';
import { makeOperations } from './outside/operations.ts';
import { createSandbox } from './pool/create-sandbox.ts';
import type { Program } from './program.ts';
import type { Sandbox } from './sandbox.ts';
import { ToldRefusals } from './told-refusals.ts';
import { serviceFacts } from './service-facts.ts';
import { limitModule } from './start/limit-module.ts';
import { prepareModule } from './start/prepare-module.ts';
import { docText } from './tools/doc-text.ts';
import { WasmUpstream } from './upstream.ts';

const PROTOCOL_VERSION = '2025-11-25';

/** Reads, checks and serves the artifact of a local_wasm service; no thread is started before its first call. */
export function launchWasm(deps: DriverDeps): Launch {
  let sandbox: Sandbox | undefined;
  const shared = () =>
    (sandbox ??= createSandbox({
      clock: deps.clock,
      slots: Math.max(1, availableParallelism() - 1),
      operations: makeOperations(deps),
    }));
  return async (desired, ref, context) => {
    const { startTimeoutMs } = desired.manifest.spec;
    context.phase('Checking its module');
    const start = () => serve(deps, shared(), desired, ref);
    const { open } = await withDeadline(deps.clock, 'checking its module', startTimeoutMs, context.signal, start);
    context.signal.throwIfAborted();
    return open();
  };
}

/** All checks; only `open` leaves something behind. */
async function serve(
  deps: DriverDeps,
  sandbox: Sandbox,
  desired: Desired,
  ref: InstanceRef,
): Promise<{ readonly open: () => Running }> {
  const { artifact, manifest } = desired;
  const { origin } = manifest.spec;
  if (origin.type !== 'local_wasm') throw new ClarityError('Internal', `${origin.type} is no local_wasm`);
  if (artifact === undefined) throw new ClarityError('StartFailed', 'There is no module to run.');
  const env = await resolveEntries(origin.env, deps.secrets);
  const workspace = deps.workspaceOf(desired.origin.source);
  const grants = grantsOf(origin, env, workspace);
  const { tools, doc, stateful } = await prepareModule(artifact, grants, origin);
  const facts = serviceFacts(desired, artifact, origin.entry, workspace);
  const { displayName, version } = manifest.metadata;
  const server = {
    protocolVersion: PROTOCOL_VERSION,
    capabilities: { tools: {} },
    serverInfo: { name: displayName, version: version ?? deps.version },
    ...(doc === undefined ? {} : { instructions: docText(doc) }),
  };
  const own = { grants, env, stateful, workspace, ...programParts(desired, origin, artifact) };
  return {
    open: () => {
      const refusals = new ToldRefusals(deps.clock, (refusal) => tellRefusal(deps, desired.identity, refusal));
      const refused = (refusal: Refusal) => refusals.tell(refusal);
      const program = sandbox.open({ ...own, id: ref.id, refused, ...tellings(deps, desired) });
      const upstream = new WasmUpstream(ref, { clock: deps.clock, facts, server, tools, program });
      // As with a process that is told to end: nothing new is taken, what it is at may come to its end.
      const stop = async (graceMs: number) => {
        upstream.close();
        await within(deps.clock, graceMs, upstream.idle());
        await program.close();
        refusals.close();
      };
      // A program has no process that could end.
      return { upstream, ended: new Promise(() => undefined), stop };
    },
  };
}

function programParts(desired: Desired, origin: WasmOrigin, artifact: Artifact) {
  const { timeoutMs, maxConcurrency, countWaits, memoryPages } = origin.limits;
  return {
    identity: desired.identity,
    wasm: async () => limitModule(await readFile(artifact.path), memoryPages),
    limits: { timeoutMs, maxConcurrency, countWaits },
    args: origin.args,
  };
}

/** What the daemon hears of a program, and says to it. */
function tellings(
  deps: DriverDeps,
  desired: Desired,
): Pick<Program, 'ownFolders' | 'checkpoints' | 'allowHost' | 'log'> {
  const { identity } = desired;
  return {
    ownFolders: deps.ownFolders,
    checkpoints: join(deps.stateDir, 'checkpoints', identity),
    allowHost: (hostname) => deps.allowHost(hostname, desired),
    log: (stream, text) => deps.logs.append(identity, stream, text),
  };
}

function tellRefusal(deps: DriverDeps, identity: string, { need, message, add }: Refusal): void {
  deps.logs.append(identity, 'runtime', add === undefined ? message : `${message} To allow it: ${add}`);
  deps.events.emit({
    kind: 'service.access_refused',
    level: 'warn',
    identity,
    reason: 'AccessRefused',
    message: deps.redact(message),
    data: { need, ...(add === undefined ? {} : { add }) },
  });
}
