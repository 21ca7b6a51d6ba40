/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a file with a secret belongs to the account that the platform runs as, and to it alone.
 * On a file system without modes only the owner is looked at.
 */
final class FileOwnership {
    /** Not the owner of /proc/self: a process whose memory is closed to others shows as root's. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final Pattern EFFECTIVE_USER = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)");

    /** What is wrong with the file, or empty. */
    Optional<String> objection(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(file + " is no plain file");
            }
            PosixFileAttributeView view =
                    Files.getFileAttributeView(
                            file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            UserPrincipal owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
            if (!isOurs(file, owner)) {
                return Optional.of(
                        file
                                + " belongs to "
                                + owner.getName()
                                + ", not to the account that the platform runs as");
            }
            if (view == null) {
                return Optional.empty();
            }
            PosixFileAttributes attributes = view.readAttributes();
            Set<PosixFilePermission> others = new TreeSet<>(attributes.permissions());
            others.removeAll(PosixFilePermissions.fromString("rwx------"));
            return others.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            file
                                    + " has mode "
                                    + PosixFilePermissions.toString(attributes.permissions())
                                    + ", so others than its owner can use it");
        } catch (IOException e) {
            return Optional.of(file + " cannot be examined: " + e.getMessage());
        }
    }

    /** How to put it right. */
    String remedy(Path file) {
        return "chown it to the platform's account and chmod 600 "
                + file
                + ", and change the password if others could have read it";
    }

    private static boolean isOurs(Path file, UserPrincipal owner) throws IOException {
        if (Files.exists(STATUS)) {
            Matcher effective = EFFECTIVE_USER.matcher(Files.readString(STATUS));
            if (effective.find()) {
                Object uid = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
                return effective.group(1).equals(String.valueOf(uid));
            }
        }
        return owner.equals(
                file.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name")));
    }
}
