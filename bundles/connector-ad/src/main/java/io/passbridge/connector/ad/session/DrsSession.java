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
import io.passbridge.connector.ad.drsr.GetNcChangesRequest;
import io.passbridge.connector.ad.drsr.ReplyHead;
import io.passbridge.connector.ad.drsr.ReplyObjects;
import io.passbridge.connector.ad.drsr.SecretDecryptor;
import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.CrackedName;
import io.passbridge.connector.ad.replication.DomainControllerInfo;
import io.passbridge.connector.ad.replication.Hashes;
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
import io.passbridge.health.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final ReadAhead calls;
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
        this.calls = new ReadAhead(connection, settings.callTimeout());
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
    public ReplicaPage replicate(
            String namingContext, ReplicationCursor cursor, int maxObjects, Hashes hashes)
            throws ReplicationException {
        if (maxObjects < 1 || maxObjects > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "a page of "
                            + Finding.count(maxObjects, "object", "objects")
                            + "; 1 to 1000 are possible");
        }
        ReadAhead.Page page = new ReadAhead.Page(namingContext, cursor, maxObjects);
        try (RpcReply reply = reply(page)) {
            NdrReader in = opened(reply, namingContext);
            ReplyHead head = head(in, namingContext);
            ReplicationCursor next = guard.next(cursor, head);
            if (head.more()) {
                ReadAhead.Page following = new ReadAhead.Page(namingContext, next, maxObjects);
                calls.ask(following, Drs.OP_GET_NC_CHANGES, request(following));
            }
            Optional<SecretDecryptor> opener =
                    hashes == Hashes.OPENED ? Optional.of(decryptor) : Optional.empty();
            List<ReplicaObject> objects = ReplyObjects.read(in, head, opener);
            return new ReplicaPage(
                    objects, next, head.more(), head.sourceInvocation(), head.linkCount());
        } catch (IOException e) {
            throw failures.running(e);
        } catch (LegacyRefusedException e) {
            throw failures.legacyRefused(e);
        } catch (IllegalStateException e) {
            throw failures.closed(e);
        }
    }

    private RpcReply reply(ReadAhead.Page page) throws IOException {
        Optional<RpcReply> early = calls.take(page);
        if (early.isPresent()) {
            return early.get();
        }
        calls.discard();
        return calls.call(Drs.OP_GET_NC_CHANGES, request(page));
    }

    private NdrWriter request(ReadAhead.Page page) {
        return new GetNcChangesRequest(
                        BindMessage.CLIENT,
                        DsName.ofName(page.namingContext()),
                        page.cursor(),
                        GetNcChangesRequest.Extended.NONE,
                        page.maxObjects(),
                        settings.attributes(),
                        settings.watched(),
                        schemaInfo)
                .write(handle, requestVersion);
    }

    private ReplyHead head(NdrReader in, String subject) throws NdrException, ReplicationException {
        ReplyHead head = ReplyHead.read(in);
        if (head.error() != 0) {
            throw failures.returned(head.error(), subject);
        }
        schemaInfo = head.prefixes().schemaInfo();
        return head;
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
        NdrWriter request =
                // for one object a controller wants the name of something that it knows: its own
                // site
                new GetNcChangesRequest(
                                facts.siteGuid(),
                                target,
                                ReplicationCursor.START,
                                GetNcChangesRequest.Extended.REPLICATE_OBJECT,
                                1,
                                settings.attributes(),
                                Set.of(),
                                schemaInfo)
                        .write(handle, requestVersion);
        try (RpcReply reply = calls.call(Drs.OP_GET_NC_CHANGES, request)) {
            NdrReader in = opened(reply, subject);
            ReplyHead head = head(in, subject);
            List<ReplicaObject> objects = ReplyObjects.read(in, head, Optional.of(decryptor));
            if (head.extendedResult() == EXTENDED_SUCCESS && objects.size() == 1) {
                return objects.get(0);
            }
            objects.forEach(ReplicaObject::close);
            throw new ReplicationException(
                    Kind.OTHER,
                    0,
                    "reading object "
                            + subject
                            + " gave extended result "
                            + head.extendedResult()
                            + " and "
                            + Finding.count(objects.size(), "object", "objects"),
                    "read it again, or use another controller");
        } catch (IOException e) {
            throw failures.running(e);
        } catch (LegacyRefusedException e) {
            throw failures.legacyRefused(e);
        } catch (IllegalStateException e) {
            throw failures.closed(e);
        }
    }

    /** Decodes the stub data of a good reply. */
    private interface Decoder<T> {
        T decode(NdrReader in) throws NdrException;
    }

    private <T> T call(int operation, NdrWriter request, String subject, Decoder<T> decoder)
            throws ReplicationException {
        try (RpcReply reply = calls.call(operation, request)) {
            return decoder.decode(opened(reply, subject));
        } catch (IOException e) {
            throw failures.running(e);
        }
    }

    /** The return value is looked at first: the rest of a refusing reply means nothing. */
    private NdrReader opened(RpcReply reply, String subject)
            throws NdrException, ReplicationException {
        int status = reply.reader().lastInt();
        if (status != 0) {
            throw failures.returned(status, subject);
        }
        return reply.reader();
    }

    @Override
    public void cancel() {
        connection.cancel();
    }

    @Override
    public void close() {
        connection.close();
        calls.close();
        connection.security().ifPresent(security -> security.close());
        decryptor.close();
    }
}
