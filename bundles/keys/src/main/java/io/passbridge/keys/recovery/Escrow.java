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
import io.passbridge.keys.file.KeySetFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The random password of an export, split among people. */
final class Escrow {
    private static final int LENGTH = 32;
    private static final int MAX_FILE = 1_024;

    private final SecureRandom random;
    private final Function<Path, KeySetFolder> folders;

    Escrow(Cryptography cryptography, Function<Path, KeySetFolder> folders) {
        this.random = cryptography.random();
        this.folders = folders;
    }

    /** A random secret to split. */
    Secret secret() {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return Secret.owning(bytes);
    }

    /** The password that a split secret stands for: its hex digits. */
    static Secret password(Secret secret) {
        byte[] bytes = secret.toBytes();
        try {
            return Secret.owning(
                    HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Where the share of a number goes. */
    static Path shareFile(Path export, int number) {
        return export.resolveSibling(export.getFileName() + ".share-" + number);
    }

    /** Refuses numbers or places that cannot work. */
    static void check(Path export, int needed, int shares) throws KeyException {
        if (needed < 2 || needed > shares || shares > SecretSharing.MAX_SHARES) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    needed
                            + "/"
                            + shares
                            + " shares are refused: NEEDED/ALL is at least 2/2 and at most "
                            + SecretSharing.MAX_SHARES
                            + "/"
                            + SecretSharing.MAX_SHARES
                            + ", and NEEDED is not more than ALL");
        }
        for (Path file : shareFiles(export, shares)) {
            ExportFiles.checkFree(file);
        }
    }

    /** The files that the shares go to. */
    static List<Path> shareFiles(Path export, int shares) {
        return IntStream.rangeClosed(1, shares).mapToObj(n -> shareFile(export, n)).toList();
    }

    /** Writes the shares, each into a file beside its name, and opens them again. */
    void prepare(List<Path> files, Secret secret, int needed) throws KeyException {
        byte[] bytes = secret.toBytes();
        byte[][] values = SecretSharing.split(bytes, needed, files.size(), random);
        Arrays.fill(bytes, (byte) 0);
        byte[] set = new byte[4];
        random.nextBytes(set);
        List<Path> parts = new ArrayList<>();
        try {
            for (int number = 1; number <= files.size(); number++) {
                Path part = UnfinishedExport.part(files.get(number - 1));
                String text =
                        new ShareText(
                                        HexFormat.of().formatHex(set),
                                        needed,
                                        number,
                                        values[number - 1])
                                .text();
                folders.apply(part.toAbsolutePath().getParent())
                        .create(
                                part.getFileName().toString(),
                                (text + "\n").getBytes(StandardCharsets.US_ASCII));
                parts.add(part);
            }
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO,
                    "the shares could not be written ("
                            + FileTrouble.reason(e)
                            + "); nothing was exported",
                    e);
        } finally {
            for (byte[] value : values) {
                Arrays.fill(value, (byte) 0);
            }
        }
        try (Secret first = combine(parts.subList(0, needed));
                Secret last = combine(parts.subList(parts.size() - needed, parts.size()));
                Secret password = password(secret)) {
            if (!first.sameAs(password) || !last.sameAs(password)) {
                throw new KeyException(Kind.IO, "the shares do not give the password again");
            }
        }
    }

    /** The password out of share files. */
    static Secret combine(List<Path> files) throws KeyException {
        Map<Integer, byte[]> values = new TreeMap<>();
        ShareText first = null;
        for (Path file : files) {
            ShareText share = ShareText.parse(content(file), file.toString());
            first = first == null ? share : first;
            if (!share.set().equals(first.set()) || share.needed() != first.needed()) {
                throw new KeyException(
                        Kind.NOT_ALLOWED,
                        file + " is a share of another export than " + files.get(0));
            }
            if (values.put(share.number(), share.value()) != null) {
                throw new KeyException(
                        Kind.NOT_ALLOWED, "share " + share.number() + " is given twice");
            }
        }
        if (first == null || values.size() < first.needed()) {
            throw new KeyException(
                    Kind.NO_PASSWORD,
                    values.size()
                            + " shares are too few"
                            + (first == null ? "" : "; this export needs " + first.needed()));
        }
        byte[] secret = SecretSharing.combine(values);
        values.values().forEach(value -> Arrays.fill(value, (byte) 0));
        try (Secret combined = Secret.owning(secret)) {
            return password(combined);
        }
    }

    private static String content(Path file) throws KeyException {
        ExportFiles.requireFile(file);
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new KeyException(Kind.DAMAGED, file + " holds no share of an export");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO, "the share " + file + " cannot be read: " + FileTrouble.reason(e), e);
        }
    }
}
