const print = 'Write `print_string(text)`; it needs `effect[Log]`.';
const text = 'Write `int_to_string(n)` or `float_to_string(x)`.';
const size = 'Write `length(list)` or `string_length(text)`.';
const noLoops =
  'Clarity has no loops: write a function that calls itself, or use `map`, `filter`, `fold_left` of "std/list".';
const noExceptions =
  'Clarity has no exceptions: give a `Result<T, E>`, written `Ok(x)` or `Err(e)`, and `match` on it.';
const append = 'Lists do not change: `append(list, x)` gives a new one.';

/** What to write in Clarity for a name of another language; its words of syntax are in syntax/foreign-words.ts. */
export const FOREIGN_VALUES: ReadonlyMap<string, string> = new Map([
  ['none', 'Write `None`.'],
  ['some', 'Write `Some(x)`.'],
  ['true', 'Write `True`.'],
  ['false', 'Write `False`.'],
  ['println', print],
  ['print', print],
  ['printf', print],
  ['puts', print],
  ['echo', print],
  ['console', print],
  ['str', text],
  ['toString', text],
  ['to_string', text],
  ['String', text],
  ['parseInt', 'Write `string_to_int(text)`, which gives an `Option<Int64>`.'],
  ['parse_int', 'Write `string_to_int(text)`, which gives an `Option<Int64>`.'],
  ['len', size],
  ['size', size],
  ['push', append],
  ['loop', noLoops],
  ['raise', noExceptions],
  ['panic', noExceptions],
  ['not', 'Write `!condition`.'],
  ['self', 'There are no methods: a function takes what it works on as a parameter.'],
  ['this', 'There are no methods: a function takes what it works on as a parameter.'],
]);

const say = (name: string) => `Write \`${name}\`.`;

/** What to write in Clarity for a type of another language. */
export const FOREIGN_TYPES: ReadonlyMap<string, string> = new Map([
  ...['int', 'Int', 'integer', 'Integer', 'long', 'i64', 'int64', 'i32', 'Int32', 'u64'].map(
    (name) => [name, say('Int64')] as const,
  ),
  ...['number', 'Number'].map((name) => [name, 'Write `Int64` for whole numbers, `Float64` for others.'] as const),
  ...['float', 'Float', 'double', 'Double', 'f64', 'float64'].map((name) => [name, say('Float64')] as const),
  ...['string', 'str', 'Str', 'Text', 'text', 'char', 'Char'].map((name) => [name, say('String')] as const),
  ...['boolean', 'Boolean', 'bool'].map((name) => [name, say('Bool')] as const),
  ...['void', 'Void', 'unit', 'None', 'null'].map((name) => [name, say('Unit')] as const),
  ...['Array', 'array', 'list', 'Vec', 'vector', 'Vector', 'Seq'].map((name) => [name, say('List<T>')] as const),
  ...['map', 'dict', 'Dict', 'HashMap', 'Record', 'object'].map((name) => [name, say('Map<K, V>')] as const),
  ...['Maybe', 'option', 'Optional'].map((name) => [name, say('Option<T>')] as const),
  ...['result', 'Either'].map((name) => [name, say('Result<T, E>')] as const),
  ...['bytes', 'Buffer'].map((name) => [name, say('Bytes')] as const),
  ...['Date', 'DateTime', 'Time', 'time'].map((name) => [name, say('Timestamp')] as const),
]);
