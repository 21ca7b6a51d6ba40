/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A kind of file for H2 whose header names the newest commit. H2 from 2.2 on writes the header
 * before it takes note of the chunk that it has just written, so that the header names the one
 * before; if the new chunk neither stands at the end of the file nor where the one before expected
 * it, a process that is killed then has lost a commit that was forced to disk.
 *
 * <p>Public, with a constructor without parameters, because H2 makes instances by reflection.
 */
public final class CommittedFile extends FilePathWrapper {
    private static final String SCHEME = "passbridge-committed";

    /**
     * The URL of a database.
     *
     * @param file without the ending {@code .mv.db}
     * @param settings {@code NAME=VALUE}, separated by semicolons
     */
    public static String url(Path file, String settings) {
        FilePath.register(new CommittedFile());
        // retry: opens the file again after a thread was interrupted while it read or wrote
        return "jdbc:h2:"
                + SCHEME
                + ":retry:"
                + file.toAbsolutePath().toString().replace(";", "\\;")
                + ";"
                + settings;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new CommittedChannel(getBase().open(mode));
    }
}
