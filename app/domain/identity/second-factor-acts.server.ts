import * as z from "zod";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { CodeEmailInput, CodeInput, PhoneInput } from "./inputs.ts";
import { makeBackupCodes } from "./make-backup-codes.server.ts";
import { disableCodes, enableCodes, setUpCodeFactor } from "./set-up-code-factor.server.ts";
import { disableTotp, enableTotp, setUpTotp } from "./set-up-totp.server.ts";

const Channel = z.enum(["sms", "email"], "not_a_choice");
const BeginCodes = z.discriminatedUnion("channel", [PhoneInput.extend({ act: z.literal("begin-codes"), channel: z.literal("sms") }), CodeEmailInput.extend({ act: z.literal("begin-codes"), channel: z.literal("email") })]);

/** The forms of /settings/security/2fa; which one it was, its button says. */
export const SecondFactorForm = z.discriminatedUnion("act", [
  z.object({ act: z.literal("set-up") }),
  CodeInput.extend({ act: z.literal("enable") }),
  z.object({ act: z.literal("disable") }),
  z.object({ act: z.literal("new-codes") }),
  BeginCodes,
  CodeInput.extend({ act: z.literal("enable-codes"), channel: Channel }),
  z.object({ act: z.literal("disable-codes"), channel: Channel }),
]);

/** Answers backup codes where the act made some: they are shown this once. */
export async function doSecondFactorAct(ctx: AppContext, actor: Actor, input: z.output<typeof SecondFactorForm>): Promise<{ backupCodes: string[] } | void> {
  switch (input.act) {
    case "set-up": return void (await setUpTotp(ctx, actor));
    case "enable": return enableTotp(ctx, actor, input.code);
    case "disable": return disableTotp(ctx, actor);
    case "new-codes": return makeBackupCodes(ctx, actor);
    case "begin-codes": return setUpCodeFactor(ctx, actor, input.channel, input.address);
    case "enable-codes": return enableCodes(ctx, actor, input.channel, input.code);
    case "disable-codes": return disableCodes(ctx, actor, input.channel);
  }
}
