export type Waiting = { clientId: string; text: string };

/** What was written and not yet taken by the room, kept by the browser: it outlives a lost line, a closed page and an empty battery. One for each reader and room. */
export function openOutbox(key: string) {
  const read = (): Waiting[] => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "[]") as Waiting[];
    } catch {
      return [];
    }
  };
  const write = (all: Waiting[]) => {
    try {
      if (all.length > 0) localStorage.setItem(key, JSON.stringify(all));
      else localStorage.removeItem(key);
      return true;
    } catch {
      return false; // no room, or a private window: the form goes as a form
    }
  };
  return {
    all: read,
    /** Answers whether it is kept. */
    add: (message: Waiting) => write([...read(), message]),
    /** Answers what it was. */
    take(clientId: string): Waiting | undefined {
      const all = read();
      write(all.filter((one) => one.clientId !== clientId));
      return all.find((one) => one.clientId === clientId);
    },
  };
}
