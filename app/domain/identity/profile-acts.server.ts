import * as z from "zod";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { cancelEmailChange, changeProfile } from "./change-profile.server.ts";
import { confirmEmail } from "./confirm-email.server.ts";
import { keepAvatar, pictureRefused, removeAvatar } from "./keep-avatar.server.ts";
import { ChangeProfileInput, ConfirmEmailInput } from "./profile-inputs.ts";

export const ProfileForm = z.discriminatedUnion("act", [
  ChangeProfileInput.extend({ act: z.literal("save") }),
  ConfirmEmailInput.extend({ act: z.literal("confirm-email") }),
  z.object({ act: z.literal("cancel-email") }),
  z.object({ act: z.literal("keep-picture") }),
  z.object({ act: z.literal("remove-picture") }),
  // What the front door makes of a form that is too large to be read.
  z.object({ act: z.literal("picture-too-large") }),
]);

type Typed = Record<string, string>;

/** The form as input: an adult's field left empty says that there is none; a child is not asked for it. */
export const profileTyped = (kind: Actor["kind"]) => (typed: Typed): unknown => {
  if (typed.act !== "save") return typed;
  const { act, locale, timeZone = "" } = typed;
  if (kind === "child") return { act, locale, timeZone };
  const [name, phone] = [typed["emergencyContact.name"], typed["emergencyContact.phone"]];
  return {
    act, locale, timeZone, name: typed.name ?? "", email: typed.email, contactMethod: typed.contactMethod, phone: typed.phone ?? null, billingAddress: typed.billingAddress ?? null,
    emergencyContact: name === undefined && phone === undefined ? null : { name, phone }, notificationDefaults: typed["notificationDefaults.email"] && { email: typed["notificationDefaults.email"] },
  };
};

export async function doProfileAct(ctx: AppContext, actor: Actor, input: z.infer<typeof ProfileForm>, picture: File | undefined): Promise<void> {
  switch (input.act) {
    case "save": {
      const { act: _act, ...change } = input;
      return changeProfile(ctx, actor, change);
    }
    case "confirm-email": return confirmEmail(ctx, actor, input.code);
    case "cancel-email": return cancelEmailChange(ctx, actor);
    case "keep-picture": return keepAvatar(ctx, actor, new Uint8Array((await picture?.arrayBuffer()) ?? []));
    case "remove-picture": return removeAvatar(ctx, actor);
    case "picture-too-large": throw pictureRefused("too_large", "picture_too_large");
  }
}
