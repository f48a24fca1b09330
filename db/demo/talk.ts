type Line = [who: string, text: string];
/** A conversation of the demo: by whose list it is found or opened, under which name it stands there, and what is said. */
export type DemoTalk = { room: { of: string; title: string } | { about: string; by: string } | { family: string; by: string }; lines: Line[] };

export const talks: DemoTalk[] = [
  { room: { of: "teacher", title: "Neema Otieno, Mathematics" }, lines: [
    ["teacher", "Good morning Neema. Please bring the blue exercise book tomorrow, we go on with fractions."],
    ["grade6", "Good morning teacher. I have it in my bag already"],
    ["teacher", "Try the first three on page 42 before the lesson. The others we do together."],
    ["grade6", "I did one and two. Three I do not understand at all"],
    ["teacher", "That one is hard. Draw the cake first, then cut it."],
    ["grade6", "Oh! Is it five eighths?"],
    ["teacher", "It is. Well done."],
  ] },
  { room: { of: "teacher", title: "Imani Otieno, Mathematics" }, lines: [
    ["grade8", "Teacher, may I hand in the project on Monday? The printer at the cyber is broken."],
    ["teacher", "Monday morning is fine. A photograph of your pages is enough, too."],
    ["grade8", "Thank you"],
  ] },
  { room: { about: "Neema Otieno, Mathematics", by: "guardian" }, lines: [
    ["guardian", "Good evening Ms Wanjiru. Neema has a clinic visit on Thursday and may come twenty minutes late."],
    ["teacher", "Thank you for telling me. We begin with reading that day, so she will not miss much."],
    ["co-guardian", "I will bring her straight to class."],
    ["teacher", "By the way: she explained equivalent fractions to two others today. You can be proud of her."],
  ] },
  { room: { family: "Otieno family", by: "guardian" }, lines: [
    ["guardian", "Dinner is at seven. Who sets the table?"],
    ["grade8", "Neema's turn!"],
    ["grade6", "It was me yesterday. But all right"],
    ["co-guardian", "I am home at half past six and help."],
  ] },
];
