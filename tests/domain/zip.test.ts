import { expect, test } from "vitest";
import { readZip, writeZip } from "#app/domain/zip.ts";

type Bytes = Uint8Array<ArrayBuffer>;
const [LOCAL_AT, NAME] = [0, "a.csv"];
const viewOf = (zip: Bytes) => new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
const centralOf = (zip: Bytes) => viewOf(zip).getUint32(zip.length - 6, true);
/** The zip with what somebody wrote into it; `central` is where its list begins. */
function changed(zip: Bytes, change: (view: DataView, central: number) => void): Bytes {
  change(viewOf(zip), centralOf(zip));
  return zip;
}
const refused = { code: "invalid_input", fields: [{ path: "file", message: "zip_unreadable" }] };

test.each<[string, (view: DataView, central: number) => void]>([
  ["the list is not where it says", (view) => view.setUint32(view.byteLength - 6, view.byteLength - 10, true)],
  ["the list is none", (view, central) => view.setUint32(central, 0, true)],
  ["a file is not where the list says", (view, central) => view.setUint32(central + 42, view.byteLength - 5, true)],
  ["where the list says there is no file", (view) => view.setUint32(LOCAL_AT, 0, true)],
  ["it is packed in a way that nobody unpacks", (view, central) => view.setUint16(central + 10, 12, true)],
  ["a file that is stored has not its own size", (view, central) => view.setUint16(central + 10, 0, true)],
  ["a file unpacks to less than it says", (view, central) => view.setUint32(central + 24, 500, true)],
  ["a file unpacks to more than it says", (view, central) => view.setUint32(central + 24, 5, true)],
  ["what is packed is broken", (view) => view.setUint8(30 + NAME.length, 0xff)],
])("SCH-4: a zip is refused where %s", async (_, change) => {
  const zip = changed(await writeZip([[NAME, "sourcedId,name\n".repeat(20)]]), change);
  await expect(readZip(zip)).rejects.toMatchObject(refused);
});

test("SCH-4: two files of one name are refused, for nobody could say which is meant", async () => {
  await expect(readZip(await writeZip([[NAME, "one"], [NAME, "two"]]))).rejects.toMatchObject(refused);
});

test("SCH-4: folders and what lies in them are passed over, and a file that is stored is read as it stands", async () => {
  const folders = await readZip(await writeZip([["data/", ""], ["data/inner.csv", "x"], [NAME, "kept"]]));
  expect([...folders.keys()]).toEqual([NAME]);
  // Nothing is packed into two bytes, so this one's bytes are its own content once they are called stored.
  const empty = changed(await writeZip([[NAME, ""]]), (view, central) => {
    view.setUint16(central + 10, 0, true);
    view.setUint32(central + 24, view.getUint32(central + 20, true), true);
  });
  expect((await readZip(empty)).get(NAME)).toEqual(empty.subarray(30 + NAME.length, centralOf(empty)));
});
