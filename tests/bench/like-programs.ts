/** The same program in two languages: units of a few declarations, each as somebody would write it in that language. */
interface Unit {
  readonly clarity: (n: number) => string;
  readonly typescript: (n: number) => string;
}

const UNITS: readonly Unit[] = [
  {
    clarity: (n) => `
// Orders of region ${n}: what was bought, and what it costs.
type Order${n} = { id: Int64, customer: String, items: List<Item${n}>, paid: Bool }
type Item${n} = { sku: String, qty: Int64, price: Float64 }

// The sum over all items, with the discount for many.
function total${n}(items: List<Item${n}>, acc: Float64) -> Float64 {
  match is_empty(items) {
    True -> acc,
    False -> {
      let item = head(items);
      let line = int_to_float(item.qty) * item.price;
      let reduced = match item.qty { 0..9 -> line, 10..99 -> line * 0.95, _ -> line * 0.9 };
      total${n}(tail(items), acc + reduced)
    }
  }
}

function receipt${n}(order: Order${n}) -> String {
  let sum = total${n}(order.items, 0.0);
  let mark = match order.paid { True -> "paid", False -> "open" };
  "#\${int_to_string(order.id)} \${order.customer}: \${float_to_string(sum)} (\${mark})"
}
`,
    typescript: (n) => `
// Orders of region ${n}: what was bought, and what it costs.
interface Order${n} { readonly id: bigint; readonly customer: string; readonly items: readonly Item${n}[]; readonly paid: boolean }
interface Item${n} { readonly sku: string; readonly qty: bigint; readonly price: number }

// The sum over all items, with the discount for many.
function total${n}(items: readonly Item${n}[], acc: number): number {
  switch (items.length === 0) {
    case true: return acc;
    case false: {
      const item = items[0]!;
      const line = Number(item.qty) * item.price;
      const reduced = item.qty <= 9n ? line : item.qty <= 99n ? line * 0.95 : line * 0.9;
      return total${n}(items.slice(1), acc + reduced);
    }
  }
  return acc;
}

export function receipt${n}(order: Order${n}): string {
  const sum = total${n}(order.items, 0.0);
  const mark = order.paid ? "paid" : "open";
  return \`#\${order.id} \${order.customer}: \${sum} (\${mark})\`;
}
`,
  },
  {
    clarity: (n) => `
// A small expression language with its evaluator.
type Expr${n} =
  | Num${n}(value: Int64)
  | Add${n}(left: Expr${n}, right: Expr${n})
  | Mul${n}(left: Expr${n}, right: Expr${n})
  | Div${n}(left: Expr${n}, right: Expr${n})

function eval${n}(e: Expr${n}) -> Result<Int64, String> {
  match e {
    Num${n}(v) -> Ok(v),
    Add${n}(l, r) -> both${n}(l, r, |a: Int64, b: Int64| Ok(a + b)),
    Mul${n}(l, r) -> both${n}(l, r, |a: Int64, b: Int64| Ok(a * b)),
    Div${n}(_, Num${n}(0)) -> Err("division by zero"),
    Div${n}(l, r) -> both${n}(l, r, |a: Int64, b: Int64| match b { 0 -> Err("zero"), _ -> Ok(a / b) })
  }
}

function both${n}(l: Expr${n}, r: Expr${n}, f: (Int64, Int64) -> Result<Int64, String>) -> Result<Int64, String> {
  match eval${n}(l) {
    Err(e) -> Err(e),
    Ok(a) -> match eval${n}(r) { Err(e) -> Err("right: " ++ e), Ok(b) -> f(a, b) }
  }
}
`,
    typescript: (n) => `
// A small expression language with its evaluator.
type Expr${n} =
  | { readonly k: "num"; readonly value: bigint }
  | { readonly k: "add"; readonly left: Expr${n}; readonly right: Expr${n} }
  | { readonly k: "mul"; readonly left: Expr${n}; readonly right: Expr${n} }
  | { readonly k: "div"; readonly left: Expr${n}; readonly right: Expr${n} };

export function eval${n}(e: Expr${n}): Result<bigint, string> {
  switch (e.k) {
    case "num": return { ok: e.value };
    case "add": return both${n}(e.left, e.right, (a: bigint, b: bigint) => ({ ok: a + b }));
    case "mul": return both${n}(e.left, e.right, (a: bigint, b: bigint) => ({ ok: a * b }));
    case "div":
      if (e.right.k === "num" && e.right.value === 0n) return { error: "division by zero" };
      return both${n}(e.left, e.right, (a: bigint, b: bigint) => b === 0n ? { error: "zero" } : { ok: a / b });
  }
}

function both${n}(l: Expr${n}, r: Expr${n}, f: (a: bigint, b: bigint) => Result<bigint, string>): Result<bigint, string> {
  const a = eval${n}(l);
  if ("error" in a) return a;
  const b = eval${n}(r);
  return "error" in b ? { error: "right: " + b.error } : f(a.ok, b.ok);
}
`,
  },
  {
    clarity: (n) => `
// Lines of a log: levels, counts and a filter.
type Level${n} = | Debug${n} | Info${n} | Warn${n} | Fail${n}(code: Int64)

function level${n}(word: String) -> Option<Level${n}> {
  match to_lowercase(trim(word)) {
    "debug" -> Some(Debug${n}),
    "info" -> Some(Info${n}),
    "warn" -> Some(Warn${n}),
    w if string_starts_with(w, "fail") -> match string_to_int(substring(w, 4, 10)) { Some(c) -> Some(Fail${n}(c)), None -> None },
    _ -> None
  }
}

function count${n}(lines: List<String>, seen: Map<String, Int64>) -> Map<String, Int64> {
  match is_empty(lines) {
    True -> seen,
    False -> {
      let key = head(split(head(lines), " "));
      let old = match map_get(seen, key) { Some(k) -> k, None -> 0 };
      count${n}(tail(lines), map_set(seen, key, old + 1))
    }
  }
}

function worst${n}(words: List<String>) -> Int64 {
  let codes = map_list(words, |w: String| match level${n}(w) { Some(Fail${n}(c)) -> c, _ -> 0 });
  fold_list(codes, 0, |best: Int64, c: Int64| match c > best { True -> c, False -> best })
}
`,
    typescript: (n) => `
// Lines of a log: levels, counts and a filter.
type Level${n} = { readonly k: "debug" } | { readonly k: "info" } | { readonly k: "warn" } | { readonly k: "fail"; readonly code: bigint };

function level${n}(word: string): Level${n} | undefined {
  const w = word.trim().toLowerCase();
  switch (w) {
    case "debug": return { k: "debug" };
    case "info": return { k: "info" };
    case "warn": return { k: "warn" };
  }
  if (w.startsWith("fail")) return /^-?\\d+$/.test(w.slice(4)) ? { k: "fail", code: BigInt(w.slice(4)) } : undefined;
  return undefined;
}

export function count${n}(lines: readonly string[], seen: ReadonlyMap<string, bigint>): ReadonlyMap<string, bigint> {
  switch (lines.length === 0) {
    case true: return seen;
    case false: {
      const key = lines[0]!.split(" ")[0]!;
      const old = seen.get(key) ?? 0n;
      return count${n}(lines.slice(1), new Map([...seen, [key, old + 1n]]));
    }
  }
  return seen;
}

export function worst${n}(words: readonly string[]): bigint {
  const codes = mapList(words, (w: string) => { const l = level${n}(w); return l?.k === "fail" ? l.code : 0n; });
  return foldList(codes, 0n, (best: bigint, c: bigint) => c > best ? c : best);
}
`,
  },
];

