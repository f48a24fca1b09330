import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { io, type Socket } from "socket.io-client";
import type { Person, Rooms, Shape } from "./rooms.ts";

/** A room of socket.io in a Node process of its own. */
export async function openSocketIoRooms({ rooms, members }: Shape, port: number): Promise<Rooms> {
  const start = async (): Promise<ChildProcess> => {
    const child = fork("tests/bench/rooms/socket-io-server.ts", [String(port)], { execArgv: ["--disable-warning=ExperimentalWarning"] });
    await once(child, "message");
    return child;
  };
  let server = await start();
  const kill = async (): Promise<void> => {
    server.kill("SIGKILL");
    await once(server, "exit");
    server = await start();
  };
  const sockets = new Map<Person, Socket>();
  const people: Person[] = Array.from({ length: rooms * members }, (_, nth) => ({ userId: String(nth % members), conversationId: String(Math.floor(nth / members)) }));
  return {
    people,
    dial: (person, hearing) => {
      const socket = sockets.get(person) ?? io(`http://127.0.0.1:${port}`, { transports: ["websocket"], reconnection: false, autoConnect: false, forceNew: true, auth: { room: person.conversationId } });
      sockets.set(person, socket);
      socket.removeAllListeners();
      return new Promise((resolve, reject) => {
        socket.on("frame", (frame) => hearing.heard(JSON.stringify(frame)));
        socket.once("connect_error", reject);
        socket.once("connect", () => {
          socket.once("disconnect", hearing.closed);
          resolve({ send: (frame) => void (socket.connected && socket.emit("frame", frame)), cut: () => (socket.removeAllListeners(), socket.io.engine.close()) });
        });
        socket.connect();
      });
    },
    evict: async (what, person) => (what === "room" ? kill() : void sockets.get(person)?.io.engine.close()),
    kill,
    async close() {
      for (const socket of sockets.values()) socket.removeAllListeners().disconnect();
      server.kill("SIGKILL");
      await once(server, "exit");
    },
  };
}
