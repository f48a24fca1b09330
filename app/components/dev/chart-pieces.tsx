import { BarChart } from "../charts/bar-chart.tsx";
import { Sparkline } from "../charts/sparkline.tsx";

const weeks = [["2 Nov", 3200], ["9 Nov", 4100], ["16 Nov", 5600], ["23 Nov", 3800]] as const;
const points = weeks.map(([label, value]) => ({ label, value, text: value.toLocaleString("en-GB") }));

export function ChartPieces() {
  return (
    <>
      <h2>Charts</h2>
      <BarChart finding="Spending stayed under the weekly limit in three of four weeks." bars={points} limit={{ value: 5000, text: "5,000", label: "Limit 5,000" }} columns={["Week from", "KES"]} />
      <Sparkline finding="KES 3,800 this week, less than last week." points={points} />
    </>
  );
}
