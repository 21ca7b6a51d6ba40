/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.plugin.DeployFolder;
import io.passbridge.plugin.DroppedJar;
import io.passbridge.plugin.DroppedJar.State;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Takes plug-ins from the deploy folder. Takes the place of File Install's own taking, which
 * installs whatever is a bundle; its rank puts it in front. Containers that have no such folder
 * ({@code passbridge.deploy}) are left alone.
 */
@Component(
        immediate = true,
        service = {ArtifactInstaller.class, DeployFolder.class, Inspector.class},
        property = "service.ranking:Integer=100")
public final class PluginFolder
        implements ArtifactInstaller, DeployFolder, Inspector, FrameworkListener {
    private static final String JAR = ".jar";

    /** Tells what the folder is for. */
    private static final String README = "README.txt";

    private final BundleContext context;
    private final Path folder;
    private final Path kept;
    private final Path signers;
    private final Plugins plugins;
    private final News news = new News();
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final List<DroppedJar> removed = new CopyOnWriteArrayList<>();

    @Activate
    public PluginFolder(BundleContext context, @Reference ServiceComponentRuntime components)
            throws IOException, InterruptedException {
        this.context = context;
        String configured = context.getProperty("passbridge.deploy");
        folder = configured == null ? null : Path.of(configured).toAbsolutePath().normalize();
        kept = path("passbridge.data", "data").resolve("deployed");
        signers = path("passbridge.etc", "etc").resolve("deploy-signers.pem");
        String level = context.getProperty("felix.fileinstall.start.level");
        plugins =
                new Plugins(
                        context,
                        new PluginProbe(context, components),
                        level == null ? 1 : Integer.parseInt(level));
        if (folder != null) {
            Files.createDirectories(kept);
            restore();
            context.addFrameworkListener(this);
        }
    }

    private Path path(String property, String otherwise) {
        String value = context.getProperty(property);
        return Path.of(value == null ? otherwise : value).toAbsolutePath().normalize();
    }

    @Deactivate
    void close() {
        context.removeFrameworkListener(this);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setJournal(Journal journal) {
        news.to(journal);
    }

    void unsetJournal(Journal journal) {
        news.without(journal);
    }

    private synchronized void restore() throws IOException, InterruptedException {
        for (Path copy : list(kept)) {
            String name = copy.getFileName().toString();
            if (!name.endsWith(JAR)) {
                Files.delete(copy);
            } else if (Files.exists(folder.resolve(name))) {
                restore(name, copy);
            } else {
                missed(name, copy);
                Files.delete(copy);
            }
        }
    }

    private void restore(String name, Path copy) throws IOException, InterruptedException {
        try {
            slot(name).restore(Signers.of(signers));
        } catch (Refusal e) {
            // the dropped file is refused for the same reason, and tells it
            Files.delete(copy);
        }
    }

    private void missed(String name, Path copy) {
        String bundle;
        try {
            bundle = PluginJar.read(copy, Signers.NOBODY).bundle();
        } catch (Refusal e) {
            bundle = "?";
        }
        removed.add(
                new DroppedJar(
                        shown(name),
                        State.REMOVED,
                        "",
                        bundle + " was taken away while the platform was down",
                        "put it back, if a connector needs it"));
        news.record(EventType.PLUGIN_MISSED, shown(name), Map.of(Fact.BUNDLE, bundle));
    }

    private String shown(String name) {
        return folder.getFileName() + "/" + name;
    }

    private Slot slot(String name) {
        return slots.computeIfAbsent(name, n -> new Slot(shown(n), kept.resolve(n), plugins, news));
    }

    @Override
    public boolean canHandle(File file) {
        return folder != null
                && file.getName().endsWith(JAR)
                && folder.equals(file.toPath().toAbsolutePath().normalize().getParent());
    }

    @Override
    public void install(File file) throws InterruptedException {
        update(file);
    }

    @Override
    public synchronized void update(File file) throws InterruptedException {
        Slot slot = slot(file.getName());
        removed.removeIf(jar -> jar.file().equals(shown(file.getName())));
        slot.take(file.toPath(), signers);
        settleAll();
    }

    @Override
    public synchronized void uninstall(File file) throws IOException, InterruptedException {
        Slot slot = slots.remove(file.getName());
        if (slot != null) {
            slot.remove();
            settleAll();
        }
    }

    private void settleAll() throws InterruptedException {
        for (Slot slot : slots.values()) {
            slot.settle();
        }
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED && plugins.started()) {
            try {
                synchronized (this) {
                    settleAll();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public List<DroppedJar> jars() {
        List<DroppedJar> jars = new ArrayList<>(removed);
        slots.values().forEach(slot -> jars.add(slot.status()));
        for (Path file : folder == null ? List.<Path>of() : strangers()) {
            jars.add(
                    new DroppedJar(
                            shown(file.getFileName().toString()),
                            State.IGNORED,
                            "",
                            "is no jar and is ignored",
                            "remove it, or put a bundle's jar there"));
        }
        jars.sort(Comparator.comparing(DroppedJar::file));
        return List.copyOf(jars);
    }

    private List<Path> strangers() {
        try {
            return list(folder).stream()
                    .filter(file -> !file.toString().endsWith(JAR) || Files.isDirectory(file))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !file.getFileName().toString().equals(README))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Override
    public String subject() {
        return "deploy folder";
    }

    @Override
    public List<Finding> inspect() {
        return jars().stream().map(PluginFolder::finding).toList();
    }

    private static Finding finding(DroppedJar jar) {
        return switch (jar.state()) {
            case RUNS -> Finding.ok(jar.file(), jar.bundle() + " runs");
            case STARTING -> Finding.note(jar.file(), "is starting", "wait");
            case REMOVED -> Finding.note(jar.file(), jar.text(), jar.remedy());
            case RETURNED, IGNORED -> Finding.warning(jar.file(), jar.text(), jar.remedy());
            case REFUSED, FAILED -> Finding.error(jar.file(), jar.text(), jar.remedy());
        };
    }
}
