/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.Protector;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.KeyGenerator;

/** Protects the key set under an AES-256 key that was made on a token and never leaves it. */
final class Pkcs11Protector implements Protector {
    private static final int KEY_BITS = 256;
    private static final int LONGEST_LABEL = 64;

    private final Token token;
    private final String keyLabel;
    private final PinFile pinFile;
    private final SecureRandom random;

    Pkcs11Protector(Token token, String keyLabel, PinFile pinFile, SecureRandom random) {
        if (keyLabel.isBlank() || keyLabel.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException(
                    "the key label has "
                            + keyLabel.length()
                            + " characters; 1 to "
                            + LONGEST_LABEL
                            + " are allowed");
        }
        this.token = token;
        this.keyLabel = keyLabel;
        this.pinFile = pinFile;
        this.random = random;
    }

    @Override
    public String name() {
        return "pkcs11";
    }

    @Override
    public synchronized Readiness readiness() {
        Optional<String> absence = token.absence();
        if (absence.isPresent()) {
            return new Readiness(
                    false, false, Kind.PROTECTOR_MISSING, absence.get(), "put it in its place");
        }
        if (!pinFile.exists()) {
            return new Readiness(
                    false,
                    true,
                    Kind.NO_PASSWORD,
                    token.describe() + " is there and needs its user PIN",
                    pinFile.remedy());
        }
        Optional<String> objection = pinFile.objection();
        return objection.isEmpty()
                ? Readiness.yes(token.describe() + " with the PIN in " + pinFile.describe())
                : new Readiness(
                        false,
                        true,
                        Kind.UNSAFE_FILE,
                        pinFile.describe() + " " + objection.get(),
                        "chmod 600 it, and change the PIN if others could have read it");
    }

    @Override
    public synchronized void provision() throws KeyException {
        signedIn(Optional.empty(), this::keyOrNew);
    }

    @Override
    public synchronized byte[] protect(Secret root, String keySetId, Optional<Secret> password)
            throws KeyException {
        return signedIn(
                password,
                (provider, keys) ->
                        TokenWrappedRoot.wrap(
                                        root,
                                        keySetId,
                                        keyLabel,
                                        keyOrNew(provider, keys),
                                        provider,
                                        random)
                                .toBytes());
    }

    @Override
    public synchronized Secret open(
            byte[] protectedRoot, String keySetId, Optional<Secret> password) throws KeyException {
        TokenWrappedRoot wrapped = TokenWrappedRoot.parse(protectedRoot);
        return signedIn(
                password,
                (provider, keys) -> {
                    Key key = keys.getKey(wrapped.keyLabel(), null);
                    if (key == null) {
                        throw new KeyException(
                                Kind.WRONG_PASSWORD,
                                token.describe()
                                        + " has no key '"
                                        + wrapped.keyLabel()
                                        + "'; put the token in its place that the key set was"
                                        + " protected with");
                    }
                    return wrapped.unwrap(keySetId, key, provider);
                });
    }

    @Override
    public Adoption adopt(Secret password) {
        return new Adoption(
                false,
                "the PIN belongs to the token: change it with the vendor's tool, then put the new"
                        + " one where the platform finds it ("
                        + pinFile.describe()
                        + ")");
    }

    private Key keyOrNew(Provider provider, KeyStore keys)
            throws GeneralSecurityException, KeyException {
        Key key = keys.getKey(keyLabel, null);
        if (key == null) {
            KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
            generator.init(KEY_BITS);
            keys.setEntry(keyLabel, new KeyStore.SecretKeyEntry(generator.generateKey()), null);
            key = keys.getKey(keyLabel, null);
        }
        if (key.getEncoded() != null) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "the key '"
                            + keyLabel
                            + "' can be read out of the token and protects nothing; delete it and"
                            + " let the platform make one, or name another with keyLabel");
        }
        return key;
    }

    private <T> T signedIn(Optional<Secret> given, Token.Work<T> work) throws KeyException {
        if (given.isPresent()) {
            return token.use(given.get(), work);
        }
        try (Secret pin = pinFile.read()) {
            return token.use(pin, work);
        } catch (KeyException e) {
            if (e.kind() == Kind.WRONG_PASSWORD && e.getCause() != null) {
                pinFile.refused();
            }
            throw e;
        }
    }
}
