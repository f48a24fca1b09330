import type { Pachca } from "#app/domain/integrations/pachca.ts";
import type { Env } from "../../env.ts";

/** Pachca's API as documented: bearer, a message for a discussion, any 2xx is yes. */
export function pachcaOver({ PACHCA_API_URL: url }: Pick<Env, "PACHCA_API_URL">): Pachca {
  return {
    async post({ token, channelId, content }) {
      const answer = await fetch(`${url}/api/shared/v1/messages`, {
        method: "POST",
        headers: { "Authorization": `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify({ message: { entity_type: "discussion", entity_id: channelId, content } }),
        redirect: "manual",
        signal: AbortSignal.timeout(10_000),
      }).catch(() => null);
      if (!answer) return { taken: false, again: "later", afterMs: 0, status: null };
      await answer.body?.cancel();
      const { status } = answer;
      if (answer.ok) return { taken: true };
      if (status !== 429 && status < 500) return { taken: false, again: "no", status };
      return { taken: false, again: "later", afterMs: status === 429 ? waitFrom(answer.headers.get("Retry-After")) : 0, status };
    },
  };
}

/** In seconds, or a date; an hour at most. */
function waitFrom(header: string | null): number {
  const wait = header === null ? NaN : /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(wait) ? 0 : Math.min(Math.max(wait, 0), 3_600_000);
}
