import { isJsonObject, type JsonObject } from '../shared/json.ts';

/** Metadata that says what happened to a document, not what it means: it stays as it is now. */
const KEPT = ['annotations', 'createdAt', 'updatedAt'] as const;

/**
 * The document `now` with everything that it means taken from `then`. Annotations stay: an old restartedAt would be one more restart, and
 * who manages the document is nobody's change to take back.
 */
export function restoredDocument(now: JsonObject, then: JsonObject): JsonObject {
  const current = isJsonObject(now.metadata) ? now.metadata : {};
  const metadata = Object.fromEntries(
    Object.entries(isJsonObject(then.metadata) ? then.metadata : {}).filter(([key]) => !isKept(key)),
  );
  for (const key of KEPT) if (current[key] !== undefined) metadata[key] = current[key];
  return { ...then, metadata };
}

function isKept(key: string): boolean {
  return (KEPT as readonly string[]).includes(key);
}
