/** A nudge without any content: what it is about is read in Kinboard. */
type Push = { endpoint: string; urgent: boolean };

/** Port: hands a nudge to a browser's push service, or throws. `gone`: that browser takes no more. */
export type PushSender = {
  /** The server's key that a browser subscribes with; null: push is not set up here. */
  publicKey: string | null;
  send(push: Push): Promise<"taken" | "gone">;
};
