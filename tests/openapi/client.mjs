// Requests byte for byte as a test wants them, over kept connections.
import http from 'node:http';

export class HttpClient {
  constructor(url) {
    const { hostname, port } = new URL(url);
    this.address = { host: hostname, port };
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  }

  close() {
    this.agent.destroy();
  }

  // Answers an exchange as contract.mjs wants it. A kept connection that the server has just ended
  // is no answer: such a request is sent once more.
  async send(request) {
    for (let again = 0; ; again += 1) {
      try {
        return await this.#once(request);
      } catch (fault) {
        if (again === 2 || fault.code !== 'ECONNRESET') throw fault;
      }
    }
  }

  #once({ method, target, headers = {}, body }) {
    return new Promise((resolve, reject) => {
      const bytes = body === undefined ? undefined : Buffer.from(body);
      const all = { ...headers };
      if (bytes) all['content-length'] = bytes.length;
      const request = http.request(
        { ...this.address, agent: this.agent, method, path: target, headers: all },
        (response) => {
          const chunks = [];
          const isEndless = response.headers['content-type'] === 'text/event-stream';
          const answer = () =>
            resolve({
              method,
              target,
              headers,
              body: bytes?.toString(),
              status: response.statusCode,
              answer_headers: flat(response.headers),
              answer_body: Buffer.concat(chunks).toString(),
            });
          response.on('data', (chunk) => {
            chunks.push(chunk);
            if (!isEndless) return;
            answer();
            response.destroy();
          });
          response.on('error', reject);
          response.on('end', answer);
        },
      );
      request.on('error', reject);
      request.end(bytes);
    });
  }
}

function flat(headers) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

export function jsonOf(exchange) {
  return exchange.answer_body ? JSON.parse(exchange.answer_body) : undefined;
}
