/**
 * What the core needs of the outside, and the values that pass between them. Levels 2 and up implement or call these;
 * nobody above knows a concrete class but daemon.ts.
 */
export type * from './ports/desired.ts';
export type * from './ports/source.ts';
export type * from './ports/repository.ts';
export type * from './ports/client.ts';
export type * from './ports/driver.ts';
export type * from './ports/status.ts';
export type * from './ports/store.ts';
export type * from './ports/doors.ts';
export type * from './ports/artifact.ts';
export type * from './ports/metrics.ts';
export type * from './ports/outside.ts';
