/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
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
    private final SecureRandom random = new SecureRandom();
    private final PasswordSource source;
    private final LegacyPolicy policy;
    private final PasswordDerivation usual;
    private final PasswordDerivation approved;

    @Activate
    public PassphraseProtector(
            PassphraseConfiguration configuration,
            BundleContext context,
            @Reference LegacyPolicy policy) {
        this(
                policy,
                source(
                        configuration.passwordFile(),
                        context.getProperty("passbridge.etc"),
                        System.getenv("CREDENTIALS_DIRECTORY")),
                Argon2idDerivation.DEFAULT,
                Pbkdf2Derivation.DEFAULT);
    }

    PassphraseProtector(
            LegacyPolicy policy,
            PasswordSource source,
            PasswordDerivation usual,
            PasswordDerivation approved) {
        this.policy = policy;
        this.source = source;
        this.usual = usual;
        this.approved = approved;
    }

    static PasswordSource source(String passwordFile, String etc, String credentials) {
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
                new SecureRandom());
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
            return WrappedRoot.wrap(root, keySetId, used, derivation, random);
        }
    }

    @Override
    public Secret open(byte[] protectedRoot, String keySetId, Optional<Secret> password)
            throws KeyException {
        try (Secret used = password(password)) {
            return WrappedRoot.unwrap(protectedRoot, keySetId, used);
        }
    }

    @Override
    public Adoption adopt(Secret password) throws KeyException {
        return source.write(password);
    }

    private Secret password(Optional<Secret> given) throws KeyException {
        return given.isPresent() ? given.get().copy() : source.read();
    }
}
