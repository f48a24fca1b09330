import { write, type Db, type Write } from "./client.ts";

/** Somebody with a place in a room: how far they have read, and who wrote the first message that they have not read and are to hear of. */
export type RoomReader = { userId: string; capacity: string; readSeq: number; unread: number; from: string | null };
type ToTell = RoomReader & { id: string; jobId: string };

/** Once until they read: the cause is how far they had read. Guardians who only look on are not spoken to; help tells by itself. */
export const tellReaders = (db: Db, conversationId: string, readers: ToTell[], now: number, deliverAt: number): Write[] => [
  write(db, `INSERT INTO notifications (id, user_id, child_id, type, severity, facts, path, cause, created_at)
    SELECT r.value ->> 'id', r.value ->> 'userId', c.child_id, 'message.received', 'info',
      json_object('from', r.value ->> 'from', 'room', c.id, 'child', coalesce((SELECT u.name FROM users u WHERE u.id = c.child_id), '')), '/messages/' || c.id, c.id || '.unread.' || (r.value ->> 'readSeq'), ?3
    FROM json_each(?2) r JOIN conversations c ON c.id = ?1 AND c.kind <> 'support' AND NOT (r.value ->> 'capacity' = 'guardian' AND c.kind IN ('student_teacher', 'student_tutor')) WHERE true ON CONFLICT DO NOTHING`,
    conversationId, JSON.stringify(readers), now),
  write(db, `INSERT INTO jobs (id, kind, payload, available_at, created_at) SELECT r.value ->> 'jobId', 'deliver-notification', json_object('notificationId', r.value ->> 'id'), ?3, ?2
    FROM json_each(?1) r WHERE EXISTS (SELECT 1 FROM notifications n WHERE n.id = r.value ->> 'id')`, JSON.stringify(readers), now, deliverAt),
];

/** Whoever has read the room, or the question, has read that there was something. */
export const readMessageNews = (db: Db, conversationId: string, userIds: string[], now: number): Write =>
  write(db, "UPDATE notifications SET read_at = ?3 WHERE user_id IN (SELECT value FROM json_each(?2)) AND read_at IS NULL AND (type = 'message.received' AND path = '/messages/' || ?1 OR type IN ('support.asked', 'support.answered') AND path = '/support/tickets/' || ?1)", conversationId, JSON.stringify(userIds), now);

/** A notice for the school's own chat, once for a message; none where the school did not ask for it. */
export const planPachcaNotice = (db: Db, jobId: string, conversationId: string, seq: number, now: number): Write =>
  write(db, `INSERT INTO jobs (id, kind, payload, available_at, created_at) SELECT ?1, 'post-to-pachca', json_object('conversationId', c.id, 'seq', ?3), ?4, ?4
    FROM conversations c JOIN integrations i ON i.school_id = c.school_id AND i.kind = 'pachca' AND i.active = 1 WHERE c.id = ?2 AND c.kind <> 'announcement' ON CONFLICT DO NOTHING`, jobId, conversationId, seq, now);
