import { printable } from '../../shared/text.ts';
import type { CommitBody } from '../../wire/requests.ts';
import { EXIT, type ExitCode } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { commitBody, committedAs, withCommit, type CommitOptions } from '../commit-option.ts';
import { printData, type CommandContext } from '../command-context.ts';
import { asRefusal, explainFailure, isNotFound } from '../failure.ts';

interface Options extends CommitOptions {
  readonly forceConflicts?: boolean;
  readonly ignoreNotFound?: boolean;
}

export const deleteCommand = defineCommand<Options>({
  name: 'delete',
  group: 'desired',
  summary: 'Take documents out of their manifests and stop what they ran',
  details: 'A document that a person wrote is a conflict: the change is printed, and --force-conflicts makes it.',
  examples: [
    'clarityctl delete files',
    'clarityctl delete policy/readonly',
    'clarityctl delete files --force-conflicts',
    "clarityctl delete files --force-conflicts --commit 'files has moved'   # in a git source",
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    withCommit(
      command
        .argument('<names...>', 'services (name or id), policy/NAME or toolset/NAME')
        .option('--force-conflicts', 'also documents that a person or another tool wrote')
        .option('--ignore-not-found', 'what is not there is no failure'),
    ),
  async run(context, names, options) {
    const writing = { force: options.forceConflicts === true, ...commitBody(options) };
    const removed: object[] = [];
    let exit: ExitCode = EXIT.ok;
    for (const name of names) {
      try {
        removed.push(await removeOne(context, name, writing));
      } catch (error) {
        if (options.ignoreNotFound === true && isNotFound(error)) continue;
        // One refusal stops no other.
        if (!isNotFound(error) && asRefusal(error) === undefined) throw error;
        for (const line of explainFailure(error).lines) context.warn(line);
        exit = EXIT.no;
      }
    }
    printData(context, { items: removed });
    return exit;
  },
});

async function removeOne(
  context: CommandContext,
  name: string,
  writing: CommitBody & { force: boolean },
): Promise<object> {
  const { client, signal, format } = context;
  const [, kind = 'service', bare = ''] = /^(?:(service|policy|toolset)\/)?(.*)$/s.exec(name) ?? [];
  const request = { ...writing, signal };
  const answer =
    kind === 'policy'
      ? await client.removePolicy(bare, request)
      : kind === 'toolset'
        ? await client.removeToolset(bare, request)
        : await client.remove(bare, request);
  if (format === 'text') context.print(`${kind}/${printable(bare)} deleted${committedAs(answer)}`);
  return answer;
}
