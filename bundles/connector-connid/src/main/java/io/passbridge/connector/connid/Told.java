/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How everybody was when a run ended, and since which run: several routes may read one source, each
 * at its own pace. Kept in a file, so that whoever is deleted while the platform is down is missed.
 *
 * @param run the last one; later runs have greater numbers
 * @param users by anchor, with those who are gone
 */
record Told(long run, Map<SourceAnchor, User> users) {
    static final Told NOTHING = new Told(0, Map.of());

    /**
     * @param version of password and state
     * @param account print of names and attributes
     * @param since the run that found it so first
     * @param gone whether the user was missed
     */
    record User(ChangeVersion version, long account, long since, boolean gone) {
        /** How it was found now, since the run that found it so first. */
        User then(ChangeVersion nowVersion, long nowAccount, long run) {
            boolean same = !gone && version.equals(nowVersion) && account == nowAccount;
            return same ? this : new User(nowVersion, nowAccount, run, false);
        }

        /** Missed by a run. */
        User missed(long run) {
            return gone ? this : new User(version, account, run, true);
        }
    }

    /** What was kept; nothing if there is no file, or if it is damaged: then everybody comes. */
    static Told read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return NOTHING;
        }
        Map<SourceAnchor, User> users = new HashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            long[] run = new long[1];
            lines.forEach(
                    line -> {
                        String[] parts = line.split("\t", 5);
                        if (parts.length == 1) {
                            run[0] = Long.parseLong(line);
                        } else {
                            users.put(
                                    new SourceAnchor(parts[4]),
                                    new User(
                                            ChangeVersion.parse(parts[0]),
                                            Long.parseLong(parts[1]),
                                            Long.parseLong(parts[2]),
                                            parts[3].equals("gone")));
                        }
                    });
            return new Told(run[0], users);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
            return NOTHING;
        }
    }

    void write(Path file) throws IOException {
        WholeFile.write(
                file,
                out -> {
                    out.write((run + "\n").getBytes(StandardCharsets.UTF_8));
                    for (Map.Entry<SourceAnchor, User> user : users.entrySet()) {
                        User told = user.getValue();
                        String line =
                                told.version()
                                        + "\t"
                                        + told.account()
                                        + "\t"
                                        + told.since()
                                        + "\t"
                                        + (told.gone() ? "gone" : "there")
                                        + "\t"
                                        + user.getKey()
                                        + "\n";
                        out.write(line.getBytes(StandardCharsets.UTF_8));
                    }
                });
    }
}
