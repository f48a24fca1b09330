import type { CodeChannel } from "#app/domain/identity/code-factors.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { RefusalSummary } from "../ui/refusal-summary.tsx";
import { Tag } from "../ui/tag.tsx";

const HERE = "/settings/security/2fa";
const Which = ({ channel }: { channel: CodeChannel }) => <input type="hidden" name="channel" value={channel} />;

/** One way that a code can take, and whether it is on. */
export function CodeFactorCard({ channel, on }: { channel: CodeChannel; on: string | null }) {
  const { m: { identity, entry: m } } = useLanguage();
  return (
    <Card title={m.channels[channel]} tag={on !== null && <Tag tone="done">{m.on}</Tag>}>
      <p>{on === null ? m.channelAbout[channel] : m.goesTo(on)}</p>
      {on === null
        ? <p><ButtonLink href={`${HERE}?way=${channel}`}>{identity.setUp}<span className="for-readers">: {m.channels[channel]}</span></ButtonLink></p>
        : <form method="post"><Which channel={channel} /><Button weight="danger" name="act" value="disable-codes">{m.turnOffCodes[channel]}</Button></form>}
    </Card>
  );
}

/** Its set-up: an address, then the first code that went there. */
export function CodeFactorSetUp({ channel, begun, suggested, refusal }: { channel: CodeChannel; begun: string | null; suggested: string | null; refusal: Refusal | undefined }) {
  const { m: { identity, entry: m } } = useLanguage();
  return (
    <>
      <PageHeader title={m.channels[channel]} about={begun === null ? m.channelAbout[channel] : m.firstCodeSent(begun)} back={{ href: HERE, label: identity.secondFactor }} />
      <RefusalSummary refusal={refusal} />
      {begun === null ? (
        <form method="post">
          <Which channel={channel} />
          {channel === "sms"
            ? <Field name="address" type="tel" label={m.phone} hint={m.phoneHint} autoComplete="tel" refusal={refusal} />
            : <Field name="address" type="email" label={m.codeAddress} autoComplete="email" defaultValue={suggested ?? undefined} refusal={refusal} />}
          <Button name="act" value="begin-codes">{m.sendFirstCode}</Button>
        </form>
      ) : (
        <>
          <form method="post">
            <Which channel={channel} />
            <Field name="code" label={identity.code} inputMode="numeric" autoComplete="one-time-code" refusal={refusal} />
            <Button name="act" value="enable-codes">{identity.turnOn}</Button>
          </form>
          <form method="post"><Which channel={channel} /><input type="hidden" name="address" value={begun} /><Button weight="quiet" name="act" value="begin-codes">{m.sendAgain}</Button></form>
          <form method="post"><Which channel={channel} /><Button weight="link" name="act" value="disable-codes">{m.otherAddress}</Button></form>
        </>
      )}
    </>
  );
}
