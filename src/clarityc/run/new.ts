import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CliError, EXIT, systemMessage, type ExitCode } from '../../cli/cli-error.ts';
import { errorCode } from '../../shared/errors.ts';
import { printable } from '../../shared/text.ts';
import type { CommandContext } from '../command-context.ts';

const TEST = `
effect[Test] function test_greet() -> Unit {
  assert_eq_string(greet("Ada"), "Hello Ada!");
}
`;

/** The body of `clarityc new`. */
export async function runNew({ input: { cwd }, print }: CommandContext, given = '.'): Promise<ExitCode> {
  const folder = resolve(cwd, given);
  const name = basename(folder);
  if (!/^[A-Za-z][\w-]*$/.test(name))
    throw new CliError(EXIT.usage, `${JSON.stringify(name)} is no name for a service`, {
      hint: 'Use letters, digits, - and _, and begin with a letter.',
    });
  const files = {
    'main.clarity': program(name),
    'clarity.json': `${JSON.stringify({ name, version: '0.1.0', entry: 'main.clarity' }, undefined, 2)}\n`,
  };
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new CliError(EXIT.usage, `cannot make ${given}: ${systemMessage(cause)}`, { cause });
  });
  for (const [file, text] of Object.entries(files)) {
    await writeNew(join(folder, file), join(given, file), text);
    print(printable(`${join(given, file)} written`));
  }
  print(printable(`Try it:${given === '.' ? '' : ` cd ${given} &&`} clarityc test && clarityc run -f greet -a Ada`));
  return EXIT.ok;
}

function program(name: string): string {
  const module = name.replace(/(?:^|[-_]+)(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/[-_]/g, '');
  return `// ${name}: what this service is for.
module ${module}

// Says hello to somebody.
export function greet(name: String) -> String {
  "Hello \${name}!"
}
${TEST}`;
}

async function writeNew(path: string, file: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST')
      throw new CliError(EXIT.no, `${file} already exists and stays as it is`, {
        hint: 'Choose another folder.',
        cause,
      });
    throw new CliError(EXIT.usage, `cannot write ${file}: ${systemMessage(cause)}`, { cause });
  }
}
