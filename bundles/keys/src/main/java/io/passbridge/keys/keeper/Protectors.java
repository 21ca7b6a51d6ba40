/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keeper;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.Protector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The protectors that are there now, by name. */
public final class Protectors {
    private final Map<String, Protector> byName = new ConcurrentHashMap<>();

    /** A protector came. */
    public void add(Protector protector) {
        byName.put(protector.name(), protector);
    }

    /** A protector went; one that took its place meanwhile stays. */
    public void remove(Protector protector) {
        byName.values().removeIf(present -> present == protector);
    }

    /** The names in order. */
    public List<String> names() {
        return byName.keySet().stream().sorted().toList();
    }

    /** The protector of a name. */
    public Optional<Protector> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The protector of a name.
     *
     * @throws KeyException with {@link Kind#PROTECTOR_MISSING}
     */
    public Protector require(String name) throws KeyException {
        return find(name)
                .orElseThrow(
                        () ->
                                new KeyException(
                                        Kind.PROTECTOR_MISSING,
                                        "the protector '"
                                                + name
                                                + "' is not there (there are: "
                                                + (byName.isEmpty()
                                                        ? "none"
                                                        : String.join(", ", names()))
                                                + "); start the bundle io.passbridge.keystore."
                                                + name
                                                + " and look at its configuration"));
    }
}
