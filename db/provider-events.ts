import { and, eq } from "drizzle-orm";
import type { Db } from "./client.ts";
import { providerEvents } from "./schema/payments.ts";

export const insertProviderEvent = (db: Db, event: typeof providerEvents.$inferInsert) => db.insert(providerEvents).values(event);

export async function findProviderEvent(db: Db, provider: "stripe", eventId: string) {
  return (await db.select().from(providerEvents).where(and(eq(providerEvents.provider, provider), eq(providerEvents.eventId, eventId))).get()) ?? null;
}
