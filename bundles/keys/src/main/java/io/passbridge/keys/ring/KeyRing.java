/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.ring;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bytes of a key set's keys, by key id. The map never changes; the secrets in it are shared
 * with the rings of later generations, so that an operation under way finishes with what it started
 * with.
 */
public final class KeyRing {
    private static final byte[] FINGERPRINT =
            "passbridge key fingerprint v1".getBytes(StandardCharsets.US_ASCII);

    private final Map<Integer, Secret> keys;

    public KeyRing(Map<Integer, Secret> keys) {
        this.keys = new TreeMap<>(keys);
    }

    /** The key of an id. */
    public Optional<Secret> key(int id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The ids in order. */
    public Iterable<Integer> ids() {
        return keys.keySet();
    }

    /** The same and one more key. */
    public KeyRing with(int id, Secret key) {
        Map<Integer, Secret> more = new TreeMap<>(keys);
        more.put(id, key);
        return new KeyRing(more);
    }

    /** The same without a key, which is not wiped. */
    public KeyRing without(int id) {
        Map<Integer, Secret> fewer = new TreeMap<>(keys);
        fewer.remove(id);
        return new KeyRing(fewer);
    }

    /** Wipes every key. */
    public void wipe() {
        keys.values().forEach(Secret::close);
    }

    /** 16 hex digits by which two copies of a key can be compared without showing it. */
    public static String fingerprint(CryptographicModule module, Secret key) {
        return key.use(
                bytes -> {
                    try {
                        Mac mac = module.mac("HmacSHA256");
                        mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
                        return HexFormat.of().formatHex(mac.doFinal(FINGERPRINT), 0, 8);
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException("the module does no HMAC-SHA-256", e);
                    }
                });
    }

    @Override
    public String toString() {
        return "KeyRing" + keys.keySet();
    }
}
