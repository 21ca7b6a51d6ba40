/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.UnreadUser;
import io.passbridge.connector.ad.replication.AttributeMetadata;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.HashState;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a credential change out of a replicated object. The version is the sum of the replication
 * versions of all attributes that matter, and the time of the latest of them: each originating
 * write raises one of them, and where two controllers wrote at once and one won, the time of the
 * winner is the later one.
 */
final class UserReading {
    private static final List<DirectoryAttribute> VERSIONED =
            List.of(
                    DirectoryAttribute.UNICODE_PWD,
                    DirectoryAttribute.PWD_LAST_SET,
                    DirectoryAttribute.USER_ACCOUNT_CONTROL,
                    DirectoryAttribute.ACCOUNT_EXPIRES,
                    DirectoryAttribute.IS_DELETED);

    private static final Map<HashState, String> UNUSABLE =
            Map.of(
                    HashState.UNREADABLE,
                    "the password hash of '%s' cannot be decrypted",
                    HashState.KEYS_UNREADABLE,
                    "the Kerberos keys of '%s' cannot be decrypted or decoded");

    /** A purged object has no versions any more; nothing can come after it. */
    private static final long AFTER_ALL_VERSIONS = (1L << 48) - 1;

    private final Scope scope;
    private final UserStates states;
    private final long now;

    UserReading(Scope scope, UserStates states, long now) {
        this.scope = scope;
        this.states = states;
        this.now = now;
    }

    /**
     * The change of an object that came whole; empty if it is no user of a wanted type.
     *
     * @throws UnreadableUserException if its hash came and cannot be decrypted, or its name cannot
     *     be understood
     */
    Optional<CredentialChange> ofFullRun(ReplicaObject object) throws UnreadableUserException {
        return scope.isWantedType(object) && !object.namingContextHead()
                ? Optional.of(change(object))
                : Optional.empty();
    }

    /**
     * Reads one object as it is now; empty if it is no user of a wanted type or no longer known.
     */
    Optional<CredentialChange> read(ReplicationSession session, UUID guid)
            throws ReplicationException, UnreadableUserException {
        try (ReplicaObject object = session.replicateObject(guid)) {
            return ofFullRun(object);
        } catch (ReplicationException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** As {@link #read}, but somebody who is gone or no longer wanted is an answer, too. */
    CredentialChange readKnown(ReplicationSession session, UUID guid)
            throws ReplicationException, UnreadableUserException {
        return read(session, guid).orElseGet(() -> gone(guid));
    }

    private CredentialChange gone(UUID guid) {
        return new CredentialChange(
                new SourceAnchor(guid.toString()),
                new ChangeVersion(AFTER_ALL_VERSIONS, now),
                FileTime.toInstant(now),
                AccountState.of(Flag.DELETED),
                Optional.empty(),
                Optional.empty());
    }

    private CredentialChange change(ReplicaObject object) throws UnreadableUserException {
        long sum = 0;
        long latest = 0;
        for (DirectoryAttribute attribute : VERSIONED) {
            Optional<AttributeMetadata> metadata = object.metadata(attribute);
            if (metadata.isPresent()) {
                sum += metadata.get().version();
                latest = Math.max(latest, FileTime.ofSeconds(metadata.get().changedSeconds()));
            }
        }
        SourceAnchor anchor = new SourceAnchor(object.guid().toString());
        ChangeVersion version = new ChangeVersion(sum, latest);
        AccountState state = state(object, anchor, version);
        boolean withPassword = !(state.has(Flag.DELETED) || state.has(Flag.OUT_OF_SCOPE));
        if (withPassword && UNUSABLE.containsKey(object.hashState())) {
            throw new UnreadableUserException(
                    new UnreadUser(
                            anchor,
                            version,
                            UNUSABLE.get(object.hashState())
                                    .formatted(object.distinguishedName())));
        }
        Optional<SourceCredential> credential =
                withPassword ? object.ntHash().map(NtHash::copy) : Optional.empty();
        return new CredentialChange(
                anchor, version, FileTime.toInstant(latest), state, credential, Optional.empty());
    }

    private AccountState state(ReplicaObject object, SourceAnchor anchor, ChangeVersion version)
            throws UnreadableUserException {
        if (object.deleted()) {
            return AccountState.of(Flag.DELETED);
        }
        try {
            if (!scope.includes(object)) {
                return AccountState.of(Flag.OUT_OF_SCOPE);
            }
        } catch (LDAPException e) {
            throw new UnreadableUserException(
                    new UnreadUser(
                            anchor,
                            version,
                            "'"
                                    + object.distinguishedName()
                                    + "' is no distinguished name that can be compared with"
                                    + " searchBases: "
                                    + e.getMessage()));
        }
        return states.of(
                object.number(DirectoryAttribute.USER_ACCOUNT_CONTROL).orElse(0),
                object.number(DirectoryAttribute.ACCOUNT_EXPIRES).orElse(0),
                object.number(DirectoryAttribute.PWD_LAST_SET).orElse(0),
                now);
    }
}
