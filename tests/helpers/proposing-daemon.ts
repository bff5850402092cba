import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createApp } from '../../src/api/app.ts';
import { Controller } from '../../src/controller/controller.ts';
import { systemTools } from '../../src/gateway/index.ts';
import type { EventLog } from '../../src/reconcile/ports.ts';
import { Proposals } from '../../src/runtime/proposals/proposals.ts';
import { createRuntime } from '../../src/runtime/runtime.ts';
import { DirectorySource } from '../../src/sources/directory/directory-source.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createEventBus } from '../../src/telemetry/event-bus.ts';
import { Metrics } from '../../src/telemetry/metrics/metrics.ts';
import { DirectoryWriter } from '../../src/writer/directory-writer.ts';
import { systemClock } from './clock.ts';
import { FakeArtifacts } from './fake-artifacts.ts';
import { FakeDriver } from './fake-driver.ts';
import { fixedSources } from './fixed-sources.ts';
import { collectingLogger } from './log-lines.ts';
import { mapSecrets } from './map-secrets.ts';
import type { ServicesFolder } from './services-folder.ts';
import { noSecrets } from './test-api.ts';

/**
 * A daemon without a gateway: real files, source, writer, store and API; only what services run is simulated. Ends with the test, and gives
 * what an MCP client would reach (`proposals`) and where a person asks (`url`).
 */
export async function proposingDaemon({ root, workspace }: ServicesFolder) {
  const clock = systemClock;
  const { logger } = collectingLogger();
  const store = openStore({ stateDir: join(workspace, '.clarity'), clock, logger });
  const events: EventLog = createEventBus({ store: store.events, clock, logger, redact: (text) => text });
  const source = new DirectorySource({ name: 'services.d', root, workspace, clock, lastGood: store.lastGood });
  const driver = new FakeDriver(clock);
  driver.of('web').startMs = 1;
  const artifacts = new FakeArtifacts();
  const secrets = mapSecrets(new Map());
  const logs = { append: () => undefined, tail: () => Promise.resolve([]), follow: () => () => undefined };
  const metrics = new Metrics({ clock, version: '0', fleet: () => ({ services: [], queue: 0 }) as never });
  const drivers = new Map([[driver.type, driver]]);
  const sources = fixedSources([source]);
  const parts = { clock, sources, drivers, artifacts, secrets, events, logs, store: store.status };
  const controller = new Controller({ ...parts, metrics: metrics.controller });
  const runtime = createRuntime({
    ...parts,
    controller,
    writer: new DirectoryWriter(() => [{ name: 'services.d', root, workspace }]),
    writable: () => true,
    expose: () => ({ tools: [], prompts: [], resources: [], resourceTemplates: [] }),
    listings: {
      service: () => undefined,
      toolset: () => ({ listed: { tools: 0, tokens: 0 }, tools: [], idleRules: [] }),
    },
  });
  const proposals = new Proposals({ clock, runtime, store: store.proposals, events, logger });
  const { app } = await createApp({
    runtime,
    proposals,
    clock,
    clientFiles: () => expect.unreachable('no test writes into a home that it did not make'),
    doors: { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [] },
    daemon: { version: '0', pid: 1, startedAtMs: clock.now(), workspace },
    logger,
    secrets: noSecrets,
    provisioning: false,
    auditLifecycle: false,
    hookSecretOf: () => undefined,
    systemTools: systemTools(),
    metrics,
  });
  onTestFinished(async () => {
    await app.close();
    await proposals.close();
    await source.close();
    await controller.stop();
    store.close();
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  await controller.start();
  proposals.start();
  return { proposals, runtime, url };
}
