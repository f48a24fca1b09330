import * as z from "zod";

export const SignInInput = z.object({
  identifier: z.string("identifier_missing").trim().toLowerCase().min(1, "identifier_missing").max(254, "too_long"),
  password: z.string("password_missing").min(1, "password_missing").max(200, "too_long"),
  code: z.string().trim().max(20, "too_long").optional(),
}).meta({ id: "SignIn" });
export type SignInInput = z.infer<typeof SignInInput>;
