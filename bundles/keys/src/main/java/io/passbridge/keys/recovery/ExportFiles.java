/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.health.FileTrouble;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyRecovery.Export;
import io.passbridge.keys.KeySetAccess;
import io.passbridge.keys.Protector;
import io.passbridge.keys.file.FileKind;
import io.passbridge.keys.file.KeySetFolder;
import io.passbridge.keys.file.KeySetFormat;
import io.passbridge.keys.file.ProtectedKeySet;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keeper.Protectors;
import io.passbridge.keys.ring.KeyRing;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.ring.Slot;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes and reads exports: key-set files whose root secret is protected by a password of their
 * own, with the protector named {@code passphrase} whatever the server's own is.
 */
final class ExportFiles {
    private static final String PROTECTOR = "passphrase";

    private final Protectors protectors;
    private final Cryptography cryptography;
    private final Function<Path, KeySetFolder> folders;

    ExportFiles(
            Protectors protectors,
            Cryptography cryptography,
            Function<Path, KeySetFolder> folders) {
        this.protectors = protectors;
        this.cryptography = cryptography;
        this.folders = folders;
    }

    /** An export that was opened. The caller wipes its keys. */
    record Opened(KeySet keySet, KeyRing ring, Export export) {}

    /** Refuses a password or place that cannot work, before anything is journalled. */
    void check(Path file, Secret password) throws KeyException {
        if (password.length() < KeySetAccess.SHORTEST_PASSWORD
                || password.length() > KeySetAccess.LONGEST_PASSWORD) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "an export password of "
                            + password.length()
                            + " bytes is refused; it needs "
                            + KeySetAccess.SHORTEST_PASSWORD
                            + " to "
                            + KeySetAccess.LONGEST_PASSWORD);
        }
        checkFree(file);
        protectors.require(PROTECTOR);
    }

    static void checkFree(Path file) throws KeyException {
        for (Path name : List.of(file, UnfinishedExport.part(file))) {
            if (Files.exists(name)) {
                throw new KeyException(
                        Kind.NOT_ALLOWED,
                        name + " exists; an export never replaces a file, give another name");
            }
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new KeyException(Kind.NOT_ALLOWED, "there is no folder " + folder);
        }
    }

    /** Writes an export beside its name, opens it, and compares. */
    Export prepare(Open open, KeySet keySet, Path file, Secret password) throws KeyException {
        KeySetFolder folder = folder(file);
        String part = name(UnfinishedExport.part(file));
        Protector protector = protectors.require(PROTECTOR);
        byte[] rootBytes = new byte[32];
        cryptography.random().nextBytes(rootBytes);
        try (Secret root = Secret.owning(rootBytes)) {
            byte[] slot = protector.protect(root, keySet.id().toString(), Optional.of(password));
            KeySet exported =
                    keySet.withSlots(List.of(new Slot(PROTECTOR, Slot.Role.CURRENT, slot)));
            folder.create(
                    part,
                    KeySetFormat.write(exported, FileKind.EXPORT, open.ring(), root, cryptography));
            byte[] written = folder.read(part).orElse(new byte[0]);
            Opened again = open(written, file, password);
            boolean same = exported.equals(again.keySet()) && same(open.ring(), again.ring());
            again.ring().wipe();
            if (!same) {
                throw new IOException("it does not hold what was written to it");
            }
            return again.export();
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /** Gives a file that was written beside it its name. */
    void publish(Path file) throws KeyException {
        try {
            folder(file).publish(name(UnfinishedExport.part(file)), name(file));
        } catch (FileAlreadyExistsException e) {
            throw new KeyException(
                    Kind.NOT_ALLOWED, file + " exists; an export never replaces a file", e);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    private KeySetFolder folder(Path file) {
        return folders.apply(file.toAbsolutePath().getParent());
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static KeyException notWritten(Path file, IOException e) {
        return new KeyException(
                Kind.IO,
                "the export could not be written to "
                        + file
                        + " ("
                        + FileTrouble.reason(e)
                        + "); nothing was exported",
                e);
    }

    private static boolean same(KeyRing one, KeyRing other) {
        for (int id : one.ids()) {
            Optional<Secret> theirs = other.key(id);
            if (theirs.isEmpty() || !one.key(id).orElseThrow().sameAs(theirs.get())) {
                return false;
            }
        }
        return true;
    }

    /** What an export says in clear. */
    Export look(Path file) throws KeyException {
        byte[] bytes = bytes(file);
        ProtectedKeySet read = export(bytes, file);
        return describe(file, bytes, read.keySet(), false);
    }

    /** Opens an export. */
    Opened open(Path file, Secret password) throws KeyException {
        return open(bytes(file), file, password);
    }

    private Opened open(byte[] bytes, Path file, Secret password) throws KeyException {
        ProtectedKeySet read = export(bytes, file);
        Slot slot = read.keySet().slots().get(0);
        Protector protector = protectors.require(slot.protector());
        try (Secret root =
                protector.open(
                        slot.protectedRoot(),
                        read.keySet().id().toString(),
                        Optional.of(password))) {
            KeyRing ring = read.open(root, cryptography.module());
            return new Opened(read.keySet(), ring, describe(file, bytes, read.keySet(), true));
        } catch (KeyException e) {
            if (e.kind() == Kind.WRONG_PASSWORD) {
                throw new KeyException(
                        Kind.WRONG_PASSWORD,
                        "the password does not open the export "
                                + file
                                + "; it is the one that was given when it was made",
                        e);
            }
            throw e;
        }
    }

    private static ProtectedKeySet export(byte[] bytes, Path file) throws KeyException {
        ProtectedKeySet read = KeySetFormat.read(bytes, file.toString());
        if (read.kind() != FileKind.EXPORT || read.keySet().slots().size() != 1) {
            throw new KeyException(
                    Kind.DAMAGED,
                    file + " is no export; it is a server's own key-set file, which opens there");
        }
        return read;
    }

    /** Refuses what cannot be read as a whole: a folder, a device without an end. */
    static void requireFile(Path file) throws KeyException {
        if (!Files.exists(file)) {
            throw new KeyException(Kind.IO, "there is no file " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new KeyException(Kind.IO, file + " is no file, but a folder or a device");
        }
    }

    private static byte[] bytes(Path file) throws KeyException {
        requireFile(file);
        try {
            if (Files.size(file) > KeySetFormat.MAX_LENGTH) {
                throw new KeyException(Kind.DAMAGED, file + " is too long for an export");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO, file + " cannot be read (" + FileTrouble.reason(e) + ")", e);
        }
    }

    private Export describe(Path file, byte[] bytes, KeySet keySet, boolean checked) {
        byte[] digest = cryptography.module().digest("SHA-256").digest(bytes);
        return new Export(
                file,
                checked,
                keySet.id().toString(),
                keySet.generation(),
                keySet.exported().orElse(keySet.created()),
                keySet.keys(),
                HexFormat.of().formatHex(digest, 0, 16));
    }
}
