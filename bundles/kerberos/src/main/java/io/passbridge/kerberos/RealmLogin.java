/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.kerberos;

import io.passbridge.credential.Secret;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * Signs in to a Kerberos realm (RFC 4120) with the Java platform's client, which finds the key
 * distribution centre by {@code krb5.conf} or DNS. No property of the process is read or set here,
 * and no ticket outlives the work it is for. Thread-safe.
 *
 * @param principal {@code user@REALM}
 * @param keytab a key table in place of a password
 */
public record RealmLogin(String principal, Optional<Path> keytab) {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    /**
     * What is done while signed in.
     *
     * @param <T> what comes of it
     * @param <E> how it fails
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T as(Subject user) throws E;
    }

    /**
     * Signs in, does the work in this thread, and signs out.
     *
     * @param password stays the caller's; empty with a key table
     * @throws LoginException if the realm gives no ticket; its message has the centre's code
     * @throws E as the work does
     */
    public <T, E extends Exception> T perform(Optional<Secret> password, Work<T, E> work)
            throws LoginException, E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // the log-in module belongs to the JDK and is looked up through this loader
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            LoginContext login =
                    new LoginContext(
                            "passbridge", new Subject(), answering(password), configuration());
            login.login();
            try {
                return work.as(login.getSubject());
            } finally {
                login.logout();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static CallbackHandler answering(Optional<Secret> password) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof PasswordCallback asked && password.isPresent()) {
                    char[] chars = password.get().toChars();
                    asked.setPassword(chars);
                    Arrays.fill(chars, '\0');
                }
            }
        };
    }

    private Configuration configuration() {
        Map<String, String> options = new HashMap<>();
        options.put("principal", principal);
        options.put("isInitiator", "true");
        options.put("useTicketCache", "false");
        keytab.ifPresent(
                file -> {
                    options.put("useKeyTab", "true");
                    options.put("keyTab", file.toString());
                    options.put("doNotPrompt", "true");
                });
        AppConfigurationEntry entry =
                new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options);
        return new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {entry};
            }
        };
    }
}
