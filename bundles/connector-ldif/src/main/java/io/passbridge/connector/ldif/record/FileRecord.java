/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One record of a file, understood. */
public sealed interface FileRecord extends AutoCloseable {
    /** Under which name it speaks of a user who is described elsewhere, if it does. */
    default Optional<String> changedName() {
        return Optional.empty();
    }

    @Override
    default void close() {}

    /** An object as it is: a content record, or a change record of type {@code add}. */
    record Content(Entry entry) implements FileRecord {
        @Override
        public void close() {
            entry.close();
        }
    }

    /**
     * Values of an object changed.
     *
     * @param modifications of the attributes that matter here; empty if only others changed
     */
    record Modify(String dn, List<Modification> modifications) implements FileRecord {
        @Override
        public Optional<String> changedName() {
            boolean matters =
                    modifications.stream()
                            .anyMatch(modification -> !Attribute.isTime(modification.slot()));
            return matters ? Optional.of(dn) : Optional.empty();
        }

        @Override
        public void close() {
            modifications.forEach(Modification::close);
        }
    }

    /** An object was removed. */
    record Delete(String dn) implements FileRecord {
        @Override
        public Optional<String> changedName() {
            return Optional.of(dn);
        }
    }

    /**
     * An object got another name.
     *
     * @param newRdn its own part of the new name
     * @param newDn where it is now
     * @param keepOld whether the value in the old name stays a value of the object
     */
    record Rename(String dn, String newRdn, String newDn, boolean keepOld) implements FileRecord {
        @Override
        public Optional<String> changedName() {
            return Optional.of(dn);
        }
    }

    /** Nothing that describes a user: a version line, a referral, the end of a search. */
    record Nothing() implements FileRecord {}

    /** One modification of one attribute. */
    record Modification(Operation operation, int slot, List<byte[]> values)
            implements AutoCloseable {
        /** What is done with the values (RFC 2849, RFC 4511 section 4.6). */
        enum Operation {
            ADD,
            DELETE,
            REPLACE
        }

        /** Carries it out; the values become the entry's. */
        public void applyTo(Entry entry) {
            switch (operation) {
                case ADD -> values.forEach(value -> entry.add(slot, value));
                case REPLACE -> {
                    entry.clear(slot);
                    values.forEach(value -> entry.add(slot, value));
                }
                case DELETE -> {
                    if (values.isEmpty()) {
                        entry.clear(slot);
                    }
                    values.forEach(value -> entry.remove(slot, value));
                }
            }
        }

        @Override
        public void close() {
            values.forEach(value -> Arrays.fill(value, (byte) 0));
        }
    }
}
