import { ClarityError } from '../../shared/errors.ts';
import type { Json } from '../../shared/json.ts';
import type { PlannedChange, RuntimeService, WantedChange, WritesAs } from '../types.ts';

/** What plans and writes; the rest of the runtime is not needed for a proposal. */
export type PlansAndWrites = Pick<RuntimeService, 'plan' | 'planRemoval' | 'apply' | 'remove'>;

/** What is asked for over MCP is written so (surfaces.md, apply). */
const MCP = 'mcp';

function writesAs({ folder = MCP }: WantedChange & { kind: 'apply' }): Required<WritesAs> {
  return { managedBy: MCP, folder };
}

/** What the change would do now, with the planner of diff and to the letter what would be written. */
export async function planWanted(
  runtime: PlansAndWrites,
  change: WantedChange,
  signal: AbortSignal,
): Promise<readonly PlannedChange[]> {
  if (change.kind === 'remove') return [await runtime.planRemoval(change.name)];
  const texts = [{ file: 'manifest', text: change.text }];
  return runtime.plan(texts, { prune: false, probe: false, as: writesAs(change) }, signal);
}

/** Makes the change; answers when the source has seen it. */
export async function writeWanted(runtime: PlansAndWrites, change: WantedChange): Promise<void> {
  if (change.kind === 'remove') await runtime.remove(change.name, { force: false });
  else await runtime.apply(change.text, { ...writesAs(change), force: false });
}

/** Throws what apply or remove would throw: ManifestInvalid, Conflict with data.patch, BadRequest. */
export function refuseUnwritable(plan: readonly PlannedChange[]): void {
  const invalid = plan.find(({ outcome }) => outcome === 'invalid');
  if (invalid !== undefined) {
    const { diagnostics } = invalid;
    throw new ClarityError('ManifestInvalid', `invalid manifest: ${diagnostics[0]?.message ?? ''}`, {
      data: { diagnostics } as unknown as Json,
    });
  }
  const foreign = plan.find(({ outcome }) => outcome === 'conflict');
  if (foreign !== undefined) {
    const { kind, name, patch } = foreign;
    throw new ClarityError('Conflict', `${kind} "${name}" was written by hand; make the change there`, {
      data: { patch },
    });
  }
  if (plan.length === 0) throw new ClarityError('BadRequest', 'there is no document in the manifest');
}
