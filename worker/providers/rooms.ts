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
    read: async (conversationId, reader) => room(conversationId).read(reader),
  };
}

export function durableInboxes(namespace: Bindings["INBOXES"]): Inboxes {
  return { stir: async (userIds) => void (await Promise.all(userIds.map((userId) => namespace.get(namespace.idFromName(userId)).stir()))) };
}
