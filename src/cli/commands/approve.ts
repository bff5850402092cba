import { askPerson, canAsk } from '../ask-person.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { asNo, findProposal } from '../find-proposal.ts';
import { changeOf } from '../output/proposal-table.ts';
import { renderProposalPage } from '../output/proposal-page.ts';
import { oneLine } from '../../shared/text.ts';

interface Options {
  readonly yes?: boolean;
}

export const approveCommand = defineCommand<Options>({
  name: 'approve',
  group: 'desired',
  summary: 'Agree to a change that an MCP client asked for, and have it written',
  details:
    'Shows what it will do and asks; what is approved is exactly what was shown. Where the change would do something else by now, nothing is written and the proposal is outdated (exit 1). Answers when the manifest is written; wait for the service with clarityctl wait.',
  examples: ['clarityctl approve p_4f2a81c09d3e', 'clarityctl approve 4f2a --yes'],
  formats: ['text', 'json', 'yaml', 'name'],
  configure: (command) =>
    command
      .argument('<id>', 'of the proposal, or the beginning of its id')
      .option('-y, --yes', 'do not ask; needed where there is no terminal'),
  async run(context, [typed = ''], { yes = false }) {
    const { client, signal, format, input, paint, width, print, warn } = context;
    if (!yes && !canAsk(context))
      throw new CliError(
        EXIT.usage,
        'approve asks on a terminal; elsewhere look with `clarityctl proposals ID` and pass --yes',
      );
    const proposal = await findProposal(context, typed);
    const { id, planHash, state } = proposal;
    const page = renderProposalPage(proposal, { paint, width, now: input.clock.now() });
    if (format === 'text') print(page);
    else if (!yes) warn(page);
    if (state === 'waiting' && !yes && !(await askPerson(context, `Approve ${id}?`)))
      throw new CliError(EXIT.no, `${id} was not approved and waits on`);
    const answer = await client.approve(id, { planHash }, { signal }).catch((error: unknown) => {
      throw asNo(error);
    });
    if (printData(context, answer)) return EXIT.ok;
    if (format === 'name') print(`proposal/${id}`);
    else print(oneLine(`proposal/${id} approved: ${changeOf(proposal)}`, 2000));
    return EXIT.ok;
  },
});
