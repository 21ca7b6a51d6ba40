/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.kerberos.KerberosException;
import io.passbridge.connector.ad.kerberos.TicketException;
import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ntlm.NtlmException;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.connector.ad.rpc.ProtectionException;
import io.passbridge.connector.ad.rpc.RpcFaultException;
import io.passbridge.credential.LegacyRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/**
 * Puts failures of the connection and of signing in into words with a remedy. Fault codes are those
 * of C706 appendix E and MS-RPCE 2.2.2.9.
 */
final class Failures {
    private static final int ERROR_ACCESS_DENIED = 5;
    private static final int ERROR_SEC_PKG = 0x721;
    private static final int NCA_S_PROTO_ERROR = 0x1c01000b;
    private static final int NCA_S_OP_RNG_ERROR = 0x1c010002;
    private static final int NCA_S_UNKNOWN_INTERFACE = 0x1c010003;
    private static final int NCA_S_FAULT_CANCEL = 0x1c00000d;

    private final ReplicationEndpoint controller;
    private final String account;

    Failures(ReplicationEndpoint controller, String account) {
        this.controller = controller;
        this.account = account;
    }

    ReplicationException unreachable(String what, IOException e) {
        return new ReplicationException(
                Kind.UNREACHABLE,
                0,
                "cannot reach " + what + " of " + controller + ": " + text(e),
                "check name, address and firewall (TCP 135 and the replication port), or use"
                        + " another controller",
                e);
    }

    /** A failure of the security exchange or of the first call after it. */
    ReplicationException opening(IOException e) {
        if (e instanceof RpcFaultException fault && fault.bindRefused()) {
            return new ReplicationException(
                    Kind.AUTHENTICATION,
                    0,
                    controller + " did not accept the session: " + e.getMessage(),
                    "check that it is a domain controller, and that it allows the authentication"
                            + " protocol",
                    e);
        }
        if (e instanceof RpcFaultException fault) {
            switch (fault.status()) {
                case ERROR_ACCESS_DENIED, ERROR_SEC_PKG, NCA_S_PROTO_ERROR:
                    return logonFailed(fault.status(), e);
                case NCA_S_UNKNOWN_INTERFACE:
                    return new ReplicationException(
                            Kind.UNREACHABLE,
                            fault.status(),
                            controller + " does not offer directory replication at this port",
                            "check that it is a domain controller and that the port is right",
                            e);
                default:
            }
        }
        if (e instanceof KerberosException kerberos && kerberos.clockSkew()) {
            return clockSkew(e);
        }
        if (e instanceof KerberosException) {
            return new ReplicationException(
                    Kind.AUTHENTICATION,
                    0,
                    "the Kerberos exchange with " + controller + " was refused: " + e.getMessage(),
                    "check that the host name is the controller's own and that AES is allowed for"
                            + " both sides",
                    e);
        }
        if (e instanceof NtlmException) {
            return new ReplicationException(
                    Kind.PROTECTION,
                    0,
                    controller + ": " + e.getMessage(),
                    "use Kerberos, or allow NTLM version 2 with 128-bit session security on the"
                            + " controller",
                    e);
        }
        return running(e);
    }

    ReplicationException logonFailed(int code, Exception e) {
        return new ReplicationException(
                Kind.AUTHENTICATION,
                code,
                controller + " did not accept account " + account,
                "check the account's name and password, whether it is disabled, expired or locked,"
                    + " whether NTLM is allowed there, and that both clocks agree within 5 minutes",
                e);
    }

    ReplicationException ticketRefused(TicketException e) {
        return new ReplicationException(
                Kind.AUTHENTICATION,
                0,
                e.getMessage(),
                "check the account's name and secret, and whether it is disabled, expired or"
                        + " locked",
                e);
    }

