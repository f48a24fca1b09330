import * as z from "zod";
import type { InvitationRow } from "#db/family-invitations.ts";
import { acceptInvitation, declineInvitation } from "#app/domain/families/answer-invitation.server.ts";
import { cancelInvitation } from "#app/domain/families/cancel-invitation.server.ts";
import { InviteInput, PairingInput, Relationship, RightsInput } from "#app/domain/families/inputs.ts";
import { inviteToFamily, makePairingCode } from "#app/domain/families/invite-to-family.server.ts";
import { getInvitation, listInvitations } from "#app/domain/families/list-invitations.server.ts";
import { resendInvitation } from "#app/domain/families/resend-invitation.server.ts";
import { shownCode } from "#app/domain/families/rules.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const InvitationView = z.object({
  id: z.string(), familyId: z.string(), name: z.string(), email: z.string().nullable().meta({ description: "Null: a pairing code" }), relationship: Relationship, rights: RightsInput, joinsFamily: z.boolean(), lentUntil: Instant.nullable(), childIds: z.array(z.string()),
  status: z.enum(["pending", "accepted", "declined", "cancelled", "expired"]), createdAt: Instant, expiresAt: Instant,
}).meta({ id: "FamilyInvitation" });

const view = ({ id, familyId, name, email, relationship, rights, joinsFamily, lentUntil, childIds, status, createdAt, expiresAt }: InvitationRow): z.infer<typeof InvitationView> =>
  ({ id, familyId, name, email, relationship, rights, joinsFamily, lentUntil: isoTimeOrNull(lentUntil), childIds, status, createdAt: isoTime(createdAt), expiresAt: isoTime(expiresAt) });
const InvitationId = z.object({ invitationId: z.string() });
const Code = z.object({ code: z.string().max(100).meta({ description: "From the mailed link, a pairing code, or the invitation's id, for the account whose verified address was invited" }) });

export const familyInvitations = [
  endpoint({
    method: "post", path: "/family-invitations", tag: "Families", summary: "Invite an adult by e-mail", actor: "required", policy: "family:edit", body: InviteInput, answers: { 201: InvitationView }, refusals: [409, 429],
    handle: async ({ ctx, actor, body, idempotencyKey }) => ({
      status: 201, body: view(await getInvitation(ctx, actor, await inviteToFamily(ctx, actor, body, await repeatOf(idempotencyKey, ["invite", body])))),
    }),
  }),
  endpoint({
    method: "post", path: "/family-invitations/pairing-codes", tag: "Families", summary: "Make a pairing code; it is shown only in this answer", actor: "required", policy: "family:edit", body: PairingInput, answers: { 201: InvitationView.extend({ code: z.string() }).meta({ id: "PairingCode" }) }, refusals: [409, 429],
    handle: async ({ ctx, actor, body }) => {
      const { id, code } = await makePairingCode(ctx, actor, body);
      return { status: 201, body: { ...view(await getInvitation(ctx, actor, id)), code: shownCode(code) } };
    },
  }),
  endpoint({
    method: "post", path: "/family-invitations/{invitationId}/resend", tag: "Families", summary: "Mail an invitation again, with a new link", actor: "required", policy: "own", params: InvitationId, answers: { 200: InvitationView }, refusals: [409, 429],
    handle: async ({ ctx, actor, params }) => {
      await resendInvitation(ctx, actor, params.invitationId);
      return { status: 200, body: view(await getInvitation(ctx, actor, params.invitationId)) };
    },
  }),
  endpoint({
    method: "get", path: "/family-invitations", tag: "Families", summary: "Invitations I sent", actor: "required", policy: "own", query: Paging, answers: { 200: pageOf(InvitationView) },
    handle: async ({ ctx, actor, query }) => {
      const { items, nextCursor } = await listInvitations(ctx, actor, query);
      return { status: 200, body: { items: items.map(view), nextCursor } };
    },
  }),
  endpoint({
    method: "delete", path: "/family-invitations/{invitationId}", tag: "Families", summary: "Take an invitation back", actor: "required", policy: "own", params: InvitationId, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await cancelInvitation(ctx, actor, params.invitationId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/family-invitations/{code}/acceptance", tag: "Families", summary: "Join the family", actor: "required", policy: "own", params: Code, answers: { 200: z.object({ familyId: z.string().nullable() }) }, refusals: [409, 429],
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { familyId: await acceptInvitation(ctx, actor, params.code) } }),
  }),
  endpoint({
    method: "post", path: "/family-invitations/{code}/decline", tag: "Families", summary: "Say no", actor: "required", policy: "own", params: Code, answers: { 204: null }, refusals: [409, 429],
    handle: async ({ ctx, actor, params }) => {
      await declineInvitation(ctx, actor, params.code);
      return { status: 204 };
    },
  }),
];
