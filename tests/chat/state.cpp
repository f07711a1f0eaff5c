// SPDX-License-Identifier: Apache-2.0
// Names that look alike, and masks that fit people.
#include "chat/state.hpp"

#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

base::name cyrillic(const std::string& shown, const std::string& looks_like) {
    return {shown, shown, named(looks_like).skeleton, false};
}

// A room of ana's, and berta, shown as "~Berta@Berta.Example" and from 10.0.0.1, who is not in it.
struct gate : world {
    gate() {
        all_join({"ana"}, "#a");
        sessions["berta"] = {0, 1, 50};
        connect wish;
        wish.nickname = named("berta");
        wish.user = "~Berta";
        wish.host = "Berta.Example";
        wish.address = "10.0.0.1";
        does("berta", wish);
    }
    bool keeps_out(const std::string& folded_mask) {
        bans("ana", "#a", folded_mask);
        joins("berta", "#a");
        return refusal() == reason::banned;
    }
};

} // namespace

TEST_CASE("two names with one skeleton look alike") {
    skeletons of;
    of.add(named("ana"));
    CHECK(of.collides(cyrillic("x", "ana")));
    CHECK_FALSE(of.collides(cyrillic("x", "berta")));
    of.remove(named("ana"));
    CHECK_FALSE(of.collides(cyrillic("x", "ana")));
    of.add(cyrillic("x", "ana"));
    CHECK(of.collides(named("ana")));
    CHECK(of.collides(cyrillic("y", "ana")));
}

TEST_CASE("plain names look alike by I, l, 1 and |, and by O, o and 0, and in no other way") {
    const auto alike = [](const std::string& one, const std::string& other) {
        skeletons of;
        of.add(named(one));
        const bool collides = of.collides(named(other));
        of.remove(named(one));
        CHECK_FALSE(of.collides(named(other)));
        return collides;
    };
    CHECK(alike("luis", "Iuis"));
    CHECK(alike("Iuis", "luis"));
    CHECK(alike("mario1", "mariol"));
    CHECK(alike("rom|a", "romla"));
    CHECK(alike("r0ma", "roma"));
    CHECK(alike("ELLA", "ELIA"));
    CHECK(alike("#lobby", "#Iobby"));
    CHECK_FALSE(alike("ella", "elia"));
    CHECK_FALSE(alike("LUIS", "iuis"));
    CHECK_FALSE(alike("maria", "rnaria"));
    CHECK_FALSE(alike("wanda", "vvanda"));
    CHECK_FALSE(alike("ana1", "ana2"));
    base::name corn = named("corn"); // as UTS #39 has it
    corn.skeleton = named("com").skeleton;
    skeletons of;
    of.add(corn);
    CHECK_FALSE(of.collides(named("com")));
}

TEST_CASE("a name looks like another one as it is shown or as its letters are in another case") {
    const auto with = [](std::uint64_t shown, std::uint64_t in_small) {
        return base::name{"x", "x", (shown << 32U) | in_small, false};
    };
    skeletons of;
    of.add(with(1, 2));
    CHECK(of.collides(with(1, 3)));
    CHECK(of.collides(with(3, 1)));
    CHECK(of.collides(with(2, 3)));
    CHECK(of.collides(with(3, 2)));
    CHECK_FALSE(of.collides(with(3, 4)));
    of.add(with(5, 5));
    of.remove(with(1, 2));
    CHECK_FALSE(of.collides(with(1, 2)));
    CHECK(of.collides(with(5, 6)));
}

TEST_CASE("names that look alike since before this was looked at go one after the other") {
    skeletons of;
    of.add(named("luis"));
    of.add(named("Iuis"));
    of.remove(named("luis"));
    CHECK(of.collides(named("luis")));
    of.remove(named("Iuis"));
    CHECK_FALSE(of.collides(named("luis")));
}

TEST_CASE("one's own name may be written like others of one's own only") {
    world of;
    of.registers("iuis");
    of.does("iuis", chat::rename{named("Iuis")});
    CHECK(of.happened<renamed>());
    of.does("iuis", chat::rename{named("iuis")});
    of.connects("luis"); // nobody looks like that now
    CHECK(of.happened<welcomed>());
    of.does("iuis", chat::rename{named("Iuis")});
    CHECK(of.refusal() == reason::nickname_looks_alike);
}

