import { readContent } from './file-content.ts';
import { errorCode } from '../shared/errors.ts';

/** Larger than any source or module that is taken. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The hex sha256 of a file's content, `missing` where it is not there, `unreadable` where nobody can tell. */
export async function contentMark(path: string): Promise<string> {
  try {
    return (await readContent(path, MAX_BYTES)).sha256.digest('hex');
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}
