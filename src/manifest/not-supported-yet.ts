import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import type { Finding } from './finding.ts';
import type { Locator } from './locate.ts';
import { dotted } from './schema-error.ts';
import type { Kind } from './types.ts';

/** A part of the manifest that this build accepts and does not act upon. */
interface Gap {
  readonly kind: Kind;
  readonly path: readonly string[];
  /** Only where the value asks for what is missing; without it any value does. */
  readonly when?: (value: Json) => boolean;
  /** What happens instead. */
  readonly until: string;
  /** True where going on without it would be unsafe: then it is an error. */
  readonly unsafe?: true;
}

const service = (path: string, until: string, when?: (value: Json) => boolean): Gap => ({
  kind: 'MCPService',
  path: path.split('.'),
  until,
  ...(when === undefined ? {} : { when }),
});
const unsafe = (gap: Gap): Gap => ({ ...gap, unsafe: true });
const is = (wanted: Json) => (value: Json) => value === wanted;
const isNot = (usual: Json) => (value: Json) => value !== usual;
const filled = (value: Json) =>
  Array.isArray(value) ? value.length > 0 : isJsonObject(value) && Object.keys(value).length > 0;

/** Who builds one of these takes its line away. */
const GAPS: readonly Gap[] = [
  service('spec.origin.type', 'the service is not started', is('local_wasm')),
  service('spec.activation.mode', 'the service runs all the time', is('onDemand')),
  service('spec.dependsOn', 'the service starts without waiting', filled),
  service('spec.probe.tool', 'the probe is a ping'),
  service('spec.drift', 'drift is healed', is('Report')),
  service('spec.rollout', 'every change stops the old instance and starts the new one', filled),
  service('spec.session', 'the sessions are those of auto', isNot('auto')),
  service('spec.deletionPolicy', 'the service is stopped when its document goes', is('Orphan')),
  service('spec.origin.retry.max', 'nothing is tried again', isNot(0)),
  service('metadata.serviceType', 'it is served like any MCP service', is('agent')),
  service('metadata.agent', 'the descriptor is kept and not used'),
  unsafe(service('spec.origin.sandbox', 'the process would run without one', is('bwrap'))),
  unsafe({ ...service('spec.origin.limits', 'the process would run without them', filled), when: filled }),
  { kind: 'Policy', path: ['spec', 'rateLimit'], until: 'calls are not counted' },
  unsafe({ kind: 'Policy', path: ['spec', 'budgets'], until: 'runs would spend without a limit' }),
  unsafe({ kind: 'Policy', path: ['spec', 'approval'], until: 'calls would go through without an approval' }),
];

/** Warnings, and errors where ignoring would be unsafe, for what a schema-valid document asks and this build does not do (manifest.md, Rules). */
export function notSupportedYet(raw: JsonObject, locator: Locator): Finding[] {
  return GAPS.filter((gap) => gap.kind === raw.kind && !wasmLimits(gap, raw)).flatMap((gap) => {
    const value = valueAt(raw, gap.path);
    if (value === undefined || (gap.when !== undefined && !gap.when(value))) return [];
    const what = typeof value === 'string' ? `${dotted(gap.path)}: ${value}` : dotted(gap.path);
    return [
      {
        severity: gap.unsafe ? 'error' : 'warning',
        code: 'NotSupportedYet',
        message: `${what} is not supported by this version: ${gap.until}`,
        range: isJsonObject(value) ? locator.key(gap.path) : locator.value(gap.path),
      } as const,
    ];
  });
}

/** Limits of a module are another thing than limits of a process. */
function wasmLimits(gap: Gap, raw: JsonObject): boolean {
  return gap.path.join('.') === 'spec.origin.limits' && valueAt(raw, ['spec', 'origin', 'type']) === 'local_wasm';
}

function valueAt(raw: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((at, step) => (isJsonObject(at) ? at[step] : undefined), raw);
}
