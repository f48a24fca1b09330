import type { Files } from "#app/domain/files.ts";

export const r2Files = (bucket: R2Bucket): Files => ({
  put: async (key, bytes, type) => void (await bucket.put(key, bytes, { httpMetadata: { contentType: type } })),
  get: async (key) => {
    const found = await bucket.get(key);
    return found && { body: found.body, type: found.httpMetadata?.contentType ?? "application/octet-stream", size: found.size };
  },
  remove: async (keys) => {
    // A thousand keys at most in one call.
    for (let start = 0; start < keys.length; start += 1000) await bucket.delete(keys.slice(start, start + 1000));
  },
});
