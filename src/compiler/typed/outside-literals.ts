import { childrenOf } from './children.ts';
import type { TypedExpr, TypedProgram } from './typed.ts';

/** What a program says in so many words about what it reaches outside of itself; the rest it computes. */
export interface OutsideLiterals {
  /** Hosts of its http and https URLs, each with its port where that is not the usual one, sorted. */
  readonly hosts: readonly string[];
  /** Names that it reads with `get_secret`, sorted. */
  readonly secrets: readonly string[];
  /** True where it also reads a secret whose name it computes. */
  readonly computedSecrets: boolean;
}

/** Reads the literals of all that the functions of the entry reach: what a library holds beside that says nothing. */
export function outsideLiterals(program: TypedProgram): OutsideLiterals {
  const found = { hosts: new Set<string>(), secrets: new Set<string>(), computedSecrets: false };
  const seen = new Set<object>();
  const waiting: TypedExpr[] = [];
  const reach = (symbol: object, body: TypedExpr) => {
    if (!seen.has(symbol)) waiting.push(body);
    seen.add(symbol);
  };
  for (const fn of program.entry.functions) reach(fn, fn.body);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'call' || node.kind === 'function') reach(node.fn, node.fn.body);
    else if (node.kind === 'constant') reach(node.constant, node.constant.value);
    else if (node.kind === 'string') addHost(found.hosts, node.value);
    // A function value of it may be given any name.
    else if (node.kind === 'builtin' && node.builtin.name === 'get_secret') found.computedSecrets = true;
    else if (node.kind === 'call-builtin' && node.builtin.name === 'get_secret') {
      const name = textOf(node.args[0]?.value);
      if (name === undefined) found.computedSecrets = true;
      else found.secrets.add(name);
    }
    waiting.push(...childrenOf(node).filter((child, index) => !opensUrl(node, child, index)));
  }
  return { ...found, hosts: [...found.hosts].sort(), secrets: [...found.secrets].sort() };
}

/** The beginning of a URL whose host goes on in the next part: `"https://api." ++ domain`. */
function opensUrl(node: TypedExpr, child: TypedExpr, index: number): boolean {
  return node.kind === 'concat' && index === 0 && child.kind === 'string' && /^https?:\/\/[^/?#]*$/i.test(child.value);
}

function addHost(hosts: Set<string>, text: string): void {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return;
  const { host } = new URL(text);
  if (host !== '') hosts.add(host);
}

function textOf(node: TypedExpr | undefined): string | undefined {
  if (node?.kind === 'constant') return textOf(node.constant.value);
  return node?.kind === 'string' ? node.value : undefined;
}
