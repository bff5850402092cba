export { DirectoryWriter } from './directory-writer.ts';
export type { WritableSource } from './place.ts';
