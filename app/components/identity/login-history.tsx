import { useLanguage } from "#app/i18n/use-messages.ts";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { Tag } from "../ui/tag.tsx";
import type { Device } from "./session-list.tsx";

type LoginItem = { id: string; at: number; method: string; outcome: string; address: string | null; device: Device };

/** Who tried to get in, how, from where, and whether it worked. */
export function LoginHistory({ logins, olderHref }: { logins: LoginItem[]; olderHref: string | null }) {
  const { m: { identity: m }, f } = useLanguage();
  if (logins.length === 0) return <EmptyState title={m.noLogins} />;
  return (
    <>
      <DataTable caption={m.logins} rows={logins} rowKey={(login) => login.id} columns={[
        { heading: m.when, cell: (login) => f.dateTime(login.at) },
        { heading: m.outcome, cell: (login) => <Tag tone={login.outcome === "success" ? "done" : "refused"}>{m.outcomes[login.outcome] ?? login.outcome}</Tag> },
        { heading: m.method, cell: (login) => m.methods[login.method] ?? login.method },
        { heading: m.device, cell: (login) => m.deviceName(login.device) },
        { heading: m.address, cell: (login) => login.address ?? m.unknown },
      ]} />
      <Pagination olderHref={olderHref} />
    </>
  );
}
