import * as z from "zod";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { readAssignment, type AssignmentPage } from "#app/domain/learning/assignments/assignment-page.server.ts";
import { giveFeedback } from "#app/domain/learning/assignments/give-feedback.server.ts";
import { handIn } from "#app/domain/learning/assignments/hand-in.server.ts";
import { AssignmentInput, ChangeAssignmentInput, FeedbackInput, HandInInput } from "#app/domain/learning/assignments/inputs.ts";
import { listGiven, listPendingReviews, listReceived } from "#app/domain/learning/assignments/list-assignments.server.ts";
import { SHOWN } from "#app/domain/learning/assignments/rules.ts";
import { readSubmission, type SubmissionPage } from "#app/domain/learning/assignments/submission-page.server.ts";
import { changeAssignment, createAssignment } from "#app/domain/learning/assignments/write-assignment.server.ts";
import { AUDIENCES } from "#app/domain/learning/audience.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { AttemptState, CompetencyView, DueView, dueView, fileView, FileView, LevelView } from "./learning-views.ts";
import { Instant, isoTime } from "./views.ts";

const own = { tag: "Learning", actor: "required", policy: "own" } as const;
const AssignmentId = z.object({ assignmentId: z.string() });
const SubmissionId = z.object({ submissionId: z.string() });
const State = z.enum(["draft", "open", "closed"]);
const attempt = { id: z.string(), attempt: z.int(), status: AttemptState, late: z.boolean(), submittedAt: Instant };
const head = { id: z.string(), title: z.string(), subject: z.string(), status: State, competency: CompetencyView.nullable(), ...DueView };

const AssignmentView = z.object({
  ...head, subjectId: z.string(), authorId: z.string(), author: z.string(), instructions: z.string(), audience: z.enum(AUDIENCES), classId: z.string().nullable(), files: z.array(FileView),
  children: z.array(z.object({ studentId: z.string(), name: z.string(), attempts: z.array(z.object({ ...attempt, level: LevelView.nullable() })) })),
  nextAttempt: z.int().nullable().meta({ description: "For the student: which one to hand in; null where nothing more can be" }),
  studentIds: z.array(z.string()).nullable().meta({ description: "For its teacher: the students named" }),
  received: z.array(z.object({ ...attempt, student: z.string() })).nullable().meta({ description: "For its teacher: each student's latest, the first 60 by name" }),
}).meta({ id: "Assignment" });
const GivenView = z.object({ ...head, waiting: z.int() }).meta({ id: "GivenAssignment" });
const ReceivedView = z.object({ ...head, authorId: z.string(), author: z.string(), submissionId: z.string().nullable(), state: AttemptState.nullable(), attempt: z.int().nullable(), late: z.boolean(), level: LevelView.nullable() }).meta({ id: "ReceivedAssignment" });
const PendingView = z.object({ ...attempt, studentId: z.string(), student: z.string(), assignmentId: z.string(), title: z.string() }).meta({ id: "PendingReview" });
const SubmissionView = z.object({
  ...attempt, isNewest: z.boolean(), text: z.string(), studentId: z.string(), student: z.string(), teacherId: z.string(), assignmentId: z.string(), title: z.string(), subject: z.string(), files: z.array(FileView),
  feedback: z.object({ id: z.string(), level: LevelView.nullable(), comment: z.string(), at: Instant, files: z.array(FileView) }).nullable(),
}).meta({ id: "Submission" });

type Attempt = { id: string; attempt: number; status: z.infer<typeof AttemptState>; late: boolean; submittedAt: number };
const attemptView = ({ id, attempt: number, status, late, submittedAt }: Attempt) => ({ id, attempt: number, status, late, submittedAt: isoTime(submittedAt) });
const view = ({ id, title, subject, status, competency, subjectId, authorId, author, instructions, audience, classId, files, children, handIn: next, received, forWhom, ...due }: AssignmentPage): z.infer<typeof AssignmentView> => ({
  id, title, subject, status, competency, subjectId, authorId, author, instructions, audience, classId, ...dueView(due), files: files.map(fileView),
  children: children.map((child) => ({ studentId: child.id, name: child.name, attempts: child.attempts.map((one) => ({ ...attemptView(one), level: one.level })) })),
  nextAttempt: next?.verdict === "taken" ? next.attempt : null, studentIds: forWhom && forWhom.named, received: received && received.items.map((one) => ({ ...attemptView(one), student: one.student })),
});
const submissionView = ({ isNewest, text, studentId, student, teacherId, assignmentId, title, subject, files, feedback, ...one }: SubmissionPage): z.infer<typeof SubmissionView> => ({
  ...attemptView(one), isNewest, text, studentId, student, teacherId, assignmentId, title, subject, files: files.map(fileView),
  feedback: feedback && { ...feedback, at: isoTime(feedback.at), files: feedback.files.map(fileView) },
});

