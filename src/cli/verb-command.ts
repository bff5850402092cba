import { oneLine } from '../shared/text.ts';
import type { ServiceRecord } from '../wire/types.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import { defineCommand, type CliCommand, type CommandSpec } from './command.ts';
import { commitBody, committedAs, withCommit, type CommitOptions } from './commit-option.ts';
import { printData, type CommandContext } from './command-context.ts';
import { durationOption } from './option-values.ts';
import { serviceMessage } from './output/service-table.ts';

/** A verb that edits a manifest and waits until the service has settled (manifest.md, imperative verbs are edits). */
export interface Verb {
  readonly name: 'start' | 'stop' | 'restart' | 'suspend' | 'resume' | 'unquarantine';
  readonly summary: string;
  readonly details: string;
  /** As in "files restarted". */
  readonly done: string;
  /** Whether the settled service is as the verb wants it. */
  reached(record: ServiceRecord): boolean;
  /** Commands of the original print JSON in a pipe. */
  readonly piped?: CommandSpec<object>['piped'];
}

interface Options extends CommitOptions {
  readonly timeout?: number;
}

/** The command of a verb. Exit 1 where the service settled otherwise than asked. */
export function verbCommand(verb: Verb): CliCommand {
  return defineCommand<Options>({
    name: verb.name,
    group: 'desired',
    summary: verb.summary,
    details: `${verb.details} Answers when the service has settled.`,
    examples: [
      `clarityctl ${verb.name} files`,
      `clarityctl ${verb.name} files --timeout 0s   # do not wait`,
      `clarityctl ${verb.name} files --commit       # in a git source`,
    ],
    formats: ['text', 'json', 'yaml'],
    ...(verb.piped === undefined ? {} : { piped: verb.piped }),
    configure: (command) =>
      withCommit(
        command
          .argument('<name>', 'name or service id')
          .option('--timeout <duration>', 'how long to wait; 0s answers at once', durationOption),
      ),
    run: (context, [name = ''], options) => runVerb(context, verb, name, options),
  });
}

async function runVerb(context: CommandContext, verb: Verb, name: string, options: Options): Promise<ExitCode> {
  const { client, signal } = context;
  const { timeout } = options;
  const wait = timeout === undefined ? {} : { waitMs: timeout };
  const answer = await client.command(name, verb.name, { ...wait, ...commitBody(options), signal });
  const { service } = answer;
  const reached = timeout === 0 || verb.reached(service);
  const told = printData(context, answer);
  const done = timeout === 0 ? `${verb.name} asked` : verb.done;
  if (reached && !told) context.print(`service/${service.name} ${done}${committedAs(answer)}`);
  if (!reached)
    context.warn(
      `service/${service.name} is not ${verb.done}: ${oneLine(serviceMessage(service.status.conditions), 2000)}`,
    );
  return reached ? EXIT.ok : EXIT.no;
}
