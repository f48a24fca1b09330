import { createHash } from "node:crypto";
import type { Handler } from "./http.ts";

/** A handful of the passwords that leaked most often, in the range format of Have I Been Pwned. */
const LEAKED = ["password", "password1", "password123", "123456", "12345678", "123456789", "1234567890", "qwerty123", "qwertyuiop", "iloveyou", "letmein123", "adminadmin", "welcome123", "passw0rd", "football1", "sunshine1", "princess1", "1q2w3e4r5t"];
const digests = LEAKED.map((word) => createHash("sha1").update(word).digest("hex").toUpperCase());

export const passwordRanges: Handler = (_world, { url }, response) => {
  const prefix = url.pathname.slice("/range/".length).toUpperCase();
  if (!/^[0-9A-F]{5}$/.test(prefix)) return void response.writeHead(400).end("The hash prefix was not in a valid format");
  const found = digests.filter((digest) => digest.startsWith(prefix)).map((digest) => `${digest.slice(5)}:4711`);
  const padding = Array.from({ length: 5 }, (_, index) => `${createHash("sha1").update(prefix + index).digest("hex").toUpperCase().slice(0, 35)}:0`);
  response.writeHead(200, { "Content-Type": "text/plain" }).end([...found, ...padding].join("\r\n"));
};
