import { broke } from "#db/errors.ts";
import { fileRefused } from "./keep-files.server.ts";

/** Says of a batch that brought a file too many what was wrong with it. */
export async function filesRefused<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    if (broke(error, "NOT NULL attachments.size")) throw fileRefused("conflict", "files_too_many");
    throw error;
  }
}
