/** Services of others that a school is told by. */
export const integrations = {
  title: "Other services",
  about: "Where your school is told of what happens here.",
  pachca: "Pachca",
  pachcaAbout: "When a family or a student writes to somebody at the school, a notice comes into a Pachca channel: the subject, that there is a message, and the way to it. No names and no words, unless the child's guardians allow chats to go to outside services.",
  token: "Access token",
  tokenHint: "From Pachca, under automations. It is kept sealed and never shown again.",
  tokenKept: "A token is kept. Leave this empty to go on with it.",
  channelId: "Number of the channel",
  channelHint: "The discussion's number, as it stands in its address.",
  save: "Save and turn on",
  test: "Send a test message",
  stop: "Turn off",
  isOn: "On",
  isOff: "Off",
  lastProblem: (problem: string) => `The last notice was not taken: ${problem}.`,
  done: { save: "Saved. Notices go to the channel from now on.", test: "The test message is in the channel.", stop: "Turned off. No notices go out any more." } as Record<string, string>,
  kinds: { student_teacher: "A lesson's conversation", student_tutor: "Tutoring", guardian_teacher: "A guardian and a teacher", support: "Help" } as Record<string, string>,
  conversation: "Conversation",
  notice: (about: string, link: string) => `${about}: new message\n${link}`,
  noticeWithContent: (about: string, sender: string, text: string, link: string) => `${about}: ${sender}: ${text}\n${link}`,
  testMessage: "Kinboard is connected with this channel.",
};

export const integrationsProblems = {
  channel_number: "Enter the channel's number, in digits only.",
  pachca_not_set: "Set the token and the channel first.",
  pachca_refused: "Pachca refused it. Look at the token and the channel's number.",
  pachca_busy: "Pachca takes nothing at the moment. Try again in a minute.",
};
