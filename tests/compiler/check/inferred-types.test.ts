import { expect, it } from 'vitest';
import { letTypes } from './check-text.ts';

const PAIR = 'type Pair<A, B> = { fst: A, snd: B }\n';

/** Body of a function, and the types that its lets get. */
const ROWS: readonly [body: string, types: readonly string[], declarations?: string][] = [
  ['let x = 1; let y = 1.5; let z = "s"; let b = True;', ['x: Int64', 'y: Float64', 'z: String', 'b: Bool']],
  ['let x = []; let y = append(x, "s");', ['x: List<String>', 'y: List<String>']],
  ['let x = concat([], [1, 2]);', ['x: List<Int64>']],
  ['let x = [[], [1]];', ['x: List<List<Int64>>']],
  ['let x = [];', ['x: List<Int64>']],
  ['let x = None; let y = [x, Some("s")];', ['x: Option<String>', 'y: List<Option<String>>']],
  ['let x = Ok(1); let y = [x, Err("s")];', ['x: Result<Int64, String>', 'y: List<Result<Int64, String>>']],
  ['let m = map_new(); let n = map_set(m, "k", 1.5);', ['m: Map<String, Float64>', 'n: Map<String, Float64>']],
  ['let m = map_get(map_set(map_new(), 1, "x"), 2);', ['m: Option<String>']],
  ['let mut m = map_new(); m = map_set(m, True, 1);', ['m: Map<Bool, Int64>']],
  ['let f = |x: Int64| [x]; let y = f(1);', ['f: (Int64) -> List<Int64>', 'y: List<Int64>']],
  ['let f = || None; let y: Option<String> = f();', ['f: () -> Option<String>', 'y: Option<String>']],
  ['let g = id; let y = g("s");', ['g: (String) -> String', 'y: String'], 'function id<T>(x: T) -> T { x }\n'],
  ['let g = [abs_int, id];', ['g: List<(Int64) -> Int64>'], 'function id<T>(x: T) -> T { x }\n'],
  ['let g = [Some, |x: Int64| None];', ['g: List<(Int64) -> Option<Int64>>']],
  ['let n: (List<String>) -> Int64 = length;', ['n: (List<String>) -> Int64']],
  ['let p = { fst: 1, snd: "s" };', ['p: Pair<Int64, String>'], PAIR],
  [
    'let p = { snd: [], fst: None }; let q = append(p.snd, 1);',
    ['p: Pair<Option<Int64>, List<Int64>>', 'q: List<Int64>'],
    PAIR,
  ],
  ['let p: Pair = { fst: 1, snd: True };', ['p: Pair<Int64, Bool>'], PAIR],
  ['let p: Pair<String, List<Int64>> = { fst: "a", snd: [] };', ['p: Pair<String, List<Int64>>'], PAIR],
  [
    'let x = Full([]); let y = match x { Full(l) -> append(l, 1), Empty -> [] };',
    ['x: Box<List<Int64>>', 'y: List<Int64>'],
    'type Box<T> = | Full(v: T) | Empty\n',
  ],
  ['let x = match [] { xs -> head(xs) + 1.5 };', ['x: Float64']],
  ['let x = match head([]) { Some(n) -> n, None -> "s" };', ['x: String']],
  ['let x: Op = |n: Int64| n; let y = x(1);', ['x: (Int64) -> Int64', 'y: Int64'], 'type Op = (Int64) -> Int64\n'],
  ['let x: Both<String> = { fst: "a", snd: "b" };', ['x: Pair<String, String>'], `${PAIR}type Both<T> = Pair<T, T>\n`],
  ['let x = print_string("s");', ['x: Unit']],
  ['let x = { let y = 1; };', ['x: Unit', 'y: Int64']],
  ['let x = 1; let x = "s"; let y = x;', ['x: Int64', 'x: String', 'y: String']],
  ['let x = 1; let y = { let x = "s"; x }; let z = x;', ['x: Int64', 'y: String', 'x: String', 'z: Int64']],
  ['let head = |s: String| s ++ ""; let y = head("s");', ['head: (String) -> String', 'y: String']],
];

it.each(ROWS)('%s', (body, types, declarations = '') => {
  expect(letTypes(`${declarations}effect[Log] function f() -> Unit { ${body} }`)).toEqual(types);
});
