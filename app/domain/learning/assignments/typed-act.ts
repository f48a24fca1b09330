import { typedAudience } from "../audience.ts";

/** The forms of an assignment's page as input. An emptied field of the teacher's says that there is none. */
export function typedAct({ act, title, instructions, competency, dueOn, dueTime, timeZone, ...typed }: Record<string, string>): unknown {
  return act === "save" ? { act, title: title ?? "", instructions: instructions ?? "", competency: competency ?? null, dueOn: dueOn ?? "", dueTime: dueTime ?? "", timeZone: timeZone ?? "", ...(typed.to ? typedAudience(typed) : {}) } : { act, ...typed };
}
