import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** A file below tests/ and the title of a test or group in it. */
type Held = readonly [file: string, title: string];

/** What most gateways miss, line by line (mcp-gateway §8), each with the tests that hold it. */
const LINES: Readonly<Record<string, readonly Held[]>> = {
  '1 Origin → 403': [
    ['api/doors.test.ts', 'Origin %s: %i'],
    ['api/doors.test.ts', 'keeps a foreign Host or Origin from what the gateway mounts'],
  ],
  '2 batches refused': [
    ['gateway/batches.test.ts', 'is served in a session of 2025-03-26 only'],
    ['gateway/bad-bodies.test.ts', '%s is refused as JSON-RPC'],
  ],
  '3 server→client requests reach the calling client with mirrored capabilities': [
    ['gateway/asking/two-clients.test.ts', 'are asked, told and answered each by itself (%j)'],
    ['gateway/asking/asks.test.ts', 'finds the capabilities that this client declared, and nothing that it did not'],
    ['drivers/client-connections.test.ts', 'are shared by clients of equal ones, however many ask at once'],
    ['drivers/server-requests.test.ts', 'clients with tokens and questions alike hear only what is theirs'],
    [
      'gateway/client-offers.test.ts',
      'are listed to sessions with exactly those capabilities, at every endpoint and by its rules',
    ],
  ],
  '4 every progress notification, original token, before the result': [
    ['gateway/progress.test.ts', 'comes whole and under the token %j, before the result'],
    ['gateway/progress.test.ts', 'of two clients with equal ids and tokens goes to each its own'],
    ['drivers/session.test.ts', 'gets every progress notification before its result, under a token of ours'],
  ],
  '5 cancel with the hop’s own id, without damaging the session': [
    ['drivers/session.test.ts', 'that is not answered in time rejects and is cancelled with our id and the reason'],
    ['gateway/cancellation.test.ts', 'ends the call of that session only, upstream too, and nothing is answered to it'],
    ['gateway/cancellation.test.ts', 'leaves the session whole: it is asked, and told of changes, as before'],
  ],
  '6 all upstream pages + invalid cursor -32602': [
    ['controller/introspect.test.ts', 'a list of a server is read to its last page'],
    ['controller/introspect.test.ts', 'a list whose cursors go round in a circle ends'],
    ['gateway/pagination.test.ts', 'refuses a cursor that is not its own with -32602'],
  ],
  '7 error code+data intact (-32042, -32002)': [
    ['gateway/errors.test.ts', 'of the service passes with its code, message and data'],
    ['gateway/asking/elicitation.test.ts', 'that a call needs first comes back as the error that it is'],
    ['gateway/resources.test.ts', 'that nobody can own is -32002 with its URI'],
    ['drivers/remote-http.test.ts', 'that answers an error response with a 4xx has its code and data passed on'],
  ],
  '8 version negotiation + header 400': [
    ['gateway/versions.test.ts', '%s is answered with %s'],
    ['gateway/versions.test.ts', 'of the header must be one we speak'],
  ],
  '9 advertised capability = implemented, logging/completion/templates/subscribe routed': [
    ['gateway/declared-capabilities.test.ts', 'whatever initialize declares is there: each of its methods answers'],
    ['gateway/asking/logging.test.ts', 'sets a service to the most verbose level that a session which sees it wants'],
    ['gateway/prompts.test.ts', 'for %j is asked of its owner, by the owner’s name'],
    ['gateway/resources.test.ts', 'keeps its URI; on a collision the later namespace is wrapped, as a valid URI'],
    ['gateway/subscriptions/counted.test.ts', 'reach the service with the first session and leave it with the last'],
  ],
  '10 lifecycle: 404 on dead sessions, recovery after upstream crash / 404': [
    ['gateway/sessions.test.ts', 'is unknown to another principal, at another endpoint and under an id of nobody'],
    ['gateway/sessions.test.ts', 'ends when nobody used it for its idle time, but not while its stream is open'],
    ['gateway/dead-upstream.test.ts', 'answers the call that was in flight when it died'],
    ['gateway/recovery/lost-instance.test.ts', 'a call whose instance is lost'],
    ['e2e/kill.test.ts', 'kill -9 the child: restarted, restarts=1'],
    ['drivers/remote-http.test.ts', 'that forgot the session (%i) gets one new one, and each request once more'],
  ],
  'unknown fields kept': [
    ['gateway/verbatim-definitions.test.ts', 'is byte-equal but for the name, unknown keys and their order included'],
  ],
  'valid URIs': [
    ['gateway/resources.test.ts', 'keeps its URI; on a collision the later namespace is wrapped, as a valid URI'],
  ],
  'no token passthrough': [
    ['gateway/no-token-passthrough.test.ts', 'what a client says of itself to the gateway never reaches a service'],
  ],
  'parse error as JSON -32700': [['gateway/bad-bodies.test.ts', '%s is refused as JSON-RPC']],
};

/** How many tests or groups of the file have exactly this title. */
function held(file: string, title: string): number {
  const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
  return text.split(`'${title}',`).length - 1;
}

describe('every line of what most gateways miss is held by tests of these names', () => {
  it.each(Object.entries(LINES))('%s', (_line, tests) => {
    expect(tests.map(([file, title]) => [file, title, held(file, title)])).toEqual(
      tests.map(([file, title]) => [file, title, 1]),
    );
  });
});
