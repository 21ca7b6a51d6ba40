/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

import io.passbridge.connector.ldif.record.Attribute;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import java.util.Arrays;
import java.util.Optional;

/**
 * Chooses the credential of an entry that may hold several: the NT hash, because every digest can
 * be made of it, else the strongest {@code userPassword}.
 */
public final class CredentialChoice {
    private CredentialChoice() {}

    /**
     * Takes the credential out of an entry, which then has none.
     *
     * @return owned by the caller
     */
    public static Optional<SourceCredential> take(Entry entry) throws UnusableCredentialException {
        Optional<SourceCredential> hash = binaryHash(entry, Attribute.UNICODE_PWD);
        if (hash.isEmpty()) {
            hash = hexHash(entry);
        }
        if (hash.isEmpty()) {
            hash = binaryHash(entry, Attribute.IPA_NT_HASH);
        }
        return hash.isPresent() ? hash : userPassword(entry);
    }

    private static Optional<SourceCredential> binaryHash(Entry entry, Attribute attribute)
            throws UnusableCredentialException {
        if (!entry.has(attribute)) {
            return Optional.empty();
        }
        byte[] value = entry.all(attribute).get(0);
        if (value.length != NtHash.LENGTH || isQuoted(value)) {
            throw new UnusableCredentialException(
                    attribute.ldapName()
                            + " has "
                            + value.length
                            + " bytes and is not an NT hash, which has "
                            + NtHash.LENGTH);
        }
        return Optional.of(NtHash.owning(entry.take(attribute, value)));
    }

    /** A new password as clients send it to Active Directory: in quotes, UTF-16LE. */
    private static boolean isQuoted(byte[] value) {
        int last = value.length - 2;
        return value[0] == '"' && value[1] == 0 && value[last] == '"' && value[last + 1] == 0;
    }

    private static Optional<SourceCredential> hexHash(Entry entry)
            throws UnusableCredentialException {
        if (!entry.has(Attribute.SAMBA_NT_PASSWORD)) {
            return Optional.empty();
        }
        byte[] hex = entry.all(Attribute.SAMBA_NT_PASSWORD).get(0);
        if (saysNoPassword(hex)) {
            return Optional.empty();
        }
        byte[] hash = new byte[NtHash.LENGTH];
        boolean good = hex.length == 2 * NtHash.LENGTH;
        for (int i = 0; good && i < hash.length; i++) {
            int high = Character.digit(hex[2 * i], 16);
            int low = Character.digit(hex[2 * i + 1], 16);
            good = high >= 0 && low >= 0;
            hash[i] = (byte) (high << 4 | low);
        }
        if (!good) {
            Arrays.fill(hash, (byte) 0);
            throw new UnusableCredentialException(
                    "sambaNTPassword has "
                            + hex.length
                            + " characters and is not an NT hash of 32 hexadecimal digits");
        }
        return Optional.of(NtHash.owning(hash));
    }

    /** Samba writes {@code NO PASSWORDXX...} or a row of X where there is none. */
    private static boolean saysNoPassword(byte[] hex) {
        return hex.length == 0 || hex[0] == 'N' || hex[0] == 'X' || hex[0] == '*';
    }

    private static Optional<SourceCredential> userPassword(Entry entry)
            throws UnusableCredentialException {
        UserPassword best = null;
        for (byte[] value : entry.all(Attribute.USER_PASSWORD)) {
            if (value.length == 0 || UserPassword.isLocked(value)) {
                continue;
            }
            if (value.length > UserPassword.MAX_LENGTH) {
                throw new UnusableCredentialException(
                        "userPassword has "
                                + value.length
                                + " bytes; the limit is "
                                + UserPassword.MAX_LENGTH);
            }
            UserPassword candidate =
                    UserPassword.owning(entry.take(Attribute.USER_PASSWORD, value));
            if (candidate.isKeptElsewhere() || best != null && best.rank() <= candidate.rank()) {
                candidate.close();
            } else {
                if (best != null) {
                    best.close();
                }
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }
}
