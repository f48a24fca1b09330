import { CodeEmailInput, CodeInput, PhoneInput } from "#app/domain/identity/inputs.ts";
import { disableCodes, enableCodes, resendFirstCode, setUpCodeFactor } from "#app/domain/identity/set-up-code-factor.server.ts";
import { endpoint } from "./endpoint.ts";
import { BackupCodes } from "./second-factors.ts";

/** The same four doors for each way that a code can take. */
export const codeFactors = ([["sms", "SMS", PhoneInput], ["email", "e-mail", CodeEmailInput]] as const).flatMap(([channel, name, address]) => [
  endpoint({
    method: "post", path: `/auth/2fa/${channel}/setup`, tag: "Identity", summary: `Begin with codes by ${name}: the first one is sent`, actor: "required", policy: "own", body: address, answers: { 204: null }, refusals: [409, 429],
    handle: async ({ ctx, actor, body }) => {
      await setUpCodeFactor(ctx, actor, channel, body.address);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: `/auth/2fa/${channel}/send`, tag: "Identity", summary: `Have the first code by ${name} sent again; the one before lapses`, actor: "required", policy: "own", answers: { 204: null }, refusals: [409, 429],
    handle: async ({ ctx, actor }) => {
      await resendFirstCode(ctx, actor, channel);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: `/auth/2fa/${channel}/verify`, tag: "Identity", summary: `Turn codes by ${name} on by the first one`, actor: "required", policy: "own", body: CodeInput, answers: { 200: BackupCodes }, refusals: [409, 429],
    handle: async ({ ctx, actor, body }) => ({ status: 200, body: await enableCodes(ctx, actor, channel, body.code) }),
  }),
  endpoint({
    method: "post", path: `/auth/2fa/${channel}/disable`, tag: "Identity", summary: `Turn codes by ${name} off`, actor: "required", policy: "own", answers: { 204: null },
    handle: async ({ ctx, actor }) => {
      await disableCodes(ctx, actor, channel);
      return { status: 204 };
    },
  }),
]);
