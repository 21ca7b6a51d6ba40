/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration.file;

import io.passbridge.configuration.ConfigurationCheck;
import io.passbridge.configuration.ConfigurationEditor;
import io.passbridge.configuration.ConfigurationReader;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.files.WholeFile;
import io.passbridge.health.FileTrouble;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the files of {@code etc/} into force. Takes the place of File Install's own reading, which
 * replaces what is not in its encoding without a word; its rank puts it in front.
 */
@Component(
        immediate = true,
        service = {
            ArtifactInstaller.class,
            ConfigurationEditor.class,
            ConfigurationCheck.class,
            Inspector.class
        },
        property = "service.ranking:Integer=100")
public final class ConfigurationFiles
        implements ArtifactInstaller, ConfigurationEditor, ConfigurationCheck, Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);

    /** The property by which File Install and its users know the file of a configuration. */
    private static final String FILE = "felix.fileinstall.filename";

    /** What the names of the platform's own files begin with. */
    private static final String OWN = "io.passbridge";

    private final Path etc;
    private final boolean shared;
    private final ConfigurationAdmin admin;
    private final Supplier<Schemas> schemas;
    private final List<ConfigurationReader> readers = new CopyOnWriteArrayList<>();
    private final Map<String, String> refused = new ConcurrentSkipListMap<>();
    private final Map<String, String> untold = new TreeMap<>();
    private final Map<String, Integer> read = new ConcurrentHashMap<>();
    private Journal journal;

    @Activate
    public ConfigurationFiles(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference MetaTypeService types) {
        this(
                Path.of(Optional.ofNullable(context.getProperty("passbridge.etc")).orElse("etc")),
                // without the launcher, this is somebody else's container
                context.getProperty("passbridge.version") == null,
                admin,
                () -> Schemas.of(types, context.getBundles()));
        // the launcher has no other type in common with bundles
        Supplier<String> objection = this::objectionToStart;
        context.registerService(
                Supplier.class,
                objection,
                FrameworkUtil.asDictionary(Map.of("passbridge.start", "objection")));
    }

    /**
     * @param shared whether files of others are in the folder, too; they are left alone
     */
    ConfigurationFiles(
            Path etc, boolean shared, ConfigurationAdmin admin, Supplier<Schemas> schemas) {
        this.etc = etc;
        this.shared = shared;
        this.admin = admin;
        this.schemas = schemas;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addReader(ConfigurationReader reader) {
        readers.add(reader);
    }

    void removeReader(ConfigurationReader reader) {
        readers.remove(reader);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void setJournal(Journal arrived) {
        journal = arrived;
        tell();
    }

    synchronized void unsetJournal(Journal leaving) {
        if (journal == leaving) {
            journal = null;
        }
    }

    @Override
    public boolean canHandle(File file) {
        return isOurs(file.getName());
    }

    private boolean isOurs(String file) {
        return file.endsWith(ConfigurationName.SUFFIX) && (!shared || file.startsWith(OWN));
    }

    @Override
    public void install(File file) throws IOException {
        apply(file.toPath());
    }

    @Override
    public void update(File file) throws IOException {
        apply(file.toPath());
    }

    /** A refused file leaves in force what it said before. */
    private synchronized void apply(Path file) throws IOException {
        String name = file.getFileName().toString();
        ConfigurationName configuration = ConfigurationName.of(name);
        FileCheck check = new FileCheck(schemas.get(), readers);
        read.put(name, content(file));
        String faults = refusal(check, configuration, file);
        if (!faults.isEmpty()) {
            refused.put(name, faults);
            LOG.error("{} is refused: {}", file, faults);
            untold.put(name, faults);
            tell();
            return;
        }
        refused.remove(name);
        untold.remove(name);
        Hashtable<String, Object> properties = new Hashtable<>(text(file).values());
        properties.put(FILE, file.toAbsolutePath().toUri().toString());
        configuration.in(admin).updateIfDifferent(properties);
    }

    private static int content(Path file) throws IOException {
        return Arrays.hashCode(Files.readAllBytes(file));
    }

    private static ConfigurationText text(Path file) throws IOException {
        return ConfigurationText.of(Files.readAllBytes(file));
    }

    /** Why a file cannot be put into force; what there can be several of tells its own faults. */
    private static String refusal(FileCheck check, ConfigurationName name, Path file) {
        ConfigurationText text;
        List<Finding> faults = new ArrayList<>();
        try {
            text = text(file);
            check.name(name).ifPresent(faults::add);
            if (name.instance().isEmpty()) {
                faults.addAll(check.values(name, text));
            }
        } catch (IOException e) {
            return e.getMessage();
        }
        return FileCheck.inWords(faults);
    }

    /** Journals what was refused, as soon as there is a journal. */
    private void tell() {
        if (journal == null) {
            return;
        }
        Map<String, String> now = Map.copyOf(untold);
        untold.clear();
        now.forEach(
                (name, faults) -> {
                    try {
                        journal.record(
                                EventType.CONFIGURATION_INVALID,
                                "etc/" + name,
                                Map.of(Fact.FAULTS, faults));
                    } catch (JournalException e) {
                        LOG.warn("{} could not be journalled: {}", name, e.getMessage());
                    }
                });
    }

    /**
     * Why the platform should not start: a file of which there is one, and in place of which
     * defaults would count, cannot be read or says what is not allowed. Empty if nothing objects.
     */
    private String objectionToStart() {
        FileCheck check = new FileCheck(schemas.get(), List.of());
        List<String> objections = new ArrayList<>();
        try {
            for (Path file : files()) {
                ConfigurationName name = ConfigurationName.of(file.getFileName().toString());
                String faults = name.instance().isEmpty() ? refusal(check, name, file) : "";
                if (!faults.isEmpty() && check.isRead(name)) {
                    objections.add(file + ": " + faults);
                }
            }
        } catch (IOException e) {
            objections.add(etc + " cannot be read: " + FileTrouble.reason(e));
        }
        return String.join("\n", objections);
    }

    @Override
    public synchronized void uninstall(File file) throws IOException {
        refused.remove(file.getName());
        read.remove(file.getName());
        ConfigurationName.of(file.getName()).in(admin).delete();
    }

    @Override
    public synchronized void set(String file, String parameter, String value) throws IOException {
        Path path = etc.resolve(file);
        ConfigurationText text;
        try {
            text = text(path);
        } catch (NoSuchFileException e) {
            throw new IOException(path + " is not there", e);
        }
        byte[] changed = text.with(parameter, value).bytes();
        WholeFile.rewrite(path, out -> out.write(changed));
        apply(path);
    }

    @Override
    public List<Finding> check(Path file) throws IOException {
        String fileName = file.getFileName().toString();
        byte[] bytes = Files.readAllBytes(file);
        if (!fileName.endsWith(ConfigurationName.SUFFIX)) {
            return List.of(
                    Finding.error(
                            "name", "does not end with .cfg: nobody reads it", "call it ….cfg"));
        }
        ConfigurationText text;
        try {
            text = ConfigurationText.of(bytes);
        } catch (IOException e) {
            return List.of(Finding.error("text", e.getMessage(), "nothing else was checked"));
        }
        ConfigurationName name = ConfigurationName.of(fileName);
        FileCheck check = new FileCheck(schemas.get(), readers);
        List<Finding> found = new ArrayList<>();
        check.name(name)
                .or(() -> check.isRead(name) ? Optional.empty() : Optional.of(check.unread(name)))
                .ifPresent(found::add);
        found.addAll(check.values(name, text));
        return found;
    }

    @Override
    public List<Path> unread() throws IOException {
        List<Path> unread = new ArrayList<>();
        for (Path file : files()) {
            Integer known = read.get(file.getFileName().toString());
            if (known == null || known != content(file)) {
                unread.add(file);
            }
        }
        return unread;
    }

    @Override
    public List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(etc)) {
            return files.filter(file -> isOurs(file.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public String subject() {
        return "configuration";
    }

    @Override
    public List<Finding> inspect() {
        List<Finding> found = new ArrayList<>();
        refused.forEach(
                (file, faults) ->
                        found.add(
                                Finding.error(
                                        "etc/" + file,
                                        "is refused: " + faults,
                                        "correct the file; it is read again at once")));
        FileCheck check = new FileCheck(schemas.get(), readers);
        try {
            for (Path file : files()) {
                String fileName = file.getFileName().toString();
                ConfigurationName name = ConfigurationName.of(fileName);
                if (!refused.containsKey(fileName) && !check.isRead(name)) {
                    Finding unread = check.unread(name);
                    found.add(Finding.warning("etc/" + fileName, unread.text(), unread.remedy()));
                }
            }
        } catch (IOException e) {
            found.add(
                    Finding.error(
                            "etc/",
                            "cannot be read: " + FileTrouble.reason(e),
                            "look at its permissions"));
        }
        return found;
    }
}