    ReplicationException clockSkew(Exception e) {
        return new ReplicationException(
                Kind.CLOCK,
                0,
                "Kerberos refuses account "
                        + account
                        + " at "
                        + controller
                        + ": the clocks differ by more than 300 s",
                ReplicationException.CLOCK_REMEDY,
                e);
    }

    ReplicationException noTicket(TicketException e) {
        if (e.clockSkew()) {
            return clockSkew(e);
        }
        return new ReplicationException(
                e.code() < 0 ? Kind.UNREACHABLE : Kind.AUTHENTICATION,
                0,
                e.getMessage(),
                "let TCP 88 of the controller through, or name another key distribution centre of"
                        + " the domain in krb5.conf or DNS; check that the host name is the"
                        + " controller's full DNS name, and that AES is allowed for the account",
                e);
    }

    ReplicationException ntlmImpossible(boolean fips) {
        return new ReplicationException(
                fips ? Kind.LEGACY_REFUSED : Kind.AUTHENTICATION,
                0,
                fips
                        ? "NTLM is not permitted under the FIPS policy"
                        : "NTLM needs a password, not a key table",
                "set 'authentication' to KERBEROS");
    }

    /** A failure of a call on an established session. */
    ReplicationException running(IOException e) {
        if (e instanceof ProtectionException) {
            return new ReplicationException(
                    Kind.PROTECTION,
                    0,
                    "a reply of " + controller + " was refused: " + e.getMessage(),
                    "nothing of it was used; check for a device that changes traffic, then connect"
                            + " again",
                    e);
        }
        if (e instanceof NdrException) {
            return new ReplicationException(
                    Kind.PROTOCOL,
                    0,
                    "a reply of " + controller + " was refused: " + e.getMessage(),
                    "nothing of it was used; report the controller's version with this text",
                    e);
        }
        if (e instanceof RpcFaultException fault) {
            return fault(fault);
        }
        boolean late = e instanceof SocketTimeoutException;
        return new ReplicationException(
                Kind.CONNECTION_LOST,
                0,
                late
                        ? controller + " did not answer in time"
                        : "the connection to " + controller + " broke: " + text(e),
                "the read begins again from the last complete position; if it happens often, use"
                        + " another controller",
                e);
    }

    private ReplicationException fault(RpcFaultException fault) {
        return switch (fault.status()) {
            case ERROR_ACCESS_DENIED, ERROR_SEC_PKG, NCA_S_PROTO_ERROR ->
                    logonFailed(fault.status(), fault);
            case NCA_S_FAULT_CANCEL ->
                    new ReplicationException(
                            Kind.CONNECTION_LOST,
                            fault.status(),
                            "the call was cancelled",
                            "connect again",
                            fault);
            case NCA_S_OP_RNG_ERROR ->
                    new ReplicationException(
                            Kind.OTHER,
                            fault.status(),
                            controller + " does not have this operation",
                            "use a controller of Windows Server 2008 or newer",
                            fault);
            default ->
                    new ReplicationException(
                            Kind.OTHER,
                            fault.status(),
                            controller + " answered with a fault",
                            "look for the code in the controller's event log, or use another"
                                    + " controller",
                            fault);
        };
    }

    ReplicationException closed(IllegalStateException e) {
        return new ReplicationException(
                Kind.CONNECTION_LOST,
                0,
                "the session with " + controller + " was closed",
                "connect again",
                e);
    }

    ReplicationException legacyRefused(LegacyRefusedException e) {
        return new ReplicationException(
                Kind.LEGACY_REFUSED,
                0,
                e.getMessage(),
                "password hashes cannot be read from Active Directory without it; the channel"
                        + " itself stays approved with Kerberos",
                e);
    }

    /** As {@link ReturnValues#refusal}. */
    ReplicationException returned(int code, String subject) {
        return new ReturnValues(controller, account).refusal(code, subject);
    }

    private static String text(IOException e) {
        if (e instanceof UnknownHostException) {
            return "unknown host " + e.getMessage();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
