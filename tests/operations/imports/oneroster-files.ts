import { writeZip } from "#app/domain/zip.ts";

/** A OneRoster zip from lines of CSV. */
export const zipOf = (version: "1.1" | "1.2", files: Record<string, string[]>, manifest: [string, string][] = []) => writeZip([
  ["manifest.csv", ["propertyName,value", "manifest.version,1.0", `oneroster.version,${version}`, ...Object.keys(files).map((name) => `file.${name},bulk`), ...manifest.map((line) => line.join(","))].join("\n")],
  ...Object.entries(files).map(([name, lines]): [string, string] => [`${name}.csv`, lines.join("\n")]),
]);

/** A small school as another system would write it in 1.1. */
export const school11 = (at: string) => ({
  orgs: ["sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId", "d1,,,District,district,,", "o1,,,Uhuru School,school,,d1"],
  academicSessions: ["sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear", "t1,,,Term 1,term,2027-01-06,2027-04-02,y1,2027", "y1,,,2027,schoolYear,2027-01-06,2027-11-20,,2027"],
  courses: ["sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes", "c1,,,y1,Mathematics,MAT,06,o1,,"],
  classes: ["sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods", 'k1,,,"6 East, Maths",06,c1,,scheduled,,o1,t1,,,', "k2,,,Nobody's,06,c1,,scheduled,,o1,t1,,,", "k3,,,Lost,06,c9,,scheduled,,o1,t1,,,"],
  users: ["sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
    `s1,,,true,o1,student,amina-${at},,Amina,Otieno,,${at}-1,,,,"p1",06,`, `s2,,,true,o1,student,,,Baraka,Otieno,,${at}-2,,,,,06,`, `p1,,,true,o1,parent,,,Mary,Otieno,,,mary-${at}@example.test,,0722 345 678,"s1,s2",,`,
    `t1,,,true,o1,teacher,,,Grace,Achieng,,,grace-${at}@example.test,,,,,`, `t2,,,true,o1,teacher,,,Paul,Kamau,,,paul-${at}@example.test,,,,,`, "x1,,,true,o2,student,,,Else,Where,,9,,,,,,", "x2,,,true,o1,wizard,,,Merlin,Ambrose,,,,,,,,", `x3,,,true,o1,student,,,Asks,Nobody,,${at}-3,,,,zz,06,`],
  demographics: ["sourcedId,status,dateLastModified,birthDate", "s1,,,2015-03-21", "s9,,,2015-03-21"],
  enrollments: ["sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "e1,,,k1,o1,s1,student,,2026-01-06,2027-04-02", "e2,,,k1,o1,s2,student,,,", "e3,,,k1,o1,t2,teacher,false,,", "e4,,,k1,o1,t1,teacher,true,,", "e5,,,k2,o1,s1,student,,,", "e6,,,k9,o1,s1,student,,,", "e7,,,k1,o1,s9,student,,,"],
});
