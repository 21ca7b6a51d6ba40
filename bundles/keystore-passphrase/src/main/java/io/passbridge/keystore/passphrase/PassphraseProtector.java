/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.ModuleRefusedException;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.Protector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Protects the key set under the service-account password: Argon2id, or PBKDF2 where the FIPS
 * policy asks, then AES-256-GCM. The password comes from a systemd credential, from a 0600 file, or
 * from the operator at {@code keys:unlock}.
 */
@Component(configurationPid = PassphraseConfiguration.PID)
@Designate(ocd = PassphraseConfiguration.class)
public final class PassphraseProtector implements Protector {
    /** Why an approved server needs Argon2id: once, to open what was protected before. */
    static final String PURPOSE = "open the key set";

    /** 112 bits, the least that a validated module takes. */
    private static final int MIN_APPROVED = 14;

    private final Cryptography cryptography;
    private final PasswordPlace source;
    private final LegacyPolicy policy;
    private final PasswordDerivation usual;
    private final PasswordDerivation approved;

    @Activate
    public PassphraseProtector(
            PassphraseConfiguration configuration,
            BundleContext context,
            @Reference LegacyPolicy policy,
            @Reference Cryptography cryptography) {
        this(
                policy,
                cryptography,
                source(
                        configuration.passwordFile(),
                        context.getProperty("passbridge.etc"),
                        System.getenv("CREDENTIALS_DIRECTORY"),
                        cryptography.random()),
                Argon2idDerivation.DEFAULT,
                Pbkdf2Derivation.DEFAULT);
    }

    PassphraseProtector(
            LegacyPolicy policy,
            Cryptography cryptography,
            PasswordPlace source,
            PasswordDerivation usual,
            PasswordDerivation approved) {
        this.policy = policy;
        this.cryptography = cryptography;
        this.source = source;
        this.usual = usual;
        this.approved = approved;
    }

    static PasswordPlace source(
            String passwordFile, String etc, String credentials, SecureRandom random) {
        if (credentials != null) {
            Path credential = Path.of(credentials, CredentialSource.NAME);
            if (Files.exists(credential)) {
                return new CredentialSource(credential);
            }
        }
        Path base = Path.of(etc == null ? "etc" : etc).toAbsolutePath();
        return new PasswordFile(
                base.resolve(passwordFile.isEmpty() ? "service-account.password" : passwordFile),
                new FileOwnership(),
                random);
    }

    @Override
    public String name() {
        return "passphrase";
    }

    @Override
    public boolean opensByPassword() {
        return true;
    }

    @Override
    public Readiness readiness() {
        return source.readiness();
    }

    @Override
    public void provision() throws KeyException {
        source.provision();
    }

    @Override
    public byte[] protect(Secret root, String keySetId, Optional<Secret> password)
            throws KeyException {
        PasswordDerivation derivation = policy.fipsEnforced() ? approved : usual;
        try (Secret used = password(password)) {
            return PassphraseWrappedRoot.wrap(root, keySetId, used, derivation, cryptography);
        } catch (ModuleRefusedException e) {
            throw new KeyException(Kind.MODULE_REFUSED, e.getMessage(), e);
        }
    }

    @Override
    public Secret open(byte[] protectedRoot, String keySetId, Optional<Secret> password)
            throws KeyException {
        try (Secret used = password(password)) {
            if (unapproved(protectedRoot).isPresent()) {
                policy.use(LegacyAlgorithm.ARGON2ID, PURPOSE);
            }
            return PassphraseWrappedRoot.unwrap(
                    protectedRoot, keySetId, used, cryptography.module());
        } catch (LegacyRefusedException e) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "the key set was protected by Argon2id before FIPS was enforced: "
                            + e.getMessage()
                            + ". Then keys:passwd protects it by PBKDF2, and the exception can be"
                            + " taken back",
                    e);
        } catch (ModuleRefusedException e) {
            throw new KeyException(Kind.MODULE_REFUSED, e.getMessage(), e);
        }
    }

    @Override
    public Optional<String> unapproved(byte[] protectedRoot) {
        return PassphraseWrappedRoot.isArgon2(protectedRoot)
                ? Optional.of("Argon2id")
                : Optional.empty();
    }

    @Override
    public Adoption adopt(Secret password) throws KeyException {
        return source.write(password);
    }

    private Secret password(Optional<Secret> given) throws KeyException {
        Secret used = given.isPresent() ? given.get().copy() : source.read();
        if (policy.fipsEnforced() && used.length() < MIN_APPROVED) {
            used.close();
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "FIPS is enforced, and the service-account password has less than "
                            + MIN_APPROVED
                            + " bytes: set 'enforce = off' in etc/io.passbridge.fips.cfg, set a"
                            + " longer one with keys:passwd, and enforce it again");
        }
        return used;
    }
}
