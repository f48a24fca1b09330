/** The people of the demo data. Everybody's password is `kinboard-demo`, every child's PIN `2580`. */
export const DEMO_DOMAIN = "demo.kinboard.test";
export const DEMO_PASSWORD = "kinboard-demo";
export const DEMO_PIN = "2580";
/** The TOTP secret of `secured@`. */
export const DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXP";

export type DemoAdult = { key: string; name: string; about: string };
export type DemoChild = { key: string; name: string; level: string };

export const adults: DemoAdult[] = [
  { key: "guardian", name: "Amina Otieno", about: "guardian of four, primary, with a saved card" },
  { key: "co-guardian", name: "Daniel Otieno", about: "guardian of the same four, with all rights" },
  { key: "viewer", name: "Grace Achieng", about: "grandmother of the same four: may look, not approve" },
  { key: "other-guardian", name: "Joseph Mwangi", about: "guardian in another family, without a card" },
  { key: "secured", name: "Ruth Mwangi", about: "second guardian there, with a second factor" },
  { key: "admin", name: "Peter Kamau", about: "administrator of Umoja School" },
];

export const children: DemoChild[] = [
  { key: "pp2", name: "Zawadi Otieno", level: "pp2" },
  { key: "grade3", name: "Baraka Otieno", level: "grade-3" },
  { key: "grade6", name: "Neema Otieno", level: "grade-6" },
  { key: "grade8", name: "Imani Otieno", level: "grade-8" },
  { key: "other-child", name: "Kevin Mwangi", level: "grade-5" },
];

export const families = [
  { key: "otieno", name: "Otieno family", address: "Ngong Road, Nairobi", guardians: ["guardian", "co-guardian", "viewer"], children: ["pp2", "grade3", "grade6", "grade8"] },
  { key: "mwangi", name: "Mwangi family", address: "Moi Avenue, Nakuru", guardians: ["other-guardian", "secured"], children: ["other-child"] },
] as const;

export const schools = [
  { key: "umoja", name: "Umoja School", admin: "admin", students: ["pp2", "grade3", "grade6", "grade8"] },
  { key: "baraka", name: "Baraka Academy", admin: null, students: ["other-child"] },
] as const;
