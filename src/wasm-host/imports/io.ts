import type { Host } from '../host.ts';
import { HostError } from '../host-error.ts';
import { optionalText, textList } from '../memory/blocks.ts';
import { ProgramExit } from '../program-exit.ts';
import type { ImportGroup } from './import-group.ts';

/** Standard input, arguments and the end of the program (language.md §11 io). */
export const ioImports: ImportGroup = (host) => {
  const { memory } = host;
  const stdin = (name: string) => host.need('stdin', name);
  return {
    read_line: () => memory.writeText(stdin('read_line').readLine() ?? ''),
    read_line_or_eof: () => optionalText(memory, stdin('read_line_or_eof').readLine()),
    read_all_stdin: () => memory.writeText(stdin('read_all_stdin').readAll()),
    stdin_try_read: (timeoutMs: bigint) =>
      optionalText(memory, stdin('stdin_try_read').tryReadLine(Math.max(0, Number(timeoutMs)))),
    stdin_eof_detected: () => (stdin('stdin_eof_detected').ended ? 1 : 0),
    get_args: () => textList(memory, host.environment.args ?? []),
    exit: (code: bigint) => {
      throw new ProgramExit(Number(BigInt.asUintN(8, code)));
    },
  };
};

/** Files (language.md §11 io): what only reads never fails, what writes ends the program where it cannot. */
export const fileImports: ImportGroup = (host) => {
  const { memory } = host;
  return {
    read_file: (path: number) => memory.writeText(host.need('files', 'read_file').read(memory.text(path)) ?? ''),
    list_dir: (path: number) => textList(memory, host.need('files', 'list_dir').list(memory.text(path))),
    file_exists: (path: number) => (host.need('files', 'file_exists').exists(memory.text(path)) ? 1 : 0),
    write_file: (path: number, content: number) =>
      change(host, 'write_file', path, (files, name) => files.write(name, memory.text(content))),
    remove_file: (path: number) => change(host, 'remove_file', path, (files, name) => files.remove(name)),
    make_dir: (path: number) => change(host, 'make_dir', path, (files, name) => files.makeDirectory(name)),
  };
};

type Files = NonNullable<Host['environment']['files']>;

function change(host: Host, name: string, path: number, act: (files: Files, path: string) => void): void {
  const files = host.need('files', name);
  const target = host.memory.text(path);
  try {
    act(files, target);
  } catch (error) {
    if (error instanceof HostError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new HostError('failed-import', `\`${name}\` failed for ${JSON.stringify(target)}: ${why}`, error);
  }
}
