/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldif.record.AttributeNames;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.record.LdifFile;
import io.passbridge.connector.ldif.record.RecordStream;
import io.passbridge.connector.ldif.user.CredentialChoice;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.connector.ldif.user.UnusableCredentialException;
import io.passbridge.credential.SourceCredential;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Looks at the beginning of the file afresh and says whether it is fit to be a source. */
final class FileInspection {
    private static final String ANCHORS =
            "Export operational attributes too ('+' in ldapsearch), or set 'anchorAttributes'.";

    private static final int LOOKED_AT = 1_000;

    private final LdifSettings settings;
    private final AttributeNames names;
    private final EntryMapping mapping;
    private final List<Finding> findings = new ArrayList<>();

    FileInspection(LdifSettings settings, AttributeNames names, EntryMapping mapping) {
        this.settings = settings;
        this.names = names;
        this.mapping = mapping;
    }

    List<Finding> inspect() {
        Path path = settings.file();
        try (LdifFile file = new LdifFile(path, settings.maxRecordBytes(), names)) {
            FileState state = FileState.of(path);
            findings.add(
                    Finding.ok(
                            path.toString(),
                            "is there: "
                                    + state.size()
                                    + " bytes, last changed "
                                    + state.modified().truncatedTo(ChronoUnit.SECONDS)));
            permissions(path);
            content(file, state);
        } catch (ConnectorException unreadable) {
            findings.add(unreadable(path, unreadable));
        } catch (IOException trouble) {
            findings.add(unreadable(path, FileState.unreadable(path, trouble)));
        }
        return List.copyOf(findings);
    }

    private static Finding unreadable(Path path, ConnectorException why) {
        return Finding.error(
                path.toString(),
                why.getMessage(),
                "Export the directory to this place, readable for the user that runs Passbridge.");
    }

    private void permissions(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (mode.contains(PosixFilePermission.OTHERS_READ)) {
            findings.add(
                    Finding.warning(
                            path.toString(),
                            "may be read by every user of this machine, and holds password hashes",
                            "chmod o-rwx " + path));
        }
    }

    private void content(LdifFile file, FileState state) throws IOException {
        int users = 0;
        int withoutAnchor = 0;
        long[] badRecords = {0};
        Map<String, Integer> kinds = new TreeMap<>();
        try (RecordStream records =
                file.stream(
                        file.channel(),
                        0,
                        0,
                        state.size(),
                        bytes -> {},
                        (line, name, anchor, reason) -> badRecords[0]++)) {
            FileRecord record;
            for (int i = 0; i < LOOKED_AT && (record = records.next(true)) != null; i++) {
                if (record instanceof FileRecord.Content content
                        && mapping.loginName(content.entry()).isPresent()) {
                    users++;
                    withoutAnchor += mapping.anchor(content.entry()).isPresent() ? 0 : 1;
                    kinds.merge(kind(content.entry()), 1, Integer::sum);
                }
                record.close();
            }
        }
        report(users, withoutAnchor, badRecords[0], kinds);
    }

    private static String kind(Entry entry) {
        try {
            Optional<SourceCredential> credential = CredentialChoice.take(entry);
            credential.ifPresent(SourceCredential::close);
            return credential.map(SourceCredential::kind).orElse("none");
        } catch (UnusableCredentialException unusable) {
            return "unusable";
        }
    }

    private String lacking(int withoutAnchor, int users) {
        return withoutAnchor
                + " of "
                + Finding.count(users, "user", "users")
                + " looked at without any of the anchor attributes "
                + mapping.anchorAttributes();
    }

    private void report(int users, int withoutAnchor, long bad, Map<String, Integer> kinds) {
        String subject = settings.file().toString();
        if (users == 0) {
            findings.add(
                    Finding.error(
                            subject,
                            "holds no user among its first " + LOOKED_AT + " records",
                            "Check 'loginAttributes', and that the export holds people."));
        } else if (withoutAnchor == users) {
            findings.add(Finding.error(subject, lacking(withoutAnchor, users), ANCHORS));
        } else {
            if (withoutAnchor > 0) {
                // the others are read all the same
                findings.add(Finding.warning(subject, lacking(withoutAnchor, users), ANCHORS));
            }
            findings.add(
                    Finding.ok(
                            subject,
                            Finding.count(users, "user", "users")
                                    + " looked at; their credentials: "
                                    + kinds));
        }
        if (bad > 0) {
            findings.add(
                    Finding.warning(
                            subject,
                            bad + " of the first records cannot be used",
                            "See connector:show for file, line and reason."));
        }
    }
}
