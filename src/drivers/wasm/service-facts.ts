import { relative, isAbsolute } from 'node:path';
import type { Artifact, Desired } from '../../reconcile/ports.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { ProgramStats } from './sandbox.ts';

/** What `describe_service` and `health_check` tell of a service beside its counters. */
export interface ServiceFacts {
  readonly serviceId: string;
  readonly module: string;
  readonly sourceFile: string;
  readonly wasmPath: string;
  readonly entry: string;
}

/** A module that serves is healthy: everything about it was checked before. */
export const HEALTH = 'HEALTHY';

/** `wasmPath` relative to the workspace where it lies inside. */
export function serviceFacts(
  { manifest }: Desired,
  artifact: Artifact,
  entry: string,
  workspace: string,
): ServiceFacts {
  const { serviceId, module, sourceFile } = manifest.metadata;
  const inside = relative(workspace, artifact.path);
  const wasmPath = inside.startsWith('..') || isAbsolute(inside) ? artifact.path : inside;
  return { serviceId, module, sourceFile, wasmPath, entry };
}

/** The result of `describe_service`. */
export function describeService(facts: ServiceFacts, stats: ProgramStats, uptimeSeconds: number): JsonObject {
  const { calls, failures, running, queued } = stats;
  const runtime = { lifecycle: 'RUNNING', health: HEALTH, uptimeSeconds, calls, failures, running, queued };
  const structuredContent = { ...facts, runtime };
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}
