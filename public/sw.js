// A nudge carries nothing: what is new is read in Kinboard.
addEventListener("push", (event) => event.waitUntil(registration.showNotification("Something new in Kinboard", { tag: "inbox" })));

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.matchAll({ type: "window" }).then(([open]) => (open ? open.focus().then((page) => page.navigate("/inbox")) : clients.openWindow("/inbox"))));
});
