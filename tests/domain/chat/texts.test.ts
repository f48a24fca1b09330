import { expect, test } from "vitest";
import * as z from "zod";
import type { RoomMessage } from "#app/domain/chat/rooms.ts";
import { timedForm } from "#app/domain/chat/timed-inputs.ts";
import { writeTranscript } from "#app/domain/chat/transcript.ts";

const Form = z.object(timedForm("Africa/Nairobi"));
const typed = { text: "Bring your books", clientId: "client-one" };

test("CHT-8: a message for later goes out when the writer's own clocks show that time; without one now", () => {
  expect(Form.parse(typed)).toEqual({ ...typed, silent: false, sendAt: null });
  expect(Form.parse({ ...typed, silent: "yes", sendAt: "2026-12-01T16:30" })).toEqual({ ...typed, silent: true, sendAt: Date.parse("2026-12-01T16:30:00+03:00") });
});

test.each([
  ["tomorrow", "Africa/Nairobi", "local_time_malformed"],
  ["2026-02-30T10:00", "Africa/Nairobi", "local_time_malformed"],
  ["2027-03-28T02:30", "Europe/Berlin", "time_skipped"],
])("CHT-8: %s in %s is no time to send at, and refused at its field as %s", (sendAt, zone, problem) => {
  const { error } = z.object(timedForm(zone)).safeParse({ ...typed, sendAt });
  expect(error!.issues.map(({ path, message }) => [path.join("."), message])).toEqual([["sendAt", problem]]);
});

test("CHT-9: a transcript says who is erased, what was changed and what was taken back, and nobody's lines look like another's", () => {
  const message = (seq: number, more: Partial<RoomMessage>): RoomMessage => ({ seq, revision: seq, senderId: "user_t", senderName: "Teacher", clientId: "c", at: seq, text: "Good morning", silent: false, editedAt: null, deletedAt: null, files: [], ...more });
  const text = writeTranscript({
    conversationId: "conv_1", title: "Mathematics", exportedAt: "2026-11-24", exportedBy: "Baba", timeZone: "Africa/Nairobi",
    messages: [
      message(1, { files: [{ id: "file_1", name: "sums.pdf", type: "application/pdf", size: 3 }] }), message(2, { senderId: null, senderName: "", text: "one\n2. two" }),
      message(3, { editedAt: 5, text: "Better" }), message(4, { editedAt: 5, deletedAt: 6, text: "" }),
    ],
  }, { time: (at) => `at ${at}`, nobody: "somebody erased", deleted: "taken back", edited: "changed" });
  expect(text.replace(/[\u2068\u2069]/g, "|").split("\n")).toEqual([
    "Mathematics", "Baba, 2026-11-24", "", "1. at 1, |Teacher|:", "    |Good morning|", "    [file_1] |sums.pdf|", "2. at 2, |somebody erased|:", "    |one|", "    |2. two|",
    "3. at 3, |Teacher|: (changed)", "    |Better|", "4. at 4, |Teacher|:", "    taken back", "",
  ]);
});
