import type { PlannedChange, ApplyOutcome } from '../../src/runtime/types.ts';
import { Proposals } from '../../src/runtime/proposals/proposals.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { FakeClock } from './clock.ts';
import { MemoryProposalStore } from './memory-proposal-store.ts';

/** A write as it happened: what stood there before, and what was written. */
export interface Written {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * Manifests of lines `name=what it says`, and a daemon over them that can be restarted, or killed in the midst of writing. What begins
 * with `hand:` belongs to a person; a line without `=` is no manifest.
 */
export class ProposalWorld {
  readonly files = new Map<string, string>();
  readonly store = new MemoryProposalStore();
  readonly clock = new FakeClock();
  readonly written: Written[] = [];
  readonly events: { readonly kind: string; readonly message: string }[] = [];
  readonly warnings: unknown[] = [];
  /** The daemon is killed when it has written so many documents, before the source has looked. */
  diesAfter = Infinity;
  /** Writing, or the look of the source, fails after so many documents. */
  failsAfter = Infinity;
  /** Planning fails with it, once. */
  planFailure: Error | undefined;
  proposals = this.#daemon();

  /** Another daemon over what the last one has kept; that one has ended in order, or was killed. */
  async restart(how: 'ended' | 'killed' = 'ended'): Promise<void> {
    if (how === 'ended') await this.proposals.close();
    this.diesAfter = Infinity;
    this.proposals = this.#daemon();
    this.proposals.start();
  }

  propose(text: string, over: { by?: string; tool?: string } = {}) {
    return this.proposals.propose({ change: { kind: 'apply', text }, by: 'agent 1', tool: 'apply_manifest', ...over });
  }

  proposeRemoval(name: string) {
    return this.proposals.propose({ change: { kind: 'remove', name }, by: 'agent 1', tool: 'remove_service' });
  }

  approve({ id, planHash }: { readonly id: string; readonly planHash: string }) {
    return this.proposals.approve(id, { planHash, by: 'operator' });
  }

  /** What the store would give to the next daemon. */
  kept(id: string): Record<string, unknown> {
    return this.store.rows.get(id)?.proposal ?? {};
  }

  #daemon(): Proposals {
    const mine = { dead: false };
    return new Proposals({
      clock: this.clock,
      store: this.store,
      events: { emit: (event) => void this.events.push(event) },
      logger: { warn: (_message, fields) => void this.warnings.push(fields?.error) },
      runtime: {
        plan: async (texts) => {
          await this.#planned();
          return texts.flatMap(({ text }) => text.split('\n').map((line) => this.#plan(line)));
        },
        planRemoval: async (name) => {
          await this.#planned();
          const text = this.#find(name);
          return planned(name, text.startsWith('hand:') ? 'conflict' : 'removed', `-${text}`, [`remove ${name}`]);
        },
        apply: async (text) => {
          let count = 0;
          for (const line of text.split('\n')) {
            await this.#mayWrite(mine, count++);
            const { name, says } = split(line);
            this.#write(name, says);
          }
          // The source looks.
          await this.#mayWrite(mine, count);
          return [] as readonly ApplyOutcome[];
        },
        remove: async (name) => {
          this.#find(name);
          await this.#mayWrite(mine, 0);
          this.#write(name, undefined);
          return { identity: name, serviceId: name, file: `${name}.yaml` };
        },
      },
    });
  }

  async #planned(): Promise<void> {
    await Promise.resolve();
    const { planFailure } = this;
    this.planFailure = undefined;
    if (planFailure !== undefined) throw planFailure;
  }

  #plan(line: string): PlannedChange {
    const { name, says } = split(line);
    if (!line.includes('=')) return planned(name, 'invalid', '', []);
    const now = this.files.get(name);
    if (now === says) return planned(name, 'unchanged', '', []);
    if (now === undefined) return planned(name, 'created', `+${says}`, [`start ${name}`]);
    return planned(name, now.startsWith('hand:') ? 'conflict' : 'configured', `-${now}\n+${says}`, [`restart ${name}`]);
  }

  /** Never comes back where the daemon dies there. */
  async #mayWrite(daemon: { dead: boolean }, count: number): Promise<void> {
    await Promise.resolve();
    if (count >= this.diesAfter) daemon.dead = true;
    if (daemon.dead) await new Promise(() => undefined);
    if (count >= this.failsAfter) throw new ClarityError('NotReady', 'the disk is full');
  }

  #write(name: string, after: string | undefined): void {
    const before = this.files.get(name);
    if (before === after) return;
    if (after === undefined) this.files.delete(name);
    else this.files.set(name, after);
    this.written.push({ name, before, after });
  }

  #find(name: string): string {
    const text = this.files.get(name);
    if (text === undefined) throw new ClarityError('NotFound', `there is no service "${name}"`);
    return text;
  }
}

function split(line: string): { name: string; says: string } {
  const [name = '', says = ''] = line.split('=');
  return { name, says };
}

function planned(
  name: string,
  outcome: PlannedChange['outcome'],
  patch: string,
  actions: readonly string[],
): PlannedChange {
  return { kind: 'MCPService', name, outcome, patch, fields: [], actions, diagnostics: [] };
}