TEST_CASE("a name given up for another one does not count") {
    skeletons of;
    const base::name own = cyrillic("x", "ana");
    of.add(own);
    CHECK_FALSE(of.collides(named("ana"), &own));
    of.add(named("ana"));
    CHECK(of.collides(cyrillic("y", "ana"), &own));
}

TEST_CASE("a name that nobody has any more may be looked like") {
    world of;
    of.connects("ana");
    of.disconnects("ana");
    of.connects_as("other", cyrillic("\u0430\u043d\u0430", "ana"));
    CHECK(of.happened<welcomed>());
}

TEST_CASE("a rename to a look-alike is refused, but to one of one's own name it is not") {
    world of;
    of.connects("ana");
    of.connects("berta");
    of.does("berta", chat::rename{cyrillic("\u0430\u043d\u0430", "ana")});
    CHECK(of.refusal() == reason::nickname_looks_alike);
    of.does("ana", chat::rename{cyrillic("\u0430\u043d\u0430", "ana")});
    CHECK(of.happened<renamed>());
    of.does("berta", chat::rename{named("ana")});
    CHECK(of.refusal() == reason::nickname_looks_alike);
}

TEST_CASE("a ban fits the nickname, the user or the shown host") {
    CHECK(gate().keeps_out("berta!*@*"));
    CHECK(gate().keeps_out("b?rta!*@*"));
    CHECK(gate().keeps_out("*!~berta@*"));
    CHECK(gate().keeps_out("*!*@berta.example"));
    CHECK_FALSE(gate().keeps_out("carla!*@*"));
    CHECK_FALSE(gate().keeps_out("berta"));
}

TEST_CASE("an address that is not shown tells itself to no mask of a room") {
    CHECK_FALSE(gate().keeps_out("*!*@10.0.0.1"));
    CHECK_FALSE(gate().keeps_out("*!*@1*"));
    gate of;
    of.sets("ana", "#a", flag_change{room_flag::invite_only, true});
    of.sets("ana", "#a",
            mask_change{room_list::invite_exception, true, {"*!*@1*", "*!*@1*", {}, {}}});
    of.joins("berta", "#a");
    CHECK(of.refusal() == reason::invite_only);
    of.sets("ana", "#a", flag_change{room_flag::invite_only, false});
    of.joins("berta", "#a");
    of.bans("ana", "#a", "m:*!*@10.0.0.1");
    of.says("berta", "#a");
    CHECK(of.happened<spoke>());
    of.bans("ana", "#a", "m:berta!*@*");
    of.sets("ana", "#a", mask_change{room_list::ban_exception, true, {"*!*@1*", "*!*@1*", {}, {}}});
    of.says("berta", "#a");
    CHECK(of.refusal() == reason::may_not_speak);
}

TEST_CASE("a ban follows the person to her next name only when it fits that one") {
    gate of;
    CHECK(of.keeps_out("berta!*@*"));
    of.does("berta", chat::rename{named("bea")});
    of.joins("berta", "#a");
    CHECK(of.happened<joined>());
}

TEST_CASE("a lifted ban keeps nobody out") {
    gate of;
    CHECK(of.keeps_out("berta!*@*"));
    of.sets("ana", "#a", mask_change{room_list::ban, false, {"BERTA!*@*", "berta!*@*", {}, {}}});
    of.joins("berta", "#a");
    CHECK(of.happened<joined>());
}

TEST_CASE("an excepted member may speak though a ban fits her") {
    gate of;
    of.joins("berta", "#a");
    of.bans("ana", "#a", "*!*@berta.example");
    of.says("berta", "#a");
    CHECK(of.refusal() == reason::may_not_speak);
    of.sets("ana", "#a",
            mask_change{room_list::ban_exception, true, {"berta!*@*", "berta!*@*", {}, {}}});
    of.says("berta", "#a");
    CHECK(of.happened<spoke>());
}

TEST_CASE("a member who leaves takes nobody's place from another") {
    world of;
    of.all_join({"a", "b", "c", "d"}, "#a");
    of.grants("a", "#a", role::voice, "d");
    of.parts("b", "#a");
    of.parts("a", "#a");
    of.asks("c", ask_names{named("#a")});
    const auto& left = of.answer<names_answer>().members;
    REQUIRE(left.size() == 2);
    for (const member_view& one : left) {
        CHECK(one.rank == (one.who->nickname.key == "d" ? role::voice : role::member));
    }
}
