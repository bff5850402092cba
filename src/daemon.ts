import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { createApp } from './api/app.ts';
import { presentEvent, presentItem, presentRecord, presentSnapshot } from './api/present.ts';
import { presentSummary } from './api/present-summary.ts';
import { packageVersion } from './config/package-version.ts';
import { createArtifacts } from './artifacts/artifacts.ts';
import { parseDaemonArgs, readEnvironment, type RuntimeConfig } from './config/index.ts';
import { Controller } from './controller/controller.ts';
import { makeDrivers } from './drivers/registry.ts';
import { createGateway, exposedDefinitions, systemTools } from './gateway/index.ts';
import { sweepOrphans } from './process/index.ts';
import { prepareSchema, secretRefsOf } from './manifest/index.ts';
import type { Desired, SourceSet } from './reconcile/ports.ts';
import { withoutCandidates } from './runtime/candidates.ts';
import { sampleFleet } from './runtime/fleet-samples.ts';
import { Proposals } from './runtime/proposals/proposals.ts';
import { createRuntime } from './runtime/runtime.ts';
import { hookSecret } from './security/hook-signature.ts';
import { hostAllowed } from './security/host-allowed.ts';
import { Redactor } from './security/redactor.ts';
import { createSecretAdmin } from './security/secret-admin.ts';
import { SecretFiles } from './security/secret-files.ts';
import { createSecretResolver } from './security/secret-resolver.ts';
import { clientFiles } from './setup/index.ts';
import type { Clock } from './shared/clock.ts';
import { ClarityError, errorCode, errorMessage } from './shared/errors.ts';
import { declaredConfig } from './sources/declared-config.ts';
import { parserStamp } from './sources/directory/parser-stamp.ts';
import { makeSource, type SourceParts } from './sources/make-source.ts';
import { LiveSources } from './sources/source-set.ts';
import { FileQuestions } from './store/file-questions.ts';
import { FileServiceLogs } from './store/file-service-logs.ts';
import { openStore } from './store/open-store.ts';
import { acquireStateLock } from './store/state-lock.ts';
import { createEventBus } from './telemetry/event-bus.ts';
import { createLogger, type Logger } from './telemetry/logger.ts';
import { Metrics } from './telemetry/metrics/metrics.ts';
import { prettyStream } from './telemetry/pretty-stream.ts';
import { createWriter, type WritableSource } from './writer/index.ts';

/** Exit codes (surfaces.md, clarityd). */
const EXIT = { ok: 0, failure: 1, usage: 2, locked: 3 } as const;

