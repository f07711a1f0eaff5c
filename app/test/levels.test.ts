// SPDX-License-Identifier: Apache-2.0
// What of the unread is shown in the list, the title, and the badge of the app.
import { expect, it } from "vitest";
import { newConversation } from "../src/state/model";
import { shownOf, shownOfAll } from "../src/view/levels";

const of = (key: string, unread: number, mentions: number) => ({
  ...newConversation(key, key, "room"),
  unread,
  mentions,
});
const [a, b, c] = [of("#a", 3, 1), of("#b", 5, 2), of("#c", 7, 4)];
const levels = { "#b": "none", "#c": "mentions" } as const;

it("shows what is unread, and nothing of where one wants to be told of nothing", () => {
  expect(shownOf(levels, a)).toMatchObject({ unread: 3, mentions: 1 });
  expect(shownOf(levels, b)).toMatchObject({ unread: 0, mentions: 0 });
});

it("adds up what is shown of all", () => {
  expect(shownOfAll(levels, [a, b, c])).toEqual({ unread: 10, mentions: 5 });
  expect(shownOfAll({}, [])).toEqual({ unread: 0, mentions: 0 });
});
