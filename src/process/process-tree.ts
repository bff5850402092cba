import { RUN_MARK } from './marks.ts';
import { isGone, nowTicks, readProcesses, signalProcess, type ProcessEntry } from './process-table.ts';

/**
 * A child with everything that came of it: its group, its session, and on Linux whatever carries its run mark, wherever it went.
 * Elsewhere only the group is known.
 */
export class ProcessTree {
  readonly #leader: number;
  readonly #run: string;
  /** Set when the leader is reaped: from then on its pid may be given to a stranger. */
  #reapedAtTicks: number | undefined;
  readonly #linux = process.platform === 'linux';

  constructor(leader: number, run: string) {
    this.#leader = leader;
    this.#run = run;
  }

  /** To be called from the leader's exit event. */
  leaderReaped(): void {
    if (this.#linux) this.#reapedAtTicks ??= nowTicks();
  }

  /** True while any process of the tree lives. */
  async isAlive(): Promise<boolean> {
    return this.#linux ? (await this.#members()).length > 0 : this.#signalGroup(0);
  }

  /** Signals all of it; what ends meanwhile is no error. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    if (!this.#linux) {
      this.#signalGroup(signal);
      return;
    }
    // While the leader is not reaped its pid cannot be anybody else's, and one call reaches the whole group without a race.
    const whole = this.#reapedAtTicks === undefined && this.#signalGroup(signal);
    for (const member of await this.#members()) {
      if (!whole || member.group !== this.#leader) signalProcess(member, signal);
    }
  }

  async #members(): Promise<readonly ProcessEntry[]> {
    return (await readProcesses()).filter((entry) => this.#owns(entry));
  }

  #owns(entry: ProcessEntry): boolean {
    if (entry.environment.get(RUN_MARK) === this.#run) return true;
    // Without the mark (sudo, env -i) the group tells, but only of processes from before its number became free.
    const inGroup = entry.group === this.#leader || entry.session === this.#leader;
    return inGroup && (this.#reapedAtTicks === undefined || entry.startTicks <= this.#reapedAtTicks);
  }

  /** False where there is no such group. */
  #signalGroup(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-this.#leader, signal);
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }
}
