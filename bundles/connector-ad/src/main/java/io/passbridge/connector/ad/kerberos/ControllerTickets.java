/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import io.passbridge.connector.ad.kerberos.KdcReply.KeyHint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Gets tickets from the domain controller itself, each of which is a key distribution centre of its
 * domain, so that neither krb5.conf nor DNS need to name one (RFC 4120 sections 3.1 and 3.3). Where
 * it cannot be reached, or belongs to another realm than the account, another source is asked.
 */
public final class ControllerTickets implements TicketSource {
    private static final int PREAUTHENTICATION_REQUIRED = 25;
    private static final int WRONG_REALM = 68;
    private static final int NO_COMMON_TYPE = 14;

    private final TicketSource otherwise;
    private final SecureRandom random;
    private final Clock clock;

    public ControllerTickets(TicketSource otherwise, SecureRandom random, Clock clock) {
        this.otherwise = otherwise;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public ServiceTicket obtain(TicketRequest request) throws TicketException {
        String trouble;
        try {
            return ask(request);
        } catch (KdcFailure e) {
            if (e.code() != WRONG_REALM) {
                throw new TicketException(
                        "no Kerberos ticket of "
                                + request.principal()
                                + " from "
                                + request.controller()
                                + ": "
                                + e.getMessage(),
                        e.code());
            }
            trouble = e.getMessage();
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
        }
        try {
            return otherwise.obtain(request);
        } catch (TicketException e) {
            throw new TicketException(
                    "the key distribution centre at %s does not help (%s), and %s"
                            .formatted(request.controller(), trouble, e.getMessage()),
                    e.code());
        }
    }

    private ServiceTicket ask(TicketRequest request) throws IOException, KdcFailure {
        KdcConnection centre = new KdcConnection(request.controller(), request.timeout());
        try (ServiceTicket granting = granting(centre, request)) {
            SessionKey key = SessionKey.checked(granting.keyType(), granting.sessionKey());
            for (int i = 0; ; i++) {
                List<String> service = List.of(request.services().get(i).split("/"));
                KdcRequest asking = new KdcRequest(random, clock);
                long nonce = asking.nonce();
                byte[] answer = centre.ask(asking.service(granting, key, service, nonce));
                Optional<KrbError> error = KrbError.of(answer);
                if (error.isEmpty()) {
                    return KdcReply.read(answer, KdcReply.TGS_REP).opened(key, nonce, service);
                }
                boolean last = i == request.services().size() - 1;
                if (error.get().code() != TicketException.SERVICE_UNKNOWN || last) {
                    throw new KdcFailure(error.get(), "for " + request.services().get(i));
                }
            }
        }
    }

    private ServiceTicket granting(KdcConnection centre, TicketRequest request)
            throws IOException, KdcFailure {
        KdcRequest first = new KdcRequest(random, clock);
        long nonce = first.nonce();
        byte[] answer = centre.ask(first.initial(request.user(), request.realm(), null, nonce));
        Optional<KrbError> error = KrbError.of(answer);
        if (error.isEmpty()) {
            // an account that needs no pre-authentication
            KdcReply reply = KdcReply.read(answer, KdcReply.AS_REP);
            try (SessionKey key = key(request, List.of(reply.hint()))) {
                return reply.opened(key, nonce, List.of("krbtgt", request.realm()));
            }
        }
        if (error.get().code() != PREAUTHENTICATION_REQUIRED) {
            throw new KdcFailure(error.get(), "for " + request.principal());
        }
        try (SessionKey key = key(request, KdcReply.hints(error.get().data()))) {
            KdcRequest second = new KdcRequest(random, clock);
            nonce = second.nonce();
            answer = centre.ask(second.initial(request.user(), request.realm(), key, nonce));
            Optional<KrbError> refusal = KrbError.of(answer);
            if (refusal.isPresent()) {
                throw new KdcFailure(refusal.get(), "for " + request.principal());
            }
            return KdcReply.read(answer, KdcReply.AS_REP)
                    .opened(key, nonce, List.of("krbtgt", request.realm()));
        }
    }

    /** AES-256 if both have it, else AES-128. */
    private static SessionKey key(TicketRequest request, List<KeyHint> hints)
            throws KerberosException, KdcFailure {
        for (int type : new int[] {AesSha1.AES256, AesSha1.AES128}) {
            for (KeyHint hint : hints) {
                if (hint.type() != type) {
                    continue;
                }
                if (request.keytab().isPresent()) {
                    Optional<SessionKey> key =
                            LongTermKey.ofKeyTable(
                                    request.keytab().get(), request.principal(), type);
                    if (key.isPresent()) {
                        return key.get();
                    }
                } else if (request.password().isPresent()) {
                    return LongTermKey.ofPassword(
                            request.password().get(),
                            type,
                            hint.salt().orElseGet(() -> usualSalt(request)),
                            hint.iterations());
                }
            }
        }
        throw new KdcFailure(
                NO_COMMON_TYPE,
                request.keytab()
                        .map(file -> "the key table " + file + " holds no AES key that it takes")
                        .orElse(
                                "it offers no AES key for "
                                        + request.principal()
                                        + "; allow AES for the account"
                                        + " (msDS-SupportedEncryptionTypes 24) and set its password"
                                        + " anew"));
    }

    private static byte[] usualSalt(TicketRequest request) {
        return (request.realm() + request.user()).getBytes(StandardCharsets.UTF_8);
    }

    /** The key distribution centre, or what it would need, says no. */
    private static final class KdcFailure extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;

        KdcFailure(KrbError error, String about) {
            this(error.code(), error.words() + " (" + about + ")");
        }

        KdcFailure(int code, String message) {
            super(message);
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
