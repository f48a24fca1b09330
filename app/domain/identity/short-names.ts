/** First name and initial, `Amina K.`; where two in the class would be called the same, as many letters more as tell them apart. */
export function shortNames(names: string[]): string[] {
  return names.map((name, at) => {
    const others = names.filter((other, index) => index !== at && other !== name);
    const last = partsOf(name).last;
    for (let letters = 1; letters < last.length; letters++) {
      const short = shortened(name, letters);
      if (others.every((other) => shortened(other, letters) !== short)) return short;
    }
    return last === "" ? name.trim() : name.trim().split(/\s+/)[0] + " " + last;
  });
}

function partsOf(name: string): { first: string; last: string } {
  const words = name.trim().split(/\s+/);
  return { first: words[0]!, last: words.length > 1 ? words.at(-1)! : "" };
}

function shortened(name: string, letters: number): string {
  const { first, last } = partsOf(name);
  const initial = [...last].slice(0, letters).join("");
  return initial === "" ? first : `${first} ${initial}${initial.length < last.length ? "." : ""}`;
}
