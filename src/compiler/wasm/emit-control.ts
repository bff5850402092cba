import type { Core, Rep } from '../core/core.ts';
import type { FunctionEmitter, Outcome } from './function-emitter.ts';
import { OP } from './opcodes.ts';

type Node<Op extends Core['op']> = Extract<Core, { op: Op }>;

/** `seq` and `if`: long runs of `else if` and of nested sequences are written in one frame. */
export function emitChain(f: FunctionEmitter, first: Core): Outcome {
  const open: { readonly rep: Rep | null; readonly then: Outcome }[] = [];
  let node = first;
  let outcome: Outcome | undefined;
  while (outcome === undefined) {
    if (node.op === 'seq') {
      if (!emitEffects(f, node.effects)) outcome = 'never';
      else if (node.value === null) outcome = null;
      else node = node.value;
    } else if (node.op === 'if') {
      if (f.emit(node.test) === 'never') outcome = 'never';
      else {
        f.open(OP.if, node.rep);
        open.push({ rep: node.rep, then: f.emit(node.then) });
        node = node.else;
        if (!(node.op === 'seq' && node.value === null && node.effects.length === 0)) f.op(OP.else);
      }
    } else outcome = f.emit(node);
  }
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    f.close();
    outcome = joined(f, entry.rep, entry.then !== 'never' || outcome !== 'never');
  }
  return outcome;
}

/** False when one of them never returns: nothing behind it is written. */
function emitEffects(f: FunctionEmitter, effects: readonly Core[]): boolean {
  for (const effect of effects) {
    const outcome = f.emit(effect);
    if (outcome === 'never') return false;
    if (outcome !== null) f.op(OP.drop);
  }
  return true;
}

/** Behind the end of a construct: what it leaves; when no way leads here, wasm is told so. */
function joined(f: FunctionEmitter, rep: Rep | null, reached: boolean): Outcome {
  if (reached) return rep;
  f.op(OP.unreachable);
  return 'never';
}

export function emitScope(f: FunctionEmitter, { label, rep, body }: Node<'scope'>): Outcome {
  f.open(OP.block, rep);
  const target = { depth: f.depth, used: false };
  f.labels.set(label, target);
  const outcome = f.emit(body);
  f.close();
  return joined(f, rep, target.used || outcome !== 'never');
}

export function emitLeave(f: FunctionEmitter, { label, value }: Node<'leave'>): Outcome {
  if (value !== null && f.emit(value) === 'never') return 'never';
  const target = f.labels.get(label);
  if (target === undefined) throw new Error(`malformed core program: no scope ${label} here`);
  target.used = true;
  f.branch(OP.br, target.depth);
  return 'never';
}

/** All new values are on the stack before the first is set; what a slot keeps costs nothing. */
export function emitRecur(f: FunctionEmitter, { args }: Node<'recur'>): Outcome {
  const changed: number[] = [];
  for (const [at, arg] of args.entries()) {
    const slot = f.loopSlots[at];
    if (slot === undefined) throw new Error('malformed core program: recur with too many values');
    if (arg.op === 'get' && arg.slot === slot) continue;
    if (f.emit(arg) === 'never') return 'never';
    changed.push(f.slot(slot));
  }
  for (let local = changed.pop(); local !== undefined; local = changed.pop()) f.set(local);
  f.loops = true;
  f.branch(OP.br, 0);
  return 'never';
}

/** Nested blocks, one for each arm, and `br_table` inside of the innermost; a tag without an arm lands on `unreachable`. */
export function emitSwitch(f: FunctionEmitter, { rep, tag, arms }: Node<'switch'>): Outcome {
  f.open(OP.block, rep);
  const result = f.depth;
  for (let at = 0; at <= arms.length; at++) f.open(OP.block, null);
  let reached = false;
  const tagged = f.emit(tag) !== 'never';
  if (tagged) {
    f.op(OP.br_table);
    f.code.u32(arms.length);
    for (let at = 0; at <= arms.length; at++) f.code.u32(at);
  }
  for (const arm of arms) {
    f.close();
    if (!tagged || f.emit(arm) === 'never') continue;
    reached = true;
    f.branch(OP.br, result);
  }
  f.close();
  f.op(OP.unreachable);
  f.close();
  return joined(f, rep, reached);
}
