import type { ImportGroup } from './import-group.ts';

/** `print_*` and `log_*` (language.md §11 log). `log_info` writes to stdout, as it always did. */
export const logImports: ImportGroup = (host) => {
  const { memory } = host;
  const out = (name: string, text: string) => host.need('stdout', name)(text);
  const err = (name: string, text: string) => host.need('stderr', name)(text);
  return {
    print_string: (text: number) => out('print_string', `${memory.text(text)}\n`),
    print_no_newline: (text: number) => out('print_no_newline', memory.text(text)),
    print_int: (value: bigint) => out('print_int', `${value}\n`),
    print_float: (value: number) => out('print_float', `${value}\n`),
    log_info: (text: number) => out('log_info', `[INFO] ${memory.text(text)}\n`),
    log_warn: (text: number) => err('log_warn', `[WARN] ${memory.text(text)}\n`),
    print_stderr: (text: number) => err('print_stderr', `${memory.text(text)}\n`),
  };
};
