/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.configuration.NearMatch;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Every instance of every type, and who owns which name. */
final class Instances {
    private final Map<String, Instance> byPid = new ConcurrentSkipListMap<>();
    private final Map<String, Instance> byName = new ConcurrentHashMap<>();

    /** Adds an instance; the first one with a name owns it. */
    synchronized void add(Instance instance) {
        byPid.put(instance.pid(), instance);
        Instance owner = byName.putIfAbsent(instance.name(), instance);
        if (owner != null) {
            instance.nameTakenBy(owner.pid());
        }
    }

    /** Closes an instance and gives its name to one that waits for it. */
    void remove(Instance instance) {
        instance.remove();
        synchronized (this) {
            byPid.remove(instance.pid());
            if (byName.remove(instance.name(), instance)) {
                byPid.values().stream()
                        .filter(other -> other.name().equals(instance.name()))
                        .findFirst()
                        .ifPresent(this::inherit);
            }
        }
    }

    private void inherit(Instance heir) {
        byName.put(heir.name(), heir);
        heir.nameTakenBy("");
        byPid.values().stream()
                .filter(other -> other != heir && other.name().equals(heir.name()))
                .forEach(other -> other.nameTakenBy(heir.pid()));
    }

    Optional<Instance> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Instance require(String name, Kind otherwise) throws ConnectorException {
        return find(name)
                .orElseThrow(
                        () ->
                                new ConnectorException(
                                        otherwise,
                                        "there is no connector instance " + name + others(name)));
    }

    private String others(String name) {
        if (byName.isEmpty()) {
            return ", and none at all; put a file io.passbridge.connector.TYPE-NAME.cfg into etc/";
        }
        return NearMatch.of(name, byName.keySet())
                .map(near -> "; did you mean " + near + "?")
                .orElse("; connector:list shows all");
    }

    List<Instance> all() {
        return List.copyOf(byPid.values());
    }
}
