import * as z from "zod";
import { askRecovery } from "#app/domain/identity/ask-recovery.server.ts";
import { cancelByLink, cancelRecovery } from "#app/domain/identity/cancel-recovery.server.ts";
import { findOwnRecovery, finishRecovery, startRecovery } from "#app/domain/identity/finish-recovery.server.ts";
import { AskRecoveryInput, CodeInput, NewPasswordInput } from "#app/domain/identity/inputs.ts";
import { getRecovery, vouch } from "#app/domain/identity/vouch.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const Asked = z.object({ secret: z.string().nullable().meta({ description: "The only way on, where another guardian is asked" }) }).meta({ id: "RecoveryAsked", description: "The same for every address" });
const Standing = z.object({ state: z.enum(["waiting", "mailed", "cooling", "ready"]), readyAt: Instant.nullable(), code: z.string().meta({ description: "To be told to the other guardian" }) }).meta({ id: "RecoveryStanding" });
const Recovery = z.object({ id: z.string(), person: z.string(), own: z.boolean(), state: z.enum(["waiting", "cooling", "ready", "over"]), readyAt: Instant.nullable(), createdAt: Instant }).meta({ id: "Recovery" });
const Begun = z.object({ readyAt: Instant }).meta({ id: "RecoveryBegun" });
const Secret = z.object({ secret: z.string() });
const RecoveryId = z.object({ recoveryId: z.string() });

export const recoveries = [
  endpoint({
    method: "post", path: "/auth/recovery", tag: "Identity", summary: "Ask to get back into an account; the answer is the same for every address", actor: "anyone", policy: "open",
    body: AskRecoveryInput, answers: { 202: Asked }, refusals: [429],
    handle: async ({ ctx, body }) => ({ status: 202, body: { secret: await askRecovery(ctx, body) } }),
  }),
  endpoint({
    method: "post", path: "/auth/recovery/cancellation", tag: "Identity", summary: "Call a recovery off by the token of the mailed link", actor: "anyone", policy: "open",
    body: z.object({ token: z.string().min(1).max(200) }).meta({ id: "CancelRecovery" }), answers: { 204: null }, refusals: [404, 409],
    handle: async ({ ctx, body }) => {
      await cancelByLink(ctx, body.token);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "get", path: "/auth/recovery/{secret}", tag: "Identity", summary: "How far the holder of this secret has come", actor: "anyone", policy: "open", params: Secret, answers: { 200: Standing },
    handle: async ({ ctx, params }) => {
      const { state, readyAt, code } = await findOwnRecovery(ctx, params.secret);
      return { status: 200, body: { state, code, readyAt: isoTimeOrNull(readyAt) } };
    },
  }),
  endpoint({
    method: "post", path: "/auth/recovery/{secret}/start", tag: "Identity", summary: "Begin the waiting time by the secret of a mailed link", actor: "anyone", policy: "open", params: Secret, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, params }) => {
      await startRecovery(ctx, params.secret);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/auth/recovery/{secret}/completion", tag: "Identity", summary: "Choose a new password after the waiting time; factors and sessions end", actor: "anyone", policy: "open",
    params: Secret, body: NewPasswordInput.meta({ id: "CompleteRecovery" }), answers: { 204: null },
    handle: async ({ ctx, params, body }) => {
      await finishRecovery(ctx, params.secret, body.password);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "get", path: "/recoveries/{recoveryId}", tag: "Identity", summary: "A recovery, for its owner and for who may vouch", actor: "required", policy: "own", params: RecoveryId, answers: { 200: Recovery },
    handle: async ({ ctx, actor, params }) => {
      const { readyAt, createdAt, ...found } = await getRecovery(ctx, actor, params.recoveryId);
      return { status: 200, body: { ...found, readyAt: isoTimeOrNull(readyAt), createdAt: isoTime(createdAt) } };
    },
  }),
  endpoint({
    method: "post", path: "/recoveries/{recoveryId}/vouch", tag: "Identity", summary: "Give one's word for another guardian, by the code that they tell", actor: "required", policy: "own", params: RecoveryId, body: CodeInput, answers: { 200: Begun }, refusals: [409, 429],
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: { readyAt: isoTime((await vouch(ctx, actor, params.recoveryId, body.code)).readyAt) } }),
  }),
  endpoint({
    method: "post", path: "/recoveries/{recoveryId}/cancellation", tag: "Identity", summary: "Call off a recovery of one's own account", actor: "required", policy: "own", params: RecoveryId, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await cancelRecovery(ctx, actor, params.recoveryId);
      return { status: 204 };
    },
  }),
];
