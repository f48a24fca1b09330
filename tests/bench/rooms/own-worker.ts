// Left outside the bundle: the very file that would be deployed.
import part, { ChatRoom as DeployedRoom, Inbox as DeployedInbox } from "#worker/parts/rooms.ts";
import type { Bindings } from "#worker/env.ts";

/** How often each object was made since the process began: one that hibernated is made again when it wakes. */
const made: Record<string, number> = {};
const note = (ctx: DurableObjectState) => void (made[ctx.id.toString()] = (made[ctx.id.toString()] ?? 0) + 1);

export class ChatRoom extends DeployedRoom {
  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    note(ctx);
  }

  die(): void {
    this.ctx.abort("evicted");
  }
}

export class Inbox extends DeployedInbox {
  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    note(ctx);
  }

  die(): void {
    this.ctx.abort("evicted");
  }
}

type Env = { ROOMS: DurableObjectNamespace<ChatRoom>; INBOXES: DurableObjectNamespace<Inbox>; API: Fetcher };

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.startsWith("/api/")) return env.API.fetch(request);
    if (!pathname.startsWith("/bench/")) return part.fetch(request as never, env);
    const [room, inbox] = [env.ROOMS.idFromName(searchParams.get("room")!), env.INBOXES.idFromName(searchParams.get("inbox")!)];
    if (pathname === "/bench/made") return Response.json({ room: made[room.toString()] ?? 0, inbox: made[inbox.toString()] ?? 0 });
    await (pathname === "/bench/evict-room" ? env.ROOMS.get(room).die() : env.INBOXES.get(inbox).die()).catch(() => undefined);
    return new Response("evicted");
  },
} satisfies ExportedHandler<Env>;
