import { ClarityError } from '../../shared/errors.ts';

/** A configuration file that must not be touched, and the place in it: `file:line: why`. `offset` is where in the text. */
export function invalidConfig(file: string, text: string, offset: number, why: string): ClarityError {
  return invalidAtLine(file, text.slice(0, offset).split('\n').length, why);
}

/** The same for a 1-based line. */
export function invalidAtLine(file: string, line: number, why: string): ClarityError {
  return new ClarityError('ClientConfigInvalid', `${file}:${String(line)}: ${why}; the file was not changed`, {
    data: { file, line },
  });
}
