/** What each module of the bundled library exports (language.md §12): for help about a name that only lacks its import. */
export const STANDARD_NAMES: Readonly<Record<string, string>> = {
  'std/list':
    'size first rest push join reversed empty get set_at map filter fold_left fold_right any all count_where zip_with flatten take drop ' +
    'sum product maximum minimum find flat_map fold count range replicate sort sort_by uniq intersperse reject group_by',
  'std/string':
    'length concat has find strip slice at split_by is_blank repeat to_int to_float join starts_with ends_with json_escape to_upper ' +
    'to_lower ltrim rtrim',
  'std/map': 'map_merge map_filter map_transform map_entries MapEntry',
  'std/math': 'abs min max square_root power floor_f ceil_f clamp sign is_even is_odd ln log_2 log_10 e_pow gcd lcm',
  'std/result': 'unwrap_or is_ok error_of',
  'std/json': 'get get_or get_nested get_nested_or obj_keys arr_len arr_get arr_get_or escape quote obj2',
  'std/http':
    'get get_with_auth get_auth post post_json post_json_with_auth post_json_auth put_json patch_json delete request get_full ' +
    'get_auth_full post_json_full post_json_auth_full request_full get_json_field',
  'std/url': 'encode decode query_pair query_string',
  'std/cli': 'flag flag_or flag_int flag_int_or has_flag command positional command_or positional_or',
  'std/llm': 'prompt prompt_with chat prompt_with_system',
  'std/stream': 'call_with_system call',
  'std/agent': 'run resume clear',
  'std/a2a': 'discover submit poll cancel is_done is_failed is_canceled unwrap_output',
  'std/mcp': 'connect list_tools call_tool call_tool_no_args disconnect',
  'std/sse': 'connect connect_auth connect_headers next_event close next_event_timeout',
  'std/mux': 'poll poll_raw MuxEvent SseEvent StdinLine SseEnded StdinEof Timeout',
  'std/rag': 'retrieve chunk embed similarity',
  'std/eval': 'exact has_match semantic judge pass',
  'std/hitl': 'ask confirm supervised_step',
  'std/tui': 'select_one select_many confirm prompt_line',
  'std/context':
    'get_run_id get_session_id get_service_id get_agent_name get_context_version get_messages_json get_history_json get_history_total ' +
    'get_history_used get_history_truncated get_task get_instructions get_user_context get_retrieval get_conversation_summary ' +
    'get_runtime_state get_policy get_budget get_provenance has_context',
};

let index: Map<string, string[]> | undefined;

/** The modules that export a name, the most general first; none for a name that the library does not have. */
export function standardModulesOf(name: string): readonly string[] {
  index ??= indexed();
  return index.get(name) ?? [];
}

function indexed(): Map<string, string[]> {
  const modules = new Map<string, string[]>();
  for (const [module, names] of Object.entries(STANDARD_NAMES))
    for (const name of names.split(' ')) {
      const known = modules.get(name);
      if (known === undefined) modules.set(name, [module]);
      else known.push(module);
    }
  return modules;
}
