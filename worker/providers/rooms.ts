import type { Inboxes, Rooms } from "#app/domain/chat/rooms.ts";
import type { Bindings } from "../env.ts";

/** The rooms by their Durable Objects. */
export function durableRooms(namespace: Bindings["ROOMS"]): Rooms {
  const room = (conversationId: string) => namespace.get(namespace.idFromName(conversationId));
  return {
    send: async (conversationId, message) => room(conversationId).send(message),
    history: async (conversationId, asked) => room(conversationId).history(asked),
    changes: async (conversationId, asked) => room(conversationId).changes(asked),
    edit: async (conversationId, change) => room(conversationId).edit(change),
    remove: async (conversationId, change) => room(conversationId).remove(change),
    find: async (conversationId, asked) => room(conversationId).find(asked),
    forget: async (conversationId, person) => room(conversationId).forget(person),
    plan: async (conversationId, planned) => room(conversationId).plan(planned),
    planned: async (conversationId, senderId) => room(conversationId).planned(senderId),
    unplan: async (conversationId, planned) => room(conversationId).unplan(planned),
    holds: async (conversationId, asked) => room(conversationId).holds(asked),
    carry: async (conversationId, pointer) => room(conversationId).carry(pointer),
    read: async (conversationId, reader) => room(conversationId).read(reader),
  };
}

/** The inboxes by theirs. Whom nobody could tell is noted again, for the sweep. */
export function durableInboxes(namespace: Bindings["INBOXES"], d1: D1Database): Inboxes {
  return {
    async stir(userIds) {
      const told = await Promise.allSettled(userIds.map((userId) => namespace.get(namespace.idFromName(userId)).stir()));
      const untold = userIds.filter((_, at) => told[at]!.status === "rejected");
      if (untold.length > 0) await d1.prepare("INSERT OR IGNORE INTO stirred SELECT value FROM json_each(?1)").bind(JSON.stringify(untold)).run();
    },
  };
}
