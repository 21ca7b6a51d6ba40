/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.credential.Secret;
import io.passbridge.files.WholeFile;
import io.passbridge.health.FileTrouble;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.Protector.Adoption;
import io.passbridge.keys.Protector.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A file that holds the service-account password: ours, mode 0600, or it is not used. */
record PasswordFile(Path file, FileOwnership ownership, SecureRandom random)
        implements PasswordPlace {
    private static final int MAX_LENGTH = 4_096;

    @Override
    public Readiness readiness() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Readiness(
                    false,
                    true,
                    Kind.NO_PASSWORD,
                    "there is no password file " + file,
                    "put the service-account password into " + file + " with mode 0600");
        }
        Optional<String> objection = ownership.objection(file);
        return objection.isEmpty()
                ? Readiness.yes("the service-account password is in " + file)
                : new Readiness(
                        false,
                        true,
                        Kind.UNSAFE_FILE,
                        "the password file " + objection.get(),
                        ownership.remedy(file));
    }

    @Override
    public Secret read() throws KeyException {
        Readiness readiness = readiness();
        if (!readiness.ready()) {
            throw new KeyException(
                    readiness.problem(), readiness.text() + "; " + readiness.remedy());
        }
        try {
            return content(file);
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO,
                    "the password file " + file + " cannot be read: " + FileTrouble.reason(e),
                    e);
        }
    }

    /** The bytes of a file without the line end that editors add. */
    static Secret content(Path file) throws IOException {
        if (Files.size(file) > MAX_LENGTH) {
            throw new IOException("it has more than " + MAX_LENGTH + " bytes");
        }
        byte[] all = Files.readAllBytes(file);
        int length = all.length;
        if (length > 0 && all[length - 1] == '\n') {
            length--;
        }
        if (length > 0 && all[length - 1] == '\r') {
            length--;
        }
        try {
            if (length == 0) {
                throw new IOException("it is empty");
            }
            return Secret.copyOf(Arrays.copyOf(all, length));
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    @Override
    public Adoption write(Secret password) throws KeyException {
        byte[] bytes = password.toBytes();
        try {
            WholeFile.write(
                    file,
                    out -> {
                        out.write(bytes);
                        out.write('\n');
                    });
            return new Adoption(true, "the password is stored in " + file);
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO,
                    "the new password could not be written to "
                            + file
                            + " ("
                            + e.getMessage()
                            + "); the old one stays in force",
                    e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private boolean posix() {
        return Files.getFileAttributeView(
                        file.toAbsolutePath().getParent(), PosixFileAttributeView.class)
                != null;
    }

    @Override
    public void provision() throws KeyException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        byte[] text = Base64.getUrlEncoder().withoutPadding().encode(bytes);
        Arrays.fill(bytes, (byte) 0);
        try (Secret password = Secret.owning(text)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            write(password);
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO,
                    "no password file could be made at " + file + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public String toString() {
        return "PasswordFile[" + file + "]";
    }
}
