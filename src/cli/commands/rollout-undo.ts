import { ApiError } from '../../client/index.ts';
import { isJsonObject } from '../../shared/json.ts';
import { oneLine, printable } from '../../shared/text.ts';
import type { UndoAnswer } from '../../wire/answers.ts';
import { CliError, EXIT, type ExitCode } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { commitBody, committedAs, withCommit, type CommitOptions } from '../commit-option.ts';
import { printData, printPatch, type CommandContext } from '../command-context.ts';
import { ROLLOUT } from '../rollout-family.ts';
import { durationOption, generationNumber } from '../option-values.ts';

interface Options extends CommitOptions {
  /** --to */
  readonly toRevision?: number;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT_MS = 60_000;

export const rolloutUndoCommand = defineCommand<Options>({
  name: 'rollout undo',
  family: ROLLOUT,
  group: 'desired',
  summary: 'Write the document of an older generation back into its file',
  details:
    'A minimal edit of the manifest, whoever wrote it: comments of what stays the same stay, and so do all annotations. It makes a new generation, and the service follows as after any edit. In a git source it takes --commit; without, the commits to revert are printed. Without --to: the newest generation with another document than now.',
  examples: [
    'clarityctl rollout undo files --dry-run',
    'clarityctl rollout undo files --wait',
    'clarityctl rollout undo files --to 3',
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    withCommit(
      command
        .argument('<name>', 'name or service id')
        .option(
          '--to, --to-revision <n>',
          'the generation to go back to, as `rollout history` lists it',
          generationNumber,
        )
        .option('--dry-run', 'only print what would change and what that would cause')
        .option('--wait', 'wait until the service is as its manifest wants it')
        .option('--timeout <duration>', 'of --wait (60s)', durationOption),
    ),
  async run(context, [name = ''], { toRevision, dryRun = false, wait = false, timeout, ...options }) {
    const { client, signal } = context;
    const to = toRevision === undefined ? {} : { to: toRevision };
    const answer = await client.undo(name, { ...to, dryRun, ...commitBody(options), signal }).catch(toldRefusal);
    if (!printData(context, answer)) printUndone(context, answer);
    return wait && !dryRun ? settled(context, answer, timeout ?? DEFAULT_TIMEOUT_MS) : EXIT.ok;
  },
});

/** There is nothing to force here: what the daemon says is all there is to do. */
function toldRefusal(error: unknown): never {
  if (!(error instanceof ApiError) || error.status !== 409) throw error;
  const { message, patch } = error;
  throw new CliError(EXIT.no, printable([message, ...(patch === undefined ? [] : [patch.trimEnd()])].join('\n')));
}

function printUndone(
  context: CommandContext,
  { to, outcome, dryRun, file, patch, actions, service, ...answer }: UndoAnswer,
): void {
  const which = `service/${printable(service.name)}`;
  if (outcome === 'unchanged') {
    context.print(`${which} unchanged: ${printable(file)} says what generation ${String(to)} said`);
    return;
  }
  printPatch(context, patch);
  for (const action of actions) context.print(printable(action));
  const how = dryRun ? 'dry run' : `now generation ${String(service.generation)}`;
  context.print(`${which} rolled back to generation ${String(to)} (${how})${committedAs(answer)}`);
}

/** A suspended service is not waited for: nobody moves it. */
async function settled(
  { client, signal, warn }: CommandContext,
  { service: { name, manifest } }: UndoAnswer,
  timeoutMs: number,
): Promise<ExitCode> {
  const spec = isJsonObject(manifest.spec) ? manifest.spec : {};
  if (spec.suspend === true) return EXIT.ok;
  const goal = spec.enabled === true && spec.autostart === true ? 'ready' : 'stopped';
  const { met, why } = await client.wait(name, goal, { timeoutMs, signal });
  if (!met) warn(`service/${printable(name)} is not ${goal}: ${oneLine(why, 2000)}`);
  return met ? EXIT.ok : EXIT.no;
}
