import type { Explanation } from './explanation.ts';

/** Explanations of findings about types: 3xx. */
export const TYPE_EXPLANATIONS = {
  'return-type': {
    text: 'The value of a body is its last expression without `;`. With a `;` after it the body is Unit. Change the declared type or that expression.',
    program: `function label(n: Int64) -> String {
  ⟨n + 1⇒int_to_string(n + 1)⟩
}
`,
  },
  'const-type': {
    text: 'A constant has the type that stands behind its name.',
    program: `const limit: Int64 = ⟨"ten"⇒10⟩;

function get() -> Int64 {
  limit
}
`,
  },
  'let-type': {
    text: 'The annotation of a let is checked, never used to convert. Leave it out, or convert the value.',
    program: `function main() -> Int64 {
  let n: Int64 = ⟨"1"⇒1⟩;
  n
}
`,
  },
  'assign-type': {
    text: 'A variable keeps the type of its first value.',
    program: `function main() -> Int64 {
  let mut n = 1;
  n = ⟨"two"⇒2⟩;
  n
}
`,
  },
  'arg-count': {
    text: 'Every parameter gets one argument: there are no defaults and no optional parameters. Pass an Option where a value may be missing.',
    program: `function area(width: Int64, height: Int64) -> Int64 {
  width * height
}

function main() -> Int64 {
  area(2⟨⇒, 3⟩)
}
`,
  },
  'arg-type': {
    text: 'Nothing is converted by itself. Use int_to_float, float_to_int, int_to_string, string_to_int and their kin.',
    program: `function area(width: Int64, height: Int64) -> Int64 {
  width * height
}

function main() -> Int64 {
  area(2, ⟨"3"⇒3⟩)
}
`,
  },
  'named-unknown': {
    text: 'A named argument has the name of a parameter.',
    program: `function area(width: Int64, height: Int64) -> Int64 {
  width * height
}

function main() -> Int64 {
  area(width: 2, ⟨hight⇒height⟩: 3)
}
`,
  },
  'named-duplicate': {
    text: 'Every parameter gets one argument.',
    program: `function area(width: Int64, height: Int64) -> Int64 {
  width * height
}

function main() -> Int64 {
  area(width: 2, ⟨width⇒height⟩: 3)
}
`,
  },
  'named-mixed': {
    text: 'Either all arguments of a call are named, in any order, or none is.',
    program: `function area(width: Int64, height: Int64) -> Int64 {
  width * height
}

function main() -> Int64 {
  area(⟨⇒width: ⟩2, height: 3)
}
`,
  },
  'named-on-value': {
    text: 'A function type has no names of parameters, so a function value takes its arguments by their places.',
    program: `function apply(f: (Int64) -> Int64) -> Int64 {
  f(⟨n: ⇒⟩1)
}
`,
  },
  'not-callable': {
    text: 'Only functions, lambdas, builtins and variants with fields can be called. A variant without fields is written without parentheses.',
    program: `function main() -> Int64 {
  let n = ⟨⇒|k: Int64| k + ⟩1;
  n(2)
}
`,
  },
  'mixed-numeric': {
    text: 'Int64 and Float64 never mix. Convert one side with int_to_float or float_to_int.',
    program: `function half(n: Int64) -> Float64 {
  ⟨n⇒int_to_float(n)⟩ * 0.5
}
`,
  },
  'operand-type': {
    text: '`+ - * / %` take two Int64 or two Float64, `++` two Strings, `and` and `or` two Bools, unary `-` a number and `!` a Bool.',
    program: `function greet(name: String) -> String {
  "Hello " +⟨⇒+⟩ name
}
`,
  },
  'compare-type': {
    text: 'Both sides of a comparison have one type, and it must be a type that has the comparison: see the language reference.',
    program: `function is_one(n: Int64) -> Bool {
  n == ⟨"1"⇒1⟩
}
`,
  },
  'no-member': {
    text: 'There are no methods. Write a call of a function: `string_length(s)` instead of `s.length`. A union is taken apart with `match`.',
    program: `function size(s: String) -> Int64 {
  ⟨s.length⇒string_length(s)⟩
}
`,
  },
  'no-field': {
    text: 'The fields of a record are those of its declaration.',
    program: `type Point = { x: Int64, y: Int64 }

function depth(p: Point) -> Int64 {
  p.⟨z⇒y⟩
}
`,
  },
  'no-record-type': {
    text: 'A record literal has no type name: its type is the record in scope with exactly these fields. Declare it, import it, or correct the names of the fields.',
    program: `type Point = { x: Int64, y: Int64 }

function origin() -> Point {
  { x: 0, ⟨z⇒y⟩: 0 }
}
`,
  },
  'field-type': {
    text: 'Every field of a record literal has the type that the record declares.',
    program: `type Point = { x: Int64, y: Int64 }

function origin() -> Point {
  { x: 0, y: ⟨"0"⇒0⟩ }
}
`,
  },
  'list-element': {
    text: 'All elements of a list have the type of the first. Declare a union where a list holds values of several kinds.',
    program: `function numbers() -> List<Int64> {
  [1, ⟨"two"⇒2⟩]
}
`,
  },
  'arm-type': {
    text: 'A match has one type: every arm gives a value of it. Where an arm has nothing to give, use Option or Result.',
    program: `function name(n: Int64) -> String {
  match n {
    1 -> "one",
    _ -> ⟨0⇒"many"⟩,
  }
}
`,
  },
  'guard-type': {
    text: 'What stands behind `if` in an arm is a Bool; nothing else counts as true.',
    program: `function sign(n: Int64) -> Int64 {
  match n {
    k if k ⟨⇒> 0 ⟩-> 1,
    _ -> 0,
  }
}
`,
  },
  'immutable-assign': {
    text: 'Parameters, pattern variables and plain lets keep their value. Declare the variable with `let mut`, or bind a new name.',
    program: `function main() -> Int64 {
  let ⟨⇒mut ⟩n = 1;
  n = 2;
  n
}
`,
  },
  'generic-value': {
    text: 'A generic function becomes a value where its place fixes the types, such as a parameter of a function type. Elsewhere wrap it in a lambda.',
    program: `function same<T>(x: T) -> T {
  x
}

function main() -> Int64 {
  let f = ⟨same;
  1⇒|n: Int64| same(n);
  f(1)⟩
}
`,
  },
  'map-key': {
    text: 'The keys of a Map are String, Int64, Timestamp, Bool or Float64. Make a String of anything else.',
    program: `function empty() -> Map<⟨List<Int64>⇒String⟩, String> {
  map_new()
}
`,
  },
  'constant-cycle': {
    text: 'A constant may use the constants before it and any function, but not itself through them.',
    program: `const first: Int64 = next();

function next() -> Int64 {
  ⟨first⇒1⟩ + 1
}
`,
  },
} as const satisfies Record<string, Explanation>;
