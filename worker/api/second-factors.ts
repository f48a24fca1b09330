import * as z from "zod";
import { CodeInput } from "#app/domain/identity/inputs.ts";
import { makeBackupCodes } from "#app/domain/identity/make-backup-codes.server.ts";
import { loadFactorStatus } from "#app/domain/identity/security-page.server.ts";
import { disableTotp, enableTotp, setUpTotp } from "#app/domain/identity/set-up-totp.server.ts";
import { stepUp } from "#app/domain/identity/step-up.server.ts";
import { sessionCookie } from "#app/http/session.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTimeOrNull } from "./views.ts";

const Codes = z.object({ enabled: z.boolean(), address: z.string().nullable().meta({ description: "As far as its owner needs it" }) });
const Status = z.object({
  sms: Codes,
  email: Codes,
  totp: z.object({ enabled: z.boolean(), enabledAt: Instant.nullable() }),
  backupCodes: z.object({ left: z.int() }),
  passkeys: z.object({ count: z.int() }),
}).meta({ id: "SecondFactorStatus" });
const Secret = z.object({ secret: z.string(), uri: z.string() }).meta({ id: "TotpSecret" });
export const BackupCodes = z.object({ backupCodes: z.array(z.string()) }).meta({ id: "BackupCodes", description: "Shown this once" });

export const secondFactors = [
  endpoint({
    method: "get", path: "/auth/2fa/status", tag: "Identity", summary: "Which factors are set up", actor: "required", policy: "own", answers: { 200: Status },
    handle: async ({ ctx, actor }) => {
      const { totp, ...status } = await loadFactorStatus(ctx, actor);
      return { status: 200, body: { ...status, totp: { enabled: totp.enabled, enabledAt: isoTimeOrNull(totp.enabledAt) } } };
    },
  }),
  endpoint({
    method: "post", path: "/auth/2fa/totp/setup", tag: "Identity", summary: "Get a secret for an authenticator app", actor: "required", policy: "own", answers: { 200: Secret }, refusals: [409],
    handle: async ({ ctx, actor }) => ({ status: 200, body: await setUpTotp(ctx, actor) }),
  }),
  endpoint({
    method: "post", path: "/auth/2fa/totp/verify", tag: "Identity", summary: "Turn the second factor on by its first code", actor: "required", policy: "own", body: CodeInput, answers: { 200: BackupCodes }, refusals: [409, 429],
    handle: async ({ ctx, actor, body }) => ({ status: 200, body: await enableTotp(ctx, actor, body.code) }),
  }),
  endpoint({
    method: "post", path: "/auth/2fa/totp/disable", tag: "Identity", summary: "Turn the second factor off", actor: "required", policy: "own", answers: { 204: null },
    handle: async ({ ctx, actor }) => {
      await disableTotp(ctx, actor);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/auth/2fa/backup-codes/generate", tag: "Identity", summary: "Get ten new backup codes; the old ones lapse", actor: "required", policy: "own", answers: { 201: BackupCodes }, refusals: [409],
    handle: async ({ ctx, actor }) => ({ status: 201, body: await makeBackupCodes(ctx, actor) }),
  }),
  endpoint({
    method: "post", path: "/auth/2fa/backup-codes/verify", tag: "Identity", summary: "Use up a backup code to confirm who is asking, for ten minutes", actor: "required", policy: "own", body: CodeInput, answers: { 204: null }, refusals: [429],
    handle: async ({ ctx, actor, body }) => {
      const session = await stepUp(ctx, actor, { method: "totp", code: body.code });
      return { status: 204, ...(session ? { headers: { "Set-Cookie": sessionCookie(ctx, session) } } : {}) };
    },
  }),
];
