// SPDX-License-Identifier: Apache-2.0
// The search in all that one may read: the server's, page by page, the newest first.
import { dayOf, noDayIn, searchAttributes, searchPage } from "../state/search";
import { text } from "../text/texts.svelte";
import { fold } from "../wire/line";
import type { Client } from "./client.svelte";

export class Searching {
  constructor(private readonly client: Client) {}

  begin(query: string): void {
    const { client } = this;
    const noDay = noDayIn(query);
    if (noDay !== null) {
      client.tell("warning", "SEARCH", text.of.searchNoDay(noDay, dayOf(Date.now())));
    } else if (client.isHeard()) {
      const label = client.by.label();
      client.change({ ...client.now, search: { label, query, done: false, failed: false, hasMore: false, hits: [] } });
      this.ask(label, query, null);
    }
  }

  /** The page of hits before those that are there. */
  goOn(): void {
    const { client } = this;
    const { search } = client.now;
    const oldest = search?.hits.at(-1)?.message.time;
    if (search !== null && search.done && oldest !== undefined && client.isHeard()) {
      const label = client.by.label();
      client.change({ ...client.now, search: { ...search, label, done: false, failed: false } });
      this.ask(label, search.query, oldest + 1); // of one moment there may be several
    }
  }

  /** What got no answer, once more. */
  again(): void {
    const { search } = this.client.now;
    if (search !== null && search.hits.length > 0) {
      this.goOn();
    } else if (search !== null) {
      this.begin(search.query);
    }
  }

  end(): void {
    this.client.change({ ...this.client.now, search: null });
  }

  private ask(label: string, query: string, until: number | null): void {
    const wish = searchAttributes(query, until, (name) => this.nicknameOf(name));
    this.client.sendAside("SEARCH", [`${wish};limit=${searchPage}`], { label });
  }

  /** Of whom people see under that name, which may be one of several words. */
  private nicknameOf(name: string): string {
    const { people } = this.client.now;
    const key = fold(name);
    if (key === "" || people.has(key)) {
      return name;
    }
    const shown = [...people.values()].find((one) => fold(one.displayName) === key);
    return shown?.nickname ?? name;
  }
}
