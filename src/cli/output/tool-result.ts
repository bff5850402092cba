import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { oneLine, printable } from '../../shared/text.ts';

/** The content of a CallToolResult for a terminal: texts as they are but printable, everything else as a line that names it. */
export function renderToolResult(result: JsonObject): string {
  const content = Array.isArray(result.content) ? result.content.filter(isJsonObject) : [];
  if (content.length > 0) return content.map(renderBlock).join('\n');
  return result.structuredContent === undefined
    ? ''
    : printable(JSON.stringify(result.structuredContent, undefined, 2));
}

function renderBlock(block: JsonObject): string {
  switch (block.type) {
    case 'text':
      return printable(textOf(block.text));
    case 'image':
    case 'audio':
      return oneLine(
        `[${block.type} ${textOf(block.mimeType)}, ${String(bytesOf(block.data))} bytes; -o json shows it]`,
      );
    case 'resource_link':
      return oneLine(`[resource ${textOf(block.uri)} ${textOf(block.name)}]`);
    case 'resource':
      return renderResource(isJsonObject(block.resource) ? block.resource : {});
    default:
      return oneLine(`[${textOf(block.type)}]`);
  }
}

function renderResource(resource: JsonObject): string {
  if (typeof resource.text === 'string') return printable(resource.text);
  return oneLine(`[resource ${textOf(resource.uri)}, ${String(bytesOf(resource.blob))} bytes]`);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Of base64 text, without decoding it. */
function bytesOf(data: Json | undefined): number {
  const text = textOf(data).replace(/=+$/, '');
  return Math.floor((text.length * 3) / 4);
}
