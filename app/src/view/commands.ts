// SPDX-License-Identifier: Apache-2.0
// What is typed behind a `/`, a row each; and the words of the five classic chats, which do what their
// users remember.
import type { Conversation } from "../state/model";
import { text } from "../text/texts.svelte";
import type { Texts } from "../text/en";
import { isRoomName } from "../wire/line";
import type { Client } from "./client.svelte";
import { lazily } from "./lazily";
import { screen } from "./screen.svelte";

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly help: keyof Texts["commandHelp"];
  /** Words that it cannot do without. */
  readonly needs: number;
  /** False: nobody heard it. */
  readonly run: (by: Client, words: readonly string[], rest: string, here: Conversation | null) => unknown;
}

const restAfter = (rest: string): string => rest.replace(/^\S+\s*/, "");

function roleCommand(name: string, change: string, help: "op" | "voice"): Command {
  return {
    name,
    usage: `${name} name`,
    help,
    needs: 1,
    run: (by, words, _, here) => here === null || by.send("MODE", here.name, change, words[0] ?? ""),
  };
}

const join: Command["run"] = (by, [room = "", password = ""]) => by.places.join(room, password);
/** The classic words for a new room, and for one that is there: no slip makes a room, or leads into
 * another. */
function roomWord(what: "makeNamed" | "visitOrTell"): Command["run"] {
  return (by, [word = ""]) => {
    if (!by.isHeard()) {
      return false;
    }
    const room = isRoomName(word) ? word : `#${word}`;
    void lazily(import("./making")).then((making) => making?.[what](by, room));
    return true;
  };
}
const leaveRoom: Command["run"] = (by, [room], _, here) => {
  const name = room !== undefined && isRoomName(room) ? room : here?.name;
  return name === undefined || by.places.part(name);
};
/** Alone it says the topic, as in any client, and removes none. */
const setTopic: Command["run"] = (by, _, rest, here) => {
  if (here === null) {
    return true;
  }
  if (rest !== "") {
    return by.send("TOPIC", here.name, rest);
  }
  by.tell("info", "TOPIC", here.topic === "" ? text.of.noTopic(here.name) : text.of.topicIs(here.name, here.topic));
  return true;
};
const tellPrivately: Command["run"] = (by, [who = ""], rest) => {
  by.speech.say({ target: who, text: restAfter(rest) });
  if (!isRoomName(who)) {
    by.places.openPrivate(who);
  }
};
const logOut: Command["run"] = () => screen.logOut();

