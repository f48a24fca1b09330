/** A badge or certificate as a picture that holds its credential: an SVG, baked as Open Badges 3.0 says. */
export function bake({ kind, title, school, date }: { kind: "certificate" | "badge"; title: string; school: string; date: string }, jws: string): string {
  const lines = wrap(title, 22, 4);
  const top = 300 - (lines.length - 1) * 20;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" viewBox="0 0 512 512" role="img" aria-label="${escape(title)}">
<openbadges:credential verify="${jws}"></openbadges:credential>
${kind === "badge" ? '<circle cx="256" cy="256" r="240" fill="#155e3d"/><circle cx="256" cy="256" r="222" fill="#fbfaf5"/>' : '<rect x="16" y="56" width="480" height="400" rx="16" fill="#155e3d"/><rect x="32" y="72" width="448" height="368" rx="8" fill="#fbfaf5"/>'}
<path d="M256 104l16 34 37 5-27 26 7 37-33-18-33 18 7-37-27-26 37-5z" fill="#b7791f"/>
<g font-family="system-ui, sans-serif" text-anchor="middle" fill="#1c2a23">
${lines.map((line, index) => `<text x="256" y="${top + index * 40}" font-size="30" font-weight="600">${escape(line)}</text>`).join("\n")}
<text x="256" y="396" font-size="20">${escape(wrap(school, 34, 1)[0]!)}</text>
<text x="256" y="424" font-size="18">${escape(date)}</text>
</g>
</svg>
`;
}

/** Lines of at most so many letters; what does not fit ends in an ellipsis. */
export function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && [...last, ...word].length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push([...word].length > width ? `${[...word].slice(0, width - 1).join("")}…` : word);
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${[...lines[most - 1]!].slice(0, width - 1).join("")}…`];
}

const escape = (text: string) => text.replace(/[\u0000-\u001f]/g, " ").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