/** The one real clock. */
const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, fn) => {
    const timer = setTimeout(fn, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

/** A daemon that listens. */
export interface RunningDaemon {
  /** `http://HOST:PORT`, with 127.0.0.1 where it listens on all addresses. */
  readonly url: string;
  /** Rescans every source (SIGHUP). */
  rescan(): Promise<void>;
  /** Refuses new calls, lets those in flight finish (up to 10 s), ends every child tree, flushes the store. */
  stop(): Promise<void>;
}

/** The composition root: makes every part and ties them together. Rejects with a ClarityError (StateLocked, AddressInUse, …). */
export async function startDaemon(
  config: RuntimeConfig,
  logger: Logger,
  redactor: Redactor,
  version: string,
): Promise<RunningDaemon> {
  const clock = systemClock;
  const startedAtMs = clock.now();
  const redact = (text: string) => redactor.redact(text);
  const lock = acquireStateLock(config.state, process.pid);
  const stateHash = createHash('sha256')
    .update(await realpath(config.state))
    .digest('hex')
    .slice(0, 16);
  const store = openStore({ stateDir: config.state, clock, logger });
  const logs = new FileServiceLogs({ folder: join(config.state, 'logs'), clock, logger, redact });
  await logs.removeStale();
  const events = createEventBus({ store: store.events, clock, logger, redact });
  events.listen(({ level, message, kind, identity, reason }) =>
    logger[level](message, { kind, ...(identity && { service: identity }), ...(reason && { reason }) }),
  );
  for (const orphan of await sweepOrphans(stateHash, clock))
    logger.warn('ended a process that an earlier daemon left behind', { ...orphan });

  const metrics: Metrics = new Metrics({
    clock,
    version,
    fleet: () => sampleFleet(controller, clock.now()),
    gateway: () => gateway.stats(),
  });
  const secrets = createSecretResolver({
    env: config.env,
    secretsRoot: config.secretsRoot,
    learn: (value) => redactor.learn(value),
  });
  const parsed = { store: store.parsed, stamp: await parserStamp() };
  prepareSchema();
  const { workspace } = config;
  const parts: SourceParts = {
    clock,
    workspace,
    lastGood: store.lastGood,
    parsed,
    limits: config.limits,
    metrics: metrics.sources,
    stateDir: config.state,
    stateHash,
    secrets,
    env: config.env,
    warn: (message, source) => logger.warn(message, { source }),
  };
  const sources = new LiveSources({
    fixed: config.sources.map((one) => makeSource(one, parts)),
    make: (name, spec) => makeSource(declaredConfig(name, spec, workspace), parts),
    workspace,
    warn: (message) => logger.warn(message),
  });
  sources.onChange((change) => {
    if ('removed' in change) metrics.sources.forget(change.removed.name);
  });
  const policyHosts = ({ manifest }: Desired) => controller.fleet.policies.get(manifest.spec.policyRef)?.spec.hosts;
  const drivers = makeDrivers({
    clock,
    secrets,
    logs: withoutCandidates(logs),
    env: config.env,
    redact,
    workspaceOf: (source) => sources.workspaceOf(source),
    stateHash,
    allowHost: (host, desired) => hostAllowed(host, [config.remoteAllowedHosts, policyHosts(desired)]),
    events,
    tools: {
      tools: (service) => gateway.tools.tools(service),
      call: (service, tool, args, signal) => gateway.tools.call(service, tool, args, signal),
    },
    questions: new FileQuestions({ clock, folder: config.hitlDir, timeoutMs: config.hitlTimeoutMs }),
    stateDir: config.state,
    ownFolders: {
      closed: [config.state, config.hitlDir, config.secretsRoot],
      get readOnly() {
        return [...writableSources(sources)].map(({ root }) => root);
      },
    },
    version,
  });
  const artifacts = createArtifacts({
    clock,
    folder: join(config.state, 'build'),
    workspaceOf: (source) => sources.workspaceOf(source),
    env: config.env,
    compilerBin: config.compilerBin,
    stateHash,
  });
  const controller = new Controller({
    clock,
    sources,
    drivers,
    artifacts,
    secrets,
    store: store.status,
    events,
    logs,
    metrics: metrics.controller,
  });
  controller.onStatus((identity) => {
    if (!controller.fleet.entries.has(identity)) metrics.forget(identity);
  });
  // Made for a first start only: where services are known, a folder that is gone is a source that is missing, not an empty one.
  const owners = new Set([...controller.fleet.entries.values()].map(({ row }) => row.origin.source));
  for (const source of config.sources)
    if (source.kind === 'dir' && !source.explicit && !owners.has(source.name))
      await mkdir(source.path, { recursive: true });
  const writer = createWriter({
    clock,
    directories: () => [...writableSources(sources)],
    repository: () => undefined,
    limits: config.limits,
  });
  const runtime = createRuntime({
    clock,
    controller,
    sources,
    writer,
    secrets,
    artifacts,
    store: store.status,
    writable: () => store.writable(),
    events,
    logs,
    drivers,
    expose: exposedDefinitions,
    listings: {
      service: (identity) => gateway.listings.service(identity),
      toolset: (name) => gateway.listings.toolset(name),
    },
  });
  const proposals = new Proposals({ clock, runtime, store: store.proposals, events, logger });
  const secretAdmin = createSecretAdmin({
    files: new SecretFiles(config.secretsRoot),
    resolver: secrets,
    named: () => [...controller.fleet.entries.values()].flatMap(({ row }) => secretRefsOf(row.manifest.spec.origin)),
    mayAskAll: config.provisioning,
    onChange(means) {
      for (const { row } of controller.fleet.entries.values())
        if (secretRefsOf(row.manifest.spec.origin).some(means)) controller.requestReconcile(row.identity, true);
    },
  });
  const gateway = createGateway({
    view: controller.view,
    clock,
    circuit: config.circuit,
    version,
    // One token, one principal: whoever passed the doors is the owner.
    principal: () => 'owner',
    onFault: (error, where) => logger.error('the gateway failed', { where, error }),
    metrics: metrics.calls,
    builtins: {
      runtime,
      proposals,
      secrets: secretAdmin,
      present: {
        item: (view) => presentItem(view, clock.now()),
        record: (view) => presentRecord(view, clock.now()),
        snapshot: presentSnapshot,
        event: presentEvent,
        summary: presentSummary,
      },
      clock,
      workspace: config.workspace,
      compiler: { version },
      provisioning: {
        enabled: config.provisioning,
        approval: config.provisioningApproval,
        ...(config.remoteAllowedHosts && { allowedHosts: config.remoteAllowedHosts }),
      },
    },
  });
  const { allowedHosts, allowedOrigins, authToken, host } = config;
  const { app } = await createApp({
    runtime,
    proposals,
    clock,
    doors: { boundHost: host, allowedHosts, allowedOrigins, ...(authToken === undefined ? {} : { token: authToken }) },
    daemon: { version, pid: process.pid, startedAtMs, workspace: config.workspace },
    clientFiles: () => clientFiles(config.env),
    logger,
    metrics,
    hookSecretOf: (source) => {
      const secret = hookSecret(config.env, source);
      if (secret !== undefined) redactor.learn(secret);
      return secret;
    },
    secrets: secretAdmin,
    provisioning: config.provisioning,
    auditLifecycle: config.auditLifecycle,
    gateway,
    systemTools: systemTools(),
  });

  // Each step is taken whatever became of the one before: a door that does not close must not keep children alive.
  const stop = async () => {
    const failed: unknown[] = [];
    const steps: readonly (() => unknown)[] = [
      () => app.close(),
      () => sources.close(),
      () => proposals.close(),
      () => controller.stop(),
      () => artifacts.close(),
      () => logs.close(),
      () => store.close(),
      () => lock.release(),
    ];
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw new AggregateError(failed, failed.map(errorMessage).join('; '));
  };
  try {
    const url = await listen(app.server, () => app.listen({ host, port: config.port }), config);
    await controller.start();
    proposals.start();
    if (host === '0.0.0.0' && authToken === undefined)
      logger.warn(
        'listening on all addresses without a token: other machines are answered 403; set CLARITYD_AUTH_TOKEN',
      );
    return { url, rescan: () => controller.sources.refresh(undefined), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The folders that new documents may be written to, as they are now. */
function* writableSources(sources: SourceSet): Generator<WritableSource> {
  for (const { name, writableRoot: root, workspace } of sources.all())
    if (root !== undefined) yield { name, root, workspace };
}

async function listen(
  server: { address(): AddressInfo | string | null },
  begin: () => Promise<string>,
  { host, port }: RuntimeConfig,
): Promise<string> {
  try {
    await begin();
  } catch (error) {
    if (errorCode(error) !== 'EADDRINUSE') throw error;
    throw new ClarityError('AddressInUse', `port ${String(port)} of ${host} is taken; pass --port 0 or another one`, {
      cause: error,
    });
  }
  const { port: bound } = server.address() as AddressInfo;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${String(bound)}`;
}

/** clarityd: reads flags and variables, runs until a signal, and answers the exit code. */
export async function main(): Promise<number> {
  const version = packageVersion();
  const argv = process.argv.slice(2);
  let parsed: ReturnType<typeof parseDaemonArgs>;
  try {
    parsed = parseDaemonArgs(argv, readEnvironment(), process.cwd(), version);
  } catch (error) {
    process.stderr.write(`clarityd: ${errorMessage(error)}\n`);
    return EXIT.usage;
  }
  if (parsed.kind === 'print') {
    process.stdout.write(parsed.text);
    return EXIT.ok;
  }
  const { config, warnings } = parsed;
  const redactor = new Redactor();
  if (config.authToken !== undefined) redactor.learn(config.authToken);
  const destination =
    config.logFormat === 'pretty' ? prettyStream(process.stderr, { color: process.stderr.isTTY }) : process.stderr;
  const logger = createLogger({ level: config.logLevel, redact: (text) => redactor.redact(text), destination });
  for (const warning of warnings) logger.warn(warning);
  // The clock's timers keep nobody alive, and nothing else does before the port is open.
  const alive = setInterval(() => undefined, 2 ** 30);
  try {
    const daemon = await startDaemon(config, logger, redactor, version);
    process.stdout.write(`ready ${daemon.url}/mcp\n`);
    if (process.stdout.isTTY) process.stdout.write(hints(daemon.url));
    else logger.info(`point a client at ${daemon.url}/mcp; look around with: ${lookAround(daemon.url, 'get')}`);
    return await untilSignal(daemon, logger);
  } catch (error) {
    process.stderr.write(`clarityd: ${errorMessage(error)}\n`);
    return error instanceof ClarityError && error.code === 'StateLocked' ? EXIT.locked : EXIT.failure;
  } finally {
    clearInterval(alive);
  }
}

/** SIGHUP rescans; the first SIGTERM or SIGINT stops in order, the second at once. */
function untilSignal(daemon: RunningDaemon, logger: Logger): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false;
    process.on('SIGHUP', () => {
      daemon.rescan().catch((error: unknown) => logger.error('the rescan failed', { error }));
    });
    const stop = (signal: NodeJS.Signals) => {
      if (stopping) return resolve(EXIT.failure);
      stopping = true;
      logger.info('stopping', { signal });
      daemon.stop().then(
        () => resolve(EXIT.ok),
        (error: unknown) => {
          logger.error('the daemon did not stop in order', { error });
          resolve(EXIT.failure);
        },
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

function hints(url: string): string {
  return `
  MCP endpoint   ${url}/mcp
  Status page    ${url}/status

Point a client at it, for example:
  claude mcp add --transport http clarity ${url}/mcp
Look around in another terminal:
  ${lookAround(url, 'get')}
  ${lookAround(url, 'describe NAME')}
Stop with Ctrl-C.
`;
}

/** clarityctl asks the usual port where it is told no other. */
function lookAround(url: string, verb: string): string {
  return `npx clarityctl ${verb}${url === 'http://127.0.0.1:4707' ? '' : ` --daemon-url ${url}`}`;
}
