import * as z from "zod";

export const NewCalendarFeedInput = z.object({
  name: z.string("calendar_name_missing").trim().min(1, "calendar_name_missing").max(60, "too_long"),
  childId: z.string().max(60, "too_long").optional().meta({ description: "This child's lessons alone; everybody's that the caller may see unless one is named" }),
}).meta({ id: "NewCalendarFeed" });
export type NewCalendarFeedInput = z.infer<typeof NewCalendarFeedInput>;
