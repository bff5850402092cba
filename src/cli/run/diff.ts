import { oneLine, printable } from '../../shared/text.ts';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { PlanItem } from '../../wire/types.ts';
import { askPlaces, readApplied, relocateFiles } from '../applied-documents.ts';
import { CliError, EXIT, type ExitCode } from '../cli-error.ts';
import { printData, printPatch, type CommandContext } from '../command-context.ts';
import { showExternally } from '../external-diff.ts';
import { renderFinding } from '../output/diagnostics.ts';
import { effectLines, isAsItIs } from '../output/plan-effects.ts';
import { serviceMessage } from '../output/service-table.ts';

import type { Options } from '../commands/diff.ts';

/** The body of `clarityctl diff`. */
export async function runDiff(
  context: CommandContext,
  _args: readonly string[],
  { filename, recursive = false, probe = false }: Options,
): Promise<ExitCode> {
  if (filename !== undefined) return diffFiles(context, filename, recursive, probe);
  if (probe) throw new CliError(EXIT.usage, '--probe needs -f: it starts what the files declare');
  return diffFleet(context);
}

async function diffFiles(
  context: CommandContext,
  paths: readonly string[],
  recursive: boolean,
  probe: boolean,
): Promise<ExitCode> {
  const { client, signal, input, warn } = context;
  const read = await readApplied(context, paths, recursive);
  const findings = read.flatMap(({ parsed }) => parsed.diagnostics);
  // What does not parse is said before anybody is asked.
  if (refuse(context, findings)) return EXIT.usage;
  const files = await relocateFiles(read, input.cwd, await askPlaces(context));
  const manifests = files.map(({ file, text }) => ({ file, text }));
  const plan = await client.plan({ manifests, ...(probe && { probe }) }, { signal });
  if (!printData(context, plan)) await printPlan(context, plan.items);
  for (const { kind, name, outcome, diagnostics } of plan.items) {
    if (outcome === 'invalid') refuse(context, diagnostics);
    if (outcome === 'conflict')
      warn(`${kind} ${printable(name)} was not written by clarityctl: apply needs --force-conflicts`);
  }
  if (plan.items.some(({ outcome }) => outcome === 'invalid')) return EXIT.usage;
  return plan.items.every(isAsItIs) ? EXIT.ok : EXIT.no;
}

/** Prints the diagnostics and says whether one of them is an error. */
function refuse({ warn, paint }: CommandContext, diagnostics: readonly Diagnostic[]): boolean {
  for (const diagnostic of diagnostics) warn(renderFinding(diagnostic, paint));
  return diagnostics.some(({ severity }) => severity === 'error');
}

async function printPlan(context: CommandContext, items: readonly PlanItem[]): Promise<void> {
  const { externalDiff } = context.settings;
  if (externalDiff === undefined) for (const { patch } of items) printPatch(context, patch);
  else await showExternally(context, externalDiff, items);
  for (const item of items) for (const line of effectLines(item, context.paint)) context.print(line);
}

/** Desired against observed: 0 when all are Synced and every manifest can be read. */
async function diffFleet(context: CommandContext): Promise<ExitCode> {
  const { client, signal } = context;
  const [{ items }, diagnostics] = await Promise.all([client.services({ signal }), client.diagnostics({ signal })]);
  const differences: { name: string; sync: string; message: string; actions: readonly string[] }[] = [];
  for (const { name, sync, status } of items.filter((item) => item.sync !== 'Synced')) {
    const { service } = await client.service(name, { signal });
    differences.push({ name, sync, message: serviceMessage(status.conditions), actions: service.plan.actions });
  }
  if (!printData(context, { items: differences })) {
    for (const { name, sync, message, actions } of differences) {
      context.print(oneLine(`${name} ${sync}: ${message}`, 2000));
      for (const action of actions) context.print(printable(action));
    }
  }
  const errors = diagnostics.items.filter(({ severity }) => severity === 'error');
  return refuse(context, errors) || differences.length > 0 ? EXIT.no : EXIT.ok;
}
