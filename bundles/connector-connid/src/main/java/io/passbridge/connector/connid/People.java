/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.UnusableItem;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.OperationalAttributes;

/** Makes users of a source out of ConnId's objects. */
final class People {
    private final Settings settings;
    private final Prints prints;
    private final ConnectorContext context;

    People(Settings settings, Prints prints, ConnectorContext context) {
        this.settings = settings;
        this.prints = prints;
        this.context = context;
    }

    /** Why an object cannot be a user, or empty. */
    Optional<UnusableItem> trouble(ConnectorObject entry) {
        String place = entry.getUid().getUidValue();
        String name = Values.text(entry, settings.loginFrom()).orElse("");
        Optional<String> anchor = Values.text(entry, settings.anchorFrom());
        if (anchor.isEmpty() || anchor.get().length() > SourceAnchor.MAX_LENGTH) {
            return Optional.of(
                    new UnusableItem(
                            place,
                            name,
                            Optional.empty(),
                            "has no '" + settings.anchorFrom() + "' that can be an anchor"));
        }
        if (name.isEmpty()) {
            return Optional.of(
                    new UnusableItem(
                            place,
                            name,
                            Optional.of(new SourceAnchor(anchor.get())),
                            "has no '" + settings.loginFrom() + "'"));
        }
        return Optional.empty();
    }

    /** One more with an anchor that was there already. */
    UnusableItem twin(ConnectorObject entry) {
        return new UnusableItem(
                entry.getUid().getUidValue(),
                account(entry).loginName(),
                Optional.empty(),
                "has the same '" + settings.anchorFrom() + "' as another");
    }

    /** Tells whether names and attributes are as they were. */
    long print(Account account) {
        return prints.of(account);
    }

    SourceAnchor anchor(ConnectorObject entry) {
        return new SourceAnchor(Values.text(entry, settings.anchorFrom()).orElseThrow());
    }

    /** The present state and password of a usable user. */
    CredentialChange change(ConnectorObject entry) {
        SourceAnchor anchor = anchor(entry);
        AccountState state = state(entry);
        byte[] hash =
                settings.hashFrom().isEmpty()
                        ? new byte[0]
                        : Values.bytes(entry, settings.hashFrom()).orElse(new byte[0]);
        try {
            return new CredentialChange(
                    anchor,
                    prints.version(anchor, state, hash),
                    context.clock().instant(),
                    state,
                    credential(hash),
                    Optional.of(account(entry)));
        } finally {
            Arrays.fill(hash, (byte) 0);
        }
    }

    private static Optional<SourceCredential> credential(byte[] hash) {
        boolean usable =
                hash.length > 0
                        && hash.length <= UserPassword.MAX_LENGTH
                        && !UserPassword.isLocked(hash);
        return usable ? Optional.of(UserPassword.owning(hash.clone())) : Optional.empty();
    }

    private static AccountState state(ConnectorObject entry) {
        boolean disabled =
                Values.all(entry, OperationalAttributes.ENABLE_NAME).contains(Boolean.FALSE);
        return disabled ? AccountState.of(Flag.DISABLED) : AccountState.ACTIVE;
    }

    Account account(ConnectorObject entry) {
        return new Account(
                anchor(entry),
                Values.text(entry, settings.loginFrom()).orElseThrow(),
                settings.attributes()
                        .field("aliases")
                        .map(origin -> Values.texts(entry, origin))
                        .orElse(List.of()),
                field(entry, "displayName"),
                field(entry, "givenName"),
                field(entry, "familyName"),
                field(entry, "mail"),
                settings.attributes()
                        .read(
                                origin ->
                                        Values.texts(entry, origin).stream()
                                                .map(v -> v.getBytes(StandardCharsets.UTF_8))
                                                .toList()));
    }

    private String field(ConnectorObject entry, String name) {
        return settings.attributes()
                .field(name)
                .flatMap(origin -> Values.text(entry, origin))
                .orElse("");
    }
}
