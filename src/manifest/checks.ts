import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { MASK } from '../shared/mask.ts';
import { durationMs } from './defaults.ts';
import type { Finding } from './finding.ts';
import { identify } from './identity.ts';
import type { Locator, Path } from './locate.ts';
import { restartFindings } from './restart-lint.ts';
import { parseSelection } from './selection.ts';
import { sourceFindings } from './source-checks.ts';
import { TIMER_MAX_MS } from './schema/shapes.ts';
import { suggest } from '../shared/suggest.ts';
import { ANNOTATIONS } from './types.ts';

/** Rules of a schema-valid document that a schema cannot say. */
export function checkDocument(raw: JsonObject, locator: Locator): Finding[] {
  const common = annotationFindings(raw, locator);
  if (raw.kind === 'Toolset') return [...common, ...selectionFindings(raw, locator)];
  if (raw.kind === 'Source') return [...common, ...sourceFindings(raw, locator)];
  if (raw.kind !== 'MCPService') return common;
  return [
    ...common,
    ...identityFindings(raw, locator),
    ...durationFindings(raw, locator),
    ...maskFindings(raw, locator),
    ...agentFindings(raw, locator),
    ...restartFindings(raw, locator),
  ];
}

function selectionFindings(raw: JsonObject, locator: Locator): Finding[] {
  const services = child(raw.spec, 'services');
  return (Array.isArray(services) ? services : []).flatMap((written: Json, index) => {
    if (typeof written !== 'string' || parseSelection(written) !== undefined) return [];
    const path = ['spec', 'services', index];
    const message = `spec.services[${String(index)}] must be the name of a service, or a label selector: k=v, k!=v, k or !k, joined by commas`;
    return [{ severity: 'error', code: 'ManifestInvalid', message, range: locator.value(path) } as const];
  });
}

function identityFindings(raw: JsonObject, locator: Locator): Finding[] {
  const identity = identify(raw);
  if (identity === undefined) {
    const stdio = child(child(raw.spec, 'origin'), 'type') === 'local_stdio';
    const message = `metadata needs the field "name"${stdio ? '' : ', or a sourceFile to derive it from'}`;
    return [{ severity: 'error', code: 'ManifestInvalid', message, range: locator.key(['metadata']) }];
  }
  const namespace = identity.toolNamespace;
  if (namespace !== 'runtime' && namespace !== 'clarity') return [];
  const from: Path = [
    ['spec', 'toolNamespace'],
    ['metadata', 'module'],
    ['metadata', 'name'],
  ].find(([room = '', field = '']) => child(raw[room], field) !== undefined) ?? ['metadata'];
  const message = `the tool namespace "${namespace}" is reserved for the runtime’s own tools; set another spec.toolNamespace`;
  return [{ severity: 'error', code: 'ManifestInvalid', message, range: locator.value(from) }];
}

function durationFindings(raw: JsonObject, locator: Locator): Finding[] {
  const reconcile = child(raw.spec, 'reconcile');
  return ['interval', 'timeout'].flatMap((field) => {
    const ms = durationMs(child(reconcile, field));
    if (ms === undefined || (ms >= 1000 && ms <= TIMER_MAX_MS)) return [];
    const path = ['spec', 'reconcile', field];
    const message = `${path.join('.')} must be at least 1s and at most 24 days`;
    return [{ severity: 'error', code: 'ManifestInvalid', message, range: locator.value(path) } as const];
  });
}

/** A masked answer of ours that is sent back would put the mask where the secret was. */
function maskFindings(raw: JsonObject, locator: Locator): Finding[] {
  return ['env', 'headers'].flatMap((list) => {
    const entries = child(child(raw.spec, 'origin'), list);
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: Json, index) => {
      if (child(entry, 'value') !== MASK) return [];
      const path = ['spec', 'origin', list, index, 'value'];
      const message = `${path.join('.')} is the mask that stands for a secret; write the value, or better a secretRef`;
      return [{ severity: 'error', code: 'ManifestInvalid', message, range: locator.value(path) } as const];
    });
  });
}

/** What the original's validator says of triggers and schedules (original contract §4). */
function agentFindings(raw: JsonObject, locator: Locator): Finding[] {
  const agent = child(raw.metadata, 'agent');
  const triggers = child(agent, 'triggers');
  const missing = ['timer', 'a2a'].filter(
    (trigger) => Array.isArray(triggers) && triggers.includes(trigger) && child(agent, trigger) === undefined,
  );
  const schedules = child(child(agent, 'timer'), 'schedules');
  const ids = Array.isArray(schedules)
    ? schedules.map((one: Json) => child(one, 'scheduleId') ?? child(one, 'id'))
    : [];
  const repeated = ids.flatMap((id, index) => (ids.indexOf(id) < index ? [index] : []));
  return [
    ...missing.map((trigger): Finding => {
      const message = `metadata.agent needs the field "${trigger}", since its triggers have ${trigger}`;
      return { severity: 'error', code: 'ManifestInvalid', message, range: locator.key(['metadata', 'agent']) };
    }),
    ...repeated.map((index): Finding => {
      const path = ['metadata', 'agent', 'timer', 'schedules', index];
      const message = `two schedules have the id ${JSON.stringify(ids[index])}`;
      return { severity: 'error', code: 'ManifestInvalid', message, range: locator.value(path) };
    }),
  ];
}

/** A typo in an annotation of ours would silently do nothing: a service would not be protected from pruning. */
function annotationFindings(raw: JsonObject, locator: Locator): Finding[] {
  const annotations = child(raw.metadata, 'annotations');
  const ours: string[] = Object.values(ANNOTATIONS);
  return Object.entries(isJsonObject(annotations) ? annotations : {}).flatMap(([key, value]) => {
    const path = ['metadata', 'annotations', key];
    if (key.startsWith('clarity.runtime/') && !ours.includes(key)) {
      const near = suggest(key, ours);
      const message = `unknown annotation "${key}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
      return [{ severity: 'warning', code: 'UnknownAnnotation', message, range: locator.key(path) } as const];
    }
    if (key !== ANNOTATIONS.prune || value === 'disabled') return [];
    const message = `the annotation "${key}" knows only the value disabled; this one does nothing`;
    return [{ severity: 'warning', code: 'UnknownAnnotation', message, range: locator.value(path) } as const];
  });
}

function child(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}
