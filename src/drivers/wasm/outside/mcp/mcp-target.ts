import type { JsonObject } from '../../../../shared/json.ts';
import type { Closeable } from '../operation.ts';

/** Tools that a module may call, wherever they are. Both throw PlainFailure. */
export interface McpTarget extends Closeable {
  tools(signal: AbortSignal): Promise<readonly JsonObject[]>;
  /** A CallToolResult. */
  call(tool: string, args: JsonObject, signal: AbortSignal): Promise<JsonObject>;
}