const CLARITY_HEAD = `// Written by the bench.
module Like
function map_list<T, R>(xs: List<T>, f: (T) -> R) -> List<R> { match is_empty(xs) { True -> [], False -> concat([f(head(xs))], map_list(tail(xs), f)) } }
function fold_list<T, A>(xs: List<T>, acc: A, f: (A, T) -> A) -> A { match is_empty(xs) { True -> acc, False -> fold_list(tail(xs), f(acc, head(xs)), f) } }
`;
const TYPESCRIPT_HEAD = `// Written by the bench.
type Result<T, E> = { readonly ok: T } | { readonly error: E };
function mapList<T, R>(xs: readonly T[], f: (x: T) => R): R[] { return xs.length === 0 ? [] : [f(xs[0]!), ...mapList(xs.slice(1), f)]; }
function foldList<T, A>(xs: readonly T[], acc: A, f: (acc: A, x: T) => A): A { return xs.length === 0 ? acc : foldList(xs.slice(1), f(acc, xs[0]!), f); }
`;

/** A Clarity program of so many lines: records, unions, matches, generics, closures, strings, lists, maps and comments. */
export const claritySource = (lines: number) => grow(CLARITY_HEAD, lines, (unit, n) => unit.clarity(n));

/** The like of it in TypeScript, of as many lines. */
export const typescriptSource = (lines: number) => grow(TYPESCRIPT_HEAD, lines, (unit, n) => unit.typescript(n));

function grow(head: string, lines: number, write: (unit: Unit, n: number) => string): string {
  const parts = [head];
  let count = newlines(head);
  for (let n = 0; ; n++) {
    const part = write(UNITS[n % UNITS.length]!, n);
    const more = newlines(part);
    if (count + more > lines) break;
    parts.push(part);
    count += more;
  }
  return parts.join('') + '// the rest is silence\n'.repeat(lines - count);
}

const newlines = (text: string) => text.split('\n').length - 1;
