import type { CompilerCommand } from '../command.ts';
import { checkCommand } from './check.ts';
import { compileCommand } from './compile.ts';
import { explainCommand } from './explain.ts';
import { fmtCommand } from './fmt.ts';
import { introspectCommand } from './introspect.ts';
import { lintCommand } from './lint.ts';
import { newCommand } from './new.ts';
import { packCommand } from './pack.ts';
import { replCommand } from './repl.ts';
import { runCommand } from './run.ts';
import { startCommand } from './start.ts';
import { testCommand } from './test.ts';
import { watchCommand } from './watch.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly CompilerCommand[] = [
  newCommand,
  compileCommand,
  watchCommand,
  packCommand,
  runCommand,
  testCommand,
  replCommand,
  startCommand,
  checkCommand,
  fmtCommand,
  lintCommand,
  explainCommand,
  introspectCommand,
];
