import { CliError, EXIT, type ExitCode } from '../../cli/cli-error.ts';
import { renderJson } from '../../cli/output/format.ts';
import { findKindPage, kindPages, type KindPage } from '../../compiler/diagnostics/explanations/index.ts';
import { suggest } from '../../shared/suggest.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/explain.ts';

/** The body of `clarityc explain`. */
export async function runExplain(
  context: CommandContext,
  name: string | undefined,
  { json = false }: Options,
): Promise<ExitCode> {
  const { print } = context;
  if (name === undefined) {
    const pages = kindPages();
    print(
      json
        ? renderJson(pages)
        : pages.map(({ code, kind, summary }) => `${code}  ${kind.padEnd(22)}  ${summary}`).join('\n'),
    );
    return EXIT.ok;
  }
  // As it stands in a message: error[E306].
  const page = findKindPage(name.replace(/^(?:error|warning)?\[(.*)\]:?$/, '$1'));
  if (page === undefined) throw unknown(name);
  print(json ? renderJson(page) : pageText(context, page));
  return EXIT.ok;
}

function pageText(
  { paint }: CommandContext,
  { code, kind, severity, summary, text, example, files }: KindPage,
): string {
  const tint = severity === 'error' ? paint.red : paint.yellow;
  const parts = [`${paint.bold(tint(`${severity}[${code}]`))} ${paint.bold(kind)}`, `${summary} ${text}`];
  const program = (title: string, source: string) => `${paint.bold(title)}\n\n${indent(source)}`;
  if (example !== undefined) parts.push(program('Has it:', example.bad), program('Mended:', example.good));
  for (const [file, source] of Object.entries(files)) parts.push(program(`With ${file}:`, source));
  return parts.join('\n\n');
}

function indent(source: string): string {
  return source.trimEnd().replace(/^(?=.)/gm, '    ');
}

function unknown(name: string): CliError {
  const near = suggest(
    name,
    kindPages().flatMap(({ code, kind }) => [code, kind]),
  );
  const hint = near === undefined ? 'clarityc explain lists them all.' : `Did you mean ${near}?`;
  return new CliError(EXIT.no, `there is no finding ${JSON.stringify(name)}`, { hint });
}
