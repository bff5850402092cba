import { none } from '../memory/blocks.ts';
import type { ImportGroup } from './import-group.ts';

const nothing = (): void => undefined;

/** The terminal where there is none (language.md §11 tty): 80 by 24, no keys, no cursor; a choice is read as a line. */
export const ttyImports: ImportGroup = (host) => ({
  tty_is_tty: () => 0,
  tty_term_width: () => 80n,
  tty_term_height: () => 24n,
  tty_enter_raw: nothing,
  tty_exit_raw: nothing,
  tty_read_key: (_timeoutMs: bigint) => none(host.memory),
  tty_cursor_up: (_lines: bigint) => undefined,
  tty_cursor_down: (_lines: bigint) => undefined,
  tty_cursor_to_col: (_column: bigint) => undefined,
  tty_clear_line: nothing,
  tty_hide_cursor: nothing,
  tty_show_cursor: nothing,
  tty_read_numeric_choice: (count: bigint) => {
    host.environment.stdout?.(`Choose 1-${count}: `);
    const line = host.environment.stdin?.readLine()?.trim() ?? '';
    const choice = /^\d{1,18}$/.test(line) ? BigInt(line) : 0n;
    return choice >= 1n && choice <= count ? choice - 1n : -1n;
  },
});
