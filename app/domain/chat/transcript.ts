import type { RoomMessage } from "./rooms.ts";

export type Transcript = { conversationId: string; title: string; exportedAt: string; exportedBy: string; timeZone: string; messages: RoomMessage[] };

/** Marks of direction in what people wrote end with it. */
const isolated = (text: string) => `\u2068${text}\u2069`;
/** Further lines are set in, so that nobody's message can look like another's. */
const setIn = (text: string) => text.split("\n").map(isolated).join("\n    ");

/** The transcript to be read, one message after the other. */
export function writeTranscript({ title, exportedAt, exportedBy, messages }: Transcript, say: { time: (instant: number) => string; nobody: string; deleted: string; edited: string }): string {
  const line = ({ seq, at, senderName, text, editedAt, deletedAt, files }: RoomMessage) => [
    `${seq}. ${say.time(at)}, ${isolated(senderName || say.nobody)}:${editedAt !== null && deletedAt === null ? ` (${say.edited})` : ""}`,
    `    ${deletedAt === null ? setIn(text) : say.deleted}`, ...files.map(({ id, name }) => `    [${id}] ${isolated(name)}`),
  ].join("\n");
  return [`${title}\n${exportedBy}, ${exportedAt}\n`, ...messages.map(line)].join("\n") + "\n";
}
