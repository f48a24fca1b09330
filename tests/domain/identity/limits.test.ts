import { expect, test } from "vitest";
import { masked } from "#app/domain/identity/code-factors.ts";
import { networkOf } from "#app/domain/identity/limits.ts";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:0DB8:0001:0002::1", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["2001:db8::3:4:5:6:7", "2001:db8:0:3"],
  ["2001:db8:0:3:4:5:6:7", "2001:db8:0:3"],
  ["fe80::", "fe80:0:0:0"],
  ["::1", "0:0:0:0"],
  [null, "unknown"],
])("AUTH-13: tries from %s count for the subscriber %s, however the address is written", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  ["sms", "+254712345678", "+254 … 78"],
  ["email", "asha@example.test", "a…@example.test"],
] as const)("AUTH-5: by %s the page tells where a code goes only as far as its owner must know", (channel, address, shown) => {
  expect(masked(channel, address)).toBe(shown);
});
