import { children } from '../children.ts';
import type { Core } from '../core.ts';

/** The state of a way that ended (`leave`, `recur`, `trap`): below all others. */
export const ENDED = -1;

/** Takes the state before a node, gives the one behind it; undefined: do as for any node. */
type Step = (node: Core, state: number, walk: (child: Core, state: number) => number) => number | undefined;

/**
 * Follows every way through a body in the order of evaluation. A state is a number from 0; `step` raises it at the nodes that matter, and where
 * ways meet the highest one goes on. Each node is looked at once.
 */
export function walkPaths(body: Core, step: Step): number {
  const atLabel = new Map<number, number>();
  const inOrder = (nodes: readonly Core[], before: number): number => {
    let state = before;
    for (const node of nodes) state = walk(node, state);
    return state;
  };
  const walk = (node: Core, state: number): number => {
    if (state === ENDED) return ENDED;
    return step(node, state, walk) ?? usual(node, state);
  };
  const usual = (node: Core, state: number): number => {
    switch (node.op) {
      case 'if': {
        const tested = walk(node.test, state);
        return Math.max(walk(node.then, tested), walk(node.else, tested));
      }
      case 'switch': {
        const tagged = walk(node.tag, state);
        let highest = ENDED;
        for (const arm of node.arms) highest = Math.max(highest, walk(arm, tagged));
        return highest;
      }
      case 'scope': {
        const fallen = walk(node.body, state);
        return Math.max(fallen, atLabel.get(node.label) ?? ENDED);
      }
      case 'leave': {
        const left = node.value === null ? state : walk(node.value, state);
        atLabel.set(node.label, Math.max(left, atLabel.get(node.label) ?? ENDED));
        return ENDED;
      }
      case 'trap':
        return ENDED;
      case 'recur':
        inOrder(node.args, state);
        return ENDED;
      default:
        return inOrder(children(node), state);
    }
  };
  return walk(body, 0);
}
