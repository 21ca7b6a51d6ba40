/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people copy from a page of the documentation. */
final class PageText {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private PageText() {}

    /** The one command line of a page that begins so, in a block or within a sentence. */
    static String line(String page, String begin) throws IOException {
        return only(page, "(?m)(?:^ *|`)(" + Pattern.quote(begin) + "[^`\\n]*)");
    }

    /** The one block of a page that begins so. */
    static String block(String page, String begin) throws IOException {
        return only(page, "(?ms)^```\\w*\\n(" + Pattern.quote(begin) + ".*?)^```");
    }

    private static String only(String page, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(ROOT.resolve(page)));
        assertThat(found.find()).as("%s has %s", page, pattern).isTrue();
        String text = found.group(1);
        assertThat(found.find()).as("%s has a second %s", page, pattern).isFalse();
        return text;
    }
}
