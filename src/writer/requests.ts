import type { ManifestWriter } from '../reconcile/ports.ts';

/** What the methods of a ManifestWriter take. */
export type ApplyRequest = Parameters<ManifestWriter['apply']>[0];
export type EditRequest = Parameters<ManifestWriter['edit']>[0];
export type RestoreRequest = Parameters<ManifestWriter['restore']>[0];
export type RemoveRequest = Parameters<ManifestWriter['remove']>[0];
export type PreviewRequest = Parameters<ManifestWriter['preview']>[0];
export type RemovalRequest = Parameters<ManifestWriter['previewRemoval']>[0];
