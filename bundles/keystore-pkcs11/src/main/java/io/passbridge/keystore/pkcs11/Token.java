/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;

/**
 * A token behind the JDK's PKCS #11 provider. The provider is used as an object and registered
 * nowhere. Each use signs in with the PIN and signs out again, so that no key of the token can be
 * used without it in between. Not thread-safe.
 */
final class Token {
    private final String library;
    private final String slot;
    private Provider provider;

    /**
     * @param slot the slot's id, or empty for the position in the list
     */
    Token(String library, String slot, int slotListIndex) {
        if (library.isBlank() || library.indexOf('"') >= 0 || library.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("'" + library + "' is no path of a library");
        }
        if (!slot.matches("(0x[0-9a-fA-F]{1,16}|[0-9]{1,20})?")) {
            throw new IllegalArgumentException("'" + slot + "' is no slot id; 7 and 0x7 are");
        }
        this.library = library;
        this.slot = slot.isEmpty() ? "slotListIndex = " + slotListIndex : "slot = " + slot;
    }

    /** Something done while signed in. */
    @FunctionalInterface
    interface Work<T> {
        T with(Provider provider, KeyStore keys)
                throws GeneralSecurityException, IOException, KeyException;
    }

    /** Where it is, in words. */
    String describe() {
        return "the token in " + slot.replace(" = ", " ") + " of " + library;
    }

    /** Why the token cannot be used now, or empty. Does not sign in. */
    Optional<String> absence() {
        if (!Files.isReadable(Path.of(library))) {
            return Optional.of("there is no library " + library);
        }
        try {
            if (provider == null) {
                provider = connect();
            }
            if (provider.getService("KeyStore", "PKCS11") == null) {
                provider = null;
                return Optional.of(describe() + " is not there");
            }
            if (provider.getService("SecureRandom", "PKCS11") != null) {
                // needs the token, but no PIN
                SecureRandom.getInstance("PKCS11", provider).nextBytes(new byte[1]);
            }
            return Optional.empty();
        } catch (GeneralSecurityException | ProviderException | InvalidParameterException e) {
            provider = null;
            return Optional.of(describe() + " is not there: " + reason(e));
        }
    }

    private Provider connect() {
        Provider blueprint = Security.getProvider("SunPKCS11");
        if (blueprint == null) {
            throw new ProviderException("this Java has no module jdk.crypto.cryptoki");
        }
        return blueprint.configure(
                """
                --name = passbridge
                library = "%s"
                %s
                attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
                  CKA_PRIVATE = true
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                  CKA_ENCRYPT = true
                  CKA_DECRYPT = true
                }
                """
                        .formatted(library.replace("\\", "\\\\"), slot));
    }

    /** Signs in, works, and signs out. */
    <T> T use(Secret pin, Work<T> work) throws KeyException {
        Optional<String> absence = absence();
        if (absence.isPresent()) {
            throw new KeyException(Kind.PROTECTOR_MISSING, absence.get() + "; put it in its place");
        }
        char[] characters = pin.toChars();
        try {
            KeyStore keys = KeyStore.getInstance("PKCS11", provider);
            keys.load(null, characters);
            try {
                return work.with(provider, keys);
            } finally {
                ((AuthProvider) provider).logout();
            }
        } catch (GeneralSecurityException | IOException | ProviderException e) {
            throw failure(e);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    private KeyException failure(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (text.contains("CKR_PIN_LOCKED")) {
                return new KeyException(
                        Kind.WRONG_PASSWORD,
                        describe() + " has locked its PIN; its security officer must reset it",
                        e);
            }
            if (cause instanceof FailedLoginException || text.contains("CKR_PIN_")) {
                return new KeyException(Kind.WRONG_PASSWORD, describe() + " refused the PIN", e);
            }
            if (cause instanceof LoginException) {
                break;
            }
        }
        provider = null; // a token that was taken out and put back needs a new connection
        return new KeyException(Kind.IO, describe() + " failed: " + reason(e), e);
    }

    private static String reason(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null
                ? innermost.getClass().getSimpleName()
                : innermost.getMessage();
    }
}
