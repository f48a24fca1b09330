import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A minute and more each, where the rest take seconds: begun last, one of them would run alone while the other cores wait. */
const LONG = ["money-model", "endpoints-allow", "forms", "endpoints-refuse", "sign-in", "pages", "consent-matrix"];

export class LongestFirst extends BaseSequencer {
  /** Files with a process of their own stay in front of those that share one: between them, they would end it. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      if (project.config.isolate) return -1;
      const at = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
