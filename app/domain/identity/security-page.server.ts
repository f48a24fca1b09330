import { selectLoginAttempts } from "#db/credentials.ts";
import { selectCodeFactors } from "#db/code-factors.ts";
import { selectPasskeys } from "#db/passkeys.ts";
import { selectFactorStatus, selectTotp } from "#db/second-factors.ts";
import { selectSessions } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { byId, pageOf, type Paging } from "../paging.ts";
import { masked, type CodeChannel } from "./code-factors.ts";
import { deviceOf } from "./device.ts";
import { totpUri } from "./totp.ts";

const LOGINS_SHOWN = 10;

/** Everything on /settings/security, in one batch. */
export async function loadSecurityPage(ctx: AppContext, actor: Actor, before?: string) {
  const [sessions, passkeys, attempts, [status]] = await ctx.db.batch([
    selectSessions(ctx.db, actor.userId, ctx.clock.now()),
    selectPasskeys(ctx.db, actor.userId),
    selectLoginAttempts(ctx.db, actor.userId, { before, limit: LOGINS_SHOWN + 1 }),
    selectFactorStatus(ctx.db, actor.userId),
  ]);
  const { items, nextCursor } = pageOf(attempts, LOGINS_SHOWN, byId);
  return {
    sessions: sessions.map(({ userAgent, ...session }) => ({ ...session, device: deviceOf(userAgent), current: session.id === actor.session.id })),
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt, lastUsedAt })),
    logins: items.map(({ userAgent, ...attempt }) => ({ ...attempt, device: deviceOf(userAgent) })),
    olderLogins: nextCursor,
    status: statusOf(status!),
  };
}

/** The second factor: what is set up, or the secret that waits for its first code. */
export async function loadSecondFactorPage(ctx: AppContext, actor: Actor) {
  const [[status], [totp], codes] = await ctx.db.batch([selectFactorStatus(ctx.db, actor.userId), selectTotp(ctx.db, actor.userId), selectCodeFactors(ctx.db, actor.userId)]);
  const secret = totp?.enabledAt === null ? await ctx.vault.open(totp.sealedSecret) : null;
  const begun = codes.filter((factor) => factor.verifiedAt === null).map(({ channel, address }) => ({ channel, address }));
  return { status: statusOf(status!), begun, pending: secret === null ? null : { secret, uri: totpUri(secret, actor.email ?? actor.name) } };
}

export async function loadFactorStatus(ctx: AppContext, actor: Actor) {
  return statusOf((await selectFactorStatus(ctx.db, actor.userId))[0]!);
}

export async function listLogins(ctx: AppContext, actor: Actor, { limit, cursor }: Paging) {
  return pageOf(await selectLoginAttempts(ctx.db, actor.userId, { before: cursor, limit: limit + 1 }), limit, byId);
}

export async function listSessions(ctx: AppContext, actor: Actor) {
  return selectSessions(ctx.db, actor.userId, ctx.clock.now());
}

export async function listPasskeys(ctx: AppContext, actor: Actor) {
  return selectPasskeys(ctx.db, actor.userId);
}

type StatusRow = { totpEnabledAt: number | null; backupCodesLeft: number; passkeys: number; codeAddresses: { channel: CodeChannel; address: string }[] };

function statusOf(row: StatusRow) {
  const codes = (channel: CodeChannel) => {
    const address = row.codeAddresses.find((one) => one.channel === channel)?.address;
    return { enabled: address !== undefined, address: address === undefined ? null : masked(channel, address) };
  };
  return { sms: codes("sms"), email: codes("email"), totp: { enabled: row.totpEnabledAt !== null, enabledAt: row.totpEnabledAt }, backupCodes: { left: row.backupCodesLeft }, passkeys: { count: row.passkeys } };
}
