import type { DriverDeps } from '../../../deps.ts';
import { defineOperation } from '../define-operation.ts';
import { allowedUrl } from '../http/allowed.ts';
import type { WebClient } from '../http/web-client.ts';
import { openHandle } from '../open-handle.ts';
import type { Closeable, Operations, OutsideCall } from '../operation.ts';
import { parseObject } from '../parse-object.ts';
import { asErr, PlainFailure } from '../plain-failure.ts';
import { HttpTarget } from './http-target.ts';
import { InsideTarget } from './inside-target.ts';
import type { McpTarget } from './mcp-target.ts';
import { toolAnswer } from './tool-answer.ts';

type McpDeps = Pick<DriverDeps, 'clock' | 'redact' | 'tools' | 'version'>;

/**
 * Tools of other services (language.md §11 mcp). A target is empty or `gateway` for all tools of this daemon, `service:NAME` or a bare name
 * for those of one service, or the http address of a server elsewhere, whose host must be among `grants.net`.
 */
export function mcpOperations(deps: McpDeps, web: WebClient): Operations {
  return {
    mcp_connect: defineOperation<'mcp_connect'>('machines', async ([target], call) => {
      try {
        return { ok: openHandle(call, new McpSession(targetOf(target.trim(), deps, web, call))) };
      } catch (error) {
        return asErr(error);
      }
    }),
    mcp_list_tools: defineOperation<'mcp_list_tools'>('machines', ([session], call) =>
      listTools(session, call).catch(asErr),
    ),
    mcp_call_tool: defineOperation<'mcp_call_tool'>('machines', ([session, tool, args], call) =>
      callTool(session, tool, args, call).catch(asErr),
    ),
    mcp_disconnect: defineOperation<'mcp_disconnect'>('machines', async ([session], { handles }) => {
      if (handles.get(session, McpSession) !== undefined) handles.close(session);
      return undefined;
    }),
  };
}

/** What a session number stands for. */
class McpSession implements Closeable {
  readonly target: McpTarget;

  constructor(target: McpTarget) {
    this.target = target;
  }

  close(): void {
    this.target.close();
  }
}

function targetOf(target: string, deps: McpDeps, web: WebClient, { program }: OutsideCall): McpTarget {
  if (target === '' || target === 'gateway') return new InsideTarget(deps.tools, undefined);
  if (target.includes('://')) return new HttpTarget({ ...deps, web }, allowedUrl(target, program), program);
  return new InsideTarget(deps.tools, target.replace(/^service:/, ''));
}

async function listTools(session: bigint, call: OutsideCall) {
  return { ok: JSON.stringify(await targetIn(session, call).tools(call.signal)) };
}

async function callTool(session: bigint, tool: string, argsJson: string, call: OutsideCall) {
  const target = targetIn(session, call);
  const args = parseObject(argsJson);
  if (args === undefined) throw new PlainFailure('The arguments are no JSON object.');
  return toolAnswer(await target.call(tool, args, call.signal));
}

function targetIn(session: bigint, { handles }: OutsideCall): McpTarget {
  const found = handles.get(session, McpSession);
  if (found === undefined) throw new PlainFailure(`${session} is no MCP session that is open.`);
  return found.target;
}
