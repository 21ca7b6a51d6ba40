/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class TableTest {
    private static final Table<Pair> TABLE =
            Table.of(Pair.class, "nothing").column("LEFT", Pair::left).column("R", Pair::right);

    record Pair(String left, String right) {}

    @org.junit.jupiter.api.Test
    void longCell_isWrappedAtSpaces() {
        List<Pair> rows = List.of(new Pair("a", "the quick brown fox jumps over the lazy dog"));

        assertThat(TABLE.render(rows, 24).lines())
                .containsExactly(
                        "LEFT  R",
                        "a     the quick brown",
                        "      fox jumps over the",
                        "      lazy dog");
    }

    @org.junit.jupiter.api.Test
    void narrowScreen_goesWithoutMinorColumnsAndSaysSo() {
        Table<Pair> table =
                Table.of(Pair.class, "nothing")
                        .column("NAME", Pair::left)
                        .minor("MINOR", pair -> "m".repeat(20))
                        .column("R", Pair::right);

        assertThat(table.render(List.of(new Pair("people_cloud", "fine")), 36).lines())
                .containsExactly(
                        "NAME          R",
                        "people_cloud  fine",
                        "Not shown for want of room: MINOR;",
                        "--wide shows all.");
    }

    @org.junit.jupiter.api.Test
    void proseWithoutRoom_goesBelowItsRow() {
        List<Pair> rows = List.of(new Pair("x".repeat(30), "the quick brown fox jumps over"));

        assertThat(TABLE.render(rows, 36).lines())
                .containsExactly(
                        "LEFT", "    R", "x".repeat(30), "    the quick brown fox jumps over");
    }

    @org.junit.jupiter.api.Test
    void nameThatIsTooLong_isCutInTheMiddleAndNeverBroken() {
        List<Pair> rows = List.of(new Pair("people_of_the_corporation_cloud", "idle"));

        assertThat(TABLE.render(rows, 20).lines().toList().get(2))
                .isEqualTo("people_of_…ion_cloud");
    }

    @org.junit.jupiter.api.Test
    void noScreen_isNotWrapped() {
        List<Pair> rows = List.of(new Pair("x".repeat(300), "y"));

        assertThat(TABLE.render(rows, 0).lines()).hasSize(2);
    }

    @org.junit.jupiter.api.Test
    void noRows_saySoInASentence() {
        assertThat(TABLE.render(List.of(), 80)).isEqualTo("nothing");
    }

    @org.junit.jupiter.api.Test
    void controlCharacters_areMadeVisible() {
        assertThat(TABLE.render(List.of(new Pair("\u001b[2Jx", "")), 80))
                .contains("\\x1b[2Jx")
                .doesNotContain("\u001b");
    }

    @Property(tries = 200)
    void everyLineFitsTheScreen(
            @ForAll @Size(max = 5) List<@StringLength(max = 200) String> cells,
            @ForAll @IntRange(min = 20, max = 200) int screen) {
        List<Pair> rows = cells.stream().map(cell -> new Pair(cell, cell)).toList();
        if (!rows.isEmpty()) {
            assertThat(TABLE.render(rows, screen).lines())
                    .allSatisfy(l -> assertThat(Text.width(l)).isLessThanOrEqualTo(screen));
        }
    }
}
