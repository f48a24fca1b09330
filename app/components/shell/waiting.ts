import type { Section } from "#app/domain/navigation/sections.ts";

export const placesIn = (sections: Section[]) => sections.flatMap((section) => [section, ...section.pages]);
export const waitingIn = (sections: Section[]) => placesIn(sections).reduce((sum, place) => sum + place.waiting, 0);
