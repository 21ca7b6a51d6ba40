/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.dpapi;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.Protector;
import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Protects the key set under the Windows account or machine: the service unlocks it at start
 * without any password. The bundle resolves on Windows only.
 */
@Component(configurationPid = DpapiConfiguration.PID)
@Designate(ocd = DpapiConfiguration.class)
@Requirement(namespace = "osgi.native", filter = "(osgi.native.osname~=win32)")
public final class DpapiProtector implements Protector {
    private final Scope scope;
    private final Cryptography cryptography;

    @Activate
    public DpapiProtector(DpapiConfiguration configuration, @Reference Cryptography cryptography) {
        this(scope(configuration.scope()), cryptography);
    }

    DpapiProtector(Scope scope, Cryptography cryptography) {
        this.scope = scope;
        this.cryptography = cryptography;
    }

    static Scope scope(String configured) {
        return switch (configured.strip().toLowerCase(Locale.ROOT)) {
            case "user" -> Scope.USER;
            case "machine" -> Scope.MACHINE;
            default ->
                    throw new IllegalArgumentException(
                            "scope '" + configured + "' is not known; it is user or machine");
        };
    }

    @Override
    public String name() {
        return "dpapi";
    }

    @Override
    public Readiness readiness() {
        return Readiness.yes(
                "DPAPI under "
                        + scope.owner()
                        + (scope == Scope.USER ? " " + System.getProperty("user.name") : ""));
    }

    @Override
    public void provision() {
        // Windows keeps the keys
    }

    @Override
    public byte[] protect(Secret root, String keySetId, Optional<Secret> password)
            throws KeyException {
        return DpapiWrappedRoot.wrap(root, keySetId, scope, cryptography);
    }

    @Override
    public Secret open(byte[] protectedRoot, String keySetId, Optional<Secret> password)
            throws KeyException {
        return DpapiWrappedRoot.unwrap(protectedRoot, keySetId, cryptography.module());
    }

    @Override
    public Adoption adopt(Secret password) {
        return new Adoption(
                false,
                "Windows keeps the password of its accounts; change it there, as the account"
                        + " itself: a password that an administrator resets can make DPAPI's keys"
                        + " unreadable");
    }
}
