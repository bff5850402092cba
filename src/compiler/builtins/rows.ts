import type { BuiltinRow } from './builtin.ts';

/** Every builtin of the language (language.md §11) by group: what it takes and gives, its effect, and what it does in a few words. */
export const BUILTIN_ROWS = {
  log: {
    print_string: {
      type: '(value: String) -> Unit',
      effect: 'Log',
      doc: 'Writes the text and a newline to standard output.',
    },
    print_no_newline: {
      type: '(value: String) -> Unit',
      effect: 'Log',
      doc: 'Writes the text to standard output without a newline.',
    },
    print_int: {
      type: '(value: Int64) -> Unit',
      effect: 'Log',
      doc: 'Writes the number in decimal and a newline to standard output.',
    },
    print_float: {
      type: '(value: Float64) -> Unit',
      effect: 'Log',
      doc: 'Writes the number as float_to_string gives it and a newline to standard output.',
    },
    log_info: {
      type: '(message: String) -> Unit',
      effect: 'Log',
      doc: 'Writes `[INFO] `, the message and a newline to standard output.',
    },
    log_warn: {
      type: '(message: String) -> Unit',
      effect: 'Log',
      doc: 'Writes `[WARN] `, the message and a newline to standard error.',
    },
    print_stderr: {
      type: '(value: String) -> Unit',
      effect: 'Log',
      doc: 'Writes the text and a newline to standard error.',
    },
  },
  string: {
    string_concat: { type: '(a: String, b: String) -> String', doc: 'Joins two texts; the same as `++`.' },
    string_eq: { type: '(a: String, b: String) -> Bool', doc: 'True if both texts are the same; the same as `==`.' },
    string_length: { type: '(s: String) -> Int64', doc: 'Number of UTF-16 code units: 2 for most emoji.' },
    substring: {
      type: '(s: String, start: Int64, end: Int64) -> String',
      doc: 'The text from `start` on, `end` code units long: the third argument is a length in spite of its name. What lies outside of the text is cut off.',
    },
    char_at: {
      type: '(s: String, index: Int64) -> String',
      doc: 'The code unit at a 0-based index; empty where there is none.',
    },
    contains: {
      type: '(haystack: String, needle: String) -> Bool',
      doc: 'True if the needle occurs in the haystack; an empty needle always does.',
    },
    string_starts_with: {
      type: '(s: String, prefix: String) -> Bool',
      doc: 'True if the text begins with the prefix.',
    },
    string_ends_with: { type: '(s: String, suffix: String) -> Bool', doc: 'True if the text ends with the suffix.' },
    index_of: {
      type: '(haystack: String, needle: String) -> Int64',
      doc: 'Index of the first occurrence in code units, or -1; 0 for an empty needle.',
    },
    trim: { type: '(s: String) -> String', doc: 'The text without white space at both ends.' },
    split: {
      type: '(s: String, delimiter: String) -> List<String>',
      doc: 'The pieces between the delimiters, empty ones too; an empty delimiter gives the single code units.',
    },
    string_replace: {
      type: '(s: String, search: String, replacement: String) -> String',
      doc: 'Replaces every occurrence, literally; an empty search changes nothing.',
    },
    string_repeat: {
      type: '(s: String, count: Int64) -> String',
      doc: 'The text `count` times; empty for 0 and below.',
    },
    char_code: { type: '(s: String) -> Int64', doc: 'Code point of the first character; 0 for an empty text.' },
    char_from_code: {
      type: '(code: Int64) -> String',
      doc: 'The character of a code point. Traps outside of 0 to 1114111; a surrogate becomes U+FFFD.',
    },
    to_uppercase: { type: '(s: String) -> String', doc: 'Upper case by the rules of Unicode.' },
    to_lowercase: { type: '(s: String) -> String', doc: 'Lower case by the rules of Unicode.' },
    trim_start: { type: '(s: String) -> String', doc: 'The text without white space at its start.' },
    trim_end: { type: '(s: String) -> String', doc: 'The text without white space at its end.' },
    pad_left: {
      type: '(s: String, width: Int64, char: String) -> String',
      doc: 'Fills up to `width` code units on the left; an empty fill means a space.',
    },
    pad_right: {
      type: '(s: String, width: Int64, char: String) -> String',
      doc: 'Fills up to `width` code units on the right; an empty fill means a space.',
    },
    split_lines: {
      type: '(s: String) -> List<String>',
      doc: 'The lines of a text with any kind of line end; a final line end gives a last empty line.',
    },
    chars: { type: '(s: String) -> List<String>', doc: 'The characters (code points) of a text.' },
  },
  conversion: {
    int_to_float: { type: '(value: Int64) -> Float64', doc: 'The nearest Float64.' },
    float_to_int: {
      type: '(value: Float64) -> Int64',
      doc: 'Cuts off the fraction. Traps on NaN and infinities; wraps outside of Int64.',
    },
    int_to_string: { type: '(value: Int64) -> String', doc: 'Decimal text.' },
    float_to_string: {
      type: '(value: Float64) -> String',
      doc: 'Shortest text that reads back as the same number: `2`, `0.1`, `1e+21`, `NaN`, `Infinity`.',
    },
    string_to_int: {
      type: '(s: String) -> Option<Int64>',
      doc: 'Reads an optional minus and digits, with white space around; else None, also outside of Int64.',
    },
    string_to_float: {
      type: '(s: String) -> Option<Float64>',
      doc: 'Reads a number as JavaScript does: `.5`, `1e3`, `0x10`, `Infinity`; None where it is none.',
    },
  },
  math: {
    abs_int: { type: '(n: Int64) -> Int64', doc: 'Absolute value; the smallest Int64 stays as it is.' },
    min_int: { type: '(a: Int64, b: Int64) -> Int64', doc: 'The smaller of two.' },
    max_int: { type: '(a: Int64, b: Int64) -> Int64', doc: 'The larger of two.' },
    int_clamp: {
      type: '(value: Int64, min: Int64, max: Int64) -> Int64',
      doc: 'The value, but at least `min` and at most `max`.',
    },
    float_clamp: {
      type: '(value: Float64, min: Float64, max: Float64) -> Float64',
      doc: 'The value, but at least `min` and at most `max`; NaN stays NaN.',
    },
    sqrt: { type: '(x: Float64) -> Float64', doc: 'Square root; NaN below 0.' },
    pow: { type: '(base: Float64, exponent: Float64) -> Float64', doc: 'Power.' },
    floor: { type: '(x: Float64) -> Float64', doc: 'Rounds down.' },
    ceil: { type: '(x: Float64) -> Float64', doc: 'Rounds up.' },
    log: { type: '(x: Float64) -> Float64', doc: 'Natural logarithm; -Infinity at 0, NaN below.' },
    log2: { type: '(x: Float64) -> Float64', doc: 'Logarithm to base 2.' },
    log10: { type: '(x: Float64) -> Float64', doc: 'Logarithm to base 10.' },
    exp: { type: '(x: Float64) -> Float64', doc: 'Power with the base e.' },
    sin: { type: '(x: Float64) -> Float64', doc: 'Sine of an angle in radians.' },
    cos: { type: '(x: Float64) -> Float64', doc: 'Cosine of an angle in radians.' },
    tan: { type: '(x: Float64) -> Float64', doc: 'Tangent of an angle in radians.' },
    atan2: {
      type: '(y: Float64, x: Float64) -> Float64',
      doc: 'Angle of the point (x, y) in radians; the ordinate comes first.',
    },
  },
  list: {
    list_length: { type: '(list: List<T>) -> Int64', doc: 'Number of elements.' },
    length: { type: '(list: List<T>) -> Int64', doc: 'Number of elements; another name of list_length.' },
    head: {
      type: '(list: List<T>) -> T',
      doc: 'The first element. Of an empty list: 0, 0.0 or False, and a trap for every other type.',
    },
    tail: { type: '(list: List<T>) -> List<T>', doc: 'The list without its first element; empty for an empty list.' },
    append: {
      type: '(list: List<T>, element: T) -> List<T>',
      doc: 'The list with one more element at its end. In a loop that only appends it costs constant time.',
    },
    concat: {
      type: '(a: List<T>, b: List<T>) -> List<T>',
      doc: 'The elements of the first list, then those of the second.',
    },
    reverse: { type: '(list: List<T>) -> List<T>', doc: 'The elements in reverse order.' },
    is_empty: { type: '(list: List<T>) -> Bool', doc: 'True if there is no element.' },
    nth: {
      type: '(list: List<T>, index: Int64) -> T',
      doc: 'The element at a 0-based index. Out of range: 0, 0.0 or False, and a trap for every other type.',
    },
    list_set: {
      type: '(list: List<T>, index: Int64, value: T) -> List<T>',
      doc: 'The list with one element replaced; unchanged where the index is out of range.',
    },
  },
  random: {
    random_int: {
      type: '(min: Int64, max: Int64) -> Int64',
      effect: 'Random',
      doc: 'A random number from `min` to `max`, both included; `min` where `max` is smaller.',
    },
    random_float: {
      type: '() -> Float64',
      effect: 'Random',
      doc: 'A random number from 0 up to, but not including, 1.',
    },
  },
  bytes: {
    bytes_new: { type: '(size: Int64) -> Bytes', doc: 'That many zero bytes. Traps below 0.' },
    bytes_length: { type: '(b: Bytes) -> Int64', doc: 'Number of bytes.' },
    bytes_get: { type: '(b: Bytes, index: Int64) -> Int64', doc: 'The byte at an index, 0 to 255; 0 out of range.' },
    bytes_set: {
      type: '(b: Bytes, index: Int64, value: Int64) -> Bytes',
      doc: 'The bytes with the one at the index replaced by the low 8 bits of the value; unchanged out of range.',
    },
    bytes_slice: {
      type: '(b: Bytes, start: Int64, length: Int64) -> Bytes',
      doc: '`length` bytes from `start` on; what lies outside is cut off.',
    },
    bytes_concat: { type: '(a: Bytes, b: Bytes) -> Bytes', doc: 'The first bytes, then the second.' },
    bytes_from_string: { type: '(s: String) -> Bytes', doc: 'The UTF-8 bytes of a text.' },
    bytes_to_string: {
      type: '(b: Bytes) -> String',
      doc: 'The text of UTF-8 bytes; what is not valid becomes U+FFFD.',
    },
  },
  crypto: {
    sha256: { type: '(s: String) -> String', doc: 'SHA-256 of the UTF-8 bytes in lower-case hexadecimal.' },
  },
  json: {
    json_parse: {
      type: '(json: String) -> Option<Map<String, String>>',
      doc: 'A flat JSON object as a map of texts (null as `null`); None for nested values, other JSON and bad JSON.',
    },
    json_stringify: {
      type: '(obj: Map<String, String>) -> String',
      doc: 'A JSON object; values that read as a number, true, false or null are written bare, all others as strings.',
    },
    json_get: {
      type: '(json: String, key: String) -> Option<String>',
      doc: 'The value of a top-level key: a string as it is, anything else as JSON text; None for null, a missing key or no object.',
    },
    json_get_path: {
      type: '(json: String, path: String) -> Option<String>',
      doc: 'The value at a path of object keys joined by dots; None for null and where the path leads nowhere.',
    },
    json_get_nested: {
      type: '(json: String, path: String) -> Option<String>',
      doc: 'The value at a path through objects and arrays (`items.0.name`); None for null and where the path leads nowhere.',
    },
    json_array_length: {
      type: '(json: String) -> Option<Int64>',
      doc: 'Number of elements of a JSON array; None for everything else.',
    },
    json_array_get: {
      type: '(json: String, index: Int64) -> Option<String>',
      doc: 'An element of a JSON array: a string as it is, anything else as JSON text; None out of range.',
    },
    json_keys: {
      type: '(json: String) -> Option<List<String>>',
      doc: 'The keys of a JSON object; None for everything else.',
    },
    json_escape_string: {
      type: '(s: String) -> String',
      doc: 'The text escaped for a JSON string, without the quotes.',
    },
    json_parse_object: {
      type: '(json: String) -> Result<Map<String, String>, String>',
      doc: 'A JSON object as a map of texts, nested values as JSON text; Err with a message where it is none.',
    },
    json_stringify_object: {
      type: '(obj: Map<String, String>) -> String',
      doc: 'A JSON object in which every value is a string.',
    },
  },
  map: {
    map_new: { type: '() -> Map<K, V>', doc: 'An empty map; its types come from how it is used.' },
    map_size: { type: '(m: Map<K, V>) -> Int64', doc: 'Number of entries.' },
    map_has: { type: '(m: Map<K, V>, key: K) -> Bool', doc: 'True if the key is there.' },
    map_get: { type: '(m: Map<K, V>, key: K) -> Option<V>', doc: 'The value of a key.' },
    map_set: {
      type: '(m: Map<K, V>, key: K, value: V) -> Map<K, V>',
      doc: 'The map with the entry added or replaced; a replaced key keeps its place.',
    },
    map_remove: {
      type: '(m: Map<K, V>, key: K) -> Map<K, V>',
      doc: 'The map without the key; unchanged where it is absent.',
    },
    map_keys: { type: '(m: Map<K, V>) -> List<K>', doc: 'The keys in the order in which they were added.' },
    map_values: { type: '(m: Map<K, V>) -> List<V>', doc: 'The values in the order of their keys.' },
  },
  regex: {
    regex_match: {
      type: '(pattern: String, text: String) -> Bool',
      doc: 'True if the pattern (JavaScript syntax, no flags) matches anywhere; False for a bad pattern.',
    },
    regex_captures: {
      type: '(pattern: String, text: String) -> Option<List<String>>',
      doc: 'The match and its groups (empty for one that took no part); None without a match or for a bad pattern.',
    },
  },
  time: {
    sleep: {
      type: '(ms: Int64) -> Unit',
      effect: 'Time',
      doc: 'Waits that many milliseconds; 0 and below return at once.',
    },
    now: { type: '() -> Timestamp', effect: 'Time', doc: 'The current time.' },
    timestamp_to_string: {
      type: '(t: Timestamp) -> String',
      doc: 'ISO 8601 in UTC with milliseconds. Traps outside of the range of dates.',
    },
    timestamp_to_int: { type: '(t: Timestamp) -> Int64', doc: 'Milliseconds since 1970-01-01T00:00:00Z.' },
    timestamp_from_int: {
      type: '(ms: Int64) -> Timestamp',
      doc: 'The time that many milliseconds after 1970-01-01T00:00:00Z.',
    },
    timestamp_parse_iso: { type: '(s: String) -> Option<Timestamp>', doc: 'Reads an ISO 8601 date or time.' },
    timestamp_add: { type: '(t: Timestamp, ms: Int64) -> Timestamp', doc: 'A time that many milliseconds later.' },
    timestamp_diff: { type: '(a: Timestamp, b: Timestamp) -> Int64', doc: '`a` minus `b` in milliseconds.' },
  },
  memory: {
    arena_save: { type: '() -> Int64', doc: 'Marks the top of the heap.' },
    arena_restore: {
      type: '(mark: Int64) -> Unit',
      doc: 'Frees everything that was allocated after the mark: nothing of it may be used again.',
    },
    memory_stats: {
      type: '() -> String',
      doc: 'Figures about the heap as JSON: heap_ptr, live_allocs, free_blocks, interned_strings.',
    },
    arena_restore_keeping_str: {
      type: '(mark: Int64, str: String) -> String',
      doc: 'Frees everything after the mark but the given text, which it returns anew.',
    },
  },
  test: {
    assert_eq: {
      type: '(actual: Int64, expected: Int64) -> Unit',
      effect: 'Test',
      doc: 'Counts an assertion; records a failure unless both are equal. Goes on in any case.',
    },
    assert_eq_float: {
      type: '(actual: Float64, expected: Float64) -> Unit',
      effect: 'Test',
      doc: 'Counts an assertion; records a failure if the two differ by more than 1e-9.',
    },
    assert_eq_string: {
      type: '(actual: String, expected: String) -> Unit',
      effect: 'Test',
      doc: 'Counts an assertion; records a failure unless both texts are equal.',
    },
    assert_true: {
      type: '(condition: Bool) -> Unit',
      effect: 'Test',
      doc: 'Counts an assertion; records a failure unless the condition holds.',
    },
    assert_false: {
      type: '(condition: Bool) -> Unit',
      effect: 'Test',
      doc: 'Counts an assertion; records a failure if the condition holds.',
    },
  },
  policy: {
    policy_is_url_allowed: {
      type: '(url: String) -> Bool',
      doc: 'Whether the policy in force lets this program reach the URL.',
    },
    policy_is_effect_allowed: {
      type: '(effect_name: String) -> Bool',
      doc: 'Whether the policy in force lets this program have the effect.',
    },
  },
  io: {
    read_line: {
      type: '() -> String',
      effect: 'FileSystem',
      doc: 'The next line of standard input without its newline; empty at the end.',
    },
    read_line_or_eof: {
      type: '() -> Option<String>',
      effect: 'FileSystem',
      doc: 'The next line of standard input, or None at its end.',
    },
    read_all_stdin: { type: '() -> String', effect: 'FileSystem', doc: 'The rest of standard input.' },
    read_file: {
      type: '(path: String) -> String',
      effect: 'FileSystem',
      doc: 'The text of a file; empty where it cannot be read.',
    },
    write_file: {
      type: '(path: String, content: String) -> Unit',
      effect: 'FileSystem',
      doc: 'Replaces the content of a file. Traps where it cannot be written.',
    },
    get_args: { type: '() -> List<String>', effect: 'FileSystem', doc: 'The arguments of the program.' },
    exit: { type: '(code: Int64) -> Unit', effect: 'FileSystem', doc: 'Ends the program with an exit code.' },
    list_dir: {
      type: '(path: String) -> List<String>',
      effect: 'FileSystem',
      doc: 'Names of the entries of a folder; empty where it cannot be read.',
    },
    file_exists: {
      type: '(path: String) -> Bool',
      effect: 'FileSystem',
      doc: 'True if there is a file or folder of this path.',
    },
    remove_file: {
      type: '(path: String) -> Unit',
      effect: 'FileSystem',
      doc: 'Removes a file; a missing one is fine.',
    },
    make_dir: { type: '(path: String) -> Unit', effect: 'FileSystem', doc: 'Makes a folder and those above it.' },
    stdin_try_read: {
      type: '(timeout_ms: Int64) -> Option<String>',
      effect: 'FileSystem',
      doc: 'A line of standard input if one comes within the time.',
    },
    stdin_eof_detected: { type: '() -> Bool', effect: 'FileSystem', doc: 'True once standard input has ended.' },
  },
  filesystem: {
    fs_watch_start: {
      type: '(path: String) -> Result<Int64, String>',
      effect: 'FileSystem',
      doc: 'Begins to watch a path; Ok with a handle.',
    },
    fs_watch_next: {
      type: '(handle: Int64, timeout_ms: Int64) -> Option<String>',
      effect: 'FileSystem',
      doc: 'The next change within the time as JSON (event, filename).',
    },
    fs_watch_stop: { type: '(handle: Int64) -> Unit', effect: 'FileSystem', doc: 'Ends a watch.' },
  },
  network: {
    http_request_full: {
      type: '(method: String, url: String, headers_json: String, body: String) -> Result<String, String>',
      effect: 'Network',
      doc: 'Ok with status and body as JSON for any HTTP answer; Err only where no answer came.',
    },
    http_get: {
      type: '(url: String) -> Result<String, String>',
      effect: 'Network',
      doc: 'Ok with the body of a 2xx answer; Err with the status and body, or why no answer came.',
    },
    http_post: {
      type: '(url: String, body: String) -> Result<String, String>',
      effect: 'Network',
      doc: 'Posts plain text; answers as http_get does.',
    },
    http_request: {
      type: '(method: String, url: String, headers_json: String, body: String) -> Result<String, String>',
      effect: 'Network',
      doc: 'A request with headers given as a JSON object; answers as http_get does.',
    },
    http_listen: {
      type: '(port: Int64) -> Result<Int64, String>',
      effect: 'Network',
      doc: 'Begins to serve HTTP on a port; Ok with a handle.',
    },
    http_next_request: {
      type: '(handle: Int64) -> Result<String, String>',
      effect: 'Network',
      doc: 'Waits for the next request: JSON with id, method, path, query, headers, body.',
    },
    http_respond: {
      type: '(request_id: Int64, status: Int64, headers_json: String, body: String) -> Unit',
      effect: 'Network',
      doc: 'Answers a request.',
    },
    http_close_server: { type: '(handle: Int64) -> Unit', effect: 'Network', doc: 'Ends a server.' },
    http_start_sse: {
      type: '(request_id: Int64, headers_json: String) -> Unit',
      effect: 'Network',
      doc: 'Begins an event stream as the answer to a request.',
    },
    http_send_sse_event: {
      type: '(request_id: Int64, event_data: String) -> Unit',
      effect: 'Network',
      doc: 'Sends one event of a stream.',
    },
    http_close_sse: { type: '(request_id: Int64) -> Unit', effect: 'Network', doc: 'Ends an event stream.' },
    sse_connect: {
      type: '(url: String, headers_json: String) -> Result<Int64, String>',
      effect: 'Network',
      doc: 'Opens an event stream; Ok with a handle.',
    },
    sse_next_event: {
      type: '(handle: Int64) -> Option<String>',
      effect: 'Network',
      doc: 'Waits for the data of the next event; None at the end.',
    },
    sse_close: { type: '(handle: Int64) -> Unit', effect: 'Network', doc: 'Closes an event stream.' },
    sse_next_event_timeout: {
      type: '(handle: Int64, timeout_ms: Int64) -> Option<String>',
      effect: 'Network',
      doc: 'The data of the next event if one comes within the time.',
    },
    url_encode: { type: '(s: String) -> String', doc: 'Percent-encodes a part of a URL.' },
    url_decode: { type: '(s: String) -> String', doc: 'Undoes url_encode; what is malformed stays as it is.' },
    mux_open: { type: '() -> Int64', doc: 'A new group of event streams.' },
    mux_add: {
      type: '(handle: Int64, stream_id: String, url: String, headers_json: String) -> Unit',
      effect: 'Network',
      doc: 'Adds an event stream to a group under a name.',
    },
    mux_next: {
      type: '(handle: Int64, timeout_ms: Int64) -> Option<String>',
      effect: 'Network',
      doc: 'The next event of any stream of the group within the time, as JSON (id, event, ended, error).',
    },
    mux_remove: {
      type: '(handle: Int64, stream_id: String) -> Unit',
      effect: 'Network',
      doc: 'Takes a stream out of a group.',
    },
    mux_close: { type: '(handle: Int64) -> Unit', effect: 'Network', doc: 'Closes a group with its streams.' },
  },
  tty: {
    tty_is_tty: { type: '() -> Bool', doc: 'True if the program talks to a terminal.' },
    tty_term_width: { type: '() -> Int64', effect: 'TTY', doc: 'Columns of the terminal; 80 where that is not known.' },
    tty_term_height: { type: '() -> Int64', effect: 'TTY', doc: 'Rows of the terminal; 24 where that is not known.' },
    tty_enter_raw: { type: '() -> Unit', effect: 'TTY', doc: 'Switches the terminal to single keys.' },
    tty_exit_raw: { type: '() -> Unit', effect: 'TTY', doc: 'Switches the terminal back to lines.' },
    tty_read_key: {
      type: '(timeout_ms: Int64) -> Option<String>',
      effect: 'TTY',
      doc: 'The next key within the time: its name or its character.',
    },
    tty_cursor_up: { type: '(n: Int64) -> Unit', effect: 'TTY', doc: 'Moves the cursor up.' },
    tty_cursor_down: { type: '(n: Int64) -> Unit', effect: 'TTY', doc: 'Moves the cursor down.' },
    tty_cursor_to_col: { type: '(col: Int64) -> Unit', effect: 'TTY', doc: 'Moves the cursor to a column.' },
    tty_clear_line: { type: '() -> Unit', effect: 'TTY', doc: 'Clears the line of the cursor.' },
    tty_hide_cursor: { type: '() -> Unit', effect: 'TTY', doc: 'Hides the cursor.' },
    tty_show_cursor: { type: '() -> Unit', effect: 'TTY', doc: 'Shows the cursor.' },
    tty_read_numeric_choice: {
      type: '(count: Int64) -> Int64',
      effect: 'TTY',
      doc: 'Asks for a number from 1 to `count`: the 0-based choice, or -1.',
    },
  },
  model: {
    call_model: {
      type: '(model: String, prompt: String) -> Result<String, String>',
      effect: 'Model',
      doc: 'Asks a language model; Ok with its answer.',
    },
    call_model_system: {
      type: '(model: String, system_prompt: String, user_prompt: String) -> Result<String, String>',
      effect: 'Model',
      doc: 'Asks a language model with a system prompt; Ok with its answer.',
    },
    list_models: {
      type: '() -> List<String>',
      effect: 'Model',
      doc: 'Names of the models that can be asked; empty where that fails.',
    },
    stream_start: {
      type: '(model: String, prompt: String, system: String) -> Result<Int64, String>',
      effect: 'Model',
      doc: 'Asks a language model for an answer in pieces; Ok with a handle.',
    },
    stream_next: {
      type: '(handle: Int64) -> Option<String>',
      effect: 'Model',
      doc: 'The next piece of the answer; None at its end.',
    },
    stream_close: {
      type: '(handle: Int64) -> String',
      effect: 'Model',
      doc: 'Ends the answer: empty, or what went wrong.',
    },
  },
  embed: {
    embed_text: {
      type: '(text: String) -> Result<String, String>',
      effect: 'Embed',
      doc: 'The embedding of a text as a JSON array of numbers.',
    },
    cosine_similarity: {
      type: '(a_json: String, b_json: String) -> Float64',
      doc: 'Similarity of two JSON arrays of numbers, -1 to 1; 0 where they cannot be compared.',
    },
    chunk_text: {
      type: '(text: String, chunk_size: Int64) -> String',
      doc: 'The text cut into pieces of so many code units, as a JSON array.',
    },
    embed_and_retrieve: {
      type: '(query: String, chunks_json: String, top_k: Int64) -> Result<String, String>',
      effect: 'Embed',
      doc: 'The `top_k` pieces of a JSON array of texts that are nearest to the query, as a JSON array.',
    },
  },
  eval: {
    eval_exact: { type: '(got: String, expected: String) -> Bool', doc: 'True if both texts are the same.' },
    eval_contains: {
      type: '(got: String, expected: String) -> Bool',
      doc: 'True if the expected text occurs in the other.',
    },
    eval_llm_judge: {
      type: '(model: String, prompt: String, response: String, rubric: String) -> Result<String, String>',
      effect: 'Eval',
      doc: 'Lets a model judge an answer: Ok with JSON (score, pass, reason).',
    },
    eval_semantic: {
      type: '(got: String, expected: String) -> Result<Float64, String>',
      effect: 'Eval',
      doc: 'How near two texts are in meaning.',
    },
  },
  secret: {
    get_secret: {
      type: '(name: String) -> Option<String>',
      effect: 'Secret',
      doc: 'A secret that the service was granted.',
    },
  },
  mcp: {
    mcp_connect: {
      type: '(url: String) -> Result<Int64, String>',
      effect: 'MCP',
      doc: 'A session with the MCP server at a URL.',
    },
    mcp_list_tools: {
      type: '(session: Int64) -> Result<String, String>',
      effect: 'MCP',
      doc: 'The tools of a session as a JSON array.',
    },
    mcp_call_tool: {
      type: '(session: Int64, tool: String, args_json: String) -> Result<String, String>',
      effect: 'MCP',
      doc: 'Calls a tool with a JSON object; Ok with its text.',
    },
    mcp_disconnect: { type: '(session: Int64) -> Unit', effect: 'MCP', doc: 'Ends a session.' },
  },
  a2a: {
    a2a_discover: {
      type: '(url: String) -> Result<String, String>',
      effect: 'A2A',
      doc: 'The agent card at a URL as JSON.',
    },
    a2a_submit: {
      type: '(url: String, message: String) -> Result<String, String>',
      effect: 'A2A',
      doc: 'Gives a task to an agent; Ok with the id of the task.',
    },
    a2a_poll: {
      type: '(url: String, task_id: String) -> Result<String, String>',
      effect: 'A2A',
      doc: 'The state of a task as JSON (id, status, output).',
    },
    a2a_cancel: {
      type: '(url: String, task_id: String) -> Result<String, String>',
      effect: 'A2A',
      doc: 'Cancels a task.',
    },
  },
  trace: {
    trace_start: { type: '(op: String) -> Int64', effect: 'Trace', doc: 'Begins a span; its id.' },
    trace_end: { type: '(span_id: Int64) -> Unit', effect: 'Trace', doc: 'Ends a span; an unknown id is ignored.' },
    trace_log: { type: '(span_id: Int64, message: String) -> Unit', effect: 'Trace', doc: 'Adds a message to a span.' },
  },
  persist: {
    checkpoint_save: {
      type: '(key: String, value: String) -> Result<String, String>',
      effect: 'Persist',
      doc: 'Keeps a text under a key beyond the end of the run.',
    },
    checkpoint_load: {
      type: '(key: String) -> Option<String>',
      effect: 'Persist',
      doc: 'The text that was kept under a key.',
    },
    checkpoint_delete: { type: '(key: String) -> Unit', effect: 'Persist', doc: 'Forgets a key.' },
    checkpoint_save_raw: {
      type: '(key: String, value: String) -> Bool',
      effect: 'Persist',
      doc: 'As checkpoint_save; True if it was kept.',
    },
  },
  hitl: {
    hitl_ask: {
      type: '(key: String, question: String) -> String',
      effect: 'HumanInLoop',
      doc: 'Asks a person and waits for the answer.',
    },
  },
} as const satisfies Record<string, Record<string, BuiltinRow>>;
