/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.util.StaticUtils;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.entry.Anchors;
import io.passbridge.connector.ldap.entry.EntryTimes;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.settings.Reading;
import io.passbridge.credential.CredentialChange;
import io.passbridge.times.DirectoryTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Changes by {@code modifyTimestamp}, for servers that offer nothing better. Each look reaches back
 * over the last one, since the times are whole seconds and those of several servers differ; now and
 * then everybody is listed, since nothing tells of those who are gone.
 */
final class TimestampFeed implements ChangeFeed {
    private static final int MOST_GIVEN = 2_500;
    private static final String PASSWORD = "userPassword";

    private final LDAPConnection connection;
    private final Query query;
    private final Anchors anchors;
    private final Reading reading;
    private final TimestampPosition from;
    private final int mostGiven;
    private final boolean full;
    private final long now;
    private final boolean lists;
    private final PagedSearch changed;

    private final TimestampPosition.Given given = new TimestampPosition.Given();
    private final Set<UUID> present = new HashSet<>();
    private PagedSearch listing;
    private Optional<UUID> last = Optional.empty();
    private long latest;

    /**
     * @param from of an earlier run, or an empty array to read everybody
     * @param bases how many share the room in the watermark
     * @param now FILETIME
     */
    TimestampFeed(
            LDAPConnection connection,
            Query query,
            Anchors anchors,
            Reading reading,
            byte[] from,
            int bases,
            long now) {
        this.connection = connection;
        this.query = query;
        this.anchors = anchors;
        this.reading = reading;
        this.full = from.length == 0;
        this.from = TimestampPosition.parse(from);
        this.mostGiven = MOST_GIVEN / bases;
        this.now = now;
        this.latest = this.from.latest();
        this.lists = full || now - this.from.listedAt() >= ticks(reading.list());
        this.changed =
                new PagedSearch(
                        connection,
                        full ? query : query.with(since(latest - ticks(reading.overlap()))),
                        reading.pageSize());
    }

    private static long ticks(Duration duration) {
        return duration.toSeconds() * DirectoryTime.TICKS_PER_SECOND;
    }

    private static Filter since(long time) {
        String text =
                StaticUtils.encodeGeneralizedTime(
                        DirectoryTime.toInstant(Math.max(time, 0)).toEpochMilli());
        // whole seconds, as every server understands them
        return Filter.createGreaterOrEqualFilter(
                EntryTimes.MODIFIED, text.replaceAll("\\.\\d+Z", "Z"));
    }

    @Override
    public Optional<SearchResultEntry> next() throws ConnectorException {
        try {
            Optional<SearchResultEntry> entry = changed.next();
            if (entry.isPresent()) {
                note(entry.get());
                return entry;
            }
            if (lists && !full) {
                list();
            }
            return Optional.empty();
        } catch (LDAPException e) {
            throw Failures.ofReading(connection.getConnectionName(), e);
        }
    }

    private void note(SearchResultEntry entry) {
        last = anchors.of(entry);
        last.ifPresent(present::add);
        latest = Math.max(latest, time(entry));
    }

    private static long time(SearchResultEntry entry) {
        String text = entry.getAttributeValue(EntryTimes.MODIFIED);
        OptionalLong time =
                text == null ? OptionalLong.empty() : DirectoryTime.ofGeneralizedTime(text);
        return time.orElse(0);
    }

    private void list() throws LDAPException {
        if (listing == null) {
            listing =
                    new PagedSearch(
                            connection, query.asking(anchors.attribute()), reading.pageSize());
            Optional<SearchResultEntry> entry = listing.next();
            while (entry.isPresent()) {
                anchors.of(entry.get()).ifPresent(present::add);
                entry = listing.next();
            }
        }
    }

    @Override
    public Optional<UUID> last() {
        return last;
    }

    @Override
    public boolean isNews(UUID id, SearchResultEntry entry, CredentialChange change) {
        long token = token(id, entry, change);
        given.add(token, time(entry));
        return !from.given().contains(token);
    }

    /** Tells what is given of a user from what was given before. */
    private static long token(UUID id, SearchResultEntry entry, CredentialChange change) {
        long hash = id.getMostSignificantBits() * 31 + id.getLeastSignificantBits();
        hash = hash * 1_000_003 + change.version().time();
        hash = hash * 1_000_003 + change.state().toBits();
        long sum = 0;
        for (Attribute attribute : entry.getAttributes()) {
            String name = attribute.getBaseName().toLowerCase(Locale.ROOT);
            if (!name.equalsIgnoreCase(PASSWORD)) {
                sum += name.hashCode() * 1_000_003L + Arrays.hashCode(attribute.getValues());
            }
        }
        return hash * 1_000_003 + sum;
    }

    @Override
    public Set<UUID> gone() {
        return Set.of();
    }

    @Override
    public Optional<Set<UUID>> present() {
        return lists ? Optional.of(present) : Optional.empty();
    }

    @Override
    public byte[] position() {
        return new TimestampPosition(
                        latest,
                        lists ? now : from.listedAt(),
                        given.since(latest - ticks(reading.overlap()), mostGiven))
                .toBytes();
    }

    @Override
    public void close() {
        // the connection is the run's
    }
}
