import { resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { Readable } from 'node:stream';
import { ReadStream } from 'node:tty';
import { EXIT, type ExitCode } from '../../cli/cli-error.ts';
import type { CompilerDiagnostic } from '../../compiler/diagnostics/reporter.ts';
import { printable } from '../../shared/text.ts';
import { fileResolver } from '../../toolchain/file-resolver.ts';
import { instantiate } from '../../wasm-host/instantiate.ts';
import { render } from '../../wasm-host/marshal/render.ts';
import type { CommandContext } from '../command-context.ts';
import { endingOf } from '../host/call-function.ts';
import { programEnvironment } from '../host/program-environment.ts';
import { printEnding } from '../output/print-ending.ts';
import { printFindings } from '../output/print-findings.ts';
import { readInput, type ReplInput } from '../repl/read-input.ts';
import { REPL_FUNCTION, ReplSession } from '../repl/session.ts';

const HELP = `Type an expression, a let, or a declaration (function, type, const, import).
  :type EXPRESSION   the type of an expression
  :reset             forget everything
  :help              this text
  :quit              the end (also Ctrl-D)`;

/** The body of `clarityc repl`. */
export async function runRepl(context: CommandContext): Promise<ExitCode> {
  const { input, print } = context;
  const terminal = input.stdout.isTTY === true && input.stdin instanceof Readable && 'isTTY' in input.stdin;
  const lines = createInterface({
    input: input.stdin instanceof Readable ? input.stdin : Readable.from(input.stdin),
    ...(terminal ? { output: input.stdout } : {}),
    terminal,
  });
  if (terminal) print('Clarity; :help tells what there is.');
  const repl = new Repl(context, lines, terminal);
  repl.prompt();
  for await (const line of lines) {
    if (!(await repl.take(line))) break;
    repl.prompt();
  }
  lines.close();
  await repl.end();
  return repl.failed && !terminal ? EXIT.no : EXIT.ok;
}

class Repl {
  failed = false;
  readonly #context: CommandContext;
  readonly #lines: Interface;
  readonly #session: ReplSession;
  #pending = '';

  constructor(context: CommandContext, lines: Interface, terminal: boolean) {
    this.#context = context;
    this.#lines = lines;
    this.#session = new ReplSession(resolve(context.input.cwd, 'repl.clarity'), fileResolver());
    if (!terminal) return;
    // The first Ctrl-C gives up the input, the next one the repl.
    lines.on('SIGINT', () => {
      if (this.#pending === '' && lines.line === '') return lines.close();
      this.#pending = '';
      lines.write(null, { ctrl: true, name: 'u' });
      context.print('');
      this.prompt();
    });
    this.#lines.on('close', () => context.print(''));
  }

  prompt(): void {
    if (!this.#lines.terminal) return;
    this.#lines.setPrompt(this.#pending === '' ? '> ' : '… ');
    this.#lines.prompt();
  }

  /** Takes one more line. False at :quit. */
  async take(line: string): Promise<boolean> {
    const [command = '', ...rest] = line.trim().split(/\s+/);
    if (this.#pending === '' && command.startsWith(':')) return this.#command(command, rest.join(' '));
    const text = this.#pending + line;
    const input = text.trim() === '' ? undefined : readInput(text);
    if (input === undefined && line.trim() !== '') this.#pending = `${text}\n`;
    else await this.#finish(text, input);
    return true;
  }

  /** What was left open when the input ended. */
  async end(): Promise<void> {
    await this.#finish(this.#pending, undefined);
  }

  async #finish(text: string, input: ReplInput | undefined): Promise<void> {
    this.#pending = '';
    // Nothing follows any more: the compiler says what is missing.
    if (text.trim() !== '') await this.#evaluate(input ?? { kind: 'expression', text, keys: [] });
  }

  async #command(command: string, operand: string): Promise<boolean> {
    const { print, warn } = this.#context;
    if (command === ':quit' || command === ':q') return false;
    if (command === ':reset') this.#session.reset();
    else if (command === ':help') print(HELP);
    else if (command === ':type' && operand !== '') {
      const made = this.#session.compile({ kind: 'expression', text: operand, keys: [] });
      if ('type' in made) print(made.type);
      else await this.#refuse(made);
    } else warn(`${printable(command)}: ${command === ':type' ? 'give an expression' : 'no such command; see :help'}`);
    return true;
  }

  async #evaluate(input: ReplInput): Promise<void> {
    const made = this.#session.compile(input);
    if (!('type' in made)) return this.#refuse(made);
    const { wasm, keep } = made;
    const code = wasm === undefined ? EXIT.ok : this.#run(wasm);
    if (code === EXIT.ok) keep();
    else this.failed = true;
  }

  #run(wasm: Uint8Array): number {
    const { input, settings, print } = this.#context;
    // The lines of standard input are ours.
    const { stdin: _, ...environment } = programEnvironment(input, settings, []);
    const raw = input.stdin instanceof ReadStream && input.stdin.isRaw ? input.stdin : undefined;
    // In raw mode Ctrl-C is a key that nobody reads while the program runs.
    raw?.setRawMode(false);
    const ending = endingOf(() => {
      const instance = instantiate(wasm, environment);
      const value = instance.call(REPL_FUNCTION, []);
      const type = instance.interface?.functions.find(({ name }) => name === REPL_FUNCTION)?.result;
      if (value !== undefined) print(render(value, type === undefined ? undefined : instance.shapeOf(type)));
    });
    raw?.setRawMode(true);
    return printEnding(this.#context, ending);
  }

  async #refuse(findings: readonly CompilerDiagnostic[]): Promise<void> {
    this.failed = true;
    await printFindings(this.#context, findings, { format: 'text', warnings: 'hide' });
  }
}
