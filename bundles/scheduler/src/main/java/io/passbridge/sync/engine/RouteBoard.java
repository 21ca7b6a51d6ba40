/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.configuration.ConfigurationEditor;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
import io.passbridge.hash.DigestScheme;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.keys.Unlocked;
import io.passbridge.store.RunHistory;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState;
import io.passbridge.store.SyncState.PeoplePage;
import io.passbridge.store.WriterLease;
import io.passbridge.sync.Explanation;
import io.passbridge.sync.Preview;
import io.passbridge.sync.Progress;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes as administrators see them. There also while the platform is locked; the engine that
 * runs the cycles comes and goes with the key set.
 */
@Component(
        immediate = true,
        service = {Synchronization.class, Inspector.class, RouteBoard.class})
public final class RouteBoard implements Synchronization, Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(RouteBoard.class);

    private final Platform platform;
    private final LocalFolder folder;
    private final ConnectorSignals signals;
    private final RoutePauses pauses;
    private final RouteStatuses statuses;
    private final RouteInspection inspection;
    private final Administration administration;
    private final Explainer explainer;
    private final Previewer previewer;
    private final Map<String, RouteDefinition> routes = new TreeMap<>();
    private volatile boolean unlocked;
    private Engine engine;

    @Activate
    public RouteBoard(
            BundleContext context,
            @Reference ConnectorRegistry connectors,
            @Reference SyncState state,
            @Reference RunHistory history,
            @Reference WriterLease lease,
            @Reference Journal journal,
            @Reference ConfigurationEditor configurations,
            @Reference ConnectorSignals signals) {
        this(
                new Platform(
                        connectors,
                        state,
                        history,
                        journal,
                        new DigestSchemes(Duration.ofSeconds(30)),
                        Clock.systemUTC()),
                lease,
                LocalFolder.below(context.getProperty("passbridge.data")),
                configurations,
                signals);
    }

    RouteBoard(
            Platform platform,
            WriterLease lease,
            LocalFolder folder,
            ConfigurationEditor configurations,
            ConnectorSignals signals) {
        this.platform = platform;
        this.folder = folder;
        this.signals = signals;
        this.pauses = new RoutePauses(platform.state());
        this.statuses = new RouteStatuses(platform, pauses, lease, () -> !unlocked);
        this.inspection = new RouteInspection(platform);
        this.administration =
                new Administration(
                        platform, pauses, configurations, new LeaseHolder(lease, folder));
        this.explainer = new Explainer(platform);
        this.previewer = new Previewer(platform);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeScheme")
    void addScheme(DigestScheme scheme) {
        platform.schemes().add(scheme);
    }

    void removeScheme(DigestScheme scheme) {
        platform.schemes().remove(scheme);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeRoute")
    synchronized void addRoute(RouteDefinition route) {
        String name = route.settings().name();
        routes.put(name, route);
        tell(route.settings());
        if (engine != null) {
            engine.remove(name);
            engine.add(route.settings());
        }
    }

    /** Nothing is told of the invalid ones but here: they do not run. */
    private void tell(RouteSettings settings) {
        if (settings.faults().isEmpty()) {
            return;
        }
        String faults = String.join("; ", settings.faults());
        LOG.error("{} is invalid: {}", settings.file(), faults);
        new JournalWriter(platform.journal(), settings.name())
                .note(EventType.CONFIGURATION_INVALID, Map.of("faults", faults));
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setUnlocked(Unlocked arrived) {
        unlocked = true;
    }

    void unsetUnlocked(Unlocked leaving) {
        unlocked = false;
    }

    synchronized void removeRoute(RouteDefinition route) {
        String name = route.settings().name();
        if (routes.remove(name, route) && engine != null) {
            engine.remove(name);
        }
    }

    synchronized void attach(Engine arrived) {
        engine = arrived;
        signals.attach(arrived);
        routes.values().forEach(route -> arrived.add(route.settings()));
    }

    synchronized void detach(Engine leaving) {
        if (engine == leaving) {
            signals.detach();
            engine = null;
        }
    }

    Platform platform() {
        return platform;
    }

    RoutePauses pauses() {
        return pauses;
    }

    LocalFolder folder() {
        return folder;
    }

    private synchronized Optional<Engine> engine() {
        return Optional.ofNullable(engine);
    }

    private synchronized List<RouteSettings> settings() {
        return routes.values().stream().map(RouteDefinition::settings).toList();
    }

    private RouteSettings settings(String name) throws SyncException {
        List<RouteSettings> all = settings();
        return all.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new SyncException("there is no route '" + name + "'" + others(all)));
    }

    private static String others(List<RouteSettings> all) {
        return all.isEmpty()
                ? ", and none at all; add etc/" + RouteConfiguration.PID + "-NAME.cfg"
                : "; configured are " + all.stream().map(RouteSettings::name).toList();
    }

    @Override
    public List<RouteStatus> routes() {
        return settings().stream().map(s -> statuses.of(s, engine())).toList();
    }

    @Override
    public Optional<RouteStatus> route(String name) {
        return settings().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .map(s -> statuses.of(s, engine()));
    }

    @Override
    public Run run(String route, RunRequest request, Consumer<Progress> progress)
            throws SyncException, InterruptedException {
        RouteStatus status = statuses.of(settings(route), engine());
        return administration.run(status, engine(), request, progress);
    }

    @Override
    public void pause(String route, String reason, String actor) throws SyncException {
        administration.pause(settings(route), reason, actor);
    }

    @Override
    public void resume(String route, boolean allowDeletions, String actor) throws SyncException {
        administration.resume(settings(route), engine(), allowDeletions, actor);
    }

    @Override
    public void activate(String route, String actor) throws SyncException {
        administration.activate(settings(route), actor);
    }

    @Override
    public List<Run> history(String route, int limit) throws StoreException {
        return platform.history().list(route, limit);
    }

    @Override
    public PeoplePage people(String route, Standing standing, String after, int limit)
            throws SyncException, StoreException {
        return platform.state().people(settings(route).name(), standing, after, limit);
    }

    @Override
    public List<Explanation> explain(String user, String route)
            throws SyncException, InterruptedException {
        List<RouteSettings> asked = route.isEmpty() ? settings() : List.of(settings(route));
        if (asked.isEmpty()) {
            throw new SyncException(
                    "no route is configured; add etc/" + RouteConfiguration.PID + "-NAME.cfg");
        }
        return explainer.explain(user, asked, s -> statuses.of(s, engine()));
    }

    @Override
    public int retry(String route, String user, String actor)
            throws SyncException, InterruptedException {
        RouteSettings settings = settings(route);
        if (user.isEmpty()) {
            return administration.retryAll(settings, engine(), actor);
        }
        return administration.retry(settings, engine(), explainer.anchors(settings, user), actor);
    }

    @Override
    public Preview preview(String route, boolean full) throws SyncException, InterruptedException {
        return previewer.preview(settings(route), full, engine().map(Engine::digests).orElse(null));
    }

    @Override
    public Preview preview(String route, Map<String, String> with)
            throws SyncException, InterruptedException {
        RouteDefinition definition;
        synchronized (this) {
            definition = routes.get(settings(route).name());
        }
        if (definition == null) {
            throw new SyncException("route '" + route + "' is gone");
        }
        return previewer.review(
                definition.settings(with), engine().map(Engine::digests).orElse(null));
    }

    @Override
    public String subject() {
        return "routes";
    }

    @Override
    public List<Finding> inspect() {
        return inspection.inspect(routes());
    }
}
