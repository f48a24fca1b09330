/** Strokes on a grid of 24: few enough to stand in every page. */
const STROKES = {
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  children: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 19a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M18 14a6 6 0 0 1 3 5",
  finance: "M3 6h18v12H3zM3 10h18M7 14h3",
  messages: "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
  settings: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4",
  support: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M9 9a3 3 0 1 1 3 4v1M12 17v1",
  shop: "M5 8h14l1 12H4zM9 8a3 3 0 0 1 6 0",
  requests: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
  me: "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21a8 8 0 0 1 16 0",
  admin: "M3 20h18M5 20V9l7-5 7 5v11M10 20v-5h4v5",
  students: "M2 9l10-5 10 5-10 5zM6 11v5c3 3 9 3 12 0v-5",
  materials: "M4 5h6a2 2 0 0 1 2 2v13a2 2 0 0 0-2-2H4zM20 5h-6a2 2 0 0 0-2 2v13a2 2 0 0 1 2-2h6z",
  assignments: "M6 4h12v17H6zM9 3h6v3H9zM9 13l2 2 4-4",
  schedule: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8 14h2M14 14h2",
  more: "M4 7h16M4 12h16M4 17h16",
};

type IconName = keyof typeof STROKES;

export function Icon({ name }: { name: IconName }) {
  return <svg viewBox="0 0 24 24" aria-hidden="true"><path d={STROKES[name]} /></svg>;
}
