import type { Article } from "../article.ts";

export const account: Article[] = [
  {
    slug: "two-step-sign-in",
    title: "Make your account safer",
    summary: "Passkeys, codes, and a list of where you are signed in.",
    text: [
      "A passkey lets you in with your fingerprint, face or device PIN. Or add a second step to your password: a code from an app, by SMS or by e-mail. Keep the backup codes on paper.",
      "You can see every device that is signed in and end each of them, and every attempt to sign in.",
      "For what matters most, such as money and rights, Kinboard asks again that it is you. That holds for ten minutes.",
    ],
    links: [{ href: "/settings/security", label: "Security" }, { href: "/settings/security/2fa", label: "Second steps" }],
    alsoCalled: "password passkey two factor 2fa totp authenticator sms code backup sign in login log in session device security",
  },
  {
    slug: "lost-access",
    title: "When you cannot sign in",
    summary: "A forgotten password, a lost phone, a lost account.",
    text: [
      "Forgot the password: ask for a link by mail on the page for signing in again. It works once and not for long.",
      "Lost the phone with the codes: use one of your backup codes, then set up a new second step.",
      "Lost everything: begin a recovery. Another guardian gives their word for you, there is time to call it off, and everybody who should know is told.",
    ],
    links: [{ href: "/recover", label: "Get back in" }, { href: "/sign-in", label: "Sign in" }],
    alsoCalled: "forgot forgotten password reset recover recovery locked out lost phone cannot sign in login",
  },
  {
    slug: "a-childs-pin",
    title: "A child’s PIN",
    summary: "How children sign in, and how to give a new PIN.",
    text: [
      "Children sign in with a username and a PIN of four to eight figures, or in class with the code that the teacher shows. Easy PINs such as 1234 are refused.",
      "A guardian with all rights, a teacher of the child or the school gives a new PIN on the child’s page. The guardians are told.",
    ],
    links: [{ href: "/children", label: "Choose a child, then its PIN" }, { href: "/sign-in/child", label: "Sign in as a child" }],
    alsoCalled: "pin child sign in username forgot new pin class code qr login",
  },
  {
    slug: "taking-data-along",
    title: "Take your data along",
    summary: "What can be taken out of Kinboard, and as what.",
    text: [
      "Lessons leave as a calendar address. Certificates and badges leave as signed files that anybody can check on a public page, for as long as you keep it open.",
      "Who looked at a child’s data, and every change of consent, stands in the log; you can have it checked that nothing in it was altered.",
      "A school takes its records out as OneRoster or CSV files. For anything else, ask a question.",
    ],
    links: [{ href: "/settings/consent/audit", label: "The log of consent" }, { href: "/settings/calendar", label: "Calendars" }, { href: "/support/tickets/new", label: "Ask a question" }],
    alsoCalled: "export download data csv oneroster backup leave copy archive certificate portability",
  },
  {
    slug: "slow-line",
    title: "On a slow or metered line",
    summary: "Lite mode sends less; nothing is missing.",
    text: [
      "Lite mode sends pages without script and without icons. Every page and every act works the same. Choose it under More, or let your browser’s data saver choose.",
    ],
    links: [{ href: "/more", label: "Lite mode" }],
    alsoCalled: "slow internet data saver offline bundle lite javascript phone old",
  },
];
