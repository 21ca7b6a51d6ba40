/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.drsr.BindMessage;
import io.passbridge.connector.ad.drsr.CrackNamesMessage;
import io.passbridge.connector.ad.drsr.DomainControllerInfoMessage;
import io.passbridge.connector.ad.drsr.Drs;
import io.passbridge.connector.ad.drsr.DrsExtensions;
import io.passbridge.connector.ad.drsr.DsName;
import io.passbridge.connector.ad.drsr.GetNcChangesReply;
import io.passbridge.connector.ad.drsr.GetNcChangesRequest;
import io.passbridge.connector.ad.drsr.SecretDecryptor;
import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.CrackedName;
import io.passbridge.connector.ad.replication.DomainControllerInfo;
import io.passbridge.connector.ad.replication.NameFormat;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.connector.ad.replication.SessionFacts;
import io.passbridge.connector.ad.rpc.RpcConnection;
import io.passbridge.connector.ad.rpc.RpcReply;
import io.passbridge.credential.LegacyRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** A bound session with the replication interface (MS-DRSR 4.1). */
final class DrsSession implements ReplicationSession {
    private static final int EXTENDED_SUCCESS = 1;
    private static final int MAX_PAGE = 1000;

    /** Levels and versions that a controller does not know give this or a fault. */
    private static final int ERROR_UNKNOWN_LEVEL = 124;

    private static final int ERROR_INVALID_PARAMETER = 87;

    private final RpcConnection connection;
    private final SecretDecryptor decryptor;
    private final ReplicationSettings settings;
    private final Failures failures;
    private final SessionFacts facts;
    private final byte[] handle;
    private final CycleGuard guard;
    private final int requestVersion;
    private byte[] schemaInfo = {};

    DrsSession(
            RpcConnection connection,
            SecretDecryptor decryptor,
            ReplicationSettings settings,
            Failures failures,
            SessionFacts facts,
            BindMessage.Reply bound) {
        this.connection = connection;
        this.decryptor = decryptor;
        this.settings = settings;
        this.failures = failures;
        this.facts = facts;
        this.handle = bound.handle();
        this.guard = new CycleGuard(facts.controller());
        this.requestVersion =
                bound.server().has(DrsExtensions.GETCHGREQ_V10)
                        ? GetNcChangesRequest.V10
                        : GetNcChangesRequest.V8;
    }

    @Override
    public SessionFacts facts() {
        return facts;
    }

    @Override
    public List<DomainControllerInfo> domainControllers(String dnsDomain)
            throws ReplicationException {
        try {
            return domainControllers(dnsDomain, DomainControllerInfoMessage.LEVEL_3);
        } catch (ReplicationException e) {
            if (e.code() != ERROR_UNKNOWN_LEVEL && e.code() != ERROR_INVALID_PARAMETER) {
                throw e;
            }
            return domainControllers(dnsDomain, DomainControllerInfoMessage.LEVEL_2);
        }
    }

    private List<DomainControllerInfo> domainControllers(String dnsDomain, int level)
            throws ReplicationException {
        return call(
                Drs.OP_DOMAIN_CONTROLLER_INFO,
                DomainControllerInfoMessage.request(handle, dnsDomain, level),
                "the controllers of " + dnsDomain,
                DomainControllerInfoMessage::reply);
    }

    @Override
    public List<CrackedName> crackNames(NameFormat offered, NameFormat wanted, List<String> names)
            throws ReplicationException {
        if (names.isEmpty()) {
            return List.of();
        }
        if (names.size() > CrackNamesMessage.MAX_NAMES) {
            throw new IllegalArgumentException(
                    names.size()
                            + " names; at most "
                            + CrackNamesMessage.MAX_NAMES
                            + " can be translated at once");
        }
        return call(
                Drs.OP_CRACK_NAMES,
                CrackNamesMessage.request(handle, offered, wanted, names),
                "names",
                in -> CrackNamesMessage.reply(in, names.size()));
    }

    @Override
    public ReplicaPage replicate(String namingContext, ReplicationCursor cursor, int maxObjects)
            throws ReplicationException {
        if (maxObjects < 1 || maxObjects > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "a page of " + maxObjects + " objects; 1 to 1000 are possible");
        }
        GetNcChangesReply reply =
                changes(
                        DsName.ofName(namingContext),
                        cursor,
                        GetNcChangesRequest.Extended.NONE,
                        maxObjects,
                        namingContext);
        try {
            ReplicationCursor next = guard.next(cursor, reply);
            return new ReplicaPage(
                    reply.objects(),
                    next,
                    reply.more(),
                    reply.sourceInvocation(),
                    reply.linkedValues());
        } catch (ReplicationException e) {
            reply.close();
            throw e;
        }
    }

    @Override
    public ReplicaObject replicateObject(UUID guid) throws ReplicationException {
        return one(DsName.ofGuid(guid), guid.toString());
    }

    @Override
    public ReplicaObject replicateObject(String distinguishedName) throws ReplicationException {
        return one(DsName.ofName(distinguishedName), distinguishedName);
    }

    private ReplicaObject one(DsName target, String subject) throws ReplicationException {
        GetNcChangesReply reply =
                changes(
                        target,
                        ReplicationCursor.START,
                        GetNcChangesRequest.Extended.REPLICATE_OBJECT,
                        1,
                        subject);
        if (reply.extendedResult() != EXTENDED_SUCCESS || reply.objects().size() != 1) {
            int count = reply.objects().size();
            reply.close();
            throw new ReplicationException(
                    Kind.OTHER,
                    0,
                    "reading object "
                            + subject
                            + " gave extended result "
                            + reply.extendedResult()
                            + " and "
                            + count
                            + " objects",
                    "read it again, or use another controller");
        }
        return reply.objects().get(0);
    }

    private GetNcChangesReply changes(
            DsName target,
            ReplicationCursor cursor,
            GetNcChangesRequest.Extended operation,
            int maxObjects,
            String subject)
            throws ReplicationException {
        NdrWriter request =
                new GetNcChangesRequest(
                                target,
                                cursor,
                                operation,
                                maxObjects,
                                settings.attributes(),
                                schemaInfo)
                        .write(handle, requestVersion);
        GetNcChangesReply reply =
                call(
                        Drs.OP_GET_NC_CHANGES,
                        request,
                        subject,
                        in -> GetNcChangesReply.read(in, decryptor));
        if (reply.error() != 0) {
            reply.close();
            throw failures.returned(reply.error(), subject);
        }
        schemaInfo = reply.schemaInfo();
        return reply;
    }

    /** Decodes the stub data of a good reply. */
    private interface Decoder<T> {
        T decode(NdrReader in) throws NdrException;
    }

    /** The return value is looked at first: the rest of a refusing reply means nothing. */
    private <T> T call(int operation, NdrWriter request, String subject, Decoder<T> decoder)
            throws ReplicationException {
        try (RpcReply reply = connection.call(operation, request, settings.callTimeout())) {
            int status = reply.reader().lastInt();
            if (status != 0) {
                throw failures.returned(status, subject);
            }
            return decoder.decode(reply.reader());
        } catch (IOException e) {
            throw failures.running(e);
        } catch (LegacyRefusedException e) {
            throw failures.legacyRefused(e);
        }
    }

    @Override
    public void cancel() {
        connection.cancel();
    }

    @Override
    public void close() {
        connection.close();
        connection.security().ifPresent(security -> security.close());
        decryptor.close();
    }
}
