import { EXIT, type ExitCode } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData, type CommandContext } from '../command-context.ts';
import { findProposal } from '../find-proposal.ts';
import { renderProposalPage } from '../output/proposal-page.ts';
import { proposalColumns } from '../output/proposal-table.ts';
import { renderTable } from '../output/table.ts';

interface Options {
  readonly all?: boolean;
}

export const proposalsCommand = defineCommand<Options>({
  name: 'proposals',
  group: 'desired',
  summary: 'List changes that wait for a person, or show one with what it would do',
  details:
    'MCP clients ask for them where the daemon runs with CLARITY_MCP_PROVISIONING_APPROVAL=required. With an id: who asks for what, the change of the file, and the actions it would cause; values that may be secret are masked.',
  examples: ['clarityctl proposals', 'clarityctl proposals p_4f2a', 'clarityctl proposals --all -o wide'],
  formats: ['table', 'wide', 'json', 'yaml', 'name'],
  configure: (command) =>
    command
      .argument('[id]', 'of one, or the beginning of its id')
      .option('-a, --all', 'also those that are decided, of the last 30 days'),
  async run(context, [id], { all = false }) {
    if (id !== undefined) return show(context, id);
    const { client, signal, format, input, paint, width } = context;
    const answer = await client.proposals({ ...(all ? {} : { state: 'waiting' as const }), signal });
    const { items } = answer;
    if (printData(context, answer)) return EXIT.ok;
    if (format === 'name') for (const item of items) context.print(`proposal/${item.id}`);
    else if (items.length === 0) context.warn(all ? 'No proposals found.' : 'Nothing waits for an approval.');
    else context.print(renderTable(proposalColumns(paint, input.clock.now(), format === 'wide'), items, width));
    return EXIT.ok;
  },
});

async function show(context: CommandContext, id: string): Promise<ExitCode> {
  const proposal = await findProposal(context, id);
  const { format, input, paint, width, print } = context;
  if (printData(context, { proposal })) return EXIT.ok;
  if (format === 'name') print(`proposal/${proposal.id}`);
  else print(renderProposalPage(proposal, { paint, width, now: input.clock.now() }));
  return EXIT.ok;
}
