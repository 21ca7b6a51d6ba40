/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.configuration.ConfigurationEditor;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.hash.DigestScheme;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.health.Pulse;
import io.passbridge.keys.Unlocked;
import io.passbridge.store.Proofs;
import io.passbridge.store.Proofs.Doubt;
import io.passbridge.store.RouteLeases;
import io.passbridge.store.RunHistory;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.ServerId;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState;
import io.passbridge.store.SyncState.PeoplePage;
import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.Explanation;
import io.passbridge.sync.ParityReport;
import io.passbridge.sync.Preview;
import io.passbridge.sync.Progress;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteWork;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SealedExport;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import io.passbridge.sync.VerifyRequest;
import io.passbridge.sync.digest.DigestSchemes;
import io.passbridge.sync.engine.ConnectorSignals;
import io.passbridge.sync.engine.SyncEngine;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.route.RouteConfiguration;
import io.passbridge.sync.route.RouteDefinition;
import io.passbridge.sync.route.RoutePauses;
import io.passbridge.sync.route.RouteSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        name = "io.passbridge.sync.engine.RouteBoard",
        immediate = true,
        service = {
            Synchronization.class,
            Inspector.class,
            Pulse.class,
            SynchronizationService.class
        })
public final class SynchronizationService implements Synchronization, Inspector, Pulse {
    private static final Logger LOG = LoggerFactory.getLogger(SynchronizationService.class);

    private final EngineServices platform;
    private final ServerId serverId;
    private final ConnectorSignals signals;
    private final RoutePauses pauses;
    private final RouteStatuses statuses;
    private final RouteInspection inspection;
    private final Administration administration;
    private final RouteMoves moves;
    private final Explainer explainer;
    private final Previewer previewer;
    private final Map<String, RouteDefinition> routes = new TreeMap<>();
    private volatile boolean unlocked;
    private SyncEngine engine;

    @Activate
    public SynchronizationService(
            BundleContext context,
            @Reference ConnectorRegistry connectors,
            @Reference SyncState state,
            @Reference Proofs proofs,
            @Reference RunHistory history,
            @Reference RouteLeases leases,
            @Reference Journal journal,
            @Reference ConfigurationEditor configurations,
            @Reference ConnectorSignals signals) {
        this(
                new EngineServices(
                        connectors,
                        state,
                        proofs,
                        history,
                        journal,
                        new DigestSchemes(Duration.ofSeconds(30)),
                        Clock.systemUTC()),
                leases,
                new ServerId(data(context)),
                configurations,
                signals);
    }

    private static Path data(BundleContext context) {
        return Path.of(Objects.requireNonNullElse(context.getProperty("passbridge.data"), "data"));
    }

    SynchronizationService(
            EngineServices platform,
            RouteLeases leases,
            ServerId serverId,
            ConfigurationEditor configurations,
            ConnectorSignals signals) {
        this.platform = platform;
        this.serverId = serverId;
        this.signals = signals;
        this.pauses = new RoutePauses(platform.state());
        this.statuses = new RouteStatuses(platform, pauses, leases, () -> !unlocked);
        this.inspection = new RouteInspection(platform);
        this.administration =
                new Administration(
                        platform, pauses, configurations, new LeaseHolder(leases, serverId));
        this.moves = new RouteMoves(leases, serverId, platform.journal());
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
                .note(EventType.CONFIGURATION_INVALID, Map.of(Fact.FAULTS, faults));
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

    synchronized void attach(SyncEngine arrived) {
        engine = arrived;
        signals.attach(arrived);
        routes.values().forEach(route -> arrived.add(route.settings()));
    }

    synchronized void detach(SyncEngine leaving) {
        if (engine == leaving) {
            signals.detach();
            engine = null;
        }
    }

    EngineServices platform() {
        return platform;
    }

    RoutePauses pauses() {
        return pauses;
    }

    ServerId serverId() {
        return serverId;
    }

    private synchronized Optional<SyncEngine> engine() {
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
    public List<RouteWork> work() {
        return engine().map(SyncEngine::work).orElse(List.of());
    }

    /** Empty too while the key set is locked: then there is nothing that could stall. */
    @Override
    public Optional<String> stall() {
        return engine().flatMap(SyncEngine::stall);
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
    public void checkResume(String route, Optional<DeletionLeave> deletions) throws SyncException {
        administration.checkResume(settings(route), deletions);
    }

    @Override
    public void resume(String route, Optional<DeletionLeave> deletions, String actor)
            throws SyncException {
        administration.resume(settings(route), engine(), deletions, actor);
    }

    @Override
    public void activate(String route, String actor) throws SyncException {
        administration.activate(settings(route), actor);
    }

    @Override
    public List<String> servers() throws StoreException {
        return moves.servers();
    }

    @Override
    public List<String> bringHere(String route, String actor)
            throws SyncException, InterruptedException {
        SyncEngine present =
                engine().orElseThrow(() -> new SyncException(Administration.NO_ENGINE));
        List<RouteSettings> asked = route.isEmpty() ? settings() : List.of(settings(route));
        List<String> runnable =
                asked.stream()
                        .map(RouteSettings::name)
                        .filter(name -> present.runner(name).isPresent())
                        .toList();
        if (runnable.isEmpty()) {
            throw new SyncException("this server has no such route that is on; see sync:status");
        }
        return moves.bring(runnable, route.isEmpty(), present, actor);
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
    public Map<String, String> names(String route, Collection<String> anchors)
            throws SyncException, InterruptedException {
        return explainer.names(settings(route), anchors);
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
    public ParityReport verify(String route, VerifyRequest request, Consumer<Progress> progress)
            throws SyncException, InterruptedException {
        RouteSettings settings = settings(route);
        return Verification.of(
                platform,
                settings,
                statuses.of(settings, engine()),
                engine(),
                request,
                progress,
                run -> run(route, run, none -> {}));
    }

    @Override
    public SealedExport exportSealed(
            String route, Path file, String actor, Consumer<Progress> progress)
            throws SyncException, InterruptedException {
        RouteSettings settings = settings(route);
        SyncEngine present =
                engine().orElseThrow(() -> new SyncException(Administration.NO_ENGINE));
        return new SealedExporter(platform)
                .export(settings, present.digests(), file, actor, progress);
    }

    @Override
    public List<Doubt> doubts(String route, String after, int limit)
            throws SyncException, StoreException {
        return platform.proofs().doubts(settings(route).name(), after, limit);
    }

    @Override
    public Preview preview(String route, boolean full) throws SyncException, InterruptedException {
        return previewer.preview(
                settings(route), full, engine().map(SyncEngine::digests).orElse(null));
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
                definition.settings(with), engine().map(SyncEngine::digests).orElse(null));
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
