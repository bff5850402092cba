/**
 * Every kind of diagnostic with its stable code: 1xx text, 2xx names, 3xx types, 4xx patterns, 5xx effects, 6xx modules, 7xx limits,
 * 9xx warnings. The kinds up to module-unavailable and their places are those of language.md §8.1; a code is never given to another kind.
 * docs/reference/clarity-errors.md is generated from this table.
 */
export const KINDS = {
  parse: { code: 'E101', severity: 'error', summary: 'The text is not what the grammar allows here.' },
  'foreign-syntax': {
    code: 'E102',
    severity: 'error',
    summary: 'A word of another language: Clarity says it in another way.',
  },
  'int-range': { code: 'E103', severity: 'error', summary: 'An integer literal does not fit into Int64.' },
  'undefined-name': {
    code: 'E201',
    severity: 'error',
    summary: 'No variable, function or variant of this name is in scope.',
  },
  'unknown-type': { code: 'E202', severity: 'error', summary: 'No such type, or the wrong number of type arguments.' },
  'duplicate-definition': { code: 'E203', severity: 'error', summary: 'The name is defined twice in one place.' },
  'return-type': { code: 'E301', severity: 'error', summary: 'The body does not have the declared result type.' },
  'const-type': {
    code: 'E302',
    severity: 'error',
    summary: 'The value of a constant does not have its declared type.',
  },
  'let-type': { code: 'E303', severity: 'error', summary: 'The value of a let does not have its annotated type.' },
  'assign-type': { code: 'E304', severity: 'error', summary: 'The new value does not have the type of the variable.' },
  'arg-count': { code: 'E305', severity: 'error', summary: 'The wrong number of arguments.' },
  'arg-type': { code: 'E306', severity: 'error', summary: 'An argument does not have the type of its parameter.' },
  'named-unknown': {
    code: 'E307',
    severity: 'error',
    summary: 'A named argument that the function has no parameter for.',
  },
  'named-duplicate': { code: 'E308', severity: 'error', summary: 'A parameter is given twice.' },
  'named-mixed': { code: 'E309', severity: 'error', summary: 'Named and positional arguments in one call.' },
  'named-on-value': { code: 'E310', severity: 'error', summary: 'Named arguments in a call of a function value.' },
  'not-callable': { code: 'E311', severity: 'error', summary: 'A call of something that is no function.' },
  'mixed-numeric': { code: 'E312', severity: 'error', summary: 'Int64 and Float64 in one operation.' },
  'operand-type': { code: 'E313', severity: 'error', summary: 'An operator does not take operands of this type.' },
  'compare-type': { code: 'E314', severity: 'error', summary: 'These values cannot be compared.' },
  'no-member': { code: 'E315', severity: 'error', summary: 'Only records have fields.' },
  'no-field': { code: 'E316', severity: 'error', summary: 'The record has no such field.' },
  'no-record-type': { code: 'E317', severity: 'error', summary: 'No record in scope has exactly these fields.' },
  'field-type': { code: 'E318', severity: 'error', summary: 'A field does not have its declared type.' },
  'list-element': { code: 'E319', severity: 'error', summary: 'The elements of a list have different types.' },
  'arm-type': { code: 'E320', severity: 'error', summary: 'The arms of a match have different types.' },
  'guard-type': { code: 'E321', severity: 'error', summary: 'A guard is no Bool.' },
  'immutable-assign': { code: 'E322', severity: 'error', summary: 'Only a let mut variable can be assigned.' },
  'generic-value': {
    code: 'E323',
    severity: 'error',
    summary: 'A generic function is used as a value whose types nothing fixes.',
  },
  'map-key': { code: 'E324', severity: 'error', summary: 'A type that cannot be the key of a Map.' },
  'constant-cycle': { code: 'E325', severity: 'error', summary: 'The value of a constant depends on itself.' },
  'unknown-variant': { code: 'E401', severity: 'error', summary: 'The union has no such variant.' },
  'pattern-arity': {
    code: 'E402',
    severity: 'error',
    summary: 'The wrong number of sub-patterns, or a field that the variant does not have.',
  },
  'pattern-not-union': { code: 'E403', severity: 'error', summary: 'A variant pattern on a value that is no union.' },
  'pattern-type': { code: 'E404', severity: 'error', summary: 'A literal pattern of another type than the value.' },
  'range-type': { code: 'E405', severity: 'error', summary: 'A range pattern on a value that is no Int64.' },
  'range-bounds': { code: 'E406', severity: 'error', summary: 'A range whose start is not below its end.' },
  'non-exhaustive': { code: 'E407', severity: 'error', summary: 'A match does not cover every value.' },
  'unknown-effect': { code: 'E501', severity: 'error', summary: 'No effect of this name.' },
  'missing-effect': {
    code: 'E502',
    severity: 'error',
    summary: 'The function does not declare an effect that it has.',
  },
  'module-not-found': { code: 'E601', severity: 'error', summary: 'The imported file does not exist.' },
  'not-exported': { code: 'E602', severity: 'error', summary: 'The module does not export this name.' },
  'module-unavailable': { code: 'E603', severity: 'error', summary: 'The imported module is part of an import cycle.' },
  'too-deep': { code: 'E701', severity: 'error', summary: 'Expressions, types or patterns nest too deep.' },
  'too-large': {
    code: 'E702',
    severity: 'error',
    summary: 'The program or one of its parts is larger than the compiler takes.',
  },
  'range-overlap': { code: 'W901', severity: 'warning', summary: 'Two range arms overlap: the first one wins.' },
  'mutual-tail-recursion': {
    code: 'W902',
    severity: 'warning',
    summary: 'Two functions call each other in tail position: only a call of itself runs in constant stack.',
  },
  'unreachable-arm': { code: 'W903', severity: 'warning', summary: 'An arm that can never match.' },
  'ignored-type-arguments': {
    code: 'W904',
    severity: 'warning',
    summary: 'A type that takes no arguments is given some.',
  },
} as const satisfies Record<string, { code: string; severity: 'error' | 'warning'; summary: string }>;

/** The name of a kind of diagnostic; stable, as its code is. */
export type DiagnosticKind = keyof typeof KINDS;
