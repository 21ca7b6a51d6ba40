/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.health.FileTrouble;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.act.Act;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.file.KeySetFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in the data folder which files an export is making elsewhere, so that nothing half-made
 * stays there if the process dies. Each file is made as a part beside its name; the export's own
 * part is made first and gets its name last. Only under the key set's exclusive lock.
 */
final class UnfinishedExport {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedExport.class);
    private static final String MARKER = "export.unfinished";
    private static final String NEW_MARKER = "export.unfinished.new";

    private final KeySetFolder data;
    private final Function<Path, KeySetFolder> folders;
    private final KeyEvents events;

    UnfinishedExport(Path data, Function<Path, KeySetFolder> folders, KeyEvents events) {
        this.data = folders.apply(data.toAbsolutePath());
        this.folders = folders;
        this.events = events;
    }

    /** The name of a file that is not finished. */
    static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /**
     * Remembers what is going to be made.
     *
     * @param subject what is exported
     * @param files the export, then its shares; none of them is there
     */
    void begin(String subject, List<Path> files) throws KeyException {
        StringBuilder text = new StringBuilder(subject).append('\n');
        files.forEach(file -> text.append(file.toAbsolutePath().toUri()).append('\n'));
        try {
            data.create(NEW_MARKER, text.toString().getBytes(StandardCharsets.UTF_8));
            data.rename(NEW_MARKER, MARKER);
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO,
                    "nothing was exported: "
                            + data.describe(MARKER)
                            + " could not be written ("
                            + FileTrouble.reason(e)
                            + ")",
                    e);
        }
    }

    /** Removes every file of an export that failed. */
    void undo(List<Path> files) {
        try {
            remove(files.stream().map(Path::toAbsolutePath).toList());
        } catch (IOException e) {
            LOG.warn("remove {} and the files beside it by hand: {}", files, e.getMessage());
        }
    }

    /** Nothing is under way any more. */
    void end() {
        try {
            data.delete(MARKER);
        } catch (IOException e) {
            LOG.warn("remove {} by hand: {}", data.describe(MARKER), e.getMessage());
        }
    }

    /** Clears up after a process that died, as far as the folders are there. */
    void settle() {
        try {
            if (data.read(NEW_MARKER).isPresent()) {
                data.delete(NEW_MARKER);
            }
            Optional<byte[]> marker = data.read(MARKER);
            if (marker.isPresent()) {
                settle(new String(marker.get(), StandardCharsets.UTF_8).lines().toList());
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn(
                    "an interrupted export is not cleared up, {} says which: {}",
                    data.describe(MARKER),
                    e.getMessage());
        }
    }

    private void settle(List<String> lines) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            files.add(Path.of(URI.create(line)));
        }
        if (!files.isEmpty()) {
            Path export = files.get(0);
            if (!Files.isDirectory(export.getParent())) {
                LOG.info("an interrupted export waits for {} to be there again", export);
                return;
            }
            boolean named = isThere(export);
            if (!named && isThere(part(export))) {
                remove(files);
            }
            folder(export).delete(name(part(export)));
            if (named) {
                events.happened(
                        EventType.KEYS_EXPORTED,
                        lines.get(0),
                        Map.of(
                                Fact.FILE,
                                export.toString(),
                                Fact.NOTE,
                                "the process ended before this was recorded; keys:status does not"
                                        + " count it"));
            } else {
                events.happened(
                        EventType.KEY_ACT_FAILED,
                        lines.get(0),
                        Act.failure(
                                EventType.KEYS_EXPORTED,
                                "system",
                                "it was interrupted, and there is no " + export));
            }
        }
        data.delete(MARKER);
    }

    /** The export's part goes last: while it is there, the files are known to be half-made. */
    private void remove(List<Path> files) throws IOException {
        for (Path share : files.subList(1, files.size())) {
            folder(share).delete(name(part(share)));
            folder(share).delete(name(share));
        }
        folder(files.get(0)).delete(name(part(files.get(0))));
    }

    private boolean isThere(Path file) throws IOException {
        return folder(file).read(name(file)).isPresent();
    }

    private KeySetFolder folder(Path file) {
        return folders.apply(file.getParent());
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
