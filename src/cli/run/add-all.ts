import { resolve } from 'node:path';
import { errorMessage } from '../../shared/errors.ts';
import { oneLine, printable } from '../../shared/text.ts';
import { addService, type AddAnswer } from '../add/add-service.ts';
import type { FoundProgram } from '../add/find-program.ts';
import { findPrograms } from '../add/find-programs.ts';
import { prepareProgram } from '../add/prepare-program.ts';
import { grantText, printNotReady } from '../add/print-added.ts';
import { CliError, EXIT, type ExitCode } from '../cli-error.ts';
import { printData, type CommandContext } from '../command-context.ts';
import type { Options } from '../commands/add-all.ts';
import { explainFailure, isNoDaemon } from '../failure.ts';

/** What became of one program; -o json prints it. */
type Outcome = AddAnswer | { readonly ok: false; readonly sourceFile: string; readonly error: string };

/** The body of `clarityctl add-all`. */
export async function runAddAll(context: CommandContext, dir: string, options: Options): Promise<ExitCode> {
  const { scanned, programs, skipped, failures } = await findPrograms(context, dir, options.recursive === true);
  const services: Outcome[] = failures.map(({ file, error }) => failed(context, file, error));
  const names = new Map<string, string>();
  for (const program of programs) {
    const outcome = await addOne(context, program, options, names).catch((error: unknown) => {
      if (isNoDaemon(error) || context.signal.aborted) throw error;
      return failed(context, program.file, error);
    });
    if (outcome !== undefined) services.push(outcome);
  }
  const added = services.filter(({ ok }) => ok).length;
  const ok = added === services.length && failures.length === 0;
  if (options.dryRun === true) return ok ? EXIT.ok : EXIT.no;
  report(context, { ok, rootDir: resolve(context.input.cwd, dir), scanned, added, services, skipped }, options);
  return ok ? EXIT.ok : EXIT.no;
}

async function addOne(
  context: CommandContext,
  program: FoundProgram,
  options: Options,
  names: Map<string, string>,
): Promise<Outcome | undefined> {
  const { inspected, manifest, hints } = await prepareProgram(context, program, options);
  const name = manifest.parsed.documents[0]?.name ?? '';
  const other = names.get(name);
  if (other !== undefined)
    throw new CliError(EXIT.no, `${program.file} would be the service ${name}, as ${other} is`, {
      hint: `Add it by itself: clarityctl add ${program.file} --name NAME`,
    });
  names.set(name, program.file);
  if (options.dryRun === true) {
    context.print(`---\n${manifest.text.trimEnd()}`);
    return undefined;
  }
  const added = await addService(context, manifest, { asks: inspected.asks, hints }, options);
  const { answer } = added;
  if (!answer.ok) printNotReady(context, added);
  else if (context.data === undefined) {
    const { outcome, ready, grants } = answer;
    const state = `${outcome}${ready === 'True' ? ', ready' : ''}`;
    context.print(`service/${name} ${state}; grants: ${oneLine(grantText(grants ?? {}), 500)}`);
    for (const hint of hints) context.print(`  ${printable(hint)}`);
  }
  return answer;
}

/** Says on stderr what is wrong with one program, and goes on. */
function failed({ warn }: CommandContext, file: string, error: unknown): Outcome {
  for (const line of explainFailure(error).lines) warn(line);
  return { ok: false, sourceFile: file, error: errorMessage(error) };
}

function report(
  context: CommandContext,
  result: { ok: boolean; scanned: number; added: number; services: readonly Outcome[]; skipped: readonly object[] } & {
    rootDir: string;
  },
  { recursive = false }: Options,
): void {
  const { print } = context;
  const { scanned, added, services } = result;
  const deeper = recursive ? '' : '; --recursive looks into the folders below';
  const note = services.length > 0 ? {} : { note: `there is no Clarity program in ${result.rootDir}${deeper}` };
  if (printData(context, { ...result, ...note })) return;
  if (note.note === undefined)
    print(`${String(added)} of ${String(services.length)} added, out of ${String(scanned)} files`);
  else print(printable(note.note));
}
