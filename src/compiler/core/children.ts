import type { Core } from './core.ts';

const NONE: readonly Core[] = [];

/** The nodes directly below a node, in the order of their evaluation. */
export function children(node: Core): readonly Core[] {
  switch (node.op) {
    case 'i32':
    case 'i64':
    case 'f64':
    case 'text':
    case 'get':
    case 'trap':
      return NONE;
    case 'set':
      return [node.value];
    case 'leave':
      return node.value === null ? NONE : [node.value];
    case 'seq':
      return node.value === null ? node.effects : [...node.effects, node.value];
    case 'if':
      return [node.test, node.then, node.else];
    case 'switch':
      return [node.tag, ...node.arms];
    case 'scope':
      return [node.body];
    case 'load':
      return [node.pointer];
    case 'invoke':
      return [node.callee, ...node.args];
    case 'closure':
      return node.captures;
    case 'new':
      return node.fields.map(({ value }) => value);
    case 'list':
      return node.items;
    case 'recur':
    case 'call':
    case 'import':
    case 'math':
    case 'builtin':
    case 'grow':
      return node.args;
  }
}

/** The node with `change` done to each node directly below it, in the order of their evaluation; the same object when nothing changed. */
export function mapChildren(node: Core, change: (child: Core) => Core): Core {
  switch (node.op) {
    case 'i32':
    case 'i64':
    case 'f64':
    case 'text':
    case 'get':
    case 'trap':
      return node;
    case 'set': {
      const value = change(node.value);
      return value === node.value ? node : { ...node, value };
    }
    case 'leave': {
      const value = node.value && change(node.value);
      return value === node.value ? node : { ...node, value };
    }
    case 'seq': {
      const effects = mapAll(node.effects, change);
      const value = node.value && change(node.value);
      return effects === node.effects && value === node.value ? node : { ...node, effects, value };
    }
    case 'if': {
      const test = change(node.test);
      const then = change(node.then);
      const otherwise = change(node.else);
      const same = test === node.test && then === node.then && otherwise === node.else;
      return same ? node : { ...node, test, then, else: otherwise };
    }
    case 'switch': {
      const tag = change(node.tag);
      const arms = mapAll(node.arms, change);
      return tag === node.tag && arms === node.arms ? node : { ...node, tag, arms };
    }
    case 'scope': {
      const body = change(node.body);
      return body === node.body ? node : { ...node, body };
    }
    default:
      return mapOperands(node, change);
  }
}

type Operation = Extract<
  Core,
  { op: 'load' | 'invoke' | 'closure' | 'new' | 'list' | 'recur' | 'call' | 'import' | 'math' | 'builtin' | 'grow' }
>;

function mapOperands(node: Operation, change: (child: Core) => Core): Core {
  switch (node.op) {
    case 'load': {
      const pointer = change(node.pointer);
      return pointer === node.pointer ? node : { ...node, pointer };
    }
    case 'invoke': {
      const callee = change(node.callee);
      const args = mapAll(node.args, change);
      return callee === node.callee && args === node.args ? node : { ...node, callee, args };
    }
    case 'closure': {
      const captures = mapAll(node.captures, change);
      return captures === node.captures ? node : { ...node, captures };
    }
    case 'new': {
      const values = node.fields.map(({ value }) => value);
      const changed = mapAll(values, change);
      if (changed === values) return node;
      return { ...node, fields: node.fields.map((field, at) => ({ ...field, value: changed[at] ?? field.value })) };
    }
    case 'list': {
      const items = mapAll(node.items, change);
      return items === node.items ? node : { ...node, items };
    }
    default: {
      const args = mapAll(node.args, change);
      return args === node.args ? node : { ...node, args };
    }
  }
}

function mapAll(nodes: readonly Core[], change: (child: Core) => Core): readonly Core[] {
  let changed: Core[] | undefined;
  for (const [at, node] of nodes.entries()) {
    const next = change(node);
    if (changed === undefined && next !== node) changed = nodes.slice(0, at);
    changed?.push(next);
  }
  return changed ?? nodes;
}
