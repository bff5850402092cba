import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CliError, EXIT, type ExitCode } from '../../cli/cli-error.ts';
import { printable } from '../../shared/text.ts';
import { compileFile } from '../../toolchain/compile-file.ts';
import { bundleModules } from '../bundle-modules.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/pack.ts';
import { entryFile, reading } from '../entry-file.ts';
import { outputFile } from '../output-file.ts';
import { printFindings } from '../output/print-findings.ts';
import { writeOutput } from '../write-output.ts';

/** The built host of a launcher: the same file from src/clarityc/run and from dist/clarityc/run. */
const HOST = new URL('../../../dist/clarityc/packed.js', import.meta.url);

/** The body of `clarityc pack`. */
export async function runPack(
  context: CommandContext,
  given: string | undefined,
  { output, function: name, selfContained = false }: Options,
): Promise<ExitCode> {
  const file = entryFile(context, given);
  const target = outputFile(context, file, output, '.mjs');
  if (!existsSync(HOST)) throw new CliError(EXIT.usage, 'this clarityc is not built', { hint: 'Run npm run build.' });
  const { wasm, interface: offered, diagnostics } = reading(context, file, compileFile);
  const fatal = await printFindings(context, diagnostics, { format: 'text', warnings: 'show' });
  if (fatal || wasm === undefined) return EXIT.no;
  const names = offered?.functions.map((each) => each.name) ?? [];
  if (!names.includes(name))
    throw new CliError(EXIT.usage, `${file} has no function ${name}`, {
      hint: `Choose one with -f: ${names.join(', ')}`,
    });
  const text = launcher(wasm, name, selfContained);
  await writeOutput(context, target, text, 0o755);
  context.print(printable(`Packed ${file} -> ${target} (${String(Buffer.byteLength(text))} bytes)`));
  return EXIT.ok;
}

function launcher(wasm: Uint8Array, name: string, selfContained: boolean): string {
  const host = selfContained
    ? bundleModules(fileURLToPath(HOST))
    : `import * as entry from ${JSON.stringify(HOST.href)};\n`;
  const module = Buffer.from(wasm).toString('base64');
  return [
    '#!/usr/bin/env node',
    host,
    `const wasm = Buffer.from('${module}', 'base64');`,
    `entry.runPacked(wasm, ${JSON.stringify(name)});`,
    '',
  ].join('\n');
}
