import { HostError } from '../../../wasm-host/host-error.ts';
import type { HostFunction, ImportGroup } from '../../../wasm-host/imports/import-group.ts';
import { err32, err64, ok32, ok64, okF64, optionalText, textList } from '../../../wasm-host/memory/blocks.ts';
import type { GuestMemory } from '../../../wasm-host/memory/guest-memory.ts';
import { BLOCKING, type Answer, type Argument, type BlockingImport, type BlockingRow } from '../blocking.ts';

/** What one call may pass out: the daemon holds a copy of it for as long as it waits. */
const MAX_ARGUMENT_BYTES = 8 * 1024 * 1024;

/** Has an import carried out elsewhere, and waits for its answer. What it throws ends the call. */
export type Ask = (name: BlockingImport, args: readonly Argument[]) => Answer;

/** The host functions of all imports that wait (BLOCKING), which read what they are passed, `ask`, and write what comes back. */
export function blockingImports(ask: Ask): ImportGroup {
  const rows = Object.entries(BLOCKING) as [BlockingImport, BlockingRow][];
  return ({ memory }) =>
    Object.fromEntries(rows.map(([name, row]): [string, HostFunction] => [name, waiting(memory, name, row, ask)]));
}

function waiting(memory: GuestMemory, name: BlockingImport, { params, result }: BlockingRow, ask: Ask): HostFunction {
  const texts = [...params].map((kind) => kind === 't');
  const write = WRITERS[result];
  return (...raw: readonly (number | bigint)[]) => {
    const answer = fits(memory, texts, raw) ? ask(name, readAll(memory, texts, raw)) : tooMuch(name, result);
    if (isTrap(answer)) throw new HostError('failed-import', answer.trap);
    const written = write(memory, answer);
    if (written === undefined && !(result === 'unit' && answer === undefined)) throw misfit(name, result);
    return written;
  };
}

/** Asked before anything is decoded. */
function fits(memory: GuestMemory, texts: readonly boolean[], raw: readonly (number | bigint)[]): boolean {
  let bytes = 0;
  for (const [at, isText] of texts.entries()) if (isText) bytes += memory.byteLength(Number(raw[at]));
  return bytes <= MAX_ARGUMENT_BYTES;
}

function readAll(memory: GuestMemory, texts: readonly boolean[], raw: readonly (number | bigint)[]): Argument[] {
  return texts.map((isText, at) => (isText ? memory.text(Number(raw[at])) : BigInt(raw[at] ?? 0)));
}

function tooMuch(name: string, result: BlockingRow['result']): Answer {
  const sentence = `\`${name}\` was passed more than ${MAX_ARGUMENT_BYTES / 1024 / 1024} MiB.`;
  return result.startsWith('result') ? { err: sentence } : { trap: sentence };
}

type Writer = (memory: GuestMemory, answer: Exclude<Answer, { trap: string }>) => number | bigint | undefined;

/** The wasm value of each kind of answer; undefined for one that does not fit, and for unit. */
const WRITERS: Readonly<Record<BlockingRow['result'], Writer>> = {
  unit: () => undefined,
  text: (memory, answer) => (typeof answer === 'string' ? memory.writeText(answer) : undefined),
  texts: (memory, answer) => (Array.isArray(answer) ? textList(memory, answer as readonly string[]) : undefined),
  int: (_memory, answer) => (typeof answer === 'bigint' ? answer : undefined),
  'option text': (memory, answer) =>
    answer === undefined || typeof answer === 'string' ? optionalText(memory, answer) : undefined,
  'result text': (memory, answer) => {
    if (isErr(answer)) return err32(memory, memory.writeText(answer.err));
    return isOk(answer) && typeof answer.ok === 'string' ? ok32(memory, memory.writeText(answer.ok)) : undefined;
  },
  'result int': (memory, answer) => {
    if (isErr(answer)) return err64(memory, memory.writeText(answer.err));
    return isOk(answer) && typeof answer.ok === 'bigint' ? ok64(memory, answer.ok) : undefined;
  },
  'result float': (memory, answer) => {
    if (isErr(answer)) return err64(memory, memory.writeText(answer.err));
    return isOk(answer) && typeof answer.ok === 'number' ? okF64(memory, answer.ok) : undefined;
  },
};

const isTrap = (answer: Answer): answer is { readonly trap: string } => typeof answer === 'object' && 'trap' in answer;
const isErr = (answer: Answer): answer is { readonly err: string } => typeof answer === 'object' && 'err' in answer;
const isOk = (answer: Answer): answer is { readonly ok: string | bigint | number } =>
  typeof answer === 'object' && 'ok' in answer;

/** A bug of ours: whoever answered did not keep to BLOCKING. */
function misfit(name: string, result: string): HostError {
  return new HostError('failed-import', `The host answered \`${name}\` with something that is no ${result}.`);
}
