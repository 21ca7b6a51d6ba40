/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.health.FileTrouble;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.ring.KeyRing;
import io.passbridge.keys.ring.KeySet;
import java.io.IOException;
import java.util.Optional;

/**
 * The key set of this server on disk: the present generation and the one before. A new generation
 * is written aside, opened again, and only then takes the name of the present one.
 */
public final class KeySetFile {
    /** The present generation. */
    public static final String CURRENT = "keyset.pbks";

    /** The generation before. */
    public static final String PREVIOUS = "keyset.previous.pbks";

    /** The successor, while a key set is being abandoned. */
    public static final String NEXT = "keyset.next.pbks";

    private static final String NEW = "keyset.new";
    private static final String NEW_PREVIOUS = "keyset.previous.new";

    private final KeySetFolder folder;
    private final Cryptography cryptography;

    public KeySetFile(KeySetFolder folder, Cryptography cryptography) {
        this.folder = folder;
        this.cryptography = cryptography;
    }

    /** Reads the present generation, or empty if there never was a key set. */
    public Optional<ProtectedKeySet> load() throws KeyException {
        Optional<byte[]> current = read(CURRENT);
        if (current.isEmpty() && read(PREVIOUS).isPresent()) {
            throw new KeyException(
                    Kind.NO_KEY_SET,
                    "the key-set file "
                            + folder.describe(CURRENT)
                            + " is missing, and its previous generation is there",
                    "restore it from a backup, keys:activate an export, or copy "
                            + PREVIOUS
                            + " to its name");
        }
        if (current.isEmpty()) {
            return Optional.empty();
        }
        ProtectedKeySet found = KeySetFormat.read(current.get(), folder.describe(CURRENT));
        if (found.kind() != FileKind.KEY_SET) {
            throw new KeyException(
                    Kind.DAMAGED,
                    folder.describe(CURRENT) + " is an export, not a server's key set",
                    "move it away and keys:activate it");
        }
        return Optional.of(found);
    }

    /**
     * Writes the key set as the next generation and keeps the present one as the previous.
     *
     * @param previous what becomes of the present one after that
     * @return what was written
     * @throws KeyException with {@link Kind#IO} if it could not be written; the present generation
     *     is as it was
     */
    public KeySet replace(KeySet keySet, KeyRing ring, Secret root, Previous previous)
            throws KeyException {
        KeySet next = keySet.next();
        try {
            writeAside(next, ring, root);
            switch (previous) {
                case KEPT -> keepPresent();
                case ERASED -> {
                    folder.delete(NEW_PREVIOUS);
                    folder.delete(PREVIOUS);
                }
            }
            folder.rename(NEW, CURRENT);
        } catch (IOException e) {
            throw notWritten(e);
        }
        return next;
    }

    /** Writes a key set that is to take the place of the present one, beside it. */
    public void writeSuccessor(KeySet keySet, KeyRing ring, Secret root) throws KeyException {
        try {
            writeAside(keySet, ring, root);
            folder.rename(NEW, NEXT);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** The key set that is to take the place of the present one, if that is under way. */
    public Optional<ProtectedKeySet> successor() throws KeyException {
        Optional<byte[]> next = read(NEXT);
        return next.isEmpty()
                ? Optional.empty()
                : Optional.of(KeySetFormat.read(next.get(), folder.describe(NEXT)));
    }

    /**
     * Puts the successor in the place of the present key set, which is kept as the previous one.
     */
    public void succeed() throws KeyException {
        try {
            keepPresent();
            folder.rename(NEXT, CURRENT);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Forgets the successor, if there is one. */
    public void dropSuccessor() throws KeyException {
        try {
            folder.delete(NEXT);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private void keepPresent() throws IOException {
        Optional<byte[]> current = folder.read(CURRENT);
        if (current.isPresent()) {
            folder.create(NEW_PREVIOUS, current.get());
            folder.rename(NEW_PREVIOUS, PREVIOUS);
        }
    }

    private void writeAside(KeySet next, KeyRing ring, Secret root)
            throws KeyException, IOException {
        folder.create(NEW, KeySetFormat.write(next, FileKind.KEY_SET, ring, root, cryptography));
        byte[] written = folder.read(NEW).orElse(new byte[0]);
        ProtectedKeySet again = KeySetFormat.read(written, folder.describe(NEW));
        again.open(root, cryptography.module()).wipe();
        if (!again.keySet().equals(next)) {
            throw new IOException("it does not hold what was written to it");
        }
    }

    private KeyException notWritten(IOException e) {
        return new KeyException(
                Kind.IO,
                "the key set could not be written to "
                        + folder.describe(NEW)
                        + " ("
                        + FileTrouble.reason(e)
                        + "); nothing was changed; look at the disk's space and the folder's"
                        + " owner and mode",
                e);
    }

    private Optional<byte[]> read(String name) throws KeyException {
        try {
            return folder.read(name);
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO,
                    "the key-set file "
                            + folder.describe(name)
                            + " cannot be read ("
                            + FileTrouble.reason(e)
                            + "); it must belong to the account the platform runs as",
                    e);
        }
    }

    /** Where the present generation is, for messages. */
    public String describe() {
        return folder.describe(CURRENT);
    }
}
