import { oneLine, printable } from '../../shared/text.ts';
import { askPlaces, readApplied, relocateFiles, type AppliedFile, type DaemonPlaces } from '../applied-documents.ts';
import { applyFile, checkOnly, planFile, type ApplyOutcome } from '../apply-outcome.ts';
import { CliError, EXIT, type ExitCode } from '../cli-error.ts';
import { commitBody, committedAs } from '../commit-option.ts';
import { printData, printPatch, type CommandContext } from '../command-context.ts';
import { isNoDaemon } from '../failure.ts';
import { renderFinding } from '../output/diagnostics.ts';

import type { Options } from '../commands/apply.ts';

const DEFAULT_TIMEOUT_MS = 60_000;

/** The body of `clarityctl apply`. */
export async function runApply(context: CommandContext, _args: readonly string[], options: Options): Promise<ExitCode> {
  const { dryRun } = options;
  if (dryRun !== undefined && dryRun !== 'client' && dryRun !== 'server')
    throw new CliError(EXIT.usage, `--dry-run=${dryRun} is not known`, { hint: 'Use client or server.' });
  const writing = { force: options.forceConflicts === true, ...commitBody(options) };
  const read = await readApplied(context, options.filename, options.recursive === true);
  const places = dryRun === 'client' ? undefined : await askDaemon(context, dryRun === 'server');
  const files = places === undefined ? read : await relocateFiles(read, context.input.cwd, places);
  const outcomes: ApplyOutcome[] = [];
  for (const file of files) {
    if (places === undefined) outcomes.push(...checkOnly(file));
    else if (dryRun === 'server') outcomes.push(...(await planFile(context, file)));
    else outcomes.push(...(await applyFile(context, file, writing)));
  }
  const where = dryRun === undefined ? '' : ` (${places === undefined ? 'client' : 'server'} dry run)`;
  printOutcomes(context, outcomes, where);
  const exit = outcomes.some(({ outcome }) => outcome === 'invalid' || outcome === 'conflict') ? EXIT.no : EXIT.ok;
  if (options.wait !== true || dryRun !== undefined) return exit;
  const settled = await waitForAll(context, files, outcomes, options.timeout ?? DEFAULT_TIMEOUT_MS);
  return settled ? exit : EXIT.no;
}

/** Undefined where a dry run may go on without a daemon: said aloud, never silently (reconcile-behaviour §1). */
async function askDaemon(context: CommandContext, optional: boolean): Promise<DaemonPlaces | undefined> {
  try {
    return await askPlaces(context);
  } catch (error) {
    if (!optional || !isNoDaemon(error)) throw error;
    context.warn(
      `warning: no daemon at ${context.connection.url}: the manifests are only checked, as with --dry-run=client`,
    );
    return undefined;
  }
}

function printOutcomes(context: CommandContext, outcomes: readonly ApplyOutcome[], where: string): void {
  const told = printData(context, { items: outcomes });
  for (const { kind, name, outcome, message, patch, diagnostics, ...answer } of outcomes) {
    if (!told) context.print(`${label(kind)}${printable(name)} ${outcome}${where}${committedAs(answer)}`);
    if (message !== undefined) context.warn(printable(message));
    if (!told && outcome === 'conflict' && patch !== undefined) printPatch(context, patch);
    for (const diagnostic of diagnostics) context.warn(renderFinding(diagnostic, context.paint));
  }
}

function label(kind: string): string {
  if (kind === 'File') return '';
  return kind === 'MCPService' ? 'service/' : `${kind.toLowerCase()}/`;
}

/** Each service is waited for as its manifest wants it; false where one does not get there. */
async function waitForAll(
  { client, signal, warn }: CommandContext,
  files: readonly AppliedFile[],
  outcomes: readonly ApplyOutcome[],
  timeoutMs: number,
): Promise<boolean> {
  const written = new Set(
    outcomes.flatMap(({ kind, name, generation }) => (kind === 'MCPService' && generation !== undefined ? [name] : [])),
  );
  const goals = files.flatMap(({ parsed }) =>
    parsed.documents.flatMap(({ name, document }) => {
      if (document.kind !== 'MCPService' || document.spec.suspend || !written.has(name)) return [];
      return [{ name, goal: document.spec.enabled && document.spec.autostart ? 'ready' : 'stopped' }];
    }),
  );
  const answers = await Promise.all(
    goals.map(async ({ name, goal }) => ({
      name,
      goal,
      ...(await client.wait(name, goal, { timeoutMs, signal })),
    })),
  );
  const unmet = answers.filter(({ met }) => !met);
  for (const { name, goal, why } of unmet) warn(`service/${name} is not ${goal}: ${oneLine(why, 2000)}`);
  return unmet.length === 0;
}
