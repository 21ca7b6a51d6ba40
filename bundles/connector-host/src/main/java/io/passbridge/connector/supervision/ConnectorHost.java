/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.configuration.ConfigurationReader;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.AccountAdministration;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.supervision.platform.HostConfiguration;
import io.passbridge.connector.supervision.platform.Limits;
import io.passbridge.connector.supervision.platform.OsgiHostServices;
import io.passbridge.connector.supervision.session.Upkeep;
import io.passbridge.credential.Secret;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The connector host as the rest of the platform sees it. */
@Component(
        configurationPid = "io.passbridge.connector.host",
        immediate = true,
        service = {
            ConnectorRegistry.class,
            AccountAdministration.class,
            ConfigurationReader.class,
            Inspector.class
        })
@Designate(ocd = HostConfiguration.class)
public final class ConnectorHost
        implements ConnectorRegistry, AccountAdministration, ConfigurationReader, Inspector {
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final OsgiHostServices platform;
    private final Upkeep upkeep;
    private final Instances instances = new Instances();
    private final FactoryTracker factories;
    private final UnservedConfigurations unserved;
    private final AccountDesk desk;
    private final ConnectorInspection inspection;
    private final ConnectorReader reader;

    @Activate
    public ConnectorHost(
            BundleContext context,
            HostConfiguration configuration,
            @Reference ConfigurationAdmin configurations) {
        platform = new OsgiHostServices(context, Limits.of(configuration));
        upkeep = new Upkeep(RETRY, LOOK);
        Path pauses = platform.data().resolve("connectors.paused");
        HostParts surroundings = new HostParts(platform, upkeep, read(pauses));
        unserved = new UnservedConfigurations(configurations, platform.clock().instant());
        desk = new AccountDesk(platform, instances);
        factories = new FactoryTracker(context, surroundings, instances);
        inspection = new ConnectorInspection(this, instances, factories);
        reader = new ConnectorReader(factories, platform.home());
        factories.open();
    }

    private static PausedInstances read(Path file) {
        try {
            return new PausedInstances(file);
        } catch (IOException e) {
            throw new IllegalStateException(
                    file + " cannot be read; it says which connectors are paused: " + e, e);
        }
    }

    /** Takes over new limits without closing a connector. */
    @Modified
    void modified(HostConfiguration configuration) {
        platform.limits(Limits.of(configuration));
    }

    @Deactivate
    void close() {
        factories.close();
        upkeep.close();
        platform.close();
    }

    @Override
    public List<ConnectorStatus> instances() {
        List<Instance> present = instances.all();
        return Stream.concat(
                        present.stream().map(Instance::status),
                        unserved.list(present.stream().map(Instance::pid).toList()).stream())
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    @Override
    public Optional<ConnectorStatus> instance(String name) {
        return instances
                .find(name)
                .map(Instance::status)
                .or(() -> instances().stream().filter(s -> s.name().equals(name)).findFirst());
    }

    @Override
    public boolean has(String instance, Class<?> capability) {
        return instances.find(instance).map(found -> found.has(capability)).orElse(false);
    }

    @Override
    public List<ConnectorDescriptor> types() {
        return factories.types();
    }

    @Override
    public Map<String, String> settings(String instance) {
        return instances.find(instance).map(Instance::settings).orElse(Map.of());
    }

    @Override
    public long session(String instance) {
        return instances.find(instance).map(Instance::session).orElse(0L);
    }

    private Instance require(String name, Kind otherwise) throws ConnectorException {
        Optional<Instance> found = instances.find(name);
        if (found.isEmpty()) {
            Optional<ConnectorStatus> waiting = instance(name);
            if (waiting.isPresent()) {
                throw new ConnectorException(
                        Kind.UNREACHABLE,
                        "connector " + name + " cannot be used: " + waiting.get().detail());
            }
        }
        return instances.require(name, otherwise);
    }

    @Override
    public <C, R> R call(String instance, Class<C> capability, Call<C, R> call)
            throws ConnectorException, InterruptedException {
        return require(instance, Kind.UNREACHABLE).call(capability, call);
    }

    @Override
    public <C, R> R ask(String instance, Class<C> capability, Call<C, R> call)
            throws ConnectorException, InterruptedException {
        return require(instance, Kind.UNREACHABLE).ask(capability, call);
    }

    @Override
    public List<Finding> test(String instance) throws ConnectorException, InterruptedException {
        return require(instance, Kind.NOT_FOUND).test();
    }

    @Override
    public void pause(String instance) throws ConnectorException {
        require(instance, Kind.NOT_FOUND).pause(true);
    }

    @Override
    public void resume(String instance) throws ConnectorException {
        require(instance, Kind.NOT_FOUND).pause(false);
    }

    @Override
    public List<AccountStatus> accounts() throws ConnectorException {
        return desk.accounts();
    }

    @Override
    public Outcome set(String instance, String name, Secret secret, Set<Leave> leave, String actor)
            throws ConnectorException, InterruptedException {
        return desk.set(instance, name, secret, leave, actor);
    }

    @Override
    public Optional<String> objection(String instance) throws ConnectorException {
        return desk.objection(instance);
    }

    @Override
    public Outcome reset(String instance, Set<Leave> leave, String actor)
            throws ConnectorException, InterruptedException {
        return desk.reset(instance, leave, actor);
    }

    @Override
    public Outcome verify(String instance) throws ConnectorException, InterruptedException {
        return desk.verify(instance);
    }

    @Override
    public boolean reads(String pid) {
        return reader.reads(pid);
    }

    @Override
    public List<Finding> faults(String pid, String instance, Map<String, String> values) {
        return reader.faults(pid, instance, values);
    }

    @Override
    public String subject() {
        return "connectors";
    }

    @Override
    public List<Finding> inspect() {
        return inspection.inspect();
    }
}
