import type { Article } from "../article.ts";

export const learning: Article[] = [
  {
    slug: "booking-lessons",
    title: "Book, move and cancel a lesson",
    summary: "From the teacher’s free times to your answer.",
    text: [
      "Lessons are booked from the free times of a teacher who teaches the child. The account needs enough hours; they are held until the lesson is over.",
      "If the child books and you want to be asked, the time is held until you answer. Moving a lesson works the same: the old time stands until the new one is agreed.",
      "A guardian can cancel until the start. Less than two hours before, the hours are used up.",
    ],
    links: [{ href: "/book", label: "Book a lesson" }, { href: "/schedule", label: "The timetable" }, { href: "/approvals", label: "Lessons that wait for your answer" }],
    alsoCalled: "booking lesson class tutor appointment reschedule move cancel late timetable slot available",
  },
  {
    slug: "calendar-feed",
    title: "Lessons in your own calendar",
    summary: "An address that your phone’s calendar follows.",
    text: [
      "Make a calendar address in the settings and give it to the calendar of your phone or computer. Lessons then appear there and move when they move here.",
      "Whoever has the address sees the lessons, so treat it like a key. You can make one for each device and take each back by itself.",
    ],
    links: [{ href: "/settings/calendar", label: "Calendars" }],
    alsoCalled: "calendar feed ics ical google apple outlook subscribe phone sync",
  },
  {
    slug: "progress-and-goals",
    title: "See how a child is doing",
    summary: "Progress, what it rests on, goals and mood.",
    text: [
      "The learning page of a child shows the seven competencies. Each opens the work and the observations behind it; where there is too little, it says so. Children are never ranked.",
      "Goals are the family’s: school work, behaviour, something creative, health. Kinboard may suggest one, and says that it does.",
      "Mood is a private journal of the family.",
    ],
    links: [{ href: "/children", label: "Choose a child" }],
    alsoCalled: "progress learning competency competencies radar grades marks report goals mood feelings streak certificate badge achievement",
  },
  {
    slug: "assignments",
    title: "Work to hand in",
    summary: "What is due, how it is handed in, and where the feedback is.",
    text: [
      "Assignments show what to do and by when, in your own time. A child hands in text, files or both; a later try does not replace an earlier one.",
      "The teacher gives feedback with a level, or sends the work back for another try. Guardians who may see assessments read the same.",
    ],
    links: [{ href: "/assignments", label: "Assignments" }, { href: "/materials", label: "Materials" }],
    alsoCalled: "homework assignment submit hand in deadline due late upload file feedback grade material worksheet",
  },
];
