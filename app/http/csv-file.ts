/** A CSV file to keep, sent piece by piece. The mark tells spreadsheets that it is UTF-8. */
export function csvFile(name: string, pieces: AsyncIterable<string>): { file: ReadableStream<Uint8Array>; headers: Record<string, string> } {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  const file = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode("\ufeff")),
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return { file, headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${name}"`, "Cache-Control": "private, no-store" } };
}
