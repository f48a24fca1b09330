import type { Bundle } from "#scripts/bundle.ts";
import { ratio, type Figure, type Measure } from "./measure.ts";
import { openOwnRooms } from "./rooms/own-rooms.ts";
import { play, type Played } from "./rooms/play.ts";
import { rates } from "./rooms/rate.ts";
import { openRelayRooms } from "./rooms/relay-rooms.ts";
import type { Rooms, Shape } from "./rooms/rooms.ts";
import { breaksIn, drawSchedule, killsIn, messagesIn } from "./rooms/schedule.ts";
import { rest } from "./rooms/rest.ts";
import { openSocketIoRooms } from "./rooms/socket-io-rooms.ts";
import { workerBundle } from "./worker-bundle.ts";

const PORT = 9281;
const LIVED: Shape = { rooms: 4, members: 5 };
const CROWD: Shape = { rooms: 1, members: 50 };
const SIZE = { messages: 10_000, breaks: 24, members: LIVED.rooms * LIVED.members, stretch: 450 };

const RELAY = "a relay that stores nothing";

/** Rooms of every make that are held against ours. */
const makes = (bundle: Bundle): Record<string, (shape: Shape) => Promise<Rooms>> => ({
  ours: (shape) => openOwnRooms(bundle, shape),
  [RELAY]: (shape) => openRelayRooms("raw", shape),
  "sent before it is stored": (shape) => openRelayRooms("late", shape),
  "socket.io": (shape) => openSocketIoRooms(shape, PORT),
});

/** `npm run bench -- q-8 delivery 4711` lives through that story again; `rate` and `rest` are the other parts. */
export const rooms: Measure = {
  id: "q-8",
  title: "Rooms that lose nothing",
  how: `The deployed bundle with its state on disk. ${LIVED.rooms} rooms of ${LIVED.members}, each with a socket, live through a story drawn by fast-check: talk, resends, cut lines, objects that die, workerd killed by -9; the other makes live through the same. Deliveries per second in a room of ${CROWD.members} that all write, in turns, the median of the ratios; ${RELAY} is one object that holds the sockets and passes on each message as it comes; told beside it, the same with our inboxes, and one that also gathers what comes meanwhile, as ours does. Ours also at rest: woken from hibernation, coming back, and what one message weighs.`,
  async run([part, seed = String(Date.now() % 1_000_000)]) {
    const bundle = await workerBundle();
    return [
      ...(!part || part === "delivery" ? await delivery(bundle, Number(seed)) : []),
      ...(!part || part === "rate" ? await rate(bundle) : []),
      ...(!part || part === "rest" ? await rest(() => openOwnRooms(bundle, { rooms: 12, members: 2 })) : []),
    ];
  },
};

async function delivery(bundle: Bundle, seed: number): Promise<Figure[]> {
  const steps = drawSchedule(seed, SIZE);
  console.log(`  seed ${seed}: ${messagesIn(steps)} messages, ${killsIn(steps)} kills, ${breaksIn(steps) - killsIn(steps)} evictions`);
  const figures: Figure[] = [];
  for (const [make, open] of Object.entries(makes(bundle))) {
    const rooms = await open(LIVED);
    try {
      const { lost, doubled, gaps, disordered, deliveries, seconds }: Played = await play(rooms, steps);
      const figure = `${lost} / ${doubled} / ${gaps} / ${disordered}`;
      const good = lost + doubled + gaps + disordered === 0 && deliveries >= messagesIn(steps) * LIVED.members;
      figures.push({ what: `lost / doubled / gaps / out of order: ${make}`, target: make === "ours" ? "0 / 0 / 0 / 0" : "(told)", figure, good: make === "ours" ? good : true });
      console.log(`  ${make}: ${figure}, ${deliveries} deliveries in ${seconds.toFixed(0)} s`);
    } finally {
      await rooms.close();
    }
  }
  return [{ what: `messages, kills and evictions (seed ${seed})`, target: "≥ 10,000 and 20", figure: `${messagesIn(steps).toLocaleString("en")}, ${breaksIn(steps)}`, good: messagesIn(steps) >= 10_000 && breaksIn(steps) >= 20 }, ...figures];
}

async function rate(bundle: Bundle): Promise<Figure[]> {
  const { ours, ...others } = await rates({
    ...makes(bundle),
    "the same with inboxes": (shape) => openRelayRooms("relay", shape),
    "the same with inboxes, gathering": (shape) => openRelayRooms("gathering", shape),
  }, CROWD);
  const each = (perSecond: number) => `${Math.round(perSecond).toLocaleString("en")} a second`;
  return [
    { what: "deliveries, ours", target: "(told)", figure: each(ours!.perSecond), good: true },
    ...Object.entries(others).map(([make, { perSecond, oursToIt }]): Figure => ({ what: `deliveries, ours to ${make} (${each(perSecond)})`, target: make === RELAY ? "≥ 0.80 x" : "(told)", figure: ratio(oursToIt), good: make !== RELAY || oursToIt >= 0.8 })),
  ];
}
