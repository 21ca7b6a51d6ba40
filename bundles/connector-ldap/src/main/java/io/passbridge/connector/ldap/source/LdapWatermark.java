/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where reading stands, in words: a mark, the strategy, hashes of what is in scope and of the
 * groups' members, the time of the last look at expiries, the run and its page, and a position for
 * each base.
 *
 * @param strategy whose positions these are, or empty before the first run
 * @param members changes with the members of the scope's groups
 * @param scope changes with the set of users that are meant
 * @param lookedAt when users were last looked for whose time has come, FILETIME
 * @param run within which the position is, or 0 if it is complete
 * @param page of the run
 * @param positions one for each base, of the strategy's own form
 */
record LdapWatermark(
        String strategy,
        String scope,
        String members,
        long lookedAt,
        long run,
        int page,
        List<byte[]> positions) {
    private static final String MARK = "ldap1";
    private static final int WORDS = 7;

    LdapWatermark {
        positions = List.copyOf(positions);
    }

    /** Before the first run. */
    static LdapWatermark beginning(String scope) {
        return new LdapWatermark("", scope, "", 0, 0, 0, List.of());
    }

    /**
     * Reads a watermark.
     *
     * @param scope what is in scope now
     * @throws ConnectorException of kind {@code WATERMARK_EXPIRED} if it is of another kind or
     *     scope
     */
    static LdapWatermark parse(Watermark watermark, String scope) throws ConnectorException {
        if (watermark.isBeginning()) {
            return beginning(scope);
        }
        String[] words = new String(watermark.toBytes(), StandardCharsets.US_ASCII).split(" ", -1);
        if (words.length < WORDS || !words[0].equals(MARK)) {
            throw expired("the position is not one of this connector");
        }
        if (!words[2].equals(scope)) {
            throw expired("the servers' bases, the filter or the anchor are others than before");
        }
        try {
            List<byte[]> positions = new ArrayList<>();
            for (int i = WORDS; i < words.length; i++) {
                positions.add(Base64.getDecoder().decode(words[i]));
            }
            return new LdapWatermark(
                    words[1],
                    scope,
                    words[3],
                    Long.parseLong(words[4]),
                    Long.parseLong(words[5]),
                    Integer.parseInt(words[6]),
                    positions);
        } catch (IllegalArgumentException e) {
            throw expired("the position is damaged");
        }
    }

    static ConnectorException expired(String why) {
        return new ConnectorException(Kind.WATERMARK_EXPIRED, why + "; everybody is read again");
    }

    boolean isFull() {
        return positions.isEmpty();
    }

    /** The same start, within a run that is not complete. */
    LdapWatermark within(long number, int pageNumber) {
        return new LdapWatermark(strategy, scope, members, lookedAt, number, pageNumber, positions);
    }

    Watermark toWatermark() {
        String words =
                String.join(
                        " ",
                        MARK,
                        strategy,
                        scope,
                        members,
                        Long.toString(lookedAt),
                        Long.toString(run),
                        Integer.toString(page));
        String ends =
                positions.stream()
                        .map(position -> " " + Base64.getEncoder().encodeToString(position))
                        .collect(Collectors.joining());
        return Watermark.of((words + ends).getBytes(StandardCharsets.US_ASCII));
    }
}
