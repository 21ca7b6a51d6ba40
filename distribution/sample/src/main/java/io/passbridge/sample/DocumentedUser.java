/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A user whose password everybody may know, for demonstrations.
 *
 * @param entry as the sample directory starts with it
 * @param note what the user is an example of
 */
record DocumentedUser(Person entry, String note) {
    private static final Instant SET = Instant.parse("2026-09-01T08:00:00Z");

    static final DocumentedUser ERIN =
            user(
                    1,
                    "erin",
                    "Erin",
                    "Harbour",
                    Credential.SAMBA,
                    "Sunny-Harbour-41",
                    "NT hash in hex");
    static final DocumentedUser FRANK =
            user(
                    2,
                    "frank",
                    "Frank",
                    "Orchard",
                    Credential.SSHA512,
                    "Golden-Orchard-12",
                    "salted SHA-512");
    static final DocumentedUser GRACE =
            user(
                    3,
                    "grace",
                    "Grace",
                    "Übersee",
                    Credential.UNICODE_PWD,
                    "Grüße-aus-Köln-7",
                    "NT hash in binary, password beyond ASCII");
    static final DocumentedUser HEIDI =
            user(
                    4,
                    "heidi",
                    "Heidi",
                    "Meadow",
                    Credential.CRYPT_SHA512,
                    SaltedForms.MEADOW,
                    "sha512-crypt");
    static final DocumentedUser IVAN =
            user(
                            5,
                            "ivan",
                            "Ivan",
                            "Winter",
                            Credential.SAMBA,
                            "Frozen-River-55",
                            "disabled: sign-in is refused")
                    .with(Person.Status.DISABLED);
    static final DocumentedUser JUDY =
            user(
                            6,
                            "judy",
                            "Judy",
                            "Temple",
                            Credential.UNICODE_PWD,
                            "First-Day-2026",
                            "must change the password")
                    .with(Person.Status.MUST_CHANGE);
    static final DocumentedUser KARL =
            user(7, "karl", "Karl", "Lantern", Credential.ARGON2, SaltedForms.LANTERN, "Argon2");
    static final DocumentedUser LAURA =
            user(8, "laura", "Laura", "Bridge", Credential.SSHA, "Stone-Bridge-08", "salted SHA-1");

    static final List<DocumentedUser> ALL =
            List.of(ERIN, FRANK, GRACE, HEIDI, IVAN, JUDY, KARL, LAURA);

    private static DocumentedUser user(
            int number,
            String uid,
            String given,
            String family,
            Credential credential,
            String password,
            String note) {
        UUID uuid = UUID.fromString("d0c00000-0000-4000-8000-%012d".formatted(number));
        return new DocumentedUser(
                new Person(
                        uid,
                        given,
                        family,
                        uuid,
                        -number,
                        credential,
                        password,
                        SET,
                        Person.Status.ACTIVE),
                note);
    }

    private DocumentedUser with(Person.Status status) {
        return new DocumentedUser(entry.withStatus(status, SET), note);
    }
}
