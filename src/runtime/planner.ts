import {
  diffDocuments,
  newAsks,
  parseManifests,
  splitDocuments,
  type Ask,
  type Kind,
  type ParsedDocument,
  type ServiceManifest,
} from '../manifest/index.ts';
import type { Controller } from '../controller/controller.ts';
import { makeDesired } from '../controller/desired.ts';
import type { Entry } from '../controller/entry.ts';
import { firstRow, nextRow } from '../controller/fleet.ts';
import type { ArtifactService, DocumentOrigin, ManifestWriter, Plan, SecretResolver } from '../reconcile/ports.ts';
import { withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import type { PlannedChange } from './types.ts';

/** Longest time for compiling what is only planned. */
const PREVIEW_MS = 30_000;

/** The place of a document that has not been written. */
const NOWHERE: DocumentOrigin = { source: '', revision: '', file: '', line: 1, index: 0 };

export interface PlannerDeps {
  readonly controller: Controller;
  readonly writer: ManifestWriter;
  readonly secrets: SecretResolver;
  readonly artifacts: ArtifactService;
  readonly clock: Clock;
  /** Where a document stands now, if anywhere. */
  placeOf(kind: Kind, name: string): DocumentOrigin | undefined;
}

/** What applying texts would do: the writer's own preview and the loop's own planner, nothing written, nothing started. */
export async function planChanges(
  deps: PlannerDeps,
  texts: readonly { file: string; text: string }[],
  prune: boolean,
): Promise<readonly PlannedChange[]> {
  const changes: PlannedChange[] = [];
  const named = new Set<string>();
  for (const { file, text } of texts) {
    const parsed = parseManifests(file, text);
    const errors = parsed.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      changes.push({
        kind: 'Unknown',
        name: file,
        outcome: 'invalid',
        patch: '',
        fields: [],
        actions: [],
        diagnostics: parsed.diagnostics,
      });
      continue;
    }
    const pieces = splitDocuments(text);
    for (const document of parsed.documents) {
      named.add(`${document.kind}/${document.name}`);
      changes.push({
        ...(await planDocument(deps, document, pieces[document.index] ?? text)),
        diagnostics: parsed.diagnostics,
      });
    }
  }
  if (prune)
    for (const { row, deleted } of deps.controller.fleet.entries.values())
      if (!deleted && !named.has(`MCPService/${row.identity}`))
        changes.push({
          kind: 'MCPService',
          name: row.identity,
          outcome: 'removed',
          patch: '',
          fields: [],
          actions: [`remove ${row.identity} (not among the given documents)`],
          diagnostics: [],
        });
  return changes;
}

async function planDocument(
  deps: PlannerDeps,
  document: ParsedDocument,
  text: string,
): Promise<Omit<PlannedChange, 'diagnostics'>> {
  const { kind, name } = document;
  const { outcome, patch } = await deps.writer.preview({
    kind,
    name,
    text,
    at: deps.placeOf(kind, name),
    managedBy: 'clarityctl',
  });
  const entry = deps.controller.fleet.entries.get(name);
  if (kind === 'Policy') {
    const before = deps.controller.fleet.policies.get(name);
    const fields =
      before === undefined
        ? []
        : diffDocuments({ ...document.document, spec: before.spec } as typeof document.document, document.document);
    return { kind, name, outcome, patch, fields, actions: [] };
  }
  const manifest = document.document as ServiceManifest;
  const fields = diffDocuments(entry?.row.manifest, manifest);
  const paths = fields.map(({ path }) => path);
  const effects =
    outcome === 'unchanged' ? { actions: [] } : await effectsOf(deps, entry, manifest, document.specHash, paths);
  return { kind, name, outcome, patch, fields, ...effects };
}

/** Lines that begin with start, restart or stop, and say why; and what the module newly asks for. */
async function effectsOf(
  deps: PlannerDeps,
  entry: Entry | undefined,
  manifest: ServiceManifest,
  specHash: string,
  fields: readonly string[],
): Promise<Pick<PlannedChange, 'actions' | 'newlyAsks'>> {
  const { controller } = deps;
  const identity = manifest.metadata.name;
  const now = deps.clock.now();
  const candidate =
    entry === undefined ? firstRow(manifest, specHash, NOWHERE, now) : nextRow(entry.row, manifest, specHash, now);
  const blocked = controller.fleet.blockers(candidate).get(identity);
  const desired = await makeDesired(
    { row: candidate, deleted: false, bornContested: false, ...(blocked && { blocked }) },
    {
      secrets: deps.secrets,
      artifacts: (manifest_, origin) =>
        withDeadline(deps.clock, `compiling ${identity}`, PREVIEW_MS, undefined, (signal) =>
          deps.artifacts.preview(manifest_, origin, signal),
        ),
    },
  );
  const asks = newAsks(entry?.desired?.artifact?.asks ?? [], desired.artifact?.asks ?? []);
  return {
    actions: describeActions(identity, controller.reconciler.planFor(desired, identity, candidate.memory), fields),
    ...(asks.length === 0 ? {} : { newlyAsks: asks.map(describeAsk) }),
  };
}

function describeAsk({ need, imports }: Ask): string {
  return `${need} (${imports.join(', ')})`;
}

function describeActions(identity: string, plan: Plan, fields: readonly string[]): readonly string[] {
  const because =
    fields.length === 0 ? '' : ` (${fields.slice(0, 5).join(', ')}${fields.length > 5 ? ', …' : ''} changed)`;
  if (plan.kind !== 'act') return [];
  const start = plan.actions.find(({ kind }) => kind === 'start');
  const stop = plan.actions.find(({ kind }) => kind === 'stop');
  // A new instance beside the old one replaces it; one after it is a restart.
  if (start?.why.reason === 'NewGeneration')
    return [`${stop === undefined ? 'replace' : 'restart'} ${identity}${because}`];
  if (start !== undefined) return [`start ${identity} (${start.why.message})`];
  return stop === undefined ? [] : [`stop ${identity} (${stop.why.message})`];
}
