import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, constants } from "node:zlib";

/** What stands between a browser and the Worker in production, as far as weight goes: compresses HTML at brotli 5 and files at 11. */
export async function openEdge(origin: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      const headers = { "Cookie": request.headers.cookie ?? "", "Save-Data": String(request.headers["save-data"] ?? "") };
      const answer = await fetch(origin + request.url, { headers, redirect: "manual" });
      const quality = /html/.test(answer.headers.get("Content-Type") ?? "") ? 5 : 11;
      const body = brotliCompressSync(Buffer.from(await answer.arrayBuffer()), { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
      for (const [name, value] of answer.headers) if (!["content-length", "transfer-encoding", "connection", "keep-alive"].includes(name)) response.setHeader(name, value);
      response.writeHead(answer.status, { "Content-Encoding": "br", "Content-Length": body.length });
      response.end(body);
    })().catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
