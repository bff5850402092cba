import { parseManifests, runHash, type ServiceManifest } from '../../src/manifest/index.ts';
import type { SnapshotDocument } from '../../src/reconcile/ports.ts';

/** Restart policies of the model, as YAML. */
const RESTARTS = {
  usual: '{}',
  always: '{mode: always}',
  endless: '{mode: always, maxRestarts: 0}',
  strict: '{mode: always, maxRestarts: 2, windowSeconds: 3600}',
  brief: '{mode: always, maxRestarts: 2, windowSeconds: 3600, quarantineSeconds: 60}',
  never: '{mode: never}',
} as const;
export type Restarts = keyof typeof RESTARTS;
export const RESTART_NAMES = Object.keys(RESTARTS) as Restarts[];
export const TYPES = ['local_stdio', 'local_wasm', 'remote_mcp'] as const;

/** What a person wants of one service; immutable, and written as a manifest. */
export interface Wish {
  /** Of this text; comes back in an annotation, so that a row says which wish it holds. */
  readonly serial: number;
  readonly name: string;
  readonly type: (typeof TYPES)[number];
  /** What runs: a part of the runHash. */
  readonly command: number;
  /** Only people read it: no part of any hash. */
  readonly label: number;
  /** A new generation of the same process. */
  readonly denied: number;
  readonly enabled: boolean;
  readonly autostart: boolean;
  readonly suspend: boolean;
  readonly restartedAt: number;
  readonly unquarantinedAt: number;
  readonly restarts: Restarts;
  readonly strategy: 'Overlap' | 'Recreate';
  readonly pruneDisabled: boolean;
  readonly onDemand: boolean;
  readonly policy: string | undefined;
  readonly namespace: string | undefined;
  readonly secret: string | undefined;
}

/** A wish as it is when a service is made. */
export function firstWish(name: string, type: Wish['type'], restarts: Restarts): Wish {
  return {
    serial: 0,
    name,
    type,
    command: 0,
    label: 0,
    denied: 0,
    enabled: true,
    autostart: true,
    suspend: false,
    restartedAt: 0,
    unquarantinedAt: 0,
    restarts,
    strategy: 'Overlap',
    pruneDisabled: false,
    onDemand: false,
    policy: undefined,
    namespace: undefined,
    secret: undefined,
  };
}

/** The toolNamespace that it claims. */
export function namespaceOf({ namespace, name }: Wish): string {
  return namespace ?? name.replaceAll('-', '_');
}

/** Two wishes with one key are one generation. */
export function generationKey({ serial: _serial, label: _label, pruneDisabled: _prune, ...rest }: Wish): string {
  return JSON.stringify(rest, Object.keys(rest).sort());
}

/** What a quarantine belongs to. */
export function originKey({ type, command, secret }: Wish): string {
  return JSON.stringify([type, command, secret]);
}

/** How many failures the policy lets pass; Infinity: as many as there are. */
export function failureLimit({ restarts, type }: Wish): number {
  if (type === 'remote_mcp' || restarts === 'endless' || restarts === 'never') return Number.POSITIVE_INFINITY;
  return restarts === 'strict' || restarts === 'brief' ? 2 : 5;
}

const cache = new Map<string, SnapshotDocument>();
const CACHED = 5000;

/** The document that the wish is written as. */
export function documentOf(wish: Wish): SnapshotDocument {
  const text = textOf(wish);
  const known = cache.get(text);
  if (known !== undefined) return known;
  const { documents, diagnostics } = parseManifests('model.yaml', text);
  const [document] = documents;
  if (document === undefined) throw new Error(diagnostics.map((d) => d.text).join('\n'));
  if (cache.size >= CACHED) cache.clear();
  cache.set(text, document);
  return document;
}

/** What tells its instances from those of other wishes, with the values that its secret and its files have now. */
export function runHashOf(wish: Wish, secret: string | undefined, sourceHash: string | undefined): string {
  return runHash(documentOf(wish).document as ServiceManifest, {
    env: secret === undefined ? {} : { TOKEN: secret },
    ...(sourceHash === undefined ? {} : { sourceHash }),
  });
}

function textOf(wish: Wish): string {
  const { name, restartedAt, unquarantinedAt, policy, namespace } = wish;
  const annotations = [
    `wish: "${String(wish.serial)}"`,
    ...(restartedAt > 0 ? [`clarity.runtime/restartedAt: "${String(restartedAt)}"`] : []),
    ...(unquarantinedAt > 0 ? [`clarity.runtime/unquarantinedAt: "${String(unquarantinedAt)}"`] : []),
    ...(wish.pruneDisabled ? ['clarity.runtime/prune: disabled'] : []),
  ];
  return [
    'apiVersion: clarity.runtime/v1',
    'kind: MCPService',
    'metadata:',
    `  name: ${name}`,
    `  labels: {round: "${String(wish.label)}"}`,
    `  annotations: {${annotations.join(', ')}}`,
    'spec:',
    `  enabled: ${String(wish.enabled)}`,
    `  autostart: ${String(wish.autostart)}`,
    `  suspend: ${String(wish.suspend)}`,
    ...(policy === undefined ? [] : [`  policyRef: ${policy}`]),
    ...(namespace === undefined ? [] : [`  toolNamespace: ${namespace}`]),
    `  tools: {deny: [denied_${String(wish.denied)}]}`,
    '  probe: {intervalSeconds: 100}',
    `  restartPolicy: ${RESTARTS[wish.restarts]}`,
    `  rollout: {strategy: ${wish.strategy}}`,
    `  activation: {mode: ${wish.onDemand ? 'onDemand' : 'always'}, idleSeconds: 60}`,
    `  origin: ${originText(wish)}`,
    '',
  ].join('\n');
}

function originText({ type, command, secret }: Wish): string {
  const env = secret === undefined ? '' : `, env: [{name: TOKEN, secretRef: "${secret}"}]`;
  if (type === 'local_stdio') return `{type: ${type}, command: c${String(command)}${env}}`;
  if (type === 'local_wasm') return `{type: ${type}, wasmPath: m${String(command)}.wasm${env}}`;
  return `{type: ${type}, endpoint: "http://127.0.0.1:9/c${String(command)}"}`;
}
