/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.review;

import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.keeper.KeySetState;
import io.passbridge.keys.keyset.Parts;
import io.passbridge.keys.sealed.SealedHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Whether the stored values are this key set's, by what they say themselves. */
public final class ValueReview {
    private final Parts parts;

    public ValueReview(Parts parts) {
        this.parts = parts;
    }

    public List<Finding> of(KeySetState state) {
        if (parts.owners().present().isEmpty()) {
            return List.of(
                    Finding.note(
                            "stored values",
                            "they cannot be looked at: the store is not running",
                            "look at the store's own findings"));
        }
        Map<String, Long> byKeySet = new TreeMap<>();
        Map<Integer, Long> byKey = new TreeMap<>();
        String own = state.known().map(keySet -> keySet.id().toString()).orElse("");
        try {
            parts.owners()
                    .visit(
                            (owner, item) -> {
                                try {
                                    SealedHeader header = SealedHeader.of(item.value().toBytes());
                                    String id = header.keySetId().toString();
                                    byKeySet.merge(id, 1L, Long::sum);
                                    if (id.equals(own)) {
                                        byKey.merge(header.keyId(), 1L, Long::sum);
                                    }
                                } catch (KeyException e) {
                                    byKeySet.merge("", 1L, Long::sum);
                                }
                            });
        } catch (KeyException e) {
            return List.of(
                    Finding.warning("stored values", e.getMessage(), "mend the store first"));
        }
        List<Finding> findings = new ArrayList<>();
        byKeySet.forEach((id, values) -> foreign(own, id, values).ifPresent(findings::add));
        byKey.forEach((key, values) -> key(state, key, values).ifPresent(findings::add));
        if (findings.isEmpty()) {
            findings.add(
                    Finding.ok(
                            "stored values",
                            Finding.count(byKeySet.getOrDefault(own, 0L), "is", "are")
                                    + " sealed under this key set"));
        }
        return findings;
    }

    private Optional<Finding> foreign(String own, String id, long values) {
        if (id.equals(own)) {
            return Optional.empty();
        }
        if (!id.isEmpty() && parts.events().abandoned(UUID.fromString(id))) {
            return Optional.of(
                    Finding.error(
                            "stored values",
                            Finding.count(values, "belongs", "belong")
                                    + " to key set "
                                    + id
                                    + ", which was abandoned",
                            "account:set NAME for each; keys:verify names them"));
        }
        return Optional.of(
                id.isEmpty()
                        ? Finding.error(
                                "stored values",
                                Finding.count(values, "is no sealed value", "are no sealed values")
                                        + " at all",
                                "account:set NAME for each; keys:verify names them")
                        : Finding.error(
                                "stored values",
                                Finding.count(values, "belongs", "belong")
                                        + " to key set "
                                        + id
                                        + ", which this server does not have",
                                "keys:activate an export of that key set, made on the server that"
                                        + " sealed them"));
    }

    private static Optional<Finding> key(KeySetState state, int id, long values) {
        Optional<KeyInfo> key = state.known().flatMap(keySet -> keySet.key(id));
        if (key.isEmpty()) {
            return Optional.of(
                    Finding.error(
                            "key " + id,
                            Finding.count(values, "stored value needs", "stored values need")
                                    + " it, and the key set does not have it",
                            "keys:activate a newer export"));
        }
        return switch (key.get().status()) {
            case DISABLED ->
                    Optional.of(
                            Finding.error(
                                    "key " + id,
                                    Finding.count(
                                                    values,
                                                    "stored value needs",
                                                    "stored values need")
                                            + " it, and it is disabled",
                                    "keys:enable " + id));
            case DESTROYED ->
                    Optional.of(
                            Finding.error(
                                    "key " + id,
                                    Finding.count(
                                                    values,
                                                    "stored value needs",
                                                    "stored values need")
                                            + " it, and it was destroyed",
                                    "account:set NAME for each; keys:verify names them"));
            default ->
                    key.get().compromised()
                            ? Optional.of(
                                    Finding.warning(
                                            "key " + id,
                                            Finding.count(values, "value is", "values are")
                                                    + " sealed under it, and it is known"
                                                    + " to others",
                                            "keys:rewrap, and new secrets for their accounts"))
                            : Optional.empty();
        };
    }
}
