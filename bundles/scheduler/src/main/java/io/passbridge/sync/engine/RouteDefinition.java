/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Stands for one configured route; a changed configuration makes a new one. */
@Component(
        service = RouteDefinition.class,
        configurationPid = RouteConfiguration.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RouteConfiguration.class, factory = true)
public final class RouteDefinition {
    private final RouteSettings settings;

    @Activate
    public RouteDefinition(Map<String, Object> properties) {
        this.settings =
                RouteSettings.of(nameOf(String.valueOf(properties.get("service.pid"))), properties);
    }

    /** The part of a factory PID after {@code ~}, or after the last dot of a generated one. */
    static String nameOf(String pid) {
        int tilde = pid.indexOf('~');
        return tilde >= 0 ? pid.substring(tilde + 1) : pid.substring(pid.lastIndexOf('.') + 1);
    }

    RouteSettings settings() {
        return settings;
    }
}
