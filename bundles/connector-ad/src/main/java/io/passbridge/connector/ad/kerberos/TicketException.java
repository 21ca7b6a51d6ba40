/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** No service ticket could be had. Tells a wrong secret from an environment without Kerberos. */
public final class TicketException extends Exception {
    private static final long serialVersionUID = 1L;

    static final int SERVICE_UNKNOWN = 7;

    /** KRB-ERROR codes (RFC 4120 section 7.5.9) that speak about the account itself. */
    private static final Set<Integer> ABOUT_THE_ACCOUNT = Set.of(1, 6, 12, 18, 23, 24);

    private static final Pattern CODE = Pattern.compile("\\((\\d{1,3})\\)");

    private final int code;

    TicketException(String message, Throwable cause) {
        super(message, cause);
        this.code = code(cause);
    }

    TicketException(String message, int code) {
        super(message);
        this.code = code;
    }

    /** The KRB-ERROR code, or -1 if there is none. */
    public int code() {
        return code;
    }

    /**
     * Whether the key distribution centre refused this account, so that trying NTLM would only
     * count as a bad try.
     */
    public boolean accountRefused() {
        return ABOUT_THE_ACCOUNT.contains(code);
    }

    /** Whether the clocks of both sides differ too much (KRB_AP_ERR_SKEW). */
    public boolean clockSkew() {
        return code == KerberosException.SKEW;
    }

    /** The JDK gives the code in the text only. */
    private static int code(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            Matcher matcher = CODE.matcher(String.valueOf(t.getMessage()));
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        return -1;
    }
}
