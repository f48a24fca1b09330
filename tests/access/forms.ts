import { unique } from "#tests/world.ts";

/** A form as a page offers it, filled in as a person would, for one of its buttons. */
export type Form = { /** The page that offers it. */ at: string; path: string; sent: "text" | "files"; fields: [name: string, value: string][]; /** What the person cannot change: where it goes, what is hidden, which button. */ fixed: string };

type Field = { name: string; value: string; fixed: boolean };
type Draft = { action: string; sent: Form["sent"]; post: boolean; fields: Field[]; buttons: Field[] };

/** Every `<form method="post">` of a page, once for each button. */
export async function formsOf(page: Response, at: string): Promise<Form[]> {
  const drafts: Draft[] = [];
  const named = new Map<string, Draft>();
  let inside: Draft | undefined;
  let select: { owner: Draft; name: string; chosen: Field | null } | undefined;
  const owner = (element: Element) => named.get(element.getAttribute("form") ?? "") ?? inside;
  const rewriter = new HTMLRewriter()
    .on("form", {
      element(form) {
        inside = { action: form.getAttribute("action") ?? at, sent: form.getAttribute("enctype") === "multipart/form-data" ? "files" : "text", post: form.getAttribute("method") === "post", fields: [], buttons: [] };
        drafts.push(inside);
        named.set(form.getAttribute("id") ?? `form-${drafts.length}`, inside);
        form.onEndTag(() => void (inside = undefined));
      },
    })
    .on("input, textarea", {
      element(field) {
        const [name, type] = [field.getAttribute("name"), field.getAttribute("type") ?? "text"];
        const to = owner(field);
        if (!name || !to || type === "file") return;
        const ticked = field.hasAttribute("checked") || (field.hasAttribute("required") && !to.fields.some((known) => known.name === name));
        if ((type === "checkbox" || type === "radio") && !ticked && to.fields.some((known) => known.name === name)) return;
        to.fields.push({ name, value: unescape(field.getAttribute("value") || (type === "hidden" || (type.startsWith("date") && !field.hasAttribute("required")) ? "" : typed(name, type))), fixed: type === "hidden" });
      },
    })
    .on("select", {
      element(field) {
        const [name, to] = [field.getAttribute("name"), owner(field)];
        if (!name || !to) return;
        const open = (select = { owner: to, name, chosen: null });
        field.onEndTag(() => {
          if (open.chosen) to.fields.push(open.chosen);
          select = undefined;
        });
      },
    })
    .on("option", {
      element(option) {
        const value = unescape(option.getAttribute("value") ?? "");
        // One of several alike (`competencies.1.level`) says something else than those before it.
        const alike = select?.owner.fields.filter(({ name }) => name !== select!.name && name.replace(/\d+/g, "") === select!.name.replace(/\d+/g, "")) ?? [];
        if (select && value !== "" && ((!select.chosen && !alike.some((field) => field.value === value)) || option.hasAttribute("selected"))) select.chosen = { name: select.name, value, fixed: false };
      },
    })
    .on("button", {
      element(button) {
        if (button.getAttribute("type") !== "button") owner(button)?.buttons.push({ name: button.getAttribute("name") ?? "", value: unescape(button.getAttribute("value") ?? ""), fixed: true });
      },
    });
  await rewriter.transform(page).text();
  return drafts.filter(({ post }) => post).flatMap((draft) => (draft.buttons.length > 0 ? draft.buttons : [undefined]).map((button) => asSent(draft, button, at)));
}

function asSent({ action, sent, fields }: Draft, button: Field | undefined, at: string): Form {
  const { pathname, search } = new URL(unescape(action), `http://localhost${at}`);
  const all = button?.name ? [...fields, button] : fields;
  const fixed = [pathname, ...all.filter((field) => field.fixed).map(({ name, value }) => `${name}=${isOnce(value) ? "…" : value}`)].join(" ");
  return { at, path: pathname + search, sent, fields: all.map(({ name, value }) => [name, value]), fixed };
}

/** A key or an address that differs with each page or reader, and names nothing. */
const isOnce = (value: string) => /^[\w-]{43}$|@/.test(value);

/** What a person would write into an empty field. */
function typed(name: string, type: string): string {
  if (type === "checkbox" || type === "radio") return "on";
  if (type === "email" || /email/i.test(name)) return `${unique("somebody")}@example.test`;
  if (type === "url") return `https://example.test/${unique("page")}`;
  if (/phone/i.test(name) || type === "tel") return "+254712345678";
  if (/birth/i.test(name)) return "2015-03-21";
  if (type === "date" || /(At|On)$/.test(name)) return name.startsWith("ends") ? "2027-02-28" : "2027-01-31";
  if (type === "number" || /amount|limit|price|hours|minutes|days|upTo|threshold|channelId/i.test(name)) return "12";
  if (/pin/i.test(name)) return "4711";
  return unique("something");
}

const unescape = (text: string) => text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