export const assignments = [
  endpoint({
    ...own, method: "get", path: "/assignments", summary: "Assignments one gave as a teacher, the next due first", query: Paging.extend({ status: State.optional() }), answers: { 200: pageOf(GivenView) },
    handle: async ({ ctx, actor, query }) => {
      const { items, nextCursor } = await listGiven(ctx, actor, query);
      return { status: 200, body: { items: items.map((item) => ({ ...item, ...dueView(item) })), nextCursor } };
    },
  }),
  endpoint({
    ...own, method: "get", path: "/children/{childId}/assignments", summary: "A student's assignments: to do, handed in, or with feedback", params: z.object({ childId: z.string() }), query: Paging.extend({ show: z.enum(SHOWN, "not_a_choice").default("todo") }), answers: { 200: pageOf(ReceivedView) },
    handle: async ({ ctx, actor, params, query: { show, ...page } }) => {
      const { items, nextCursor } = await listReceived(ctx, actor, params.childId, { shown: show, ...page });
      return { status: 200, body: { items: items.map(({ tried, ...item }) => ({ ...item, state: tried, ...dueView(item) })), nextCursor } };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/assignments", summary: "Give work to students whom one teaches; a draft unless told otherwise", body: AssignmentInput, answers: { 201: AssignmentView }, refusals: [409],
    handle: async ({ ctx, actor, body, idempotencyKey }) => ({ status: 201, body: view(await readAssignment(ctx, actor, await createAssignment(ctx, actor, body, [], await repeatOf(idempotencyKey, ["assignment", body])))) }),
  }),
  endpoint({ ...own, method: "get", path: "/assignments/{assignmentId}", summary: "An assignment", params: AssignmentId, answers: { 200: AssignmentView }, handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await readAssignment(ctx, actor, params.assignmentId)) }) }),
  endpoint({
    ...own, method: "patch", path: "/assignments/{assignmentId}", summary: "Change an assignment or for whom it is, open or close it", params: AssignmentId, body: ChangeAssignmentInput, answers: { 200: AssignmentView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await changeAssignment(ctx, actor, params.assignmentId, body);
      return { status: 200, body: view(await readAssignment(ctx, actor, params.assignmentId)) };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/assignments/{assignmentId}/submissions", summary: "Hand work in; what comes late is taken and marked, until closed or reviewed", params: AssignmentId, body: HandInInput, answers: { 201: SubmissionView }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => ({ status: 201, body: submissionView(await readSubmission(ctx, actor, await handIn(ctx, actor, params.assignmentId, body, [], await repeatOf(idempotencyKey, ["hand-in", params, body])))) }),
  }),
  endpoint({
    ...own, method: "get", path: "/submissions", summary: "What waits for one's feedback, the longest wait first", query: Paging, answers: { 200: pageOf(PendingView) },
    handle: async ({ ctx, actor, query }) => {
      const { items, nextCursor } = await listPendingReviews(ctx, actor, query);
      return { status: 200, body: { items: items.map(({ studentId, student, assignmentId, title, ...one }) => ({ ...attemptView(one), studentId, student, assignmentId, title })), nextCursor } };
    },
  }),
  endpoint({ ...own, method: "get", path: "/submissions/{submissionId}", summary: "What was handed in, with its feedback", params: SubmissionId, answers: { 200: SubmissionView }, handle: async ({ ctx, actor, params }) => ({ status: 200, body: submissionView(await readSubmission(ctx, actor, params.submissionId)) }) }),
  endpoint({
    ...own, method: "post", path: "/submissions/{submissionId}/feedback", summary: "Give feedback by a rubric level, or send work back for another try", params: SubmissionId, body: FeedbackInput, answers: { 201: SubmissionView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await giveFeedback(ctx, actor, params.submissionId, body);
      return { status: 201, body: submissionView(await readSubmission(ctx, actor, params.submissionId)) };
    },
  }),
];
