import type { YAMLError } from 'yaml';

const PLAIN: Partial<Record<YAMLError['code'], string>> = {
  BAD_ALIAS: 'an alias (*name) has no name or an odd one',
  BAD_DQ_ESCAPE: 'an escape in a double-quoted text is not known; use single quotes or write \\\\ for a backslash',
  BAD_INDENT: 'the indentation does not fit: fields of one map begin in one column',
  BAD_SCALAR_START: 'a text cannot begin with this character; put it in quotes',
  BLOCK_IN_FLOW: 'inside of [ ] and { } everything is written with brackets and commas',
  MULTILINE_IMPLICIT_KEY: 'a key ends on the line it begins on; is a ":" or a closing bracket missing?',
  TAB_AS_INDENT: 'a tab cannot indent; use spaces',
  TAG_RESOLVE_FAILED: 'this tag (!…) is not known; leave it out',
  UNEXPECTED_TOKEN: 'this does not belong here; is a quote, a bracket, a comma or a ":" missing?',
};

/** What the parser says in plain language. Its own text is cut before the first quotation, since that may hold a secret. */
export function plainYamlError(error: YAMLError): string {
  return PLAIN[error.code] ?? (error.message.split(/[:"]/)[0] ?? '').trim();
}
