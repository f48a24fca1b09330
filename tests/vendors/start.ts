import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    vendorsPort: number;
  }
}

export type Vendors = { port: number; close(): Promise<void> };

/** Starts the vendors' stand-ins on loopback. */
export async function startVendors(port: number, _options: { webhookUrl: string | null }): Promise<Vendors> {
  const server = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** For the length of a test run. */
export default async function start(project: TestProject) {
  const vendors = await startVendors(0, { webhookUrl: null });
  project.provide("vendorsPort", vendors.port);
  return () => vendors.close();
}
