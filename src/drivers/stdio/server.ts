import type { StdioOrigin } from '../../manifest/index.ts';
import type { Child, ChildExit } from '../../process/index.ts';
import type { InstanceRef, LastExit, Why } from '../../reconcile/ports.ts';
import { DeadlineError } from '../../shared/abort.ts';
import { ClarityError, errorMessage } from '../../shared/errors.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { lastWords } from '../../shared/last-words.ts';
import { oneLine } from '../../shared/text.ts';
import type { Connection } from '../connection.ts';
import type { DriverDeps } from '../deps.ts';
import type { Gate } from '../gate.ts';
import { handshake } from '../handshake.ts';
import type { Represented } from '../represented.ts';
import { Session } from '../session.ts';
import { StdioChannel } from './channel.ts';
import { StderrTail } from './stderr-tail.ts';

const NOISE_CHARS = 4096;
/** Time for a server to end that has cut itself off. */
const DEAF_GRACE_MS = 2000;

/** A process that is a connection. */
export interface StdioConnection extends Connection {
  readonly pid: number;
  /** Resolves when the process has ended, by itself or because it was closed; never rejects. */
  readonly ended: Promise<LastExit>;
}

interface StdioServerParts {
  readonly deps: DriverDeps;
  readonly ref: InstanceRef;
  readonly origin: StdioOrigin;
  readonly child: Child;
  readonly gate: Gate;
  readonly represented: Represented;
}

/** A spawned server from its first byte to its exit. */
export class StdioServer {
  readonly #deps: DriverDeps;
  readonly #ref: InstanceRef;
  readonly #command: string;
  readonly #child: Child;
  readonly #session: Session;
  readonly #represented: Represented;
  readonly #tail: StderrTail;
  #cutOff: Why | undefined;

  constructor({ deps, ref, origin, child, gate, represented }: StdioServerParts) {
    this.#deps = deps;
    this.#ref = ref;
    this.#command = origin.command;
    this.#child = child;
    this.#represented = represented;
    this.#tail = new StderrTail(child.stderr, (text) => deps.logs.append(ref.identity, 'stderr', text));
    const channel = new StdioChannel(child, {
      clock: deps.clock,
      maxPayloadBytes: origin.maxPayloadBytes,
      onNoise: (text, nth) => this.#onNoise(text, nth),
    });
    this.#session = new Session(channel, {
      clock: deps.clock,
      gate,
      represented,
      log: (text) => deps.logs.append(ref.identity, 'runtime', text),
      onClosed: (why) => void this.#onClosed(why),
    });
  }

  /**
   * Resolves when the server is ready. Otherwise ends its tree and rejects: with the signal's reason, or with a ClarityError
   * StartFailed or UpstreamTimeout that names the command, how it ended and its last words; data.lastExit is a LastExit.
   */
  async shakeHands(timeoutMs: number, startTimeoutMs: number, signal: AbortSignal): Promise<StdioConnection> {
    const { clock, version } = this.#deps;
    const child = this.#child;
    try {
      const { capabilities } = this.#represented;
      const failure = 'StartFailed';
      const options = { clock, version, capabilities, timeoutMs, signal, failure } as const;
      const server = await handshake(this.#session, options);
      return {
        session: this.#session,
        server,
        pid: child.pid,
        ended: child.exited.then((exit) => this.#lastExit(exit, this.#cutOff)),
        close: (graceMs) => child.stop(graceMs),
      };
    } catch (error) {
      const byItself = await this.#exitSoFar();
      await child.stop(0);
      signal.throwIfAborted();
      throw this.#startError(error, byItself, await child.exited, startTimeoutMs);
    }
  }

  /** A process that lives on without its pipes serves nobody: ended, so that it is started again. */
  async #onClosed(why: string): Promise<void> {
    if ((await this.#exitSoFar()) !== undefined) return;
    this.#cutOff = { reason: 'Disconnected', message: `${why} while it ran, and was ended` };
    try {
      await this.#child.stop(DEAF_GRACE_MS);
    } catch (error) {
      this.#deps.logs.append(this.#ref.identity, 'runtime', errorMessage(error));
    }
  }

  #exitSoFar(): Promise<ChildExit | undefined> {
    return Promise.race([this.#child.exited, Promise.resolve(undefined)]);
  }

  #startError(error: unknown, byItself: ChildExit | undefined, exit: ChildExit, startTimeoutMs: number): ClarityError {
    const { code, text } =
      byItself === undefined
        ? explain(error, startTimeoutMs)
        : { code: 'StartFailed' as const, text: explainExit(byItself) };
    const last = lastWords(this.#tail.lines());
    const words = last === '' ? 'it wrote nothing to stderr' : `last stderr: ${last}`;
    const message = this.#deps.redact(oneLine(`${this.#command} ${text}; ${words}`, 600));
    const { stderrTail, ...ended } = this.#lastExit(exit, { reason: code, message });
    const data = { lastExit: { ...ended, stderrTail: [...stderrTail], error: { reason: code, message } } };
    return new ClarityError(code, message, { cause: error, data });
  }

  #lastExit(exit: ChildExit, error?: Why): LastExit {
    const stderrTail = this.#tail.lines().map((line) => this.#deps.redact(line));
    return { ...exit, stderrTail, ...(error === undefined ? {} : { error }) };
  }

  /** Banners are common: kept as log, and said once each power of ten so that a flood is seen but does not double. */
  #onNoise(text: string, nth: number): void {
    const { logs } = this.#deps;
    logs.append(this.#ref.identity, 'stdout', text.slice(0, NOISE_CHARS));
    if (!Number.isInteger(Math.log10(nth))) return;
    const lines = nth === 1 ? 'a line' : `${nth} lines`;
    logs.append(
      this.#ref.identity,
      'runtime',
      `${lines} on stdout so far that are no MCP message: skipped, kept as log`,
    );
  }
}

function explainExit({ code, signal }: ChildExit): string {
  const how = signal === null ? `exited with code ${code ?? 'unknown'}` : `was killed by ${signal}`;
  return `${how} before it answered initialize`;
}

function explain(error: unknown, startTimeoutMs: number): { code: 'StartFailed' | 'UpstreamTimeout'; text: string } {
  if (error instanceof DeadlineError || (error instanceof RpcError && error.code === RPC.timeout))
    return { code: 'UpstreamTimeout', text: `did not answer initialize within ${startTimeoutMs} ms` };
  if (error instanceof RpcError && error.code !== RPC.unavailable)
    return { code: 'StartFailed', text: `refused initialize: ${error.message} (${error.code})` };
  return { code: 'StartFailed', text: `did not get ready: ${errorMessage(error)}` };
}
