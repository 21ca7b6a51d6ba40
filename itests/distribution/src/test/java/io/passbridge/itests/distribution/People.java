/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.bouncycastle.crypto.digests.MD4Digest;

/** An LDIF file of people with NT hashes, and the password that each of them has now. */
final class People {
    private static final long FIRST_CHANGE = 1_700_000_000L;

    private final Path file;
    private final Map<String, String> passwords = new TreeMap<>();
    private long changes;

    /** Writes a file of so many people, each with a password of its own. */
    People(Path file, int count) throws IOException {
        this.file = file;
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(aside)) {
            for (int i = 0; i < count; i++) {
                String uid = "u%06d".formatted(i);
                passwords.put(uid, "First-of-" + uid);
                out.write(
                        """
                        dn: %s
                        objectClass: inetOrgPerson
                        objectClass: sambaSamAccount
                        uid: %s
                        cn: %s
                        entryUUID: %s
                        sambaNTPassword: %s
                        sambaPwdLastSet: %d

                        """
                                .formatted(
                                        dn(uid),
                                        uid,
                                        uid,
                                        UUID.nameUUIDFromBytes(uid.getBytes()),
                                        ntHash("First-of-" + uid),
                                        FIRST_CHANGE));
            }
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Appends a change record with a new password. */
    void change(String uid) throws IOException {
        String password = "Change-%d-of-%s".formatted(++changes, uid);
        passwords.put(uid, password);
        append(
                """
                dn: %s
                changetype: modify
                replace: sambaNTPassword
                sambaNTPassword: %s
                -
                replace: sambaPwdLastSet
                sambaPwdLastSet: %d
                -

                """
                        .formatted(dn(uid), ntHash(password), FIRST_CHANGE + changes));
    }

    private void append(String record) throws IOException {
        Files.writeString(file, record, StandardOpenOption.APPEND);
    }

    /** Who has which password now. */
    Map<String, String> passwords() {
        return passwords;
    }

    private static String dn(String uid) {
        return "uid=" + uid + ",ou=people,dc=example,dc=org";
    }

    static String ntHash(String password) {
        byte[] characters = password.getBytes(StandardCharsets.UTF_16LE);
        MD4Digest digest = new MD4Digest();
        digest.update(characters, 0, characters.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return HexFormat.of().withUpperCase().formatHex(hash);
    }
}
