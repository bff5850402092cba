import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseManifests } from '../../manifest/index.ts';
import { existingConfigs, importServers, readClientFile, type ImportedServer } from '../../setup/index.ts';
import { ClarityError, errorCode } from '../../shared/errors.ts';
import { printable } from '../../shared/text.ts';
import { askPlaces, relocateFiles } from '../applied-documents.ts';
import { applyFile } from '../apply-outcome.ts';
import { CliError, EXIT, systemMessage, type ExitCode } from '../cli-error.ts';
import { printData, type CommandContext } from '../command-context.ts';
import { displayPath } from '../display-path.ts';
import type { Options } from '../commands/import.ts';

/** What became of one server; what -o json prints. */
interface ImportOutcome extends ImportedServer {
  /** `own`: our gateway, left alone; `skipped`: no manifest can be made. */
  readonly outcome: string;
  /** Where the manifest stands now. */
  readonly written?: string;
  readonly message?: string;
}

/** Where one manifest goes. */
type Put = (server: ImportedServer, text: string) => Promise<Pick<ImportOutcome, 'outcome' | 'written' | 'message'>>;

const FINE = new Set(['created', 'configured', 'unchanged', 'written', 'valid', 'own']);

/** The body of `clarityctl import`. */
export async function runImport(
  context: CommandContext,
  paths: readonly string[],
  options: Options,
): Promise<ExitCode> {
  if (paths.length === 0) throw await nothingNamed(context);
  const servers = importServers(await readFiles(context, paths), context.input.env.HOME);
  const put = await target(context, options);
  const outcomes: ImportOutcome[] = [];
  for (const server of servers) {
    const { manifest, own } = server;
    if (manifest === undefined) outcomes.push({ ...server, outcome: own === true ? 'own' : 'skipped' });
    else outcomes.push({ ...server, ...(await put(server, manifest)) });
  }
  if (!printData(context, { items: outcomes })) tell(context, outcomes, options.dryRun === true);
  return outcomes.every(({ outcome }) => FINE.has(outcome)) ? EXIT.ok : EXIT.no;
}

async function nothingNamed({ input }: CommandContext): Promise<CliError> {
  const found = await existingConfigs(input.env, input.cwd, process.platform);
  const hint =
    found.length === 0
      ? 'No client’s configuration was found at the usual places.'
      : `There is: clarityctl import ${found.map((path) => displayPath(input.cwd, path)).join(' ')}`;
  return new CliError(EXIT.usage, 'say which configuration to import', { hint });
}

async function readFiles({ input }: CommandContext, paths: readonly string[]) {
  return Promise.all(
    paths.map(async (file) => {
      try {
        const { text } = await readClientFile(resolve(input.cwd, file));
        if (text !== undefined) return { file, text };
      } catch (error) {
        if (error instanceof ClarityError) throw new CliError(EXIT.usage, error.message, { cause: error });
        throw error;
      }
      throw new CliError(EXIT.usage, `cannot read ${file}: no such file or directory`);
    }),
  );
}

async function target(context: CommandContext, { out, dryRun, forceConflicts }: Options): Promise<Put> {
  if (dryRun === true) return () => Promise.resolve({ outcome: 'valid' });
  if (out !== undefined) return ({ name }, text) => writeNew(context, join(out, `${name}.yaml`), text);
  const places = await askPlaces(context);
  return async ({ file, name }, text) => {
    const made = { file: `the manifest of ${name}`, path: undefined, text, parsed: parseManifests(file, text) };
    const [moved = made] = await relocateFiles([made], projectOf(resolve(context.input.cwd, file)), places);
    const [applied] = await applyFile(context, moved, { force: forceConflicts === true });
    if (applied === undefined) throw new CliError(EXIT.no, `the manifest of ${name} holds no document`);
    const { outcome, file: written, message } = applied;
    return { outcome, written, ...(message === undefined ? {} : { message }) };
  };
}

/** The folder that relative paths of a file start from: the project's, whose file may lie in a folder of the client. */
function projectOf(path: string): string {
  const folder = dirname(path);
  if (folder.endsWith(join('.clarity', 'runtime'))) return dirname(dirname(folder));
  return ['.vscode', '.cursor', '.codex'].includes(basename(folder)) ? dirname(folder) : folder;
}

async function writeNew(
  { input: { cwd } }: CommandContext,
  file: string,
  text: string,
): Promise<Pick<ImportOutcome, 'outcome' | 'written' | 'message'>> {
  const path = resolve(cwd, file);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    return { outcome: 'written', written: relative(cwd, path) || path };
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    if (errorCode(error) === 'EEXIST') return { outcome: 'conflict', message: `${file} already exists` };
    throw new CliError(EXIT.usage, `cannot write ${file}: ${systemMessage(error)}`, { cause: error });
  }
}

function tell(context: CommandContext, outcomes: readonly ImportOutcome[], dryRun: boolean): void {
  const { print, warn } = context;
  const report = dryRun ? warn : print;
  if (dryRun) {
    const texts = outcomes.flatMap(({ manifest }) => (manifest === undefined ? [] : [manifest]));
    if (texts.length > 0) print(printable(texts.join('---\n')).trimEnd());
  }
  for (const { server, name, outcome, written, problem, message, notes, own } of outcomes) {
    if (own === true) report(`${printable(server)}: left out: it is this gateway`);
    else if (problem !== undefined) report(`${printable(server)}: skipped: ${printable(problem)}`);
    else
      report(
        `${printable(server)}: service/${name} ${outcome}${written === undefined ? '' : `: ${printable(written)}`}`,
      );
    if (message !== undefined) warn(`  ${printable(message)}`);
    for (const note of notes) warn(`  note: ${printable(note)}`);
  }
}
