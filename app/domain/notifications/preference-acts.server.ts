import * as z from "zod";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { coherent, PreferenceFields } from "./preference-inputs.ts";
import { PushSubscriptionInput, subscribeToPush, unsubscribeFromPush } from "./push-subscriptions.server.ts";
import { setPreferences } from "./set-preferences.server.ts";

export const PreferencesForm = z.discriminatedUnion("act", [
  PreferenceFields.extend({ act: z.literal("save") }).superRefine(coherent),
  PushSubscriptionInput.extend({ act: z.literal("push-on") }),
  z.object({ act: z.literal("push-off"), subscriptionId: z.string("missing").max(60, "too_long") }),
]);

type Typed = Record<string, string>;

const whole = (text: string | undefined) => (text === undefined ? null : Number(text));

/** The form as input: a select is called `child.topic.channel`, and one left as for all children says nothing. */
export function preferencesTyped(typed: Typed): unknown {
  if (typed.act !== "save") return typed;
  const { "quiet.from": from, "quiet.until": until } = typed;
  const choices = Object.entries(typed).flatMap(([name, least]) => {
    const [child, topic, channel] = name.split(".");
    return channel === undefined ? [] : [{ childId: child === "all" ? null : child, topic, channel, least }];
  });
  const quiet = from === undefined && until === undefined ? null : { from, until };
  return { act: "save", quiet, digest: { hour: whole(typed["digest.hour"]), weekday: whole(typed["digest.weekday"]) }, weeklyBudget: whole(typed.weeklyBudget), choices };
}

export async function doPreferencesAct(ctx: AppContext, actor: Actor, input: z.infer<typeof PreferencesForm>): Promise<void> {
  switch (input.act) {
    case "save": return setPreferences(ctx, actor, input);
    case "push-on": return void (await subscribeToPush(ctx, actor, input));
    case "push-off": return unsubscribeFromPush(ctx, actor, input.subscriptionId);
  }
}
