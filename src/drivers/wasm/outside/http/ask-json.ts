import type { JsonObject } from '../../../../shared/json.ts';
import { oneLine } from '../../../../shared/text.ts';
import type { Program } from '../../program.ts';
import { inTime, type TimeLimit } from '../in-time.ts';
import { parseObject } from '../parse-object.ts';
import { PlainFailure } from '../plain-failure.ts';
import { readText } from './read-text.ts';
import type { HttpRequest } from './redirect.ts';
import type { WebClient } from './web-client.ts';

/** Of an answer that is read as a whole. */
export const MAX_MIB = 8;

export const isSuccess = (status: number): boolean => status >= 200 && status <= 299;

/** The JSON object that a 2xx answer is, body included within the time. Throws PlainFailure; `refusal` words an answer of another status. */
export async function askJson(
  web: WebClient,
  request: HttpRequest,
  program: Program,
  limit: TimeLimit,
  refusal: (status: number, text: string) => PlainFailure,
): Promise<JsonObject> {
  return inTime(limit, async (signal) => {
    const reply = await web.ask(request, program, signal);
    const text = await readText(reply, MAX_MIB, signal);
    if (!isSuccess(reply.status)) throw refusal(reply.status, text);
    const answer = parseObject(text);
    if (answer === undefined)
      throw new PlainFailure(`${oneLine(reply.url.host)} answered with something that is no JSON object.`);
    return answer;
  });
}
