/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.Protector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A protector whose place for the password is a field, and which protects with it alone. */
public final class FakeProtector implements Protector {
    private final String name;
    private String place;
    private Path file;
    private boolean canStore = true;

    public FakeProtector(String name, String place) {
        this.name = name;
        this.place = place;
    }

    /** One whose place for the password is a file, for processes that are killed. */
    public static FakeProtector inFile(String name, Path file) throws IOException {
        String present = Files.exists(file) ? Files.readString(file) : null;
        FakeProtector protector = new FakeProtector(name, present);
        protector.file = file;
        return protector;
    }

    private void store() {
        if (file != null) {
            try {
                Path aside = file.resolveSibling("place.new");
                Files.writeString(aside, place);
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public void place(String password) {
        place = password;
    }

    public String place() {
        return place;
    }

    /** From now on a password can only be put in its place by the operator. */
    public void operatorStores() {
        canStore = false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Readiness readiness() {
        return Readiness.yes("a field");
    }

    @Override
    public void provision() {
        place = place == null ? "made by itself" : place;
        store();
    }

    @Override
    public byte[] protect(Secret root, String keySetId, Optional<Secret> password)
            throws KeyException {
        byte[] key = key(password, keySetId);
        byte[] bytes = new byte[34];
        bytes[0] = 1;
        bytes[33] = (byte) (sum(key) + name.length());
        byte[] plain = root.toBytes();
        for (int i = 0; i < 32; i++) {
            bytes[i + 1] = (byte) (plain[i] ^ key[i % key.length]);
        }
        return bytes;
    }

    @Override
    public Secret open(byte[] bytes, String keySetId, Optional<Secret> password)
            throws KeyException {
        byte[] key = key(password, keySetId);
        if (bytes.length != 34 || bytes[33] != (byte) (sum(key) + name.length())) {
            throw new KeyException(Kind.WRONG_PASSWORD, "the password is wrong");
        }
        byte[] plain = new byte[32];
        for (int i = 0; i < 32; i++) {
            plain[i] = (byte) (bytes[i + 1] ^ key[i % key.length]);
        }
        return Secret.owning(plain);
    }

    @Override
    public Adoption adopt(Secret password) {
        if (canStore) {
            place = new String(password.toBytes(), StandardCharsets.UTF_8);
            store();
        }
        return new Adoption(canStore, canStore ? "stored" : "store it yourself");
    }

    private byte[] key(Optional<Secret> password, String keySetId) throws KeyException {
        if (password.isEmpty() && place == null) {
            throw new KeyException(Kind.NO_PASSWORD, "there is no password");
        }
        String text =
                password.map(given -> new String(given.toBytes(), StandardCharsets.UTF_8))
                        .orElse(place);
        return (text + keySetId).getBytes(StandardCharsets.UTF_8);
    }

    private static int sum(byte[] key) {
        int sum = 0;
        for (byte b : key) {
            sum = 31 * sum + b;
        }
        return sum;
    }
}
