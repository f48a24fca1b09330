import * as z from "zod";
import { listCards } from "#app/domain/payments/cards-page.server.ts";
import { makeDefault, openCardSetup, removeCard } from "#app/domain/payments/change-cards.server.ts";
import type { PaymentMethod } from "#db/payment-methods.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const MethodView = z.object({ id: z.string(), brand: z.string(), last4: z.string(), expMonth: z.int(), expYear: z.int(), isDefault: z.boolean(), createdAt: Instant }).meta({ id: "PaymentMethod" });
const viewOf = ({ id, brand, last4, expMonth, expYear, isDefault, createdAt }: PaymentMethod) => ({ id, brand, last4, expMonth, expYear, isDefault, createdAt: isoTime(createdAt) });

const MethodPath = z.object({ methodId: z.string() });
const tag = "Payments";

export const paymentMethods = [
  endpoint({
    method: "get", path: "/payment-methods", tag, summary: "The caller's saved cards", actor: "required", policy: "own", answers: { 200: z.object({ items: z.array(MethodView), nextCursor: z.string().nullable() }) },
    handle: async ({ ctx, actor }) => ({ status: 200, body: { items: (await listCards(ctx, actor)).map(viewOf), nextCursor: null } }),
  }),
  endpoint({
    method: "post", path: "/payment-methods", tag, summary: "Open the provider's page where a card is saved; needs a step-up", actor: "required", policy: "own",
    answers: { 201: z.object({ checkoutUrl: z.url() }) },
    handle: async ({ ctx, actor }) => ({ status: 201, body: { checkoutUrl: (await openCardSetup(ctx, actor)).url } }),
  }),
  endpoint({
    method: "put", path: "/payment-methods/{methodId}/default", tag, summary: "Let this card pay from now on; needs a step-up", actor: "required", policy: "own", params: MethodPath, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await makeDefault(ctx, actor, params.methodId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "delete", path: "/payment-methods/{methodId}", tag, summary: "Remove a saved card; needs a step-up", actor: "required", policy: "own", params: MethodPath, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await removeCard(ctx, actor, params.methodId);
      return { status: 204 };
    },
  }),
];
