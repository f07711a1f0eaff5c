// SPDX-License-Identifier: Apache-2.0
// Keeping order on the whole server, for accounts with rights: what is reported, who is banned or
// muted, what was done. What others may not do is not asked for.
import { noticesIn, refusalIn } from "../state/aside";
import {
  measureIn,
  reportIn,
  rightsIn,
  sanctionIn,
  type Measure,
  type Report,
  type Sanction,
} from "../state/operators";
import type { Coming, Conversation, Message } from "../state/model";
import { text } from "../text/texts.svelte";
import { fold, nicknameOf, type Line } from "../wire/line";
import type { Client } from "./client.svelte";

export type SanctionKind = "ban" | "mute";
const verbs = {
  ban: { list: "BANS", impose: "BAN", lift: "UNBAN" },
  mute: { list: "MUTES", impose: "MUTE", lift: "UNMUTE" },
} as const;
const logPage = 50;

interface Found {
  readonly of: Conversation;
  readonly message: Message;
}

export class Operators {
  rights = $state.raw<ReadonlySet<string>>(new Set());
  reports = $state.raw<readonly Report[]>([]);
  reportsAre = $state<Coming>("asked");
  sanctionsAre = $state<Record<SanctionKind, Coming>>({ ban: "asked", mute: "asked" });
  sanctions = $state.raw<Readonly<Record<SanctionKind, readonly Sanction[]>>>({ ban: [], mute: [] });
  /** Who wrote a message that was reported, where the report does not say it: by msgid. */
  private authors = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** The newest first. */
  log = $state.raw<readonly Measure[]>([]);
  logIsWhole = $state(false);
  logIs = $state<Coming>("asked");
  /** Counts the looks at the log: a page that an earlier one asked for is let go. */
  private looks = 0;
  private asksForLog = false;

  constructor(private readonly client: Client) {}

  may(right: string): boolean {
    return this.rights.has(right);
  }

  /** Of the account that is logged in now: its modes say whether it has any, OPER says which. */
  async lookAtRights(): Promise<void> {
    const { account, me } = this.client.now;
    const modes = account === null ? [] : await this.client.request("MODE", me);
    const isOperator = modes.some((line) => line.command === "221" && /o/.test(line.parameters[1] ?? ""));
    const held = isOperator ? await this.client.request("OPER", "*", "*") : [];
    const said = held.find((line) => line.command === "381")?.parameters.at(-1) ?? "";
    this.rights = rightsIn(said);
    if (this.may("reports")) {
      await this.lookAtReports();
    } else {
      this.reports = [];
    }
  }

  /** The server tells operators of a report as soon as there is one, be it before this client knows
   * that its reader is one. True: that was all the line says. */
  take(line: Line): boolean {
    const fromServer = line.command === "NOTICE" && !line.source.includes("!");
    const report = fromServer ? reportIn(line.parameters[1] ?? "") : null;
    if (report === null) {
      return false;
    }
    const about = [report.whom, text.of.reportedBy(report.by), report.why].filter(Boolean);
    this.client.tell("info", "REPORT", about.join(" · "));
    if (this.may("reports")) {
      void this.lookAtReports();
    }
    return true;
  }

  /** "" where it is not known whom a report is about. */
  whomOf(report: Report): string {
    return report.whom || (this.authors.get(report.message) ?? this.loaded(report.message)?.message.from ?? "");
  }

  private async list<Entry>(read: (text: string) => Entry | null, ...line: [string, ...string[]]) {
    const answer = await this.ask(...line);
    return answer === null ? null : noticesIn(answer).map(read).filter((one) => one !== null);
  }

  /** Null: it was refused, which is told. */
  private async ask(verb: string, ...words: string[]): Promise<readonly Line[] | null> {
    if (!this.client.isHeard()) {
      return null;
    }
    const answer = await this.client.request(verb, ...words);
    const refusal = refusalIn(answer);
    if (refusal !== null) {
      this.client.tell("error", verb, refusal);
    }
    return refusal === null && answer.length > 0 ? answer : null;
  }

  async lookAtReports(): Promise<void> {
    this.reportsAre = "asked";
    const found = await this.list(reportIn, "REPORTS");
    this.reportsAre = found === null ? "failed" : "there";
    this.reports = found ?? this.reports;
  }

  async settle(report: Report, note: string): Promise<void> {
    await this.ask("REPORTS", "CLOSE", report.number, ...(note === "" ? [] : [note]));
    await this.lookAtReports();
  }

  async lookAtSanctions(kind: SanctionKind): Promise<void> {
    this.sanctionsAre[kind] = "asked";
    const found = await this.list(sanctionIn, verbs[kind].list);
    this.sanctionsAre[kind] = found === null ? "failed" : "there";
    this.sanctions = { ...this.sanctions, [kind]: found ?? this.sanctions[kind] };
  }

  /** For good where no time is given. True: done. */
  async impose(kind: SanctionKind, whom: string, lasts: string, why: string): Promise<boolean> {
    // Without a time the first word of a reason must not be taken for one.
    const reason = lasts === "" && /^\d/.test(why) ? `“${why}”` : why;
    const words = [lasts, reason].filter((one) => one !== "");
    const done = (await this.ask(verbs[kind].impose, whom, ...words)) !== null;
    await this.lookAtSanctions(kind);
    return done;
  }

  async lift(kind: SanctionKind, whom: string): Promise<void> {
    await this.ask(verbs[kind].lift, whom);
    await this.lookAtSanctions(kind);
  }

  async lookAtLog(): Promise<void> {
    this.looks += 1;
    this.asksForLog = false;
    this.log = [];
    this.logIsWhole = false;
    await this.earlier();
  }

  async earlier(): Promise<void> {
    if (this.asksForLog) {
      return;
    }
    this.asksForLog = true;
    this.logIs = "asked";
    const look = this.looks;
    const before = this.log.at(-1)?.number;
    const page = await this.list(measureIn, "MODLOG", `${logPage}`, ...(before === undefined ? [] : [before]));
    if (look !== this.looks) {
      return;
    }
    this.asksForLog = false;
    const all = [...this.log, ...(page ?? []).reverse()];
    this.log = [...new Map(all.map((one) => [one.number, one])).values()];
    this.logIs = page === null ? "failed" : "there";
    this.logIsWhole = page !== null && page.length < logPage;
  }

  /** A report says which message, and not where: it is looked for where one may read. */
  async find(id: string): Promise<Found | null> {
    const here = this.loaded(id);
    if (here !== null) {
      return here;
    }
    const all = [...this.client.now.conversations.values()].sort((a, b) => b.lastTime - a.lastTime);
    for (const of of all) {
      const message = of.joined ? await this.client.history.fetch(of.name, id) : "gone";
      if (message !== "gone" && message !== "unheard") {
        this.authors = new Map([...this.authors, [id, message.from]]);
        return { of, message };
      }
    }
    return null;
  }

  private loaded(id: string): Found | null {
    for (const of of this.client.world.conversations.values()) {
      const message = of.messages.find((one) => one.id === id);
      if (message !== undefined) {
        return { of, message };
      }
    }
    return null;
  }

  /** MODE of oneself: rights came or went. */
  heardMode(line: Line): void {
    if (fold(line.parameters[0] ?? nicknameOf(line.source)) === fold(this.client.now.me)) {
      void this.lookAtRights();
    }
  }
}
