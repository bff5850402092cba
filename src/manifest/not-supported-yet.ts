import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import type { Finding } from './finding.ts';
import type { Locator } from './locate.ts';
import type { Kind, OriginType } from './types.ts';

/** A part of the manifest that this build accepts and does not act upon. */
interface Gap {
  readonly kind: Kind;
  readonly path: string;
  /** Only in an origin of this type. */
  readonly origin?: OriginType;
  /** Only where the value asks for what is missing; without it any value does. */
  readonly when?: (value: Json) => boolean;
  /** What happens instead. */
  readonly until: string;
  /** True where going on without it would be unsafe: then it is an error. */
  readonly unsafe?: true;
}

const is = (wanted: Json) => (value: Json) => value === wanted;
const filled = (value: Json) =>
  Array.isArray(value) ? value.length > 0 : isJsonObject(value) && Object.keys(value).length > 0;
const service = { kind: 'MCPService' } as const;
const stdio = { ...service, origin: 'local_stdio', unsafe: true } as const;
const policy = { kind: 'Policy' } as const;

/** Who builds one of these takes its line away. */
const GAPS: readonly Gap[] = [
  { ...service, path: 'metadata.serviceType', when: is('agent'), until: 'it is served like any MCP service' },
  { ...service, path: 'metadata.agent', until: 'the descriptor is kept and not used' },
  { ...stdio, path: 'spec.origin.sandbox', when: is('bwrap'), until: 'the process would run without one' },
  { ...stdio, path: 'spec.origin.limits', when: filled, until: 'the process would run without them' },
  { ...policy, path: 'spec.timeoutMs', until: 'the service’s own limit holds' },
  { ...policy, path: 'spec.maxPayloadBytes', until: 'the service’s own limit holds' },
  { ...policy, path: 'spec.maxConcurrency', until: 'the service’s own limit holds' },
  { ...policy, path: 'spec.rateLimit', until: 'calls are not counted' },
  { ...policy, path: 'spec.budgets', until: 'runs would spend without a limit', unsafe: true },
  { ...policy, path: 'spec.approval', until: 'calls would go through without one', unsafe: true },
];

/** Warnings, and errors where ignoring would be unsafe, for what a schema-valid document asks and this build does not do (manifest.md, Rules). */
export function notSupportedYet(raw: JsonObject, locator: Locator): Finding[] {
  const type = valueAt(raw, ['spec', 'origin', 'type']);
  return GAPS.flatMap((gap) => {
    const path = gap.path.split('.');
    const value = valueAt(raw, path);
    const applies = gap.kind === raw.kind && (gap.origin === undefined || gap.origin === type);
    if (!applies || value === undefined || gap.when?.(value) === false) return [];
    const what = typeof value === 'string' ? `${gap.path}: ${value}` : gap.path;
    const message = `${what} is not supported by this version: ${gap.until}`;
    const range = isJsonObject(value) ? locator.key(path) : locator.value(path);
    return [{ severity: gap.unsafe ? 'error' : 'warning', code: 'NotSupportedYet', message, range } as const];
  });
}

function valueAt(raw: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((at, step) => (isJsonObject(at) ? at[step] : undefined), raw);
}
