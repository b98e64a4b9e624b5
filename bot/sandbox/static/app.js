// The page of the local workspace: wire the parts and begin.

import { start } from "./acting.js";
import { startBanner } from "./banner.js";
import { startChannel } from "./channel.js";
import { startClock } from "./clock.js";
import { startJump } from "./jump.js";
import { showStack } from "./modal.js";
import { startPeople } from "./people.js";
import { startSidebar } from "./sidebar.js";
import { on, state } from "./store.js";
import { startThread } from "./thread.js";

[startBanner, startPeople, startClock, startSidebar, startChannel, startThread, startJump].forEach((begin) => begin());
on("stack", () => showStack(state.stacks.get(state.user) ?? []));
start();
