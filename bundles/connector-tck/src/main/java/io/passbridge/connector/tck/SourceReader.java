/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads a source as the platform does: page after page, closing each. */
public final class SourceReader {
    private final PasswordSource source;
    private Watermark watermark;

    public SourceReader(Connector connector) {
        this(connector, Watermark.BEGINNING);
    }

    public SourceReader(Connector connector, Watermark from) {
        this.source = connector.capability(PasswordSource.class).orElseThrow();
        this.watermark = from;
    }

    /**
     * What a test may know of a change after its page has been wiped.
     *
     * @param digest of the credential, 0 if there is none; tells two credentials apart and nothing
     *     else
     */
    public record Seen(SourceAnchor anchor, ChangeVersion version, AccountState state, int digest) {
        public boolean hasCredential() {
            return digest != 0;
        }

        static Seen of(CredentialChange change) {
            Optional<SourceCredential> credential = change.credential();
            return new Seen(
                    change.anchor(),
                    change.version(),
                    change.state(),
                    credential.map(Seen::digest).orElse(0));
        }

        private static int digest(SourceCredential credential) {
            int digest =
                    credential instanceof NtHash hash
                            ? hash.secret().use(Arrays::hashCode)
                            : ((UserPassword) credential).value().use(Arrays::hashCode);
            return digest | 1;
        }
    }

    /** Reads up to the end; the watermark moves on. */
    public List<Seen> drain(int limit) throws ConnectorException {
        List<Seen> seen = new ArrayList<>();
        boolean more = true;
        while (more) {
            try (ChangePage page = source.changes(watermark, limit)) {
                page.changes().forEach(change -> seen.add(Seen.of(change)));
                watermark = page.next();
                more = page.more();
            }
        }
        return seen;
    }

    public Watermark watermark() {
        return watermark;
    }

    /** Notes and closes changes. */
    public static List<Seen> seen(Collection<CredentialChange> changes) {
        List<Seen> seen = changes.stream().map(Seen::of).toList();
        changes.forEach(CredentialChange::close);
        return seen;
    }
}