export const commands: readonly Command[] = [
  { name: "/help", usage: "/help", help: "help", needs: 0, run: () => screen.show({ is: "keys" }) },
  { name: "/join", usage: "/join #room [password]", help: "join", needs: 1, run: join },
  { name: "/part", usage: "/part [#room]", help: "part", needs: 0, run: leaveRoom },
  { name: "/msg", usage: "/msg name text", help: "msg", needs: 2, run: tellPrivately },
  {
    name: "/query",
    usage: "/query name",
    help: "query",
    needs: 1,
    run: (by, [who = ""]) => by.places.openPrivate(who),
  },
  {
    name: "/me",
    usage: "/me …",
    help: "me",
    needs: 1,
    run: (by, _, rest, here) => {
      if (here !== null) {
        by.speech.say({ target: here.name, text: rest, kind: "action" });
      }
    },
  },
  {
    name: "/nick",
    usage: "/nick name",
    help: "nick",
    needs: 1,
    run: (by, [name = ""]) => by.send("NICK", name),
  },
  {
    name: "/topic",
    usage: "/topic [text]",
    help: "topic",
    needs: 0,
    run: setTopic,
  },
  {
    name: "/away",
    usage: "/away [why]",
    help: "away",
    needs: 0,
    run: (by, _, rest) => by.speech.away(rest),
  },
  {
    name: "/invite",
    usage: "/invite name",
    help: "invite",
    needs: 1,
    run: (by, [who = ""], _, here) => here === null || by.send("INVITE", who, here.name),
  },
  {
    name: "/kick",
    usage: "/kick name [reason]",
    help: "kick",
    needs: 1,
    run: (by, [who = ""], rest, here) => {
      const reason = restAfter(rest);
      return here === null || by.send("KICK", here.name, who, ...(reason === "" ? [] : [reason]));
    },
  },
  {
    name: "/ban",
    usage: "/ban name",
    help: "ban",
    needs: 1,
    run: (by, [mask = ""], _, here) => here === null || by.send("MODE", here.name, "+b", mask),
  },
  {
    name: "/unban",
    usage: "/unban mask",
    help: "unban",
    needs: 1,
    run: (by, [mask = ""], _, here) => here === null || by.send("MODE", here.name, "-b", mask),
  },
  roleCommand("/op", "+o", "op"),
  roleCommand("/voice", "+v", "voice"),
  {
    name: "/whois",
    usage: "/whois name",
    help: "whois",
    needs: 1,
    run: (_, [who = ""]) => screen.show({ is: "person", nickname: who }),
  },
  { name: "/list", usage: "/list", help: "list", needs: 0, run: () => screen.show({ is: "browse" }) },
  {
    name: "/search",
    usage: "/search words",
    help: "search",
    needs: 1,
    run: (by, _, rest) => {
      screen.searching = true;
      by.searching.begin(rest);
    },
  },
  {
    name: "/shrug",
    usage: "/shrug",
    help: "shrug",
    needs: 0,
    run: (by, _, rest, here) => {
      if (here !== null) {
        by.speech.say({ target: here.name, text: `${rest} ¯\\_(ツ)_/¯`.trim() });
      }
    },
  },
  { name: "/quit", usage: "/quit", help: "quit", needs: 0, run: logOut },
  { name: "/raw", usage: "/raw line", help: "raw", needs: 1, run: (by, _, rest) => by.sendRaw(rest) },
  { name: "#cR", usage: "#cR room", help: "create", needs: 1, run: roomWord("makeNamed") },
  { name: "#gR", usage: "#gR room", help: "enter", needs: 1, run: roomWord("visitOrTell") },
  { name: "#eR", usage: "#eR", help: "leave", needs: 0, run: leaveRoom },
  { name: "#lR", usage: "#lR", help: "list", needs: 0, run: () => screen.show({ is: "browse" }) },
  {
    name: "#show users",
    usage: "#show users",
    help: "users",
    needs: 0,
    run: () => screen.showMembers(true),
  },
  { name: "#/private", usage: "#/private name text", help: "private", needs: 2, run: tellPrivately },
  { name: "#exit", usage: "#exit", help: "end", needs: 0, run: logOut },
  { name: "\\exit", usage: "\\exit", help: "end", needs: 0, run: logOut },
  { name: "FIN", usage: "FIN", help: "end", needs: 0, run: logOut },
];

/** How it is written, in the reader's language. */
export function usageOf(command: Command): string {
  return command.name + command.usage.slice(command.name.length).replace(
    /\p{L}+/gu,
    (word) => text.of.usageWords[word] ?? word,
  );
}

export function completeCommands(typed: string): Command[] {
  return commands.filter((one) => one.name.startsWith(typed));
}

function commandIn(line: string): Command | undefined {
  const found = commands.find((one) => line === one.name || line.startsWith(`${one.name} `));
  // FIN and \exit are commands only alone.
  return found?.help === "end" && line !== found.name ? undefined : found;
}

/** One that there is not: rather refused than said, for it may be a slip. /home/ana is none. */
function looksLikeCommand(line: string): boolean {
  return /^\/\w[^\s/]*(?:\s|$)/.test(line) && !line.includes("\n");
}

/** There or not: it is nothing to be said. */
export function isCommand(typed: string): boolean {
  const line = typed.trim();
  return commandIn(line) !== undefined || looksLikeCommand(line);
}

/** `//me` says "/me". Where one slash would be no command, as in code, both are said. */
export function withoutEscape(typed: string): string {
  const line = typed.slice(1).trim();
  const isEscaped = typed.startsWith("//") && (commandIn(line) !== undefined || looksLikeCommand(line));
  return isEscaped ? typed.slice(1) : typed;
}

/** "none": it is something to be said. */
export function runCommand(by: Client, typed: string, here: Conversation | null): "none" | "done" | "refused" {
  const line = typed.trim();
  const found = commandIn(line);
  if (found === undefined) {
    if (looksLikeCommand(line)) {
      by.tell("error", "COMMAND", text.of.commandUnknown(line.split(" ")[0] ?? line));
      return "refused";
    }
    return "none";
  }
  const rest = line.slice(found.name.length).trim();
  const words = rest.split(/\s+/).filter(Boolean);
  if (words.length < found.needs) {
    by.tell("warning", "USAGE", text.of.commandNeeds(usageOf(found)));
    return "refused";
  }
  return found.run(by, words, rest, here) === false ? "refused" : "done";
}
