import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { control } from "./control.ts";
import { crash, readText } from "./http.ts";
import { passwordRanges } from "./password-ranges.ts";
import { PachcaService } from "./pachca-service.ts";
import { PushService } from "./push-service.ts";
import { SmsService } from "./sms-service.ts";
import { stripeApi } from "./stripe/api.ts";
import { checkoutPages } from "./stripe/checkout-pages.ts";
import { StripeWorld } from "./stripe/world.ts";

declare module "vitest" {
  interface ProvidedContext {
    vendorsPort: number;
  }
}

type Vendors = { port: number; close(): Promise<void> };

/**
 * Starts the vendors' stand-ins on loopback. With a webhook URL they call it; without one (a Worker under test has no port) they keep
 * what they would send, and a test fetches it and posts it itself.
 */
export async function startVendors(port: number, options: { webhookUrl: string | null }): Promise<Vendors> {
  const stripe = new StripeWorld({ webhookUrl: options.webhookUrl, webhookSecret: "whsec_development" });
  const sms = new SmsService();
  const push = new PushService();
  const pachca = new PachcaService();
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
      const asked = { method: request.method ?? "GET", url, headers: request.headers, body: await readText(request) };
      const handler = url.pathname.startsWith("/v1/") ? stripeApi : url.pathname.startsWith("/c/") ? checkoutPages : url.pathname.startsWith("/range/") ? passwordRanges : url.pathname === "/messages" ? sms.handle : url.pathname.startsWith("/push/") ? push.handle : url.pathname.startsWith("/api/shared/") ? pachca.handle : control;
      handler(stripe, asked, response);
    })().catch((error: unknown) => crash(response, error));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  stripe.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** For the length of a test run. */
export default async function start(project: TestProject) {
  const vendors = await startVendors(0, { webhookUrl: null });
  project.provide("vendorsPort", vendors.port);
  return () => vendors.close();
}
