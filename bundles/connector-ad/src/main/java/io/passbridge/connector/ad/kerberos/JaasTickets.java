/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import io.passbridge.credential.Secret;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/**
 * Gets service tickets through JAAS and the JDK's Kerberos client, which finds the key distribution
 * centre by {@code krb5.conf} or DNS.
 */
public final class JaasTickets implements TicketSource {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";
    private static final String MECHANISM = "1.2.840.113554.1.2.2";
    private static final String PRINCIPAL_NAME = "1.2.840.113554.1.2.2.1";
    private static final int MAX_TICKET = 1 << 16;

    @Override
    public ServiceTicket obtain(TicketRequest request) throws TicketException {
        String principal = request.principal();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // the log-in module belongs to the JDK and is looked up through this loader
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            LoginContext login =
                    new LoginContext(
                            "passbridge",
                            new Subject(),
                            answering(request.password()),
                            configuration(principal, request.keytab()));
            login.login();
            try {
                return first(login.getSubject(), principal, services(request));
            } finally {
                login.logout();
            }
        } catch (LoginException e) {
            throw new TicketException(
                    "no Kerberos ticket for " + principal + ": " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<String> services(TicketRequest request) {
        return request.services().stream().map(s -> s + "@" + request.realm()).toList();
    }

    private static ServiceTicket first(Subject subject, String principal, List<String> services)
            throws TicketException {
        for (int i = 0; ; i++) {
            String service = services.get(i);
            try {
                return Subject.doAs(subject, fetch(subject, service));
            } catch (PrivilegedActionException e) {
                Exception cause = e.getException();
                TicketException failure =
                        new TicketException(
                                "no Kerberos ticket of "
                                        + principal
                                        + " for "
                                        + service
                                        + ": "
                                        + cause.getMessage(),
                                cause);
                if (failure.code() != TicketException.SERVICE_UNKNOWN || i == services.size() - 1) {
                    throw failure;
                }
            }
        }
    }

    private static PrivilegedExceptionAction<ServiceTicket> fetch(Subject subject, String service) {
        return () -> {
            GSSManager manager = GSSManager.getInstance();
            // a principal name, not a host-based one, which the JDK would rewrite by reverse DNS
            GSSContext context =
                    manager.createContext(
                            manager.createName(service, new Oid(PRINCIPAL_NAME)),
                            new Oid(MECHANISM),
                            (GSSCredential) null,
                            GSSContext.DEFAULT_LIFETIME);
            try {
                context.initSecContext(new byte[0], 0, 0);
            } finally {
                context.dispose();
            }
            for (KerberosTicket ticket : subject.getPrivateCredentials(KerberosTicket.class)) {
                if (ticket.getServer().getName().equalsIgnoreCase(service)) {
                    return copy(ticket);
                }
            }
            throw new GSSException(GSSException.NO_CRED);
        };
    }

    private static ServiceTicket copy(KerberosTicket ticket) throws KerberosException {
        byte[] encoded = ticket.getEncoded();
        if (encoded.length > MAX_TICKET) {
            throw new KerberosException(
                    "a ticket of " + encoded.length + " bytes; 65536 are possible");
        }
        String name = ticket.getClient().getName();
        String realm = ticket.getClient().getRealm();
        String user = name.substring(0, name.length() - realm.length() - 1);
        return new ServiceTicket(
                encoded,
                ticket.getSessionKeyType(),
                ticket.getSessionKey().getEncoded(),
                realm,
                ticket.getClient().getNameType(),
                List.of(user.split("/")));
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

    private static Configuration configuration(String principal, Optional<Path> keytab) {
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
