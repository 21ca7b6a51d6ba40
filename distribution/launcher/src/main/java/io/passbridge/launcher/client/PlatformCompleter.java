/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Asks the platform what may be typed next. */
final class PlatformCompleter implements Completer {
    private final Conversation platform;

    PlatformCompleter(Conversation platform) {
        this.platform = platform;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> words = line.words().subList(0, line.wordIndex() + 1);
        ByteArrayOutputStream offers = new ByteArrayOutputStream();
        try {
            platform.run(
                    "complete -- " + CommandLine.quote(words), ClientTerminal.recording(offers));
        } catch (IOException e) {
            // the next command will tell that the platform is gone
            return;
        }
        offers.toString(StandardCharsets.UTF_8)
                .lines()
                .map(offer -> offer.split("\t", 2))
                .filter(offer -> offer.length == 2)
                .map(o -> new Candidate(o[0], o[0], null, o[1], null, null, true))
                .forEach(candidates::add);
    }
}
