/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.memory;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.UserPassword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Gives each user's password a version that grows when the password changes and only then, whatever
 * the server tells: times of whole seconds, times of the entry as a whole, or none. Remembers for
 * each user the version and a keyed fingerprint of the value.
 *
 * <p>A value of which a fingerprint could help to guess the password (unsalted ones) gets none: its
 * version is its time. Such values never leave for a target. Not thread-safe.
 */
public final class PasswordVersions implements AutoCloseable {
    private static final long NONE = 0;

    /** How far a replica may lag behind; FILETIME. */
    private static final long LONGEST_LAG = 3600 * 10_000_000L;

    private static final long SECOND = 10_000_000L;

    private final Path folder;
    private final boolean severalServers;
    private final Map<UUID, Known> known = new HashMap<>();
    private VersionFile file;
    private ValueFingerprints key;
    private boolean lost;

    /** What is remembered of one user. */
    record Known(long fingerprint, long version) {}

    /**
     * @param folder the instance's own, private to the platform
     * @param severalServers whether answers come from several servers, of which one may lag behind
     */
    public PasswordVersions(Path folder, boolean severalServers) {
        this.folder = folder;
        this.severalServers = severalServers;
    }

    /** Reads what is remembered, at first use. */
    public void open() throws ConnectorException {
        if (file != null) {
            return;
        }
        try {
            Path records = folder.resolve("versions");
            key = ValueFingerprints.in(folder);
            lost = key.isFresh() || Files.notExists(records);
            file = VersionFile.open(records, key.isFresh(), known);
        } catch (IOException e) {
            known.clear();
            throw new ConnectorException(
                    Kind.CONFIGURATION, folder + " cannot be read or written: " + e.getMessage());
        }
    }

    /** Whether nothing is remembered, neither of users nor that there were none. */
    public boolean isLost() {
        return lost;
    }

    /** From here on everybody is remembered. */
    public void everybodyComes() {
        lost = false;
    }

    /**
     * The version of a user's password.
     *
     * @param password or empty if there is none; stays the caller's
     * @param time when the server says it was set, at the latest; FILETIME
     * @param now FILETIME
     * @throws LaggingAnswerException if this is not the newest password that was told of
     */
    public long version(UUID id, Optional<UserPassword> password, long time, long now)
            throws LaggingAnswerException {
        long fingerprint = password.map(this::fingerprint).orElse(NONE);
        Known before = known.get(id);
        if (before == null) {
            return remember(id, new Known(fingerprint, time));
        }
        boolean same = before.fingerprint() == fingerprint;
        if (same && !password.map(PasswordVersions::mayBeGuessed).orElse(false)) {
            return before.version();
        }
        if (severalServers
                && !same
                && time < before.version() / SECOND * SECOND
                && now - before.version() < LONGEST_LAG) {
            throw new LaggingAnswerException();
        }
        long next = same ? before.version() : before.version() + 1;
        return Math.max(time, next) == before.version()
                ? before.version()
                : remember(id, new Known(fingerprint, Math.max(time, next)));
    }

    private long remember(UUID id, Known now) {
        known.put(id, now);
        try {
            file.append(id, now);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written", e);
        }
        return now.version();
    }

    private long fingerprint(UserPassword password) {
        return mayBeGuessed(password) ? NONE : password.value().use(key::fingerprint);
    }

    private static boolean mayBeGuessed(UserPassword password) {
        return !password.passwordKind().map(PasswordKind::mayPass).orElse(false);
    }

    /** The version of a user that is remembered. */
    public OptionalLong known(UUID id) {
        Known it = known.get(id);
        return it == null ? OptionalLong.empty() : OptionalLong.of(it.version());
    }

    /** Keeps what has been given out; to be called before it is used. */
    public void flush() throws ConnectorException {
        try {
            file.flush();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private ConnectorException unwritable(IOException e) {
        return new ConnectorException(
                Kind.CONFIGURATION, folder + " cannot be written: " + e.getMessage());
    }

    /** How many users are remembered. */
    public int size() {
        return known.size();
    }

    /** Who is remembered and is not among those. */
    public Set<UUID> without(Set<UUID> those) {
        Set<UUID> rest = new HashSet<>();
        for (UUID id : known.keySet()) {
            if (!those.contains(id)) {
                rest.add(id);
            }
        }
        return rest;
    }

    /** Forgets users who are gone and told of. */
    public void forget(Collection<UUID> gone) throws ConnectorException {
        try {
            for (UUID id : gone) {
                if (known.remove(id) != null) {
                    file.appendRemoval(id);
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
