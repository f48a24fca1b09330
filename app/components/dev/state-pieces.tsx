import { useState } from "react";
import { Avatar } from "../ui/avatar.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Card, Cards } from "../ui/card.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Meter } from "../ui/meter.tsx";
import { Money } from "../ui/money.tsx";
import { Notice } from "../ui/notice.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { TabLinks } from "../ui/tab-links.tsx";
import { Tag } from "../ui/tag.tsx";
import { Timeline } from "../ui/timeline.tsx";

const kes = (amount: number) => ({ amount, currency: "KES" });
const rows = [
  { id: "1", what: "Mathematics, 10 hours", who: "Amani Otieno", price: 150_000 },
  { id: "2", what: "Reading club, this term", who: "Baraka Otieno", price: 85_050 },
];

export function StatePieces({ now }: { now: number }) {
  const [presses, setPresses] = useState(0);
  return (
    <>
      <h2>Notices</h2>
      <Notice title="For your information">The week ends on Sunday at midnight.</Notice>
      <Notice tone="done" title="Approved">You approved <a href="#main">Mathematics, 10 hours</a> for Amani. KES 1,200 of this week’s 5,000 is left.</Notice>
      <Notice tone="waiting" title="Two requests wait for you">The first runs out on Tuesday 24 November, 16:00.</Notice>
      <Notice tone="refused" title="The card was declined">Nothing was charged. Choose another card.</Notice>

      <h2>Tags and people</h2>
      <p><Tag>New</Tag> <Tag tone="done">Approved</Tag> <Tag tone="waiting">Waiting</Tag> <Tag tone="refused">Denied</Tag> <Badge count={3} of="waiting" /></p>
      <p><Avatar name="Amani Otieno" /> Amani Otieno</p>

      <h2>Buttons</h2>
      <p><Button onClick={() => setPresses(presses + 1)}>Approve</Button><ButtonLink href="#main">Ask again</ButtonLink><Button aria-busy="true">Approving</Button></p>
      <p><Button weight="danger">End this guardianship</Button></p>
      <p data-presses={presses}>Pressed {presses} times.</p>

      <h2>Cards</h2>
      <Cards>
        <Card title="Amani Otieno" href="#main" tag={<Tag tone="done">All well</Tag>}>
          <Meter label="This week" text="KES 1,200 left of 5,000" left={1200} max={5000} />
          <p>Nothing waits for you.</p>
        </Card>
        <Card title="Baraka Otieno" href="#main" tag={<Tag tone="waiting">1 waiting</Tag>}>
          <Meter label="This week" text="KES 100 left of 5,000" left={100} max={5000} />
          <p><a href="#main">Reading club, this term: KES 850.50</a></p>
        </Card>
        <Card title="A card without a link">Says one thing.</Card>
      </Cards>

      <h2>Summary list</h2>
      <SummaryList rows={[
        { term: "What", value: "Mathematics, 10 hours" },
        { term: "Amount", value: <Money of={kes(150_000)} /> },
        { term: "Decided by", value: "Any one guardian", action: { href: "#main", label: "Change" } },
      ]} />

      <h2>Table</h2>
      <DataTable caption="Purchases in November" rows={rows} rowKey={(row) => row.id} columns={[
        { heading: "What", cell: (row) => <a href="#main">{row.what}</a> },
        { heading: "For", cell: (row) => row.who },
        { heading: "Amount", cell: (row) => <Money of={kes(row.price)} />, numeric: true },
      ]} />
      <Pagination olderHref="#main" />

      <h2>Tabs and timeline</h2>
      <TabLinks label="Views" tabs={[{ href: "#waiting", label: "Waiting", current: true }, { href: "#decided", label: "Decided", current: false }, { href: "#all", label: "All", current: false }]} />
      <Timeline items={[
        { at: now - 7_200_000, text: "Amani asked for Mathematics, 10 hours." },
        { at: now - 3_600_000, text: "You approved it: “Well done this month.”" },
        { at: now, text: "The card was charged KES 1,500." },
      ]} />

      <h2>Empty</h2>
      <EmptyState title="No requests yet"><p>What your children ask for will be here.</p><ButtonLink href="#main">Look at the shop</ButtonLink></EmptyState>

      <details><summary>More about this</summary><p>What folds away needs no script.</p></details>
    </>
  );
}
