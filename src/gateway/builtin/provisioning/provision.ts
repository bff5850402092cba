import type { ServiceManifest } from '../../../manifest/index.ts';
import type { ApplyOutcome, ServiceView } from '../../../runtime/types.ts';
import { ClarityError } from '../../../shared/errors.ts';
import { sumOf } from '../service-sum.ts';
import { settled, type Settled } from '../settle.ts';
import type { Answer, BuiltinDeps, ToolCall } from '../tool.ts';
import { admit } from './admit.ts';
import { askForApproval } from './approval.ts';

/** Where the tools write, so that one folder's permissions or owners hold them (reconcile-behaviour §1.1). */
const FOLDER = 'mcp';

/** A manifest that a tool wants to be true. */
export interface Provision {
  readonly tool: string;
  /** YAML. */
  readonly text: string;
  readonly introspect: boolean;
  /** The name of the key that says it is written (original contract §2). */
  readonly done: 'created' | 'applied';
  /** Refuse to put the service in the place of another program's (register_*). */
  readonly ownNameOnly: boolean;
}

/** What became of it: an answer that says a person has to agree, or the first service as it settled. */
export type Provisioned =
  { readonly kind: 'waiting'; readonly answer: Answer } | { readonly kind: 'written'; readonly service?: Settled };

/** Checks, writes (or proposes) a manifest and waits until its services have settled. Throws ManifestInvalid, HostNotAllowed, Conflict. */
export async function provision(deps: BuiltinDeps, call: ToolCall, wanted: Provision): Promise<Provisioned> {
  const { runtime, provisioning } = deps;
  const { text, tool } = wanted;
  const documents = admit(text, deps);
  const services = documents.flatMap(({ kind, document }) =>
    kind === 'MCPService' ? [document as ServiceManifest] : [],
  );
  if (wanted.ownNameOnly) for (const service of services) refuseOther(deps, service);
  const change = { kind: 'apply', text, folder: FOLDER } as const;
  let views: readonly ServiceView[];
  if (provisioning.approval === 'required') {
    const answer = await askForApproval(deps, call, tool, change);
    if (answer !== undefined) return { kind: 'waiting', answer };
    views = services.map(({ metadata }) => runtime.get(metadata.name));
  } else {
    call.progress('writing the manifest');
    views = viewsOf(await runtime.apply(text, { managedBy: 'mcp', force: false, folder: FOLDER }));
  }
  const all = await Promise.all(views.map((view) => settled(deps, call, view)));
  const [service] = all;
  return { kind: 'written', ...(service && { service }) };
}

/** The same as the tools answer it (original contract §2). */
export async function provisionAnswer(deps: BuiltinDeps, call: ToolCall, wanted: Provision): Promise<Answer> {
  const result = await provision(deps, call, wanted);
  if (result.kind === 'waiting') return result.answer;
  const { service } = result;
  if (service === undefined)
    return { json: { service: null, [wanted.done]: true, started: false, introspected: false } };
  const { view, met, why } = service;
  const { enabled, autostart, suspend } = view.desired.manifest.spec;
  const started = met && enabled && autostart && !suspend;
  return {
    json: {
      service: sumOf(view, deps.present),
      [wanted.done]: true,
      started,
      introspected: wanted.introspect && started && view.interface !== undefined,
    },
    ...(why === undefined ? {} : { note: why }),
  };
}

function viewsOf(outcomes: readonly ApplyOutcome[]): readonly ServiceView[] {
  return outcomes.flatMap(({ view }) => (view === undefined ? [] : [view]));
}

/** Two programs of one name are two services: the second must not take the place of the first without a word. */
function refuseOther({ runtime }: BuiltinDeps, { metadata: { name, sourceFile } }: ServiceManifest): void {
  const known = runtime.list().find(({ desired }) => desired.identity === name)?.desired.manifest.metadata;
  if (known === undefined || known.sourceFile === sourceFile) return;
  throw new ClarityError(
    'Conflict',
    `there is a service "${name}" of another origin already; give this one another module or tool_namespace, or remove that one first (runtime__remove_service)`,
  );
}
