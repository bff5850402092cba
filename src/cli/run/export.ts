import { parseManifests, type ServiceManifest } from '../../manifest/index.ts';
import { directConfig, gatewayConfig, gatewayEntry } from '../../setup/index.ts';
import { ClarityError } from '../../shared/errors.ts';
import { printable } from '../../shared/text.ts';
import type { Options } from '../commands/export.ts';
import { CliError, EXIT, type ExitCode } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { readManifestTexts } from '../manifest-files.ts';
import { renderFinding } from '../output/diagnostics.ts';

/** The body of `clarityctl export`. */
export async function runExport(context: CommandContext, options: Options): Promise<ExitCode> {
  const { client, direct, endpoint, withTokenEnv: tokenEnv } = options;
  if (direct === true) return exportDirect(context, options);
  const isDesktop = client === 'claude-desktop';
  const transport = options.transport ?? (isDesktop ? 'stdio' : 'http');
  if (isDesktop && transport === 'http')
    throw new CliError(EXIT.usage, 'Claude Desktop reads only commands from its file', {
      hint: 'Use --transport stdio, or add the URL as a connector in its settings.',
    });
  try {
    const entry = gatewayEntry({ transport, endpoint, tokenEnv }, context.connection.url);
    context.print(printable(gatewayConfig(client, entry)).trimEnd());
  } catch (error) {
    if (error instanceof ClarityError) throw new CliError(EXIT.usage, error.message, { cause: error });
    throw error;
  }
  if (isDesktop && tokenEnv !== undefined)
    context.warn(`note: Claude Desktop puts no variables in: set CLARITYD_AUTH_TOKEN where it is started`);
  return EXIT.ok;
}

async function exportDirect(context: CommandContext, { client, filename }: Options): Promise<ExitCode> {
  const files = await readManifestTexts(context.input, filename, 1);
  const parsed = files.map(({ file, text }) => parseManifests(file, text));
  const manifests = parsed.flatMap(({ documents }) =>
    documents.map(({ document }) => document).filter((each): each is ServiceManifest => each.kind === 'MCPService'),
  );
  const { text, notes } = directConfig(client, manifests);
  context.print(printable(text).trimEnd());
  for (const note of notes) context.warn(`note: ${printable(note)}`);
  const errors = parsed.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'error'));
  for (const error of errors) context.warn(renderFinding(error, context.paint));
  return errors.length === 0 ? EXIT.ok : EXIT.no;
}
