/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.session;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.tls.Refusal;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What a failed operation means for the platform (RFC 4511 appendix A). */
public final class Failures {
    private Failures() {}

    /**
     * A search or read that failed.
     *
     * @param what of whom it was asked: {@code ldap://host:389}
     */
    public static ConnectorException ofReading(String what, LDAPException e) {
        // of a connection that could not be made; the pool may have wrapped it
        for (Throwable at = e.getCause(); at != null; at = at.getCause()) {
            if (at instanceof ConnectorException known) {
                return known;
            }
        }
        ResultCode code = e.getResultCode();
        if (code.equals(ResultCode.E_SYNC_REFRESH_REQUIRED)) {
            return new ConnectorException(
                    Kind.WATERMARK_EXPIRED,
                    what + " no longer knows what changed since the last look");
        }
        if (code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
            return new ConnectorException(
                    Kind.PERMISSION,
                    what + " refuses to read: " + text(e) + "; give the account the right to read");
        }
        if (isLimit(code)) {
            return new ConnectorException(
                    Kind.PERMISSION,
                    what
                            + " cut its answer off ("
                            + code.getName()
                            + "); lift the account's limits, in OpenLDAP: limits"
                            + " dn.exact=\"ACCOUNT\" size=unlimited time=unlimited");
        }
        if (code.equals(ResultCode.NO_SUCH_OBJECT)) {
            return new ConnectorException(
                    Kind.CONFIGURATION,
                    what
                            + " has no such entry, or hides it from the account: "
                            + text(e)
                            + "; correct baseDns or the account's rights");
        }
        return new ConnectorException(Kind.UNREACHABLE, what + " failed: " + text(e));
    }

    /** Whether the server has cut an answer off. */
    public static boolean isLimit(ResultCode code) {
        return code.equals(ResultCode.SIZE_LIMIT_EXCEEDED)
                || code.equals(ResultCode.TIME_LIMIT_EXCEEDED)
                || code.equals(ResultCode.ADMIN_LIMIT_EXCEEDED);
    }

    /**
     * A connection that could not be made or signed in.
     *
     * @param fips whether it was made while FIPS was enforced
     */
    static ConnectorException ofConnecting(
            String server, String account, boolean fips, LDAPException e) {
        Optional<String> refusal = fips ? Refusal.in(e) : Optional.empty();
        if (refusal.isPresent()) {
            return new ConnectorException(Kind.CONFIGURATION, server + ": " + refusal.get());
        }
        ResultCode code = e.getResultCode();
        if (code.equals(ResultCode.INVALID_CREDENTIALS)
                || code.equals(ResultCode.INAPPROPRIATE_AUTHENTICATION)) {
            return new ConnectorException(
                    Kind.AUTHENTICATION,
                    server
                            + " refuses "
                            + account
                            + ": the name or the secret is wrong, or the account is locked;"
                            + " account:set stores the right ones");
        }
        if (code.equals(ResultCode.CONFIDENTIALITY_REQUIRED)
                || code.equals(ResultCode.STRONG_AUTH_REQUIRED)) {
            return new ConnectorException(
                    Kind.CONFIGURATION,
                    server + " wants a sealed connection; set startTls = always or use ldaps://");
        }
        if (isCertificate(e)) {
            return new ConnectorException(
                    Kind.CONFIGURATION,
                    server
                            + ": its certificate is not accepted ("
                            + root(e)
                            + "); set caFile to the authority that signed it, name the server as"
                            + " the certificate does, or renew it");
        }
        return new ConnectorException(Kind.UNREACHABLE, server + " does not answer: " + root(e));
    }

    private static boolean isCertificate(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof CertificateException
                    || at instanceof SSLException && String.valueOf(at).contains("ertif")) {
                return true;
            }
        }
        return String.valueOf(failure.getMessage()).contains("ertificate");
    }

    /** The diagnostic text of a server, or the innermost reason. */
    public static String text(LDAPException e) {
        String said = e.getDiagnosticMessage();
        String name = e.getResultCode().getName();
        return said == null || said.isBlank() ? name + ", " + root(e) : name + ", " + said;
    }

    private static String root(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String text = at.getMessage();
        return text == null ? at.getClass().getSimpleName() : text;
    }
}
