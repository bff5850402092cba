// A bare node:http server that parses the body and makes one worker_threads round trip before it answers: the least that a call into a sandbox can cost.
import http from 'node:http';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

if (isMainThread) serve();
else parentPort.on('message', ({ id, a, b }) => parentPort.postMessage({ id, sum: a + b }));

function serve() {
  const worker = new Worker(new URL(import.meta.url));
  const waiting = new Map();
  let last = 0;
  worker.on('message', ({ id, sum }) => {
    const { request, response } = waiting.get(id);
    waiting.delete(id);
    const result = { content: [{ type: 'text', text: String(sum) }], structuredContent: { result: sum } };
    const body = JSON.stringify({ jsonrpc: '2.0', id: request.id, result });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
  const server = http.createServer((incoming, response) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = JSON.parse(Buffer.concat(chunks).toString());
      const { a, b } = request.params.arguments;
      waiting.set(++last, { request, response });
      worker.postMessage({ id: last, a, b });
    });
  });
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/mcp`));
}
