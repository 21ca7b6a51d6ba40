/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.credential.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the database's password is. Read anew for each connection, so that a changed password is
 * used as soon as it is in its place.
 *
 * @param file a file that only its owner may read, or empty where no password is needed
 */
record PasswordSource(Optional<Path> file) {
    private static final int LONGEST = 4_096;

    static PasswordSource of(String file, String credential, String credentialsFolder) {
        if (!file.isEmpty() && !credential.isEmpty()) {
            throw new IllegalArgumentException(
                    "the store names both a passwordFile and a passwordCredential; keep one");
        }
        if (!credential.isEmpty()) {
            if (credentialsFolder.isEmpty()) {
                throw new IllegalArgumentException(
                        "the store names the credential '"
                                + credential
                                + "' but systemd gave none; add LoadCredential="
                                + credential
                                + ":PATH to the unit");
            }
            return new PasswordSource(Optional.of(Path.of(credentialsFolder, credential)));
        }
        return new PasswordSource(file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)));
    }

    /** In words, for a remedy. */
    String name() {
        return file.map(path -> "that " + path + " holds its password")
                .orElse("that it needs no password (peer authentication), or set passwordFile");
    }

    /** The first line of the file; the caller closes it. */
    Optional<Secret> read() throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Path path = file.get();
        if (!Files.isRegularFile(path)) {
            throw new IOException("the password file " + path + " is not there");
        }
        if (!OwnerOnly.is(path)) {
            throw new IOException(
                    "the password file "
                            + path
                            + " can be read by others than its owner: chmod 600 "
                            + path);
        }
        if (Files.size(path) > LONGEST) {
            throw new IOException(
                    "the password file " + path + " is longer than " + LONGEST + " bytes");
        }
        byte[] content = Files.readAllBytes(path);
        int end = 0;
        while (end < content.length && content[end] != '\n' && content[end] != '\r') {
            end++;
        }
        Secret secret = Secret.owning(Arrays.copyOf(content, end));
        Arrays.fill(content, (byte) 0);
        return Optional.of(secret);
    }
}
