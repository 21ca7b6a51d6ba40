/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.Synchronization;
import java.util.List;

/** The routes that a command is about. */
final class Routes {
    private Routes() {}

    static List<String> names(Synchronization synchronization) {
        return synchronization.routes().stream().map(RouteStatus::name).toList();
    }

    /** The route that is named, or the only one there is. */
    static String one(Synchronization synchronization, Invocation call) throws Refused {
        List<String> names = names(synchronization);
        if (call.optional(0).isPresent()) {
            return existing(names, call.argument(0));
        }
        if (names.size() == 1) {
            return names.get(0);
        }
        throw names.isEmpty() ? none() : new Refused("name a route; there are: " + words(names));
    }

    /** The route that is named, or all there are. */
    static List<String> several(Synchronization synchronization, Invocation call) throws Refused {
        List<String> names = names(synchronization);
        if (call.optional(0).isPresent()) {
            return List.of(existing(names, call.argument(0)));
        }
        if (names.isEmpty()) {
            throw none();
        }
        return names;
    }

    private static String existing(List<String> names, String name) throws Refused {
        if (names.contains(name)) {
            return name;
        }
        throw names.isEmpty()
                ? none()
                : new Refused("there is no route " + name + "; there are: " + words(names));
    }

    private static Refused none() {
        return new Refused(
                "no route is configured; put a file io.passbridge.route-NAME.cfg into etc/");
    }

    private static String words(List<String> names) {
        return String.join(", ", names);
    }
}
