import { findCodeToSend } from "#db/code-factors.ts";
import { insertDelivery } from "#db/deliveries.ts";
import type { AppContext } from "../../context.ts";
import { messagesFor } from "../../i18n/catalogue.ts";

/** Hands the code to the provider, which sends a repeated key once. An SMS holds nothing but the code. */
export async function sendCode(ctx: AppContext, { codeId, sealedCode }: { codeId: string; sealedCode: string }): Promise<void> {
  const found = await findCodeToSend(ctx.db, codeId, ctx.clock.now());
  if (!found) return;
  const { entry: m, notifications } = messagesFor(found.locale);
  const code = await ctx.vault.open(sealedCode);
  const providerRef = found.channel === "sms"
    ? await ctx.sms.send({ to: found.address, text: m.codeSms(code), idempotencyKey: codeId })
    : await ctx.mail.send({ to: found.address, subject: m.codeMail.subject(code), text: [notifications.greeting(found.name), ...m.codeMail.lines(code)].join("\n\n"), idempotencyKey: codeId });
  await insertDelivery(ctx.db, { id: `dlv_${codeId}`, userId: found.userId, channel: found.channel, providerRef, at: ctx.clock.now() });
}
