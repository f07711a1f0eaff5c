// SPDX-License-Identifier: Apache-2.0
// The table of a class, as spreadsheets save it.
#include "server/account_table.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace tertulia;
using server::read_account_table;
using server::table_account;

TEST_CASE("a row is an account, with its password where there is one") {
    CHECK(read_account_table("ana,uno\nben\nluis,\n") ==
          std::vector<table_account>{{"ana", "uno"}, {"ben", ""}, {"luis", ""}});
}

TEST_CASE("what stands above the names is no account") {
    for (const std::string_view heading :
         {"Alumno,Clave", "alumna;contraseña", "User,Password", "\xEF\xBB\xBFUsuario;Clave",
          "student", "Account,password", "Cuenta", "LOGIN ,pass", "Nombre,Correo"}) {
        CAPTURE(heading);
        const std::string row = heading.contains(';') ? "ana;uno" : "ana,uno";
        const std::string table = std::string(heading) + "\n" + row + "\n";
        CHECK(read_account_table(table) == std::vector<table_account>{{"ana", "uno"}});
    }
}

TEST_CASE("only the first row can be a heading") {
    CHECK(read_account_table("ana\nalumno\n")->size() == 2);
}

TEST_CASE("a table in another encoding is refused as such, whatever is in it") {
    CHECK(read_account_table("Alumno,Clave\nana,contrase\xF1"
                             "a\n")
              .error() == base::text_key::account_table_not_utf8);
}

TEST_CASE("a quote without end is no table") {
    CHECK(read_account_table("\"ana,uno\n").error() == base::text_key::account_bad_table);
}
