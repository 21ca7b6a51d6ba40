/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import io.passbridge.credential.Secret;
import io.passbridge.health.FileTrouble;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the user PIN is kept. A PIN that the token has refused is not tried again until the file
 * changes: tokens lock themselves after a few wrong PINs.
 */
final class PinFile {
    /** The name of the systemd credential. */
    static final String CREDENTIAL = "passbridge.pkcs11-pin";

    private static final int LONGEST = 1_024;

    private final Path file;
    private final boolean credential;
    private FileTime refused;

    private PinFile(Path file, boolean credential) {
        this.file = file;
        this.credential = credential;
    }

    static PinFile of(String configured, String etc, String credentials) {
        if (credentials != null) {
            Path given = Path.of(credentials, CREDENTIAL);
            if (Files.exists(given)) {
                return new PinFile(given, true);
            }
        }
        Path base = Path.of(etc == null ? "etc" : etc).toAbsolutePath();
        return new PinFile(base.resolve(configured.isEmpty() ? "pkcs11.pin" : configured), false);
    }

    boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Where it is, in words. */
    String describe() {
        return credential ? "the systemd credential " + CREDENTIAL : "the PIN file " + file;
    }

    /** How the PIN gets here. */
    String remedy() {
        return "keys:unlock asks for the PIN, or put it into " + file + " with mode 0600";
    }

    /** Why the file is not used, if it is not. */
    Optional<String> objection() {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of("is no plain file");
            }
            PosixFileAttributeView view =
                    Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null) {
                return Optional.empty();
            }
            Set<PosixFilePermission> others = new TreeSet<>(view.readAttributes().permissions());
            others.removeAll(PosixFilePermissions.fromString("rwx------"));
            return others.isEmpty()
                    ? Optional.empty()
                    : Optional.of("can be used by others than its owner");
        } catch (IOException e) {
            return Optional.of("cannot be examined: " + e.getMessage());
        }
    }

    /** The first line; the caller closes it. */
    synchronized Secret read() throws KeyException {
        if (!exists()) {
            throw new KeyException(Kind.NO_PASSWORD, "the token needs its user PIN", remedy());
        }
        Optional<String> objection = objection();
        if (objection.isPresent()) {
            throw new KeyException(
                    Kind.UNSAFE_FILE, describe() + " " + objection.get() + "; chmod 600 " + file);
        }
        try {
            if (Files.getLastModifiedTime(file).equals(refused)) {
                throw new KeyException(
                        Kind.WRONG_PASSWORD,
                        "the token refused the PIN in "
                                + describe()
                                + "; it is not tried again, since tokens lock themselves after a"
                                + " few wrong PINs",
                        "correct the file, or unlock with keys:unlock");
            }
            if (Files.size(file) > LONGEST) {
                throw new IOException("it has more than " + LONGEST + " bytes");
            }
            byte[] all = Files.readAllBytes(file);
            int length = 0;
            while (length < all.length && all[length] != '\n' && all[length] != '\r') {
                length++;
            }
            Secret pin = Secret.owning(Arrays.copyOf(all, length));
            Arrays.fill(all, (byte) 0);
            return pin;
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO, describe() + " cannot be read: " + FileTrouble.reason(e), e);
        }
    }

    /** The token refused what {@link #read} gave. */
    synchronized void refused() {
        try {
            refused = Files.getLastModifiedTime(file);
        } catch (IOException e) {
            refused = null;
        }
    }
}
