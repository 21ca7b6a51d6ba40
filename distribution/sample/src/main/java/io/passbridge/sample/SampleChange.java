/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * A change that a demonstration appends to {@code people.ldif}, its hashes computed beforehand.
 *
 * @param fileName below {@code changes/}
 * @param what in words
 */
record SampleChange(String fileName, String what, Body body) {
    /** What is written. */
    @FunctionalInterface
    interface Body {
        void write(LdifWriter ldif) throws IOException;
    }

    private static final Instant FIRST = Instant.parse("2026-11-01T08:00:00Z");

    static List<SampleChange> all() {
        Person erin = DocumentedUser.ERIN.entry();
        Person frank = DocumentedUser.FRANK.entry();
        Person grace = DocumentedUser.GRACE.entry();
        Person ivan = DocumentedUser.IVAN.entry();
        return List.of(
                password("erin-1.ldif", erin.withPassword("Misty-Harbour-42", FIRST)),
                password(
                        "erin-2.ldif",
                        erin.withPassword("Stormy-Harbour-43", FIRST.plusSeconds(3600))),
                new SampleChange(
                        "frank.ldif",
                        "frank's entry as a whole with the password `Silver-Orchard-13`",
                        ldif -> frank.withPassword("Silver-Orchard-13", FIRST).write(ldif)),
                password("grace.ldif", grace.withPassword("Viele-Grüße-aus-Köln-8", FIRST)),
                status("grace-disabled.ldif", "disabled", grace, "userAccountControl", "514"),
                status("ivan-enabled.ldif", "enabled", ivan, "sambaAcctFlags", "[U          ]"));
    }

    private static SampleChange password(String fileName, Person after) {
        boolean samba = after.credential() == Credential.SAMBA;
        return new SampleChange(
                fileName,
                after.uid() + "'s password becomes `" + after.password() + "`",
                ldif -> {
                    begin(ldif, after).value("replace", samba ? "sambaNTPassword" : "unicodePwd");
                    after.credential().writeHashOnly(ldif, after);
                    ldif.endModification()
                            .value("replace", samba ? "sambaPwdLastSet" : "pwdLastSet");
                    after.credential().writeTime(ldif, after);
                    ldif.endModification();
                    end(ldif, after.changedAt());
                });
    }

    private static SampleChange status(
            String fileName, String what, Person who, String attribute, String value) {
        return new SampleChange(
                fileName,
                who.uid() + "'s account is " + what,
                ldif -> {
                    begin(ldif, who)
                            .value("replace", attribute)
                            .value(attribute, value)
                            .endModification();
                    end(ldif, FIRST.plusSeconds(7200));
                });
    }

    private static LdifWriter begin(LdifWriter ldif, Person person) throws IOException {
        return ldif.value("dn", person.dn()).value("changetype", "modify");
    }

    private static void end(LdifWriter ldif, Instant at) throws IOException {
        ldif.value("replace", "modifyTimestamp")
                .value("modifyTimestamp", Person.GENERALIZED_TIME.format(at))
                .endModification()
                .endRecord();
    }

    void write(LdifWriter ldif) throws IOException {
        body.write(ldif);
    }
}
