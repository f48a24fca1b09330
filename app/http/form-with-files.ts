import { DomainError } from "../domain/errors.ts";
import type { Typed } from "./forms.ts";

/** A form that may bring files, as input. The front door makes of one that is too large to be read a single word, which is refused at the field here. */
export const formWithFiles = (prepare: (typed: Typed) => unknown) => (typed: Typed): unknown => {
  if (typed.act === "files-too-large") throw new DomainError("too_large", "files_too_large", { fields: [{ path: "files", message: "files_too_large" }] });
  return prepare(typed);
};
