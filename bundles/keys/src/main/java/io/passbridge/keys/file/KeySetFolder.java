/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import java.io.IOException;
import java.util.Optional;

/**
 * The few file operations that a key set needs, each of them one step that a crash leaves done or
 * not done; {@link #create} alone can leave a part of a file. Names are plain names in one folder.
 */
public interface KeySetFolder {
    /** The content of a file, or empty if there is none. */
    Optional<byte[]> read(String name) throws IOException;

    /** Makes a file that only its owner can read, forced to disk; replaces one of that name. */
    void create(String name, byte[] content) throws IOException;

    /** Gives a file another name, replacing the file that has it, and forces the folder to disk. */
    void rename(String from, String to) throws IOException;

    /**
     * Gives a file a name that no file has, and forces the folder to disk.
     *
     * @throws java.nio.file.FileAlreadyExistsException if one has it
     */
    void publish(String from, String to) throws IOException;

    /** Removes a file; nothing happens if there is none. */
    void delete(String name) throws IOException;

    /** Where a file is, in words for messages. */
    String describe(String name);
}
