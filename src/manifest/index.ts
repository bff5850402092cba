/** The face of the room: everything other rooms may use. */
export * from './types.ts';
export { parseManifests, type ManifestFile, type ParsedDocument } from './parse.ts';
export { prepareSchema } from './validate.ts';
export { applyDefaults, declaredName } from './defaults.ts';
export { contentHash, runHash } from './hash.ts';
export { normalizeNamespace } from './identity.ts';
export { parseSelection, type Selection } from './selection.ts';
export { renderDiagnostic, renderGithub, toSarif } from './diagnostics.ts';
export { editDocument, replaceDocument, type ManifestEdit } from './edit.ts';
export { restoredDocument } from './restore.ts';
export { removeDocument, splitDocuments } from './split.ts';
export { explain, type Explanation } from './explain.ts';
export { manifestSchema } from './schema/index.ts';
export { toYaml, sameDocument, diffDocuments, type FieldChange } from './document.ts';
export { maskEntryValues } from './mask-entries.ts';
export { looksSecret } from './secret-mask.ts';
export { secretRefsOf } from './secret-refs.ts';
export {
  asksOf,
  fileGrants,
  grantedAsks,
  grantsByDefault,
  needOf,
  newAsks,
  type Ask,
  type Capabilities,
  type Capability,
  type GrantedAsk,
  type Need,
} from './capabilities.ts';
