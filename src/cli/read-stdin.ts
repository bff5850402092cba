import { CliError, EXIT } from './cli-error.ts';
import type { CliInput } from './cli-input.ts';

/** All of standard input. Throws a usage error for more than so many MiB. */
export async function readStdin({ stdin }: Pick<CliInput, 'stdin'>, mebibytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.byteLength;
    if (size > mebibytes * 1_048_576) throw new CliError(EXIT.usage, `<stdin> is larger than ${String(mebibytes)} MiB`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
