/** The people of the demo data. Everybody's password is `kinboard-demo`, every child's PIN `2580`. */
export const DEMO_DOMAIN = "demo.kinboard.test";
export const DEMO_PASSWORD = "kinboard-demo";
export const DEMO_PIN = "2580";
/** The TOTP secret of `secured@`. */
export const DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXP";

type DemoAdult = { key: string; name: string; about: string };
/** By which the rest of the demo names a student. */
export type DemoChildKey = "pp2" | "grade3" | "grade6" | "grade8" | "student";
type DemoChild = { key: string; name: string; level: string };

export const adults: DemoAdult[] = [
  { key: "guardian", name: "Amina Otieno", about: "guardian of four, primary, with a saved card" },
  { key: "co-guardian", name: "Daniel Otieno", about: "guardian of the same four, with all rights" },
  { key: "viewer", name: "Grace Achieng", about: "grandmother of the same four: may look, not approve" },
  { key: "other-guardian", name: "Joseph Mwangi", about: "guardian in another family, without a card" },
  { key: "secured", name: "Ruth Mwangi", about: "second guardian there, with a second factor" },
  { key: "owner", name: "Lydia Njeri", about: "owner of Umoja School and of Baraka Academy: switches between the two" },
  { key: "admin", name: "Peter Kamau", about: "administrator of Umoja School" },
  { key: "teacher", name: "Esther Wanjiru", about: "teaches Mathematics and Science at Umoja School" },
  { key: "teacher-english", name: "Samuel Kiprop", about: "teaches English and Creative Arts there" },
  { key: "teacher-kiswahili", name: "Halima Said", about: "teaches Kiswahili there" },
  { key: "tutor", name: "Brian Ochieng", about: "tutor there, of Neema and Zawadi, whatever the subject" },
  { key: "tutor-maths", name: "Mercy Chebet", about: "tutor there, of Imani in Mathematics only" },
  { key: "staff", name: "Janet Atieno", about: "staff there, without administrative power" },
];

/** A student whose account the school made: no family, no guardian yet, signs in with an address or the username. */
export const student = { key: "student", name: "Wambui Kariuki", level: "grade-9" };

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

/** Who is what at which school; `student` learns at the first. */
export const schools = [
  {
    key: "umoja", name: "Umoja School", students: ["pp2", "grade3", "grade6", "grade8", "student"],
    members: {
      "owner": "school_owner", "admin": "school_admin", "teacher": "teacher", "teacher-english": "teacher", "teacher-kiswahili": "teacher", "tutor": "tutor", "tutor-maths": "tutor", "staff": "school_staff",
      "guardian": "parent", "co-guardian": "parent",
    },
  },
  { key: "baraka", name: "Baraka Academy", students: ["other-child"], members: { "owner": "school_owner", "other-guardian": "parent" } },
] as const;
