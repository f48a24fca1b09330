import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { HOUR, MINUTE } from "#app/domain/clock.ts";
import { noteLook } from "#app/domain/consent/note-look.server.ts";
import { accessLog } from "#db/schema/consent.ts";
import { actorOf, makeFamily, NOON, testContext } from "#tests/world.ts";

const ctx = testContext();
const looksAt = (childId: string) => ctx.db.select().from(accessLog).where(eq(accessLog.childId, childId)).orderBy(accessLog.hourStartsAt, accessLog.dataType, accessLog.capacity);

test("CON-4: looks are counted per viewer, kind of data, hour and capacity, and written only after the answer", async () => {
  const { childId, otherGuardianId, adminId, schoolId } = await makeFamily(ctx);
  const [guardian, admin] = [await actorOf(ctx, otherGuardianId), await actorOf(ctx, adminId)];
  for (const at of [NOON, NOON + 5 * MINUTE, NOON + HOUR]) {
    ctx.setNow(at);
    noteLook(ctx, guardian, { childId, capacity: "guardian", dataTypes: ["profile", "contact", "profile"] });
  }
  noteLook(ctx, admin, { childId, capacity: "school_administration", schoolId, dataTypes: ["contact"] });
  noteLook(ctx, guardian, { childId, capacity: "guardian", dataTypes: [] });
  expect(await looksAt(childId)).toEqual([]);
  await ctx.answered();
  expect((await looksAt(childId)).map(({ viewerId, dataType, count, capacity, hourStartsAt }) => [viewerId === adminId ? "admin" : "guardian", dataType, count, capacity, (hourStartsAt - NOON) / HOUR])).toEqual([
    ["guardian", "contact", 2, "guardian", 0], ["guardian", "profile", 2, "guardian", 0],
    ["guardian", "contact", 1, "guardian", 1], ["admin", "contact", 1, "school_administration", 1], ["guardian", "profile", 1, "guardian", 1],
  ]);
});

test("CON-4, FAM-10: whoever looks through another's eyes is named themselves; a child's look at itself is none", async () => {
  const { childId, otherGuardianId, adminId } = await makeFamily(ctx);
  noteLook(ctx, { ...(await actorOf(ctx, otherGuardianId)), viewedBy: { userId: adminId, name: "Admin", until: Infinity } }, { childId, capacity: "guardian", dataTypes: ["profile"] });
  noteLook(ctx, await actorOf(ctx, childId), { childId, capacity: "self", dataTypes: ["profile"] });
  await ctx.answered();
  expect(await looksAt(childId)).toMatchObject([{ viewerId: adminId, capacity: "view_as" }]);
});
