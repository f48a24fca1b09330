import { STATUSES } from "#app/domain/learning/attendance-inputs.ts";
import type { ClassDay } from "#app/domain/learning/take-attendance.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";

/** A line for each student of the class: how they were there, and what that answer asks for. Where nothing is marked yet, all stand as present. */
export function ClassRegister({ day: { students, taken }, refusal }: { day: ClassDay; refusal: Refusal | undefined }) {
  const { m: { learning: m } } = useLanguage();
  const say = useProblems();
  // What was typed goes as a list of those with an answer, in the order of the page.
  const answered = Object.keys(refusal?.values ?? {}).filter((name) => name.startsWith("status."));
  const placeOf = (studentId: string) => `marks.${answered.indexOf(`status.${studentId}`)}`;
  const problemOf = (studentId: string) => refusal?.fields.find(({ path }) => path === `status.${studentId}` || path.startsWith(`${placeOf(studentId)}.`));
  return (
    <table className="data register">
      <caption>{m.remarkHint}</caption>
      <thead><tr><th scope="col">{m.student}</th><th scope="col">{m.attendance}</th></tr></thead>
      <tbody>{students.map(({ studentId, name, shared, status, minutesLate, note }) => {
        const problem = problemOf(studentId);
        const wrong = (field: string) => (problem?.path === `${placeOf(studentId)}.${field}` ? { "id": problem.path, "aria-invalid": true } : {});
        const chosen = refusal?.values[`status.${studentId}`] ?? status ?? (taken ? null : "present");
        return (
          <tr key={studentId}>
            <th scope="row">{name}</th>
            <td>{!shared ? <span className="hint">{m.attendanceNotShared}</span> : (
              <fieldset>
                <legend className="for-readers">{name}</legend>
                {problem && <p className="problem">{say(problem.message)}</p>}
                <div className="choices">{STATUSES.map((value, at) => (
                  <label key={value} className="choice"><input type="radio" id={at === 0 ? `status.${studentId}` : undefined} name={`status.${studentId}`} value={value} defaultChecked={value === chosen} /><span>{m.statuses[value]}</span></label>
                ))}</div>
                <div className="more">
                  <label className="if-late">{m.minutesLate}<input {...wrong("minutesLate")} name={`minutes.${studentId}`} inputMode="numeric" autoComplete="off" maxLength={3} defaultValue={refusal ? refusal.values[`minutes.${studentId}`] : (minutesLate ?? undefined)} /></label>
                  <label>{m.remark}<input {...wrong("note")} name={`note.${studentId}`} autoComplete="off" maxLength={300} defaultValue={refusal ? refusal.values[`note.${studentId}`] : (note ?? undefined)} /></label>
                </div>
              </fieldset>
            )}</td>
          </tr>
        );
      })}</tbody>
    </table>
  );
}
