import { ApiError } from '../client/index.ts';
import { printable } from '../shared/text.ts';
import type { ProposalRecord } from '../wire/types.ts';
import { CliError, EXIT } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';

const PREFIX = 'p_';
const MAX_NAMED = 5;

/**
 * The proposal of an id or of the beginning of one, with or without its `p_`. Throws CliError (1) where there is none or more than one.
 */
export async function findProposal({ client, signal }: CommandContext, typed: string): Promise<ProposalRecord> {
  const start = typed.startsWith(PREFIX) ? typed : PREFIX + typed;
  const { items } = await client.proposals({ signal });
  const ids = items.map(({ id }) => id).filter((id) => id.startsWith(start));
  const [id, ...more] = ids;
  if (id === undefined || typed === '')
    throw new CliError(EXIT.no, `there is no proposal "${printable(typed)}": see clarityctl proposals --all`);
  if (more.length > 0 && id !== start)
    throw new CliError(
      EXIT.no,
      `"${printable(typed)}" could be ${ids.slice(0, MAX_NAMED).join(', ')}: type more of it`,
    );
  return (await client.proposal(id, { signal })).proposal;
}

/** A 409 as what it is here: there is nothing to force. */
export function asNo(error: unknown): unknown {
  return error instanceof ApiError && error.status === 409 ? new CliError(EXIT.no, printable(error.message)) : error;
}
