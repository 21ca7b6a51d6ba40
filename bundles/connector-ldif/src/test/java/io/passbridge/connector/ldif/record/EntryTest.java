/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ldif.record.FileRecord.Modification;
import io.passbridge.connector.ldif.record.FileRecord.Modification.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values come and go, and whatever goes is wiped. */
class EntryTest {
    private static final int SLOT = Attribute.USER_PASSWORD.ordinal();

    private final byte[] one = bytes("{SSHA}one");
    private final byte[] two = bytes("{SSHA}two");
    private final Entry entry = new Entry("uid=anna", Attribute.values().length);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void fill() {
        entry.add(SLOT, one);
        entry.add(SLOT, two);
    }

    @Test
    void remove_takesThatValueAlone_andWipesIt() {
        fill();
        entry.remove(SLOT, bytes("{SSHA}none"));
        assertThat(entry.all(SLOT)).containsExactly(one, two);
        entry.remove(SLOT, bytes("{SSHA}one"));
        assertThat(one).containsOnly(0);
        assertThat(entry.all(SLOT)).containsExactly(two);
        assertThat(entry.text(SLOT)).contains("{SSHA}two");
        entry.remove(SLOT, bytes("{SSHA}two"));
        assertThat(entry.has(Attribute.USER_PASSWORD)).isFalse();
        assertThat(entry.text(SLOT)).isEmpty();
        entry.remove(SLOT, bytes("{SSHA}two"));
        assertThat(entry.all(SLOT)).isEmpty();
    }

    @Test
    void close_wipesEveryValue() {
        fill();
        entry.close();
        assertThat(one).containsOnly(0);
        assertThat(two).containsOnly(0);
        assertThat(entry.has(Attribute.USER_PASSWORD)).isFalse();
        assertThat(entry).hasToString("Entry[uid=anna]");
    }

    @Test
    void modifications_doWhatTheySay() {
        fill();
        byte[] three = bytes("{SSHA}three");
        new Modification(Operation.ADD, SLOT, List.of(three)).applyTo(entry);
        assertThat(entry.all(SLOT)).containsExactly(one, two, three);
        new Modification(Operation.DELETE, SLOT, List.of(bytes("{SSHA}one"))).applyTo(entry);
        assertThat(entry.all(SLOT)).containsExactly(two, three);
        byte[] four = bytes("{SSHA}four");
        new Modification(Operation.REPLACE, SLOT, List.of(four)).applyTo(entry);
        assertThat(two).containsOnly(0);
        assertThat(entry.all(SLOT)).containsExactly(four);
        new Modification(Operation.DELETE, SLOT, List.of()).applyTo(entry);
        assertThat(four).containsOnly(0);
        assertThat(entry.has(Attribute.USER_PASSWORD)).isFalse();
    }

    @Test
    void recordsThatAreClosed_areWiped() {
        fill();
        new FileRecord.Content(entry).close();
        assertThat(one).containsOnly(0);
        byte[] three = bytes("{SSHA}three");
        new FileRecord.Modify(
                        "uid=anna", List.of(new Modification(Operation.ADD, SLOT, List.of(three))))
                .close();
        assertThat(three).containsOnly(0);
    }
}
