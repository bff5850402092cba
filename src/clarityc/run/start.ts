import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EXIT, type ExitCode } from '../../cli/cli-error.ts';
import { runExternal } from '../../cli/run-external.ts';
import { childEnvironment } from '../../process/index.ts';
import { checkFile } from '../../toolchain/compile-file.ts';
import type { Project } from '../../toolchain/project-file.ts';
import { addArguments } from '../add-arguments.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/start.ts';
import { entryFile, reading } from '../entry-file.ts';
import { loadProject } from '../../cli/load-project.ts';
import { printFindings } from '../output/print-findings.ts';

/** Variables of ours that clarityctl reads beside those that every child gets. */
const INHERITED = [
  'CLARITYD_URL',
  'CLARITYD_AUTH_TOKEN',
  'CLARITY_API_TOKEN',
  'CLARITYC_BIN',
  'NO_COLOR',
  'FORCE_COLOR',
];

/** The body of `clarityc start`. */
export async function runStart(
  context: CommandContext,
  given: string | undefined,
  options: Options,
): Promise<ExitCode> {
  const project = projectBeside(context, given);
  const file = entryFile(context, given, project);
  const { program, diagnostics } = reading(context, file, checkFile);
  const fatal = await printFindings(context, diagnostics, { format: 'text', warnings: 'show' });
  if (fatal || program === undefined) return EXIT.no;
  // Declared by whatever calls what asks a person, up to the functions of the entry.
  const asksPeople = program.entry.functions.some(({ effects }) => effects.includes('HumanInLoop'));
  return runClarityctl(context, addArguments(file, project, { ...options, asksPeople }), options.authToken);
}

function projectBeside(context: CommandContext, given: string | undefined): Project | undefined {
  const file = join(given === undefined ? '.' : dirname(given), 'clarity.json');
  return existsSync(resolve(context.input.cwd, file)) ? loadProject(context, file) : undefined;
}

/** The token goes through the environment: other users can read a command line. */
async function runClarityctl(
  { input, settings, signal }: CommandContext,
  argv: readonly string[],
  token: string | undefined,
): Promise<ExitCode> {
  const own = token === undefined ? {} : { CLARITYD_AUTH_TOKEN: token };
  const { clarityctl } = settings;
  if (clarityctl === undefined) {
    const { runCli } = await import('../../cli/run-cli.ts');
    return exitCode(await runCli({ ...input, argv, env: { ...input.env, ...own } }));
  }
  const env = childEnvironment(input.env, INHERITED, own);
  const { code } = await runExternal(input, signal, {
    program: clarityctl,
    args: argv,
    env,
    instance: 'clarityc:start',
  });
  return exitCode(code);
}

function exitCode(code: number | null): ExitCode {
  return Object.values(EXIT).find((each) => each === code) ?? EXIT.no;
}
