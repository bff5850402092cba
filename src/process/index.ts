/** The face of the room. */
export { resolveCommand } from './command.ts';
export { childEnvironment } from './environment.ts';
export { spawnChild, type Child, type ChildExit, type SpawnRequest } from './child.ts';
export { sweepOrphans, type Orphan } from './sweep.ts';
export { workingFolders } from './process-table.ts';
