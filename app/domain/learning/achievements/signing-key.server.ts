import { commit, type Write } from "#db/client.ts";
import { insertSigningKey, retireSigningKeys, type SigningKey } from "#db/signing-keys.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { authorize, requireStepUp } from "../../policy.ts";
import { sign, makeKeyPair } from "./jws.ts";
import { issuerUrl, keyUrl } from "./issuer.ts";

/** A new key of the school, its private half sealed; with the write that keeps it. */
export async function planKey(ctx: AppContext, schoolId: string): Promise<{ key: SigningKey; writes: Write[] }> {
  const { publicJwk, privateJwk } = await makeKeyPair();
  const id = ctx.ids.make("key");
  const kid = keyUrl(issuerUrl(ctx.settings.origin, schoolId), id);
  const key = { id, schoolId, publicJwk: { ...publicJwk, kid } as JsonWebKey, sealedPrivateJwk: await ctx.vault.seal(JSON.stringify(privateJwk)), createdAt: ctx.clock.now(), retiredAt: null };
  return { key, writes: [insertSigningKey(ctx.db, key)] };
}

export async function signWith(ctx: AppContext, key: Pick<SigningKey, "id" | "schoolId" | "sealedPrivateJwk">, claims: object): Promise<string> {
  return sign(claims, JSON.parse(await ctx.vault.open(key.sealedPrivateJwk)) as JsonWebKey, keyUrl(issuerUrl(ctx.settings.origin, key.schoolId), key.id));
}

/** From now on the school signs with another key. What the old one signed still holds. */
export async function rotateKey(ctx: AppContext, actor: Actor, schoolId: string): Promise<string> {
  authorize(actor, "school:administer", schoolId);
  requireStepUp(actor, ctx.clock.now());
  const { key, writes } = await planKey(ctx, schoolId);
  await commit(ctx.db, [retireSigningKeys(ctx.db, schoolId, key.createdAt), ...writes, record(ctx, actor, { action: "signing_key.rotated", subjectId: key.id, schoolId })]);
  return key.id;
}
