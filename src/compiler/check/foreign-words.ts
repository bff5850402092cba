const print = 'Write `print_string(text)`; it needs `effect[Log]`.';
const text = 'Write `int_to_string(n)` or `float_to_string(x)`.';
const size = 'Write `length(list)` or `string_length(text)`.';
const noLoops =
  'Clarity has no loops: write a function that calls itself, or use `map`, `filter`, `fold_left` of "std/list".';
const noExceptions =
  'Clarity has no exceptions: give a `Result<T, E>`, written `Ok(x)` or `Err(e)`, and `match` on it.';
const append = 'Lists do not change: `append(list, x)` gives a new one.';
const flag = 'Write `match b { True -> "true", False -> "false" }`.';
const assertion =
  'Write `assert_eq(n, 1)` for Int64, `assert_eq_string(s, "a")`, `assert_eq_float(x, 1.0)`, `assert_true(a == b)` for everything else.';
const unwrap = 'Write `match o { Some(x) -> x, None -> other }`, for a Result `Ok(x)` and `Err(e)`.';
const element = 'Write `list_set(list, index, value)` or `map_set(map, key, value)`; both give a new one.';
const random = 'Write `random_int(min, max)` or `random_float()`; they need `effect[Random]`.';
const input = 'Write `read_line()`; it needs `effect[FileSystem]`.';

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
  ['format', text],
  ['bool_to_string', flag],
  ['bool_to_str', flag],
  ['parseFloat', 'Write `string_to_float(text)`, which gives an `Option<Float64>`.'],
  ['parseInt', 'Write `string_to_int(text)`, which gives an `Option<Int64>`.'],
  ['parse_int', 'Write `string_to_int(text)`, which gives an `Option<Int64>`.'],
  ['len', size],
  ['size', size],
  ['push', append],
  ['add', append],
  ['set', element],
  ['put', element],
  ['insert', element],
  ['substr', 'Write `substring(text, start, length)`.'],
  ['replace', 'Write `string_replace(text, search, replacement)`.'],
  ['round', 'Write `floor(x + 0.5)`.'],
  ['random', random],
  ['input', input],
  ['readline', input],
  ['assert', assertion],
  ['assert_equal', assertion],
  ['assert_equals', assertion],
  ['assertEqual', assertion],
  ['expect', assertion],
  ['assert_eq_int', assertion],
  ['assert_eq_bool', assertion],
  ['assert_eq_list', assertion],
  ['assert_ne', 'Write `assert_true(a != b)`.'],
  ['fail', 'In a test write `assert_true(False)`; elsewhere the result is `Err(message)`.'],
  ['unwrap', unwrap],
  ['get_or_else', unwrap],
  ['unit', 'Write `{}`.'],
  ['Unit', 'Write `{}`.'],
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
