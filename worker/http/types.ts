import type { AppContext } from "#app/context.ts";

export type KinboardHono = { Bindings: object; Variables: { ctx: AppContext; /** Children that a refused request was about and from whom the asker is kept away. */ restrictedFrom?: string[] } };
