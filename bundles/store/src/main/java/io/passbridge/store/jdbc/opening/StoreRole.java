/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import io.passbridge.credential.Secret;
import io.passbridge.jdbc.OwnerOnly;
import io.passbridge.jdbc.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whom the store signs in as. The password is read anew for each connection, so that a changed one
 * is used as soon as it is in its place.
 *
 * @param name the role, or empty for the operating-system user
 * @param file a file that only its owner may read, or empty where no password is needed
 */
public record StoreRole(String name, Optional<Path> file) implements Role {
    private static final int LONGEST = 4_096;

    public static StoreRole of(
            String name, String file, String credential, String credentialsFolder) {
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
            return new StoreRole(name, Optional.of(Path.of(credentialsFolder, credential)));
        }
        return new StoreRole(name, file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)));
    }

    @Override
    public String remedy() {
        return file.map(path -> "that " + path + " holds its password")
                .orElse("that it needs no password (peer authentication), or set passwordFile");
    }

    @Override
    public Optional<Secret> password() throws SQLException {
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(firstLine(file.get()));
        } catch (IOException e) {
            throw new SQLInvalidAuthorizationSpecException(e.getMessage(), "28000", e);
        }
    }

    private static Secret firstLine(Path path) throws IOException {
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
        return secret;
    }
}
