import type { Article } from "../article.ts";

export const family: Article[] = [
  {
    slug: "inviting-a-guardian",
    title: "Invite another guardian",
    summary: "By mail or by a code, with the rights that you choose.",
    text: [
      "The primary guardian of a child can invite another adult: by e-mail, which is good for a week, or by a short code that you tell them, which is good for a day.",
      "You choose what they may do: approve purchases, arrange lessons, see progress, talk with teachers. Living in the same family gives no right by itself, and a guardian of one child learns nothing of another.",
      "You can also lend some of your own rights for a time, for instance while you travel. They end by themselves on the day you named.",
    ],
    links: [{ href: "/family/people/invite", label: "Invite somebody" }, { href: "/family/people", label: "Who looks after whom" }],
    alsoCalled: "invitation invite parent co-parent partner grandmother grandparent step pairing code lend delegate add person",
  },
  {
    slug: "adding-a-child",
    title: "Add a child to your family",
    summary: "A new account for a child, or one that a school has made already.",
    text: [
      "Make an account for your child on the family’s page: a username, a level, and a PIN if the child signs in alone. Children need no e-mail.",
      "If a school has made the account already, ask the school to invite you, or use the code that you were given. Knowing a name or a number is never enough to be linked to a child.",
      "A child can be in two families at once, for instance of parents who live apart.",
    ],
    links: [{ href: "/family", label: "Your family" }, { href: "/join", label: "Type a code" }],
    alsoCalled: "new child student son daughter create register sibling second family separated divorced link connect",
  },
  {
    slug: "who-sees-what",
    title: "Who sees what of a child",
    summary: "Choose for each kind of data who may see it, and see who looked.",
    text: [
      "For each child there is a list of the kinds of data and of those who could see them: teachers, tutors, the school, other guardians. A guardian with all rights opens or closes each one, with an end date if you like.",
      "What is closed stays closed on every page, in every list and in every export. Mood notes are the family’s own: no school sees them unless you open them.",
      "Another page shows who really looked, at what, and when.",
    ],
    links: [{ href: "/settings/consent", label: "Who may see what" }, { href: "/settings/privacy", label: "Who looked" }],
    alsoCalled: "privacy consent share sharing permission visible hide data protection access log gdpr",
  },
  {
    slug: "seeing-as-another",
    title: "See what another guardian or your child sees",
    summary: "Look through another’s eyes, without being able to change anything.",
    text: [
      "Where you lead a child’s guardianship you can look at Kinboard as another guardian or the child sees it. A line at the top says so, and it ends by itself.",
      "You can only look: nothing can be written, bought or answered, and you never see a child whom you may not know yourself. It is noted that you looked.",
    ],
    links: [{ href: "/view-as", label: "Look through another’s eyes" }],
    alsoCalled: "view as impersonate preview eyes child view check",
  },
];
