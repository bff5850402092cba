import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Database } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { FakeClock } from '../helpers/clock.ts';
import { collectingLogger } from '../helpers/log-lines.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const open = (stateDir: string) => openStore({ stateDir, clock: new FakeClock(), logger: collectingLogger().logger });
const row = (id: string, createdAtMs: number, state = 'waiting') => ({ id, createdAtMs, proposal: { id, state } });

it('proposals are kept over a restart, the oldest first; what cannot be read is left out', async () => {
  const stateDir = tempFolder();
  const { proposals: first, close } = open(stateDir);
  await Promise.all([
    first.saveProposal(row('p_b', 2)),
    first.saveProposal(row('p_a', 1)),
    first.saveProposal(row('p_c', 3)),
  ]);
  await first.saveProposal(row('p_b', 2, 'approved'));
  await first.saveProposal(row('p_torn', 4));
  await first.forgetProposals(['p_c', 'p_unknown']);
  close();
  const db = new Database(join(stateDir, 'clarity.db'));
  db.exec("UPDATE proposals SET proposal = '{' WHERE id = 'p_torn'");
  db.close();
  const second = open(stateDir);
  expect(second.proposals.loadProposals()).toEqual([row('p_a', 1), row('p_b', 2, 'approved')]);
  second.close();
});
