/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.health.FileTrouble;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says about a file at one moment.
 *
 * @param identity changes when another file takes its place
 * @param size bytes
 * @param modifiedMicros since 1970
 */
public record FileState(String identity, long size, long modifiedMicros) {
    public static FileState of(Path file) throws ConnectorException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new ConnectorException(
                        Kind.CONFIGURATION, file + " is a folder; name a file in 'path'");
            }
            Object key = attributes.fileKey();
            return new FileState(
                    key == null ? attributes.creationTime().toString() : key.toString(),
                    attributes.size(),
                    attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
        } catch (IOException trouble) {
            throw unreadable(file, trouble);
        }
    }

    /** Turns what went wrong into words with a remedy. */
    public static ConnectorException unreadable(Path file, IOException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return new ConnectorException(
                    Kind.UNREACHABLE,
                    file + " is not there; export the directory into it, or correct 'path'");
        }
        if (trouble instanceof AccessDeniedException) {
            return new ConnectorException(
                    Kind.PERMISSION,
                    file + " may not be read by the user that runs Passbridge; grant it reading");
        }
        return new ConnectorException(
                Kind.UNREACHABLE,
                file + " cannot be read: " + FileTrouble.reason(trouble),
                trouble);
    }

    public Instant modified() {
        return Instant.ofEpochSecond(0, 0)
                .plusNanos(modifiedMicros % 1_000_000 * 1_000)
                .plusSeconds(modifiedMicros / 1_000_000);
    }
}
