import { talks, type DemoTalk } from "#db/demo/talk.ts";
import { children, DEMO_DOMAIN, DEMO_PASSWORD, DEMO_PIN } from "#db/demo/people.ts";

type Conversation = { id: string; title: string; schoolId: string | null; childId: string | null; staffId: string | null; lastText: string | null };

/**
 * Lets the demo people talk. What is said is kept in the rooms, which only the running app has, so it is said by the app's own doors; said again, it is the
 * same messages. Answers whether anything was said.
 */
export async function letDemoTalk(origin: string): Promise<boolean> {
  const tokens = new Map<string, string>();
  const ask = async <T>(who: string | null, method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${origin}/api/v1${path}`, { method, headers: { "Content-Type": "application/json", ...(who ? { Authorization: `Bearer ${await tokenOf(who)}` } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${method} ${path} as ${who ?? "nobody"} was answered with ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const tokenOf = async (who: string): Promise<string> => {
    const child = children.some(({ key }) => key === who);
    const known = tokens.get(who) ?? (await ask<{ token: string }>(null, "POST", "/auth/tokens", { identifier: child ? who : `${who}@${DEMO_DOMAIN}`, password: child ? DEMO_PIN : DEMO_PASSWORD })).token;
    tokens.set(who, known);
    return known;
  };
  const listOf = async (who: string) => (await ask<{ items: Conversation[] }>(who, "GET", "/conversations?limit=100")).items;
  const named = async (who: string, title: string) => {
    const found = (await listOf(who)).find((one) => one.title === title);
    if (!found) throw new Error(`${who} has no conversation "${title}"`);
    return found;
  };
  const idOf = async ({ room }: DemoTalk): Promise<string> => {
    if ("of" in room) return (await named(room.of, room.title)).id;
    if ("family" in room) {
      const { items } = await ask<{ items: { id: string; name: string }[] }>(room.by, "GET", "/families");
      return (await ask<{ id: string }>(room.by, "POST", "/conversations", { kind: "family", familyId: items.find(({ name }) => name === room.family)!.id })).id;
    }
    const { childId, staffId, schoolId } = await named("teacher", room.about);
    return (await ask<{ id: string }>(room.by, "POST", "/conversations", { kind: "guardian_teacher", childId, staffId, schoolId })).id;
  };

  const first = talks[0]!;
  if ("of" in first.room && (await named(first.room.of, first.room.title)).lastText !== null) return false;
  for (const [at, talk] of talks.entries()) {
    const id = await idOf(talk);
    for (const [line, [who, text]] of talk.lines.entries()) await ask(who, "POST", `/conversations/${id}/messages`, { text, clientId: `demo-message-${at}-${line}` });
  }
  return true;
}
