import type { Proposal, WantedChange } from '../../../runtime/types.ts';
import { DeadlineError, withDeadline } from '../../../shared/abort.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { oneLine } from '../../../shared/text.ts';
import type { Answer, BuiltinDeps, ToolCall } from '../tool.ts';

/** A call waits so long for the decision; then the caller may ask again. */
const DECISION_MS = 30_000;
/** Between two words to a caller that wants to hear how it is going. */
const TELL_MS = 5000;

/**
 * Puts a change before a person and waits for the decision. Undefined where it is agreed to and so has been written, or is so already; else what
 * the tool answers. Who asks for the same again waits for the same proposal: so a caller comes back by repeating its call.
 */
export async function askForApproval(
  deps: BuiltinDeps,
  call: ToolCall,
  tool: string,
  change: WantedChange,
): Promise<Answer | undefined> {
  const { proposals } = deps;
  const { id, state } = await proposals.propose({ change, by: call.by, tool });
  if (state === 'approved') return undefined;
  const stop = tellEvery(deps, () => call.progress(`waits for a person: clarityctl approve ${id}`));
  try {
    await withDeadline(deps.clock, 'the decision', DECISION_MS, call.signal, (signal) => proposals.decided(id, signal));
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
  } finally {
    stop();
  }
  const proposal = proposals.get(id);
  return proposal.state === 'approved'
    ? undefined
    : { json: { applied: false, proposal: shown(proposal) }, note: noteOf(proposal) };
}

function tellEvery({ clock }: BuiltinDeps, tell: () => void): () => void {
  let cancel = (): void => undefined;
  const next = (): void => {
    tell();
    cancel = clock.after(TELL_MS, next);
  };
  next();
  return () => cancel();
}

/** Without patches: they may show what others wrote. */
function shown({ id, state, tool, by, planHash, createdAtMs, expiresAtMs, plan, decision }: Proposal): JsonObject {
  return {
    id,
    state,
    tool,
    by,
    planHash,
    createdAt: new Date(createdAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
    plan: plan.map(({ kind, name, outcome, actions }) => ({ kind, name, outcome, actions })),
    approve: `clarityctl approve ${id}`,
    ...(decision === undefined
      ? {}
      : { decision: { by: decision.by, ...(decision.why === undefined ? {} : { why: decision.why }) } }),
  };
}

function noteOf({ id, state, decision }: Proposal): string {
  if (state === 'waiting')
    return `Nothing has changed yet: a person has to agree (clarityctl approve ${id}). Call again with the same arguments to hear what became of it.`;
  const why = decision?.why === undefined ? '' : `: ${oneLine(decision.why, 500)}`;
  return `Nothing has changed: the proposal ${id} is ${state}${why}.`;
}
