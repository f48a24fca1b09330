import type { Channel, Least, Topic } from "../../domain/notifications/topics.ts";

const channels: Record<Channel, string> = { email: "By e-mail", sms: "By text message", push: "On this and other devices" };
const leasts: Record<Least, string> = { info: "Everything, at once", attention: "What needs me, at once", urgent: "Only what is urgent", digest: "With the digest", none: "Nothing" };
const topics: Record<Topic, string> = { money: "Requests and money", lessons: "Lessons and attendance", learning: "Learning", messages: "Messages", family: "Family and privacy", security: "Your account's safety" };

/** What goes out of Kinboard: what people choose of it, and its words. */
export const notices = {
  title: "Notifications",
  about: "Everything is in your inbox. Choose what else reaches you, and when.",
  settingsAbout: "What is mailed or sent to you, when, and how often.",
  saved: "Saved.",
  pushIsOn: "This browser will tell you when there is something new.",
  pushIsOff: "That browser will tell you no more.",
  when: "When",
  quietFrom: "Quiet from",
  quietUntil: "Quiet until",
  quietHint: (zone: string) => `By the clock of ${zone}. Nothing rings then; it waits for the digest. Leave both empty for no quiet hours.`,
  digestDay: "The digest comes",
  digestDays: ["Every day", "On Mondays", "On Tuesdays", "On Wednesdays", "On Thursdays", "On Fridays", "On Saturdays", "On Sundays"],
  digestHour: "At",
  digestHint: "One mail with what waited and is still unread.",
  budget: "Interruptions a week, at most",
  budgetHint: "What is more waits for the digest. What is urgent or about your account's safety always comes. Empty: no limit.",
  what: "What",
  topics,
  channels,
  leasts,
  summary: (topic: string, said: string) => `${topic}: ${said}`,
  inboxOnly: "in the inbox only",
  briefChannels: { email: "e-mail", sms: "text message", push: "devices" } as Record<Channel, string>,
  asForAll: "As for all children",
  ofChild: (name: string) => `Different for ${name}`,
  security: "Changes to your account are mailed in any case.",
  save: "Save",
  push: "On this device",
  pushAbout: "A browser can tell you that there is something new, without saying what. Open Kinboard to read it.",
  pushNeedsScript: "Your browser offers the button for it where it can; it needs scripts.",
  pushOn: "Tell me on this device",
  pushFailed: "The browser did not allow it. Its settings for this page say why.",
  pushSince: (day: string) => `since ${day}`,
  pushRemove: "Stop",
  unknownDevice: "A browser",
  nudge: (link: string) => `There is something new for you in Kinboard: ${link}`,
  digestSubject: (count: number) => (count === 1 ? "One thing waited for you in Kinboard" : `${count} things waited for you in Kinboard`),
  digestAbout: "This waited for you, and you have not read it yet:",
  digestFooter: (link: string) => `When and what you are told, you choose here:\n${link}`,
};

/** Reasons of refusal in this part of the product. */
export const noticesProblems = {
  quiet_too_long: "Leave at least two hours of the day in which you can be told.",
  digest_in_quiet_hours: "The digest would come in your quiet hours. Choose an hour outside them.",
  chosen_twice: "The same choice stands here twice.",
  out_of_range: "Enter a number that is possible here.",
  push_not_set_up: "This server has no push.",
  push_endpoint_unusable: "This is no address of a push service.",
};
