import * as z from "zod";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { changePassword } from "./change-password.server.ts";
import { endOtherSessions, endSession } from "./end-session.server.ts";
import { NewPasswordInput, PasskeyInput, PasskeyNameInput } from "./inputs.ts";
import { registerPasskey, removePasskey, renamePasskey } from "./keep-passkey.server.ts";

const Id = z.string("missing").max(400, "too_long");

/** The forms of /settings/security; which one it was, its button says. */
export const SecurityForm = z.discriminatedUnion("act", [
  z.object({ act: z.literal("end-session"), sessionId: Id }),
  z.object({ act: z.literal("end-others") }),
  NewPasswordInput.extend({ act: z.literal("change-password") }),
  PasskeyInput.omit({ name: true }).extend({ act: z.literal("add-passkey"), passkeyName: PasskeyNameInput.shape.name }),
  z.object({ act: z.literal("rename-passkey"), passkeyId: Id, newPasskeyName: PasskeyNameInput.shape.name }),
  z.object({ act: z.literal("remove-passkey"), passkeyId: Id }),
]);

export async function doSecurityAct(ctx: AppContext, actor: Actor, input: z.output<typeof SecurityForm>): Promise<unknown> {
  switch (input.act) {
    case "end-session": return endSession(ctx, actor, input.sessionId);
    case "end-others": return endOtherSessions(ctx, actor);
    case "change-password": return changePassword(ctx, actor, { password: input.password });
    case "add-passkey": return registerPasskey(ctx, actor, { challengeId: input.challengeId, credential: input.credential, name: input.passkeyName });
    case "rename-passkey": return renamePasskey(ctx, actor, input.passkeyId, input.newPasskeyName);
    case "remove-passkey": return removePasskey(ctx, actor, input.passkeyId);
  }
}
