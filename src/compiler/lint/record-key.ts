/** The fields of a record, whatever their order: a literal is of the record that has just these (language.md §3). No name is like it. */
export function recordKey(names: readonly string[]): string {
  return `{${names.toSorted().join(',')}}`;
}
