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
    private final TokenChoice choice;
    private Provider provider;

    Token(String library, TokenChoice choice) {
        if (library.isBlank() || library.indexOf('"') >= 0 || library.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("'" + library + "' is no path of a library");
        }
        this.library = library;
        this.choice = choice;
    }

    /** Something done while signed in. */
    @FunctionalInterface
    interface Work<T> {
        T with(Provider provider, KeyStore keys)
                throws GeneralSecurityException, IOException, KeyException;
    }

    /** Where it is, in words. */
    String describe() {
        return choice + " of " + library;
    }

    /** Why the token cannot be used now, or empty. Does not sign in. */
    Optional<String> absence() {
        if (!Files.isReadable(Path.of(library))) {
            return Optional.of("there is no library " + library);
        }
        try {
            if (provider == null) {
                provider = connect(choice.find(TokenList.of(library)));
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
        } catch (AbsentException e) {
            return Optional.of(describe() + " is not there: " + e.getMessage());
        } catch (GeneralSecurityException | ProviderException | InvalidParameterException e) {
            provider = null;
            return Optional.of(describe() + " is not there: " + reason(e));
        }
    }

    private Provider connect(long slot) {
        Provider blueprint = Security.getProvider("SunPKCS11");
        if (blueprint == null) {
            throw new ProviderException("this Java has no module jdk.crypto.cryptoki");
        }
        return blueprint.configure(
                """
                --name = passbridge
                library = "%s"
                slot = %s
                attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
                  CKA_PRIVATE = true
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                  CKA_ENCRYPT = true
                  CKA_DECRYPT = true
                }
                """
                        .formatted(library.replace("\\", "\\\\"), Long.toUnsignedString(slot)));
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
