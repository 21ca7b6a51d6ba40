/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.credential.Secret;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.sealed.CommittingCipher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.SecretKeyEntry;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * PKCS#12 stores with one AES key, by the JDK's own provider whatever else is installed: Bouncy
 * Castle and the JDK do not read each other's secret keys, and some versions show an empty store
 * instead of saying so. Hence a store without an entry is an error here.
 */
final class Pkcs12 {
    private Pkcs12() {}

    private static KeyStore store() throws GeneralSecurityException {
        Provider jdk = Security.getProvider("SUN");
        return jdk == null ? KeyStore.getInstance("PKCS12") : KeyStore.getInstance("PKCS12", jdk);
    }

    static byte[] write(String alias, Secret key, Secret password)
            throws GeneralSecurityException, IOException {
        char[] chars = ascii(password);
        byte[] bytes = key.toBytes();
        try {
            KeyStore store = store();
            store.load(null, chars);
            store.setEntry(
                    alias,
                    new SecretKeyEntry(new SecretKeySpec(bytes, "AES")),
                    new PasswordProtection(chars));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, chars);
            return out.toByteArray();
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(chars, '\0');
        }
    }

    /** The one AES key of 256 bits in a store. */
    static Secret read(byte[] file, String name, Secret password) throws KeyException {
        char[] chars = ascii(password);
        try {
            KeyStore store = store();
            store.load(new ByteArrayInputStream(file), chars);
            List<String> aliases = Collections.list(store.aliases());
            if (aliases.size() != 1 || !store.isKeyEntry(aliases.get(0))) {
                throw new KeyException(
                        Kind.NOT_ALLOWED,
                        name
                                + " holds "
                                + Finding.count(aliases.size(), "entry", "entries")
                                + " that can be read, not one");
            }
            if (!(store.getKey(aliases.get(0), chars) instanceof SecretKey key)
                    || key.getEncoded() == null
                    || key.getEncoded().length != CommittingCipher.KEY) {
                throw new KeyException(Kind.NOT_ALLOWED, name + " holds no AES key of 256 bits");
            }
            return Secret.owning(key.getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new KeyException(
                    Kind.WRONG_PASSWORD,
                    name
                            + " is no PKCS#12 file that the JDK reads, or the password is wrong;"
                            + " keys written by Bouncy Castle are not readable",
                    e);
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    private static char[] ascii(Secret password) {
        return password.toChars();
    }

    /** Refuses passwords on which readers of PKCS#12 disagree. */
    static void check(Secret password) throws KeyException {
        boolean fits =
                password.use(
                        bytes -> {
                            boolean printable = bytes.length >= 8 && bytes.length <= 1_024;
                            for (byte b : bytes) {
                                printable &= b >= 0x20 && b < 0x7F;
                            }
                            return printable;
                        });
        if (!fits) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "the password of a PKCS#12 file needs 8 to 1024 printable ASCII characters");
        }
    }
}
