/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import com.zaxxer.hikari.HikariConfig;
import io.passbridge.health.Finding;
import io.passbridge.jdbc.h2.CommittedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;

/**
 * An H2 database in a folder that only its owner may open.
 *
 * @param file the name of the database in the folder
 * @param user the owner within the database; it never changes once there is one
 * @param settings of H2 besides those that every database here has, each begun with a semicolon
 */
public record EmbeddedLocation(Path folder, String file, String user, String settings)
        implements Location {
    private static final long LOW_SPACE = 1L << 30;

    /**
     * No trace file: it would repeat statements with their values. No exit hook: the bundle closes
     * the database when it stops.
     */
    private static final String ALWAYS =
            "DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=10000";

    @Override
    public String name() {
        return "the embedded database in " + folder;
    }

    @Override
    public String remedy() {
        return "Check that no other process uses the folder, that it belongs to the account the"
                + " platform runs as, and that its disk has room";
    }

    @Override
    public Engine engine() {
        return Engine.H2;
    }

    @Override
    public String schema() {
        return "";
    }

    @Override
    public HikariConfig connections() throws IOException {
        OwnerOnly.folder(folder);
        OwnerOnly.file(onDisk());
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(CommittedFile.url(folder.resolve(file), ALWAYS + settings));
        source.setUser(user);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMinimumIdle(2); // H2 closes a database with its last connection
        config.setMaxLifetime(0);
        return config;
    }

    private Path onDisk() {
        return folder.resolve(file + ".mv.db");
    }

    @Override
    public List<Finding> inspect(String subject) {
        List<Finding> findings = new ArrayList<>();
        try {
            for (Path path : List.of(folder, onDisk())) {
                if (Files.exists(path) && !OwnerOnly.is(path)) {
                    findings.add(
                            Finding.warning(
                                    subject,
                                    path + " can be read by others than its owner",
                                    "chmod go-rwx " + path));
                }
            }
            long free = Files.exists(folder) ? Files.getFileStore(folder).getUsableSpace() : 0;
            if (Files.exists(folder) && free < LOW_SPACE) {
                findings.add(
                        Finding.warning(
                                subject,
                                "only " + (free >> 20) + " MiB are free on the disk of " + folder,
                                "Make room; without it nothing can be recorded and cycles stop"));
            }
        } catch (IOException e) {
            findings.add(
                    Finding.error(
                            subject, folder + ": " + Reason.of(e), "Check the folder's disk"));
        }
        return findings;
    }
}
