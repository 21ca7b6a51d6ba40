/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far somebody was told.
 *
 * @param base the run that was told to its end; 0 before the first
 * @param run that is being told, or the same
 * @param page of that run that was told last; 0 if all were
 */
record Position(long base, long run, int page) {
    static final Position BEGINNING = ended(0);

    private static final Pattern FORM =
            Pattern.compile("connid:(\\d{1,18}):(\\d{1,18}):(\\d{1,9})");

    static Position ended(long run) {
        return new Position(run, run, 0);
    }

    /**
     * @throws ConnectorException of kind {@code WATERMARK_EXPIRED} if it is of another source
     */
    static Position of(Watermark watermark) throws ConnectorException {
        if (watermark.isBeginning()) {
            return BEGINNING;
        }
        Matcher matcher =
                FORM.matcher(new String(watermark.toBytes(), StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            throw new ConnectorException(
                    Kind.WATERMARK_EXPIRED, "the position is not of a source over ConnId");
        }
        return new Position(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    Watermark watermark() {
        String text = "connid:" + base + ":" + run + ":" + page;
        return Watermark.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
