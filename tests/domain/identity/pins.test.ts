import { describe, expect, test } from "vitest";
import { isGuessablePin, pinFrom } from "#app/domain/identity/pins.ts";
import { shortNames } from "#app/domain/identity/short-names.ts";

describe("AUTH-11: a PIN is refused", () => {
  test.each(["0000", "1111", "1234", "4321", "0123", "9876", "1212", "121212", "87654321"])("%s, which anybody would try first", (pin) => {
    expect(isGuessablePin(pin)).toBe(true);
  });
  test.each(["0503", "0305", "2014", "050314", "140305", "03052014", "20140305", "0314"])("%s, which is a way to write the birthday", (pin) => {
    expect([isGuessablePin(pin), isGuessablePin(pin, "2014-03-05")]).toEqual([false, true]);
  });
  test.each(["2580", "8241", "135790"])("but not %s", (pin) => {
    expect(isGuessablePin(pin, "2014-03-05")).toBe(false);
  });
});

test("AUTH-11: a PIN that is handed out is never one of these", () => {
  const drawn = ["111111", "123456", "483920"];
  expect(pinFrom(() => drawn.shift()!)).toBe("483920");
});

test("AUTH-11: a class sees first names and initials, and as many letters more as tell two children apart", () => {
  expect(shortNames(["Amina Kamau", "Amina Njeri", "Brian", "  Chebet  Jane Otieno "])).toEqual(["Amina K.", "Amina N.", "Brian", "Chebet O."]);
  expect(shortNames(["Amina Kamau", "Amina Kariuki", "Amina Koech"])).toEqual(["Amina Kam.", "Amina Kar.", "Amina Ko."]);
  expect(shortNames(["Amina Kam", "Amina Kamau"])).toEqual(["Amina Kam", "Amina Kam."]);
});
