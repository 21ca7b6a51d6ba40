/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * One entry of the sample directory.
 *
 * @param uid login name
 * @param number unique; makes the entryUUID and the SID
 * @param credential how the directory keeps the password
 * @param password the password in the clear: made-up, and the only place where one exists
 * @param changedAt when the password was set, whole seconds
 */
record Person(
        String uid,
        String givenName,
        String familyName,
        UUID uuid,
        long number,
        Credential credential,
        String password,
        Instant changedAt,
        Status status) {

    /** What an administrator did to the account. */
    enum Status {
        ACTIVE,
        DISABLED,
        MUST_CHANGE
    }

    static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    String dn() {
        return "uid=" + uid + "," + Units.PEOPLE;
    }

    void write(LdifWriter ldif) throws IOException {
        ldif.value("dn", dn())
                .value("objectClass", "inetOrgPerson")
                .value("uid", uid)
                .value("cn", givenName + " " + familyName)
                .value("sn", familyName)
                .value("givenName", givenName)
                .value("mail", uid + "@example.org")
                .value("entryUUID", uuid.toString());
        credential.write(ldif, this);
        ldif.value("modifyTimestamp", GENERALIZED_TIME.format(changedAt)).endRecord();
    }

    Person withPassword(String newPassword, Instant at) {
        return new Person(
                uid, givenName, familyName, uuid, number, credential, newPassword, at, status);
    }

    Person withStatus(Status newStatus, Instant at) {
        return new Person(
                uid, givenName, familyName, uuid, number, credential, password, at, newStatus);
    }
}
