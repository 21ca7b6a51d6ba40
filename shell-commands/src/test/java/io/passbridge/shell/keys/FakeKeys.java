/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyLifeCycle;
import io.passbridge.keys.KeySetAccess;
import io.passbridge.keys.KeySetStatus;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.Protector;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A key set that opens with the password {@code right} and remembers what was asked of it. */
final class FakeKeys implements KeySetView, KeySetAccess, KeyLifeCycle {
    static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");

    final List<String> calls = new ArrayList<>();
    boolean unlocked = true;
    boolean passwordProtected = true;
    Kind problem = Kind.WRONG_PASSWORD;

    @Override
    public KeySetStatus status() {
        return new KeySetStatus(
                unlocked,
                unlocked ? null : problem,
                unlocked ? "unlocked" : "locked: the password is wrong",
                unlocked ? "" : "keys:unlock",
                "6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11",
                3,
                "passphrase",
                2,
                Optional.of(THEN),
                Optional.of(THEN),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Override
    public List<KeyInfo> keys() {
        return List.of(key(1, KeyStatus.DECRYPT_ONLY, false), key(2, KeyStatus.PRIMARY, false));
    }

    private static KeyInfo key(int id, KeyStatus status, boolean compromised) {
        return new KeyInfo(id, status, THEN, THEN, false, compromised, "0123456789abcdef");
    }

    @Override
    public List<String> protectors() {
        return List.of("passphrase", "pkcs11");
    }

    @Override
    public void unlock(String actor, Optional<Secret> password) throws KeyException {
        calls.add("unlock " + password.map(FakeKeys::text).orElse("by itself"));
        if (!unlocked && password.map(FakeKeys::text).filter("right"::equals).isEmpty()) {
            throw new KeyException(problem, "the password is wrong");
        }
        unlocked = true;
    }

    @Override
    public Optional<Boolean> opensWith(Secret password) {
        return passwordProtected ? Optional.of(text(password).equals("right")) : Optional.empty();
    }

    @Override
    public void lock(String actor) {
        calls.add("lock");
        unlocked = false;
    }

    @Override
    public Protector.Adoption changePassword(String actor, Secret password) {
        calls.add("passwd " + text(password));
        return new Protector.Adoption(true, "stored in a file");
    }

    @Override
    public void protectWith(String actor, String protector, Optional<Secret> password) {
        calls.add("protect " + protector + " " + password.map(FakeKeys::text).orElse("-"));
    }

    @Override
    public KeyInfo add(String actor, boolean pending) {
        calls.add("add " + pending);
        return key(3, pending ? KeyStatus.PENDING : KeyStatus.PRIMARY, false);
    }

    @Override
    public KeyInfo promote(String actor, int key) {
        calls.add("promote " + key);
        return key(key, KeyStatus.PRIMARY, false);
    }

    @Override
    public KeyInfo disable(String actor, int key) {
        calls.add("disable " + key);
        return key(key, KeyStatus.DISABLED, false);
    }

    @Override
    public KeyInfo enable(String actor, int key) {
        calls.add("enable " + key);
        return key(key, KeyStatus.DECRYPT_ONLY, false);
    }

    @Override
    public KeyInfo markCompromised(String actor, int key) {
        calls.add("compromise " + key);
        return key(key, KeyStatus.DECRYPT_ONLY, true);
    }

    @Override
    public KeyInfo planDestroy(int key) throws KeyException {
        if (key == 1) {
            throw new KeyException(Kind.NOT_ALLOWED, "key " + key + " still seals 7 values");
        }
        return key(key, KeyStatus.DISABLED, false);
    }

    @Override
    public KeyInfo destroy(String actor, int key) {
        calls.add("destroy " + key);
        return key(key, KeyStatus.DESTROYED, false);
    }

    private static String text(Secret secret) {
        return new String(secret.toBytes(), StandardCharsets.UTF_8);
    }
}
