import * as z from "zod";
import { giveAchievement } from "#app/domain/learning/achievements/give-achievement.server.ts";
import { GiveInput, RevokeInput } from "#app/domain/learning/achievements/inputs.ts";
import { verifyUrl } from "#app/domain/learning/achievements/issuer.ts";
import { readAchievements, type AchievementItem } from "#app/domain/learning/achievements/read-achievements.server.ts";
import { closeLink, openLink, revokeAchievement } from "#app/domain/learning/achievements/revoke-achievement.server.ts";
import { KINDS } from "#app/domain/learning/achievements/rules.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const Achievement = z.object({
  id: z.string(), kind: z.enum(KINDS), title: z.string(), description: z.string(), criteria: z.string(), school: z.string(), giver: z.string(), issuedAt: Instant, expiresAt: Instant.nullable(),
  standing: z.enum(["valid", "revoked", "expired"]), revokedAt: Instant.nullable(), revokedBecause: z.string().nullable(), verifyUrl: z.url().nullable().meta({ description: "The public link, for the family; null: closed" }),
}).meta({ id: "Achievement" });

const view = (item: AchievementItem, origin: string): z.infer<typeof Achievement> => {
  const { id, kind, title, description, criteria, school, giver, issuedAt, expiresAt, standing, revokedAt, revokedBecause, linkCode } = item;
  return { id, kind, title, description, criteria, school, giver, issuedAt: isoTime(issuedAt), expiresAt: isoTimeOrNull(expiresAt), standing, revokedAt: isoTimeOrNull(revokedAt), revokedBecause, verifyUrl: linkCode && verifyUrl(origin, linkCode) };
};
const ChildId = z.object({ childId: z.string() });
const AchievementId = z.object({ achievementId: z.string() });

export const achievements = [
  endpoint({
    method: "get", path: "/children/{childId}/achievements", tag: "Achievements", summary: "Certificates and badges, newest first", actor: "required", policy: "own", params: ChildId, query: Paging, answers: { 200: pageOf(Achievement) },
    handle: async ({ ctx, actor, params, query }) => {
      const { items, nextCursor } = await readAchievements(ctx, actor, params.childId, query);
      return { status: 200, body: { items: items.map((item) => view(item, ctx.settings.origin)), nextCursor } };
    },
  }),
  endpoint({
    method: "post", path: "/children/{childId}/achievements", tag: "Achievements", summary: "Give one, as a teacher of the student or the school's administration", actor: "required", policy: "own", params: ChildId, body: GiveInput, answers: { 201: AchievementId }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => ({ status: 201, body: { achievementId: await giveAchievement(ctx, actor, params.childId, body, await repeatOf(idempotencyKey, ["give", params.childId, body])) } }),
  }),
  endpoint({
    method: "post", path: "/achievements/{achievementId}/revocation", tag: "Achievements", summary: "Take one back, with a reason", actor: "required", policy: "own", params: AchievementId, body: RevokeInput, answers: { 204: null },
    handle: async ({ ctx, actor, params, body }) => {
      await revokeAchievement(ctx, actor, params.achievementId, body.reason);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "put", path: "/achievements/{achievementId}/link", tag: "Achievements", summary: "Open its public link under a new address; the old one is void", actor: "required", policy: "consent:set", params: AchievementId, answers: { 200: z.object({ verifyUrl: z.url() }) },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { verifyUrl: verifyUrl(ctx.settings.origin, await openLink(ctx, actor, params.achievementId)) } }),
  }),
  endpoint({
    method: "delete", path: "/achievements/{achievementId}/link", tag: "Achievements", summary: "Close its public link", actor: "required", policy: "consent:set", params: AchievementId, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await closeLink(ctx, actor, params.achievementId);
      return { status: 204 };
    },
  }),
];
