/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.sync.SyncException;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Stands for one configured route; a changed configuration makes a new one. */
@Component(
        name = "io.passbridge.sync.engine.RouteDefinition",
        service = RouteDefinition.class,
        configurationPid = RouteConfiguration.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RouteConfiguration.class, factory = true)
public final class RouteDefinition {
    private final Map<String, Object> properties;
    private final RouteSettings settings;

    @Activate
    public RouteDefinition(Map<String, Object> properties) {
        this.properties = Map.copyOf(properties);
        this.settings =
                RouteSettings.of(nameOf(String.valueOf(properties.get("service.pid"))), properties);
    }

    /** The part of a factory PID after {@code ~}, or after the last dot of a generated one. */
    static String nameOf(String pid) {
        int tilde = pid.indexOf('~');
        return tilde >= 0 ? pid.substring(tilde + 1) : pid.substring(pid.lastIndexOf('.') + 1);
    }

    /** The settings as they would be with some other values, which must be good ones. */
    public RouteSettings settings(Map<String, String> with) throws SyncException {
        Map<String, Object> all = new HashMap<>(properties);
        all.putAll(with);
        RouteSettings proposed = RouteSettings.of(settings.name(), all);
        if (!proposed.faults().isEmpty()) {
            throw new SyncException(
                    "route %s cannot be so: %s"
                            .formatted(settings.name(), String.join("; ", proposed.faults())));
        }
        return proposed;
    }

    public RouteSettings settings() {
        return settings;
    }
}
