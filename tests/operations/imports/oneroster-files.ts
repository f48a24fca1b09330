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

/** A school as its district's system would write it in 1.1: columns in an order of its own and only some of them, lines ended as on Windows. */
export const district11 = (at: string): Record<string, string[]> => windows({
  orgs: ["name,identifier,type,sourcedId", '"Mwangaza Academy, Nakuru",40071,school,ORG-1'],
  academicSessions: ["endDate,startDate,type,title,schoolYear,sourcedId", "2026-12-04,2026-08-31,term,Term 3,2026,AS-3"],
  courses: ["title,orgSourcedId,sourcedId", "Kiswahili,ORG-1,CRS-KIS"],
  users: [
    "role,familyName,givenName,orgSourcedIds,sourcedId,enabledUser,username,email,agentSourcedIds,phone,identifier",
    `student,Wanjiku,Njeri,ORG-1,STU-1,true,njeri-${at},,"GUA-1,GUA-2",,${at}-1`, `student,Mutua,"Brian ""BJ""",ORG-1,STU-2,TRUE,brian-${at},,GUA-1,,${at}-2`, `student,Left,Long,ORG-1,STU-3,false,left-${at},,,,${at}-3`,
    `guardian,Wanjiku,Esther,ORG-1,GUA-1,true,esther-${at}@example.test,esther-${at}@example.test,"STU-1,STU-2",0712 345 678,`, `relative,Kiprop,Aunt,ORG-1,GUA-2,true,aunt-${at}@example.test,aunt-${at}@example.test,STU-1,,`,
    `teacher,Odhiambo,Peter,ORG-1,TCH-1,true,peter-${at}@example.test,peter-${at}@example.test,,,`, `administrator,Naliaka,Ruth,ORG-1,ADM-1,true,ruth-${at}@example.test,ruth-${at}@example.test,,,`,
  ],
  classes: ["termSourcedIds,schoolSourcedId,classType,courseSourcedId,title,sourcedId", "AS-3,ORG-1,scheduled,CRS-KIS,Kiswahili 5B,CLS-1", "AS-3,ORG-1,scheduled,CRS-ART,Art 5B,CLS-2"],
  enrollments: ["userSourcedId,role,classSourcedId,schoolSourcedId,sourcedId", "STU-1,student,CLS-1,ORG-1,ENR-1", "STU-2,student,CLS-1,ORG-1,ENR-2", "STU-3,student,CLS-1,ORG-1,ENR-3", "TCH-1,teacher,CLS-1,ORG-1,ENR-4"],
});
const windows = (files: Record<string, string[]>) => Object.fromEntries(Object.entries(files).map(([name, [header, ...lines]]) => [name, [`\ufeff${header}`, ...lines].map((line) => `${line}\r`)]));
/** Files that its manifest names and that are not in the zip. */
export const ABSENT11 = ["categories", "classResources", "courseResources", "demographics", "lineItems", "resources", "results"].map((name): [string, string] => [`file.${name}`, "absent"]);
