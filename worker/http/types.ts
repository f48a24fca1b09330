import type { AppContext } from "#app/context.ts";

export type KinboardHono = { Bindings: object; Variables: { ctx: AppContext } };
