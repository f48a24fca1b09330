import { BarChart } from "../charts/bar-chart.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import { ProgressMeter } from "../charts/progress-meter.tsx";
import { RadarChart } from "../charts/radar-chart.tsx";
import { Sparkline } from "../charts/sparkline.tsx";
import { WeekGrid } from "../charts/week-grid.tsx";

const weeks = [["2 Nov", 3200], ["9 Nov", 4100], ["16 Nov", 5600], ["23 Nov", 3800]] as const;
const points = weeks.map(([label, value]) => ({ label, value, text: value.toLocaleString("en-GB") }));
const LEVELS = ["BE2", "BE1", "AE2", "AE1", "ME2", "ME1", "EE2", "EE1"];
const spokes = ([["Communication", 6], ["Critical thinking", 5], ["Creativity", 8], ["Citizenship", null], ["Digital literacy", 4], ["Learning to learn", 6], ["Self-efficacy", 3]] as const)
  .map(([label, value]) => ({ label, short: label, value, text: value === null ? "not enough yet" : LEVELS[value - 1]!, href: "#main" }));
const days = ["Mon 23", "Tue 24", "Wed 25", "Thu 26", "Fri 27"].map((label, index) => ({ label, long: `${["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"][index]!} ${23 + index} November`, today: index === 1 }));
const blocks = [
  { id: "1", day: 0, from: 960, to: 1020, title: "Mathematics", time: "16:00 – 17:00", about: "Ms Wanjiku", href: "#main" },
  { id: "2", day: 1, from: 540, to: 630, title: "English", time: "9:00 – 10:30", about: "Mr Kamau", href: "#main", tone: "done" as const },
  { id: "3", day: 1, from: 600, to: 660, title: "Kiswahili", time: "10:00 – 11:00", href: "#main", tone: "waiting" as const },
  { id: "4", day: 3, from: 1020, to: 1140, title: "Science", time: "17:00 – 19:00", href: "#main", tone: "refused" as const },
];

export function ChartPieces() {
  return (
    <>
      <h2>Charts</h2>
      <BarChart finding="Spending stayed under the weekly limit in three of four weeks." bars={points} limit={{ value: 5000, text: "5,000", label: "Limit 5,000" }} columns={["Week from", "KES"]} />
      <BarChart finding="Most was done on Saturday." bars={["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((label, index) => ({ label, value: [20, 35, 0, 40, 15, 60, 10][index]!, text: `${[20, 35, 0, 40, 15, 60, 10][index]} min` }))} columns={["Day", "Minutes"]} />
      <LineChart finding="From AE2 in September to ME1 now." points={[["1 Sep", 3], ["20 Sep", 4], ["15 Oct", 4], ["20 Nov", 6]].map(([label, value]) => ({ label: String(label), value: Number(value), text: LEVELS[Number(value) - 1]! }))} scale={LEVELS} columns={["Date", "Level"]} />
      <RadarChart finding="Strongest now: creativity. On citizenship there is not enough evidence yet." spokes={spokes} rings={[{ step: 2, label: "BE" }, { step: 4, label: "AE" }, { step: 6, label: "ME" }, { step: 8, label: "EE" }]} steps={LEVELS} />
      <Sparkline finding="KES 3,800 this week, less than last week." points={points} />
      <ProgressMeter label="Read twelve books" text="7 of 12" value={7} max={12} />
      <WeekGrid caption="Three lessons this week." days={days} blocks={blocks.filter(({ id }) => id !== "3")} empty="Nothing planned" />
      <WeekGrid caption="Four lessons this week, two of them at one time." days={days} blocks={blocks} empty="Nothing planned" />
    </>
  );
}
