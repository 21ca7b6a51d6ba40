/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Reads what Active Directory means by an LDAP failure. */
final class LdapFailure {
    private static final Pattern DATA = Pattern.compile("data ([0-9a-fA-F]+)");

    private static final Pattern CERTIFICATE =
            Pattern.compile("[Cc]ertificate|certification path|SSLHandshakeException");

    /** Win32 codes in the diagnostic message of a refused bind (MS-ADTS 5.1.1.3, winerror.h). */
    private static final Map<String, String> REASONS =
            Map.of(
                    "525", "there is no such account",
                    "52e", "the name or the secret is wrong",
                    "530", "the account may not sign in at this time",
                    "531", "the account may not sign in at this computer",
                    "532", "the account's password has expired",
                    "533", "the account is disabled",
                    "701", "the account has expired",
                    "773", "the account's password must be changed first",
                    "775", "the account is locked out");

    private LdapFailure() {}

    /** The reason of a refused bind, as an addition to a sentence; empty if none was given. */
    static String reason(LDAPException refused) {
        Matcher data = DATA.matcher(refused.getMessage());
        String words = data.find() ? REASONS.get(data.group(1).toLowerCase(Locale.ROOT)) : null;
        return words == null ? "" : ": " + words;
    }

    static boolean isCertificate(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof CertificateException || at instanceof SSLException) {
                return true;
            }
        }
        // the LDAP library writes some causes into its message and keeps no exception
        return CERTIFICATE.matcher(String.valueOf(failure.getMessage())).find();
    }

    static String rootMessage(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String text = at.getMessage();
        return text == null ? at.getClass().getSimpleName() : text;
    }

    /** A search or read failed on an open connection. */
    static ConnectorException ofSearch(LDAPException e) {
        ResultCode code = e.getResultCode();
        if (code == ResultCode.INSUFFICIENT_ACCESS_RIGHTS) {
            return new ConnectorException(
                    Kind.PERMISSION, "LDAP refuses to read: " + rootMessage(e));
        }
        if (code == ResultCode.NO_SUCH_OBJECT) {
            return new ConnectorException(
                    Kind.NOT_FOUND, "LDAP has no such object: " + rootMessage(e));
        }
        return new ConnectorException(Kind.UNREACHABLE, "LDAP failed: " + rootMessage(e));
    }
}
