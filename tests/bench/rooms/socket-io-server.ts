import { Server } from "socket.io";
import { VERSION, type ClientFrame, type ServerFrame } from "#app/domain/chat/protocol.ts";

/** A room as socket.io has it, with its own recovery of lost connections; it speaks our frames. */
const io = new Server(Number(process.argv[2]), { connectionStateRecovery: { maxDisconnectionDuration: 60_000 }, transports: ["websocket"] });
const last = new Map<string, number>();

io.on("connection", (socket) => {
  const { room } = socket.handshake.auth as { room: string };
  const answer = (frame: ServerFrame) => socket.emit("frame", frame);
  void socket.join(room);
  socket.on("frame", (frame: ClientFrame) => {
    if (frame[0] === "hi") {
      answer(["hi", VERSION, []]);
      answer(["sync", 1, 0, [], [], [], [], 0]);
    } else if (frame[0] === "send") {
      const seq = (last.get(room) ?? 0) + 1;
      last.set(room, seq);
      io.to(room).emit("frame", ["m", 1, [[seq, seq, 0, 0, frame[3]]]] satisfies ServerFrame);
      answer(["ok", frame[2], frame[1], seq, seq, 0]);
    }
  });
});
process.send?.("listening");
