/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.session;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Secret;
import io.passbridge.kerberos.RealmLogin;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;

/**
 * Signs in to a directory by Kerberos (SASL GSSAPI, RFC 4752).
 *
 * @param principal {@code user@REALM}
 * @param keytab a key table in place of a password
 */
record Kerberos(String principal, Optional<Path> keytab) {
    private static final String MECHANISM = "GSSAPI";
    private static final Pattern CODE = Pattern.compile("\\((\\d{1,3})\\)");

    /** Of RFC 4120 section 7.5.9: what the centre says of the account itself. */
    private static final Set<Integer> OF_THE_ACCOUNT = Set.of(1, 6, 12, 18, 23, 24, 31);

    /** What the JDK says of an answer that the password does not open. */
    private static final String UNREADABLE = "Checksum failed";

    private static final int SERVICE_UNKNOWN = 7;
    private static final int CLOCK_SKEW = 37;

    /**
     * Signs in over a connection.
     *
     * @param host as the server's principal names it: {@code ldap/HOST}
     * @param sealed whether the connection is sealed already; if not, Kerberos seals it
     * @param password stays the caller's; empty with a key table
     */
    void signIn(LDAPConnection connection, String host, boolean sealed, Optional<Secret> password)
            throws LDAPException, ConnectorException {
        try {
            new RealmLogin(principal, keytab)
                    .perform(
                            password,
                            user -> Subject.doAs(user, exchange(connection, host, sealed)));
        } catch (LoginException e) {
            throw noTicket(host, e);
        } catch (PrivilegedActionException e) {
            throw refused(host, e.getException());
        }
    }

    private static PrivilegedExceptionAction<Void> exchange(
            LDAPConnection connection, String host, boolean sealed) {
        return () -> {
            SaslClient client =
                    Sasl.createSaslClient(
                            new String[] {MECHANISM},
                            null,
                            "ldap",
                            host,
                            Map.of(Sasl.QOP, sealed ? "auth" : "auth-conf"),
                            null);
            connection.bind(new SaslBind(client));
            return null;
        };
    }

    private ConnectorException refused(String host, Exception failure)
            throws LDAPException, ConnectorException {
        if (failure instanceof LDAPException e
                && !e.getResultCode().equals(ResultCode.LOCAL_ERROR)) {
            throw e;
        }
        return noTicket(host, failure);
    }

    private ConnectorException noTicket(String host, Exception failure) {
        String why = innermost(failure);
        int code = code(failure);
        if (OF_THE_ACCOUNT.contains(code) || UNREADABLE.equals(why)) {
            return new ConnectorException(
                    Kind.AUTHENTICATION,
                    "no Kerberos ticket for "
                            + principal
                            + ": "
                            + why
                            + "; account:set stores the right name and password, keytab names the"
                            + " right key table");
        }
        if (code == SERVICE_UNKNOWN) {
            return new ConnectorException(
                    Kind.CONFIGURATION,
                    "the realm knows no ldap/"
                            + host
                            + ": "
                            + why
                            + "; name the server as its principal does");
        }
        if (code == CLOCK_SKEW) {
            return new ConnectorException(
                    Kind.CONFIGURATION,
                    "the clocks differ too much for Kerberos: "
                            + why
                            + "; set both by the same time service");
        }
        return new ConnectorException(
                Kind.UNREACHABLE,
                "no Kerberos ticket for "
                        + principal
                        + ": "
                        + why
                        + "; the realm's key distribution centre is found by krb5.conf or DNS");
    }

    private static String innermost(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String text = code(failure) < 0 ? at.getMessage() : failure.getMessage();
        return text == null ? at.getClass().getSimpleName() : text;
    }

    /** What the JDK's client writes behind each of the centre's words. */
    private static int code(Throwable failure) {
        int code = -1;
        for (Throwable at = failure; at != null && code < 0; at = at.getCause()) {
            Matcher number = CODE.matcher(String.valueOf(at.getMessage()));
            if (number.find()) {
                code = Integer.parseInt(number.group(1));
            }
        }
        return code;
    }
}
