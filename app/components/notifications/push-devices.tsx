import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import type { PreferencesPage } from "#app/domain/notifications/preferences-page.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Browsers that are nudged. Only a script can ask the browser for its address (app/enhance/push.ts); it then goes by the plain form. */
export function PushDevices({ pushKey, browsers }: Pick<PreferencesPage, "pushKey" | "browsers">) {
  const { m: { notices: m }, f } = useLanguage();
  if (pushKey === null) return null;
  return (
    <Card title={m.push}>
      <p>{m.pushAbout}</p>
      <form method="post">
        <input type="hidden" name="endpoint" data-push-endpoint="" />
        <input type="hidden" name="act" value="push-on" />
        <p className="hint" role="status" id="endpoint" tabIndex={-1} data-push-said="">{m.pushNeedsScript}</p>
        <Button type="button" weight="quiet" hidden data-push={pushKey} data-failed={m.pushFailed}>{m.pushOn}</Button>
      </form>
      {browsers.map(({ id, device, createdAt }) => (
        <form method="post" key={id}>
          <input type="hidden" name="subscriptionId" value={id} />
          <p>{Object.values(device).filter(Boolean).join(", ") || m.unknownDevice}, {m.pushSince(f.dateTime(createdAt))} <Button weight="link" name="act" value="push-off">{m.pushRemove}</Button></p>
        </form>
      ))}
    </Card>
  );
}
