import { wardOf } from "#app/domain/actor.ts";
import { unique } from "#tests/world.ts";
import type { Side } from "./cast.ts";
import { verdict } from "./judge.ts";
import type { Sample } from "./samples.ts";
import { administersLesson, asksForLesson, givenWork, givesTo, knowsStudent, only, opensClass, plansFor, readsAttendance, readsOf, schedules, seesAssessment, teachesThere, worksOnLesson, wrote } from "./standing.ts";

const OBSERVED = { text: "Asked a good question", on: "2026-11-20", visibility: "guardians", competencies: [{ competency: "communication", level: "ME1" }] };
const NOTED = { text: "Sits in front", visibility: "staff" };
const assessed = (side: Side) => ({ subjectId: side.subjectId, title: "Fractions", kind: "oral", level: "ME1", on: "2026-11-20", visibility: "guardians", competencies: ["critical_thinking"] });
const ofStudent = (side: Side) => ({ studentId: side.childId });

/** What the endpoints about learning are asked with, and those about what comes of lessons. */
export const learning: Record<string, Sample> = {
  "GET /observations": { query: ofStudent, judge: knowsStudent },
  "POST /observations": { body: (side) => ({ ...ofStudent(side), ...OBSERVED }), judge: only("teacherId") },
  "GET /observations/{observationId}": { judge: knowsStudent },
  "PUT /observations/{observationId}": { body: () => OBSERVED, judge: wrote(knowsStudent) },
  "DELETE /observations/{observationId}": { judge: wrote(knowsStudent) },
  "GET /assessments": { query: ofStudent, judge: readsOf("assessments") },
  "POST /assessments": { body: (side) => ({ ...ofStudent(side), ...assessed(side) }), judge: only("teacherId") },
  "GET /assessments/{assessmentId}": { judge: seesAssessment },
  "PUT /assessments/{assessmentId}": { body: assessed, judge: wrote(seesAssessment) },
  "DELETE /assessments/{assessmentId}": { judge: wrote(seesAssessment) },
  "GET /notes": { query: ofStudent, judge: knowsStudent },
  "POST /notes": { body: (side) => ({ ...ofStudent(side), ...NOTED }), judge: only("teacherId") },
  "GET /notes/{noteId}": { judge: knowsStudent },
  "PUT /notes/{noteId}": { body: () => ({ ...NOTED, visibility: "child" }), judge: wrote(knowsStudent) },
  "DELETE /notes/{noteId}": { judge: wrote(knowsStudent) },
  "GET /attendance": { query: ofStudent, judge: readsOf("attendance") },
  "POST /attendance": { body: (side) => ({ classId: side.classId, date: "2026-11-20", marks: [{ studentId: side.childId, status: "absent" }] }), judge: opensClass },
  "GET /children/{childId}/competencies": { judge: knowsStudent },
  "GET /children/{childId}/learning-journey": { judge: knowsStudent },
  "GET /students/{studentId}": { judge: knowsStudent },
  "GET /children/{childId}/activity": { judge: readsOf("activity") },
  "GET /children/{childId}/activity/feed": { judge: readsOf("activity") },
  "POST /children/{childId}/activity": { body: () => ({ kind: "reading", about: "A book", minutes: 20 }) },
  "DELETE /children/{childId}/activity/{activityId}": { judge: (actor, side) => (actor.userId === side.guardianId ? "yes" : verdict(actor, "activity:tell", side) === "no" ? "no" : "unknown") },
  "POST /moods": { body: (side) => ({ studentId: side.childId, mood: "calm", energy: 3 }) },
  "PATCH /moods/{moodId}": { body: () => ({ energy: 4 }), judge: (actor, side) => (actor.userId === side.guardianId ? "yes" : actor.userId === side.childId || wardOf(actor, side.childId) ? "no" : "unknown") },
  "GET /children/{childId}/achievements": { judge: readsOf("progress") },
  "POST /children/{childId}/achievements": { body: () => ({ kind: "badge", title: "Reader", criteria: "Reads ten books" }), judge: givesTo },
  "POST /achievements/{achievementId}/revocation": { body: () => ({ reason: "Given by mistake" }), judge: givesTo },
  // Open to all; of an id that is nobody's, and of a credential that was never signed, there is nothing.
  "GET /issuers/{schoolId}": { alsoFine: [404] },
  "GET /issuers/{schoolId}/jwks": { alsoFine: [404] },
  "GET /issuers/{schoolId}/keys/{keyId}": { alsoFine: [404] },
  "GET /issuers/{schoolId}/revocations": { alsoFine: [404] },
  "GET /credentials/{linkCode}": { alsoFine: [404] },
  "GET /credentials/{linkCode}/picture": { alsoFine: [404] },
  "GET /lessons/{lessonId}/attendance": { judge: readsAttendance },
  "POST /lessons/{lessonId}/attendance": { body: () => ({ status: "present" }), judge: worksOnLesson },
  "POST /lessons/{lessonId}/confirmation": { judge: schedules },
  "POST /lessons/{lessonId}/dispute": { body: () => ({ reason: "She was there" }), judge: schedules },
  "POST /lessons/{lessonId}/resolution": { body: () => ({ resolution: "stands" }), judge: administersLesson },
  "POST /lessons/{lessonId}/make-up": { body: () => ({ reason: "Ill" }), judge: worksOnLesson },
  "GET /availability": { query: (side) => ({ schoolId: side.schoolId }), judge: teachesThere },
  "PUT /availability": { body: (side) => ({ schoolId: side.schoolId, windows: [{ weekday: 1, localStart: "14:00", localEnd: "18:00" }], absences: [] }), judge: teachesThere },
  "GET /enrolments/{enrolmentId}/free-times": { query: () => ({ minutes: "60" }), judge: (actor, side) => verdict(actor, "lesson:ask", side) },
  "GET /lessons/{lessonId}/free-times": { judge: asksForLesson },
  "POST /lessons/{lessonId}/move-request": { body: () => ({ localStart: `${new Date(Date.now() + 12 * 86_400_000).toISOString().slice(0, 10)}T12:00` }), judge: asksForLesson },
  "POST /bookings": { body: (side) => ({ enrolmentId: side.enrolmentId, localStart: `${new Date(Date.now() + 11 * 86_400_000).toISOString().slice(0, 10)}T10:00`, minutes: 60 }), judge: (actor, side) => verdict(actor, "lesson:ask", side) },
  "POST /bookings/{bookingId}/denial": { body: () => ({ reason: "Dentist" }) },
  "PUT /children/{childId}/lesson-rules": { body: () => ({ approvalNeeded: false }) },
  "GET /children/{childId}/goals": { judge: readsOf("progress") },
  "POST /children/{childId}/goals": { body: () => ({ area: "creative", title: unique("Paint") }) },
  "PATCH /children/{childId}/goals/{goalId}": { body: () => ({ why: "For fun" }) },
  "POST /children/{childId}/goals/{goalId}/steps": { body: () => ({ percent: 40 }) },
  "POST /children/{childId}/goals/suggestions": { body: () => ({ key: "streak_lost", answer: "dismiss" }) },
  // Whoever comes second finds it gone.
  "DELETE /children/{childId}/goals/{goalId}": { alsoFine: [404] },
  "GET /moods": { query: (side) => ({ studentId: side.childId }), judge: readsOf("mood") },

  "GET /children/{childId}/materials": { judge: readsOf("progress") },
  "GET /children/{childId}/study-plans": { judge: readsOf("progress") },
  "GET /children/{childId}/assignments": { judge: readsOf("assessments") },
  "POST /materials": { body: (side) => ({ title: "New", subjectId: side.subjectId }), judge: only("teacherId") },
  "GET /materials/{materialId}": { judge: givenWork("progress") },
  "PATCH /materials/{materialId}": { body: () => ({ title: "Newer" }), judge: only("teacherId") },
  "PUT /materials/{materialId}/progress": { body: () => ({ percent: 50 }), judge: only("childId") },
  "POST /study-plans": { body: (side) => ({ studentId: side.childId, title: "Plan", startsOn: "2027-01-01", endsOn: "2027-01-31", steps: [{ text: "Read", materialId: side.materialId }] }), judge: plansFor },
  "GET /study-plans/{studyPlanId}": { judge: readsOf("progress") },
  "PUT /study-plans/{studyPlanId}/steps/{position}": { params: (side) => ({ studyPlanId: side.studyPlanId, position: "1" }), body: () => ({ done: true }), judge: only("childId") },
  "DELETE /study-plans/{studyPlanId}": { judge: only("teacherId") },
  "POST /assignments": { body: (side) => ({ title: "New", subjectId: side.subjectId, dueOn: "2027-01-31", dueTime: "12:00", timeZone: "Africa/Nairobi" }), judge: only("teacherId") },
  "GET /assignments/{assignmentId}": { judge: givenWork("assessments") },
  "PATCH /assignments/{assignmentId}": { body: () => ({ title: "Newer" }), judge: only("teacherId") },
  "POST /assignments/{assignmentId}/submissions": { body: () => ({ text: "Done", attempt: 2 }), judge: only("childId") },
  "GET /submissions/{submissionId}": { judge: readsOf("assessments") },
  "POST /submissions/{submissionId}/feedback": { body: () => ({ level: "ME1" }), judge: (actor, side) => (actor.userId === side.teacherId ? "yes" : knowsStudent(actor, side) === "yes" ? "no" : "unknown") },
  "POST /files": { query: (side) => ({ of: "material", ofId: side.materialId, name: "more.txt" }), file: () => "More", judge: only("teacherId") },
  "GET /files/{fileId}": { judge: readsOf("assessments") },
  // The cast's file is the child's, who has handed it in.
  "DELETE /files/{fileId}": { judge: () => "unknown" },
};
