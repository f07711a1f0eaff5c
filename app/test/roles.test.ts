// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { emptyWorld, type World } from "../src/state/model";
import { givableRoles } from "../src/view/roles";

const world: World = { ...emptyWorld, isupport: new Map([["PREFIX", "(qaohv)~&@%+"]]) };

describe("who may give which roles", () => {
  it.each([
    ["~", "", "qaohv"],
    ["&", "", "ohv"],
    ["@", "", "ohv"],
    ["%", "", "v"],
    ["+", "", ""],
    ["", "", ""],
    ["~", "@", "qao"],
    ["@", "%", "oh"],
    ["@", "%+", "ohv"],
    ["%", "+", "v"],
    ["%", "%", ""],
  ])("%s to who has «%s»: %s", (giver, other, letters) => {
    const roles = givableRoles(world, { nickname: "ana", roles: giver }, { nickname: "bea", roles: other });
    expect(roles.map((one) => one.letter).join("")).toBe(letters);
  });
});
