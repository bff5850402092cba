import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { API_VERSION, manifestSchema, parseManifests, toYaml } from '../../manifest/index.ts';
import { errorCode } from '../../shared/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { printable } from '../../shared/text.ts';
import { grantsFor } from '../add/grants-for.ts';
import { inspectModule, inspectProgram } from '../add/inspect-program.ts';
import { grantFields } from '../add/service-manifest.ts';
import { CliError, EXIT, systemMessage, type ExitCode } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { readable } from '../list-files.ts';

import type { Options } from '../commands/new.ts';

const SCHEMA_FILE = join('.clarity', 'mcp-service-v1.schema.json');

/** The body of `clarityctl new`. */
export async function runNew(
  context: CommandContext,
  [name = '', ...words]: readonly string[],
  options: Options,
): Promise<ExitCode> {
  const file = options.filename ?? join(options.dir, `${name}.yaml`);
  const text = manifestText(context, file, { name, origin: await originOf(context, words, options) });
  if (options.dryRun === true || context.format === 'yaml') {
    context.print(text.trimEnd());
    return EXIT.ok;
  }
  await writeNew(context, file, text);
  context.print(`${file} written`);
  return EXIT.ok;
}

type OriginOfNew = { readonly origin: JsonObject; readonly sourceFile?: string };

async function originOf(
  context: CommandContext,
  words: readonly string[],
  { stdio, remote, wasm }: Options,
): Promise<OriginOfNew> {
  const kinds = [stdio === true, remote !== undefined, wasm !== undefined].filter(Boolean).length;
  const hint = 'See clarityctl new --help.';
  if (kinds !== 1) throw new CliError(EXIT.usage, 'say one of --stdio, --remote URL and --wasm FILE', { hint });
  if (stdio !== true && words.length > 0) throw new CliError(EXIT.usage, `unexpected: ${words.join(' ')}`, { hint });
  if (remote !== undefined) return { origin: { type: 'remote_mcp', endpoint: remote } };
  if (wasm !== undefined) return wasmOrigin(context, wasm);
  const [command, ...args] = words;
  if (command === undefined) throw new CliError(EXIT.usage, '--stdio needs a command after --', { hint });
  return { origin: { type: 'local_stdio', command, ...(args.length === 0 ? {} : { args }) } };
}

/** With the grants that the program asks for; with none where it is not there yet. Throws CliError where it does not compile. */
async function wasmOrigin(context: CommandContext, file: string): Promise<OriginOfNew> {
  const path = resolve(context.input.cwd, file);
  const isModule = file.endsWith('.wasm');
  const place = isModule ? { wasmPath: file } : {};
  const compiled = isModule ? {} : { sourceFile: file };
  if (!existsSync(path)) return { origin: { type: 'local_wasm', ...place, capabilities: {} }, ...compiled };
  const { asks, literals } = isModule
    ? inspectModule(file, await readable(file, () => readFile(path)))
    : await inspectProgram(context, file);
  const grants = grantsFor(asks, literals, { hosts: [], entries: [] });
  for (const hint of grants.hints) context.warn(printable(hint));
  return { origin: { type: 'local_wasm', ...place, ...grantFields(grants) }, ...compiled };
}

function manifestText(context: CommandContext, file: string, made: { name: string; origin: OriginOfNew }): string {
  const { origin, sourceFile } = made.origin;
  const body = toYaml({
    apiVersion: API_VERSION,
    kind: 'MCPService',
    metadata: { name: made.name, ...(sourceFile === undefined ? {} : { sourceFile }) },
    spec: { origin },
  });
  const schema = relative(dirname(resolve(context.input.cwd, file)), schemaPath(context.input.cwd, file));
  const text = `# yaml-language-server: $schema=${schema}\n${body}`;
  const { diagnostics } = parseManifests(file, text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new CliError(EXIT.usage, errors.map(({ message, help }) => [message, help].join('\n')).join('\n'));
  for (const { message } of diagnostics) context.warn(`warning: ${printable(message)}`);
  return text;
}

/** In the CLI's folder, or beside the manifest's folder where that lies elsewhere; never where manifests are looked for. */
function schemaPath(cwd: string, file: string): string {
  const target = resolve(cwd, file);
  const outside = relative(cwd, target).startsWith('..') || isAbsolute(relative(cwd, target));
  return join(outside ? dirname(dirname(target)) : cwd, SCHEMA_FILE);
}

async function writeNew({ input: { cwd } }: CommandContext, file: string, text: string): Promise<void> {
  const target = resolve(cwd, file);
  const schema = schemaPath(cwd, file);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text, { flag: 'wx' });
    await mkdir(dirname(schema), { recursive: true });
    await writeFile(schema, `${JSON.stringify(manifestSchema, undefined, 2)}\n`);
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST')
      throw new CliError(EXIT.no, `${file} already exists; nothing was written`, {
        hint: 'Choose another name, or -f FILE.',
        cause,
      });
    throw new CliError(EXIT.usage, `cannot write ${file}: ${systemMessage(cause)}`, { cause });
  }
}
