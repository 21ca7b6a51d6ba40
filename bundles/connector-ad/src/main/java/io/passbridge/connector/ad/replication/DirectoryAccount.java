/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import io.passbridge.credential.Secret;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The account that reads the directory. The secret stays the caller's: it is read while a session
 * is being opened, copied nowhere else, and closed by the caller.
 *
 * @param userName sAMAccountName or the part of the user principal name before the at sign
 * @param domain the DNS name of the account's domain, which is its Kerberos realm in lower case
 * @param password the account's password, UTF-8; empty when a key table is given
 * @param keytab a Kerberos key table that holds the account's AES keys; with it NTLM is not
 *     possible
 */
public record DirectoryAccount(
        String userName, String domain, Optional<Secret> password, Optional<Path> keytab) {
    public DirectoryAccount {
        if (userName.isBlank() || domain.isBlank()) {
            throw new IllegalArgumentException(
                    "the account needs a user name and the DNS name of its domain");
        }
        if (password.isEmpty() == keytab.isEmpty()) {
            throw new IllegalArgumentException(
                    "account " + userName + " needs either a password or a key table");
        }
    }

    /** An account that signs in with a password. */
    public static DirectoryAccount withPassword(String userName, String domain, Secret password) {
        return new DirectoryAccount(
                userName, domain, Optional.of(Objects.requireNonNull(password)), Optional.empty());
    }

    /** An account that signs in with a key table. */
    public static DirectoryAccount withKeytab(String userName, String domain, Path keytab) {
        return new DirectoryAccount(userName, domain, Optional.empty(), Optional.of(keytab));
    }

    /** Names the account without its secret. */
    @Override
    public String toString() {
        return userName + "@" + domain;
    }
}
