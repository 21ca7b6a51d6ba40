/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds configurations of connectors whose bundle has never been there. */
final class UnservedConfigurations {
    private static final Logger LOG = LoggerFactory.getLogger(UnservedConfigurations.class);
    private static final String PREFIX = "io.passbridge.connector.";

    private final ConfigurationAdmin configurations;
    private final Instant since;

    UnservedConfigurations(ConfigurationAdmin configurations, Instant since) {
        this.configurations = configurations;
        this.since = since;
    }

    List<ConnectorStatus> list(Collection<String> servedPids) {
        try {
            Configuration[] found =
                    configurations.listConfigurations("(service.factoryPid=" + PREFIX + "*)");
            return found == null
                    ? List.of()
                    : Arrays.stream(found)
                            .flatMap(configuration -> status(configuration, servedPids).stream())
                            .toList();
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("the configurations of connectors cannot be listed: {}", e.toString());
            return List.of();
        }
    }

    private Optional<ConnectorStatus> status(
            Configuration configuration, Collection<String> servedPids) {
        try {
            return servedPids.contains(configuration.getPid())
                    ? Optional.empty()
                    : Optional.of(status(configuration.getFactoryPid(), configuration.getPid()));
        } catch (IllegalStateException e) {
            // deleted since it was listed
            return Optional.empty();
        }
    }

    private ConnectorStatus status(String factoryPid, String pid) {
        String type = factoryPid.substring(PREFIX.length());
        return new ConnectorStatus(
                FactorySlot.nameOf(factoryPid, pid),
                type,
                Phase.NO_BUNDLE,
                "no bundle serves connectors of type " + type + "; put its jar into deploy/",
                since,
                Set.of(),
                "",
                0,
                0,
                0);
    }
}
