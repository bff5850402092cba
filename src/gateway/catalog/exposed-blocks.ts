import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';

/**
 * Content blocks with the URIs of their links and embedded resources as the client must use them.
 * The same value comes back where no URI changes, which is always so while no two services share one.
 */
export function exposeBlocks(content: Json | undefined, exposed: (uri: string) => string): Json | undefined {
  if (!Array.isArray(content)) return content;
  const given = content as readonly Json[];
  const blocks = given.map((block) => exposeBlock(block, exposed));
  return blocks.every((block, index) => block === given[index]) ? given : blocks;
}

/** One block: `resource_link` carries its URI itself, `resource` in the resource it embeds. */
export function exposeBlock(block: Json, exposed: (uri: string) => string): Json {
  if (!isJsonObject(block)) return block;
  if (block.type === 'resource_link') return exposeUri(block, exposed);
  if (block.type !== 'resource' || !isJsonObject(block.resource)) return block;
  const resource = exposeUri(block.resource, exposed);
  return resource === block.resource ? block : { ...block, resource };
}

/** The object with its `uri` exposed; itself where that changes nothing. */
export function exposeUri(holder: JsonObject, exposed: (uri: string) => string): JsonObject {
  const uri = typeof holder.uri === 'string' ? exposed(holder.uri) : undefined;
  return uri === undefined || uri === holder.uri ? holder : { ...holder, uri };
}
