/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import io.passbridge.health.Finding;
import io.passbridge.jdbc.h2.CommittedFile;
import io.passbridge.store.StoreException;
import io.passbridge.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 database in a folder that only its owner may open. */
record EmbeddedLocation(Path folder, int poolSize) implements Location {
    private static final String FILE = "store.mv.db";
    private static final long LOW_SPACE = 1L << 30;

    @Override
    public String name() {
        return "the embedded database in " + folder;
    }

    @Override
    public Database open() throws StoreException {
        try {
            OwnerOnly.folder(folder);
            OwnerOnly.file(folder.resolve(FILE));
        } catch (IOException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    name() + " cannot be created: " + Failure.reason(e) + ". " + remedy(),
                    e);
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url());
        source.setUser("passbridge");
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMinimumIdle(2); // H2 closes a database with its last connection
        config.setMaxLifetime(0);
        config.setMaximumPoolSize(poolSize);
        try {
            return Pools.open(config, Engine.H2, "", name(), remedy());
        } catch (StoreException e) {
            throw isDamaged(e) ? damaged(e) : e;
        }
    }

    private static boolean isDamaged(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getErrorCode() == ErrorCode.FILE_CORRUPTED_1) {
                return true;
            }
        }
        return false;
    }

    private StoreException damaged(StoreException failure) {
        return new StoreException(
                Kind.UNAVAILABLE,
                name()
                        + " is damaged: "
                        + Failure.reason(failure)
                        + ". Stop the platform and put the folder back from a backup; without one,"
                        + " move the folder away: a new database is made, everybody is read again,"
                        + " and the accounts' secrets have to be set again (account:set)",
                failure);
    }

    private String remedy() {
        return "Check that no other process uses the folder, that it belongs to the account the"
                + " platform runs as, and that its disk has room";
    }

    /**
     * Space of outdated pages is used again after 5 s, which is safe since every write is forced to
     * disk; the file is tidied up when less than 40 % of it is in use: users come in an order that
     * has nothing to do with their keys, and tidying more often takes as long as writing them.
     *
     * <p>No trace file: it would repeat statements with their values. No exit hook: the bundle
     * closes the database when it stops.
     */
    private String url() {
        return CommittedFile.url(
                folder.resolve("store"),
                "DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=10000"
                        + ";AUTO_COMPACT_FILL_RATE=40;RETENTION_TIME=5000");
    }

    @Override
    public List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        try {
            for (Path path : List.of(folder, folder.resolve(FILE))) {
                if (Files.exists(path) && !OwnerOnly.is(path)) {
                    findings.add(
                            Finding.warning(
                                    "store",
                                    path + " can be read by others than its owner",
                                    "chmod go-rwx " + path));
                }
            }
            long free = Files.exists(folder) ? Files.getFileStore(folder).getUsableSpace() : 0;
            if (Files.exists(folder) && free < LOW_SPACE) {
                findings.add(
                        Finding.warning(
                                "store",
                                "only " + (free >> 20) + " MiB are free on the disk of " + folder,
                                "Make room; without it nothing can be recorded and cycles stop"));
            }
        } catch (IOException e) {
            findings.add(
                    Finding.error(
                            "store", folder + ": " + Failure.reason(e), "Check the folder's disk"));
        }
        return findings;
    }
}
