import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { asNo, findProposal } from '../find-proposal.ts';
import { changeOf } from '../output/proposal-table.ts';
import { oneLine } from '../../shared/text.ts';

interface Options {
  readonly why?: string;
}

export const rejectCommand = defineCommand<Options>({
  name: 'reject',
  group: 'desired',
  summary: 'Refuse a change that an MCP client asked for',
  details: 'For good: nothing is written, and whoever asked is told, with the reason where one is given.',
  examples: ['clarityctl reject p_4f2a81c09d3e', 'clarityctl reject 4f2a --why "use the read-only server"'],
  formats: ['text', 'json', 'yaml', 'name'],
  configure: (command) =>
    command
      .argument('<id>', 'of the proposal, or the beginning of its id')
      .option('--why <text>', 'a sentence for whoever asked'),
  async run(context, [typed = ''], { why }) {
    const { client, signal, format, print } = context;
    const proposal = await findProposal(context, typed);
    const { id } = proposal;
    const answer = await client.reject(id, why === undefined ? {} : { why }, { signal }).catch((error: unknown) => {
      throw asNo(error);
    });
    if (printData(context, answer)) return EXIT.ok;
    if (format === 'name') print(`proposal/${id}`);
    else print(oneLine(`proposal/${id} rejected: ${changeOf(proposal)}`, 2000));
    return EXIT.ok;
  },
});
