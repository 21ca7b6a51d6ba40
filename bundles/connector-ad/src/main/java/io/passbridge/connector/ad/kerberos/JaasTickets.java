/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import io.passbridge.kerberos.RealmLogin;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/** Gets service tickets through JAAS and the JDK's Kerberos client. */
public final class JaasTickets implements TicketSource {
    private static final String MECHANISM = "1.2.840.113554.1.2.2";
    private static final String PRINCIPAL_NAME = "1.2.840.113554.1.2.2.1";
    private static final int MAX_TICKET = 1 << 16;

    @Override
    public ServiceTicket obtain(TicketRequest request) throws TicketException {
        String principal = request.principal();
        try {
            return new RealmLogin(principal, request.keytab())
                    .perform(request.password(), user -> first(user, principal, services(request)));
        } catch (LoginException e) {
            throw new TicketException(
                    "no Kerberos ticket for " + principal + ": " + e.getMessage(), e);
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
}
