import { CliError, EXIT } from './cli-error.ts';
import type { CliInput } from './cli-input.ts';
import { readStdin } from './read-stdin.ts';

const BACKSPACE = new Set(['\b', '\u007f']);

/** One line that a person types without seeing it, or all of stdin where that is no terminal. Throws CliError where the person thinks better of it. */
export async function readSecret(input: Pick<CliInput, 'stdin' | 'stderr'>, prompt: string): Promise<string> {
  const { stdin, stderr } = input;
  if (stdin.isTTY !== true || stdin.setRawMode === undefined)
    return new TextDecoder().decode(await readStdin(input, 1)).replace(/\r?\n$/, '');
  stderr.write(prompt);
  stdin.setRawMode(true);
  try {
    return await typed(stdin);
  } finally {
    stdin.setRawMode(false);
    stderr.write('\n');
  }
}

/** In raw mode nothing is shown, and Ctrl-C is a character like any other. */
async function typed(stdin: AsyncIterable<string | Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let line: string[] = [];
  for await (const chunk of stdin) {
    for (const char of typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })) {
      if (char === '\r' || char === '\n' || char === '\u0004') return line.join('');
      if (char === '\u0003') throw new CliError(EXIT.interrupted, 'interrupted');
      if (BACKSPACE.has(char)) line.pop();
      else if (char === '\u0015') line = [];
      else line.push(char);
    }
  }
  return line.join('');
}
