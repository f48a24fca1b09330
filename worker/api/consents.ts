import * as z from "zod";
import { answerProposal } from "#app/domain/consent/answer-proposal.server.ts";
import { readConsents } from "#app/domain/consent/consent-page.server.ts";
import { CellInput, SetConsentsInput } from "#app/domain/consent/inputs.ts";
import { setConsents } from "#app/domain/consent/set-consents.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const Matrix = z.object({
  childId: z.string(), maySet: z.boolean(),
  cells: z.array(CellInput.extend({
    open: z.boolean(), until: Instant.nullable(), reason: z.string().nullable(), setBy: z.string().nullable(), setAt: Instant.nullable(),
    needsBoth: z.boolean().meta({ description: "Opening it takes a second guardian, where the child has two who may" }),
  })),
  proposals: z.array(CellInput.extend({ id: z.string(), proposer: z.string(), mine: z.boolean(), until: Instant.nullable(), reason: z.string().nullable(), expiresAt: Instant })),
}).meta({ id: "ConsentMatrix" });
const Outcomes = z.object({ cells: z.array(CellInput.extend({ outcome: z.enum(["done", "already", "proposed", "waiting"]) })) }).meta({ id: "ConsentOutcomes" });
const ProposalId = z.object({ proposalId: z.string() });
const tag = "Consent";

export const consents = [
  endpoint({
    method: "get", path: "/consents", tag, summary: "Who may see what of a child", actor: "required", policy: "consent:view", query: z.object({ childId: z.string() }), answers: { 200: Matrix },
    handle: async ({ ctx, actor, query }) => {
      const { childId, maySet, cells, proposals } = await readConsents(ctx, actor, query.childId);
      return {
        status: 200, body: {
          childId, maySet,
          cells: cells.map(({ dataType, recipient, open, until, reason, setBy, setAt, needsBoth }) => ({ dataType, recipient, open, until: isoTimeOrNull(until), reason, setBy, setAt: isoTimeOrNull(setAt), needsBoth })),
          proposals: proposals.map(({ id, dataType, recipient, proposer, mine, until, reason, expiresAt }) => ({ id, dataType, recipient, proposer, mine, until: isoTimeOrNull(until), reason, expiresAt: isoTime(expiresAt) })),
        },
      };
    },
  }),
  endpoint({
    method: "put", path: "/consents", tag, summary: "Open or close cells of a child's matrix; answers what became of each", actor: "required", policy: "consent:set", body: SetConsentsInput, answers: { 200: Outcomes }, refusals: [409],
    handle: async ({ ctx, actor, body }) => ({ status: 200, body: { cells: await setConsents(ctx, actor, body) } }),
  }),
  endpoint({
    method: "post", path: "/consent-proposals/{proposalId}/agreement", tag, summary: "Agree, as the second guardian", actor: "required", policy: "consent:set", params: ProposalId, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await answerProposal(ctx, actor, params.proposalId, "agreed");
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/consent-proposals/{proposalId}/decline", tag, summary: "Say no, as the second guardian", actor: "required", policy: "consent:set", params: ProposalId, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await answerProposal(ctx, actor, params.proposalId, "declined");
      return { status: 204 };
    },
  }),
  endpoint({
    method: "delete", path: "/consent-proposals/{proposalId}", tag, summary: "Take one's own proposal back", actor: "required", policy: "consent:set", params: ProposalId, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await answerProposal(ctx, actor, params.proposalId, "withdrawn");
      return { status: 204 };
    },
  }),
];
