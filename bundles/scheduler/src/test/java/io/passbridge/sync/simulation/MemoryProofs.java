/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Parity;
import io.passbridge.store.Proofs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The proofs of one route in memory. */
public final class MemoryProofs implements Proofs {
    public final Map<SourceAnchor, Doubt> doubts = new TreeMap<>();
    public Optional<Pass> present = Optional.empty();
    public Optional<Pass> last = Optional.empty();

    @Override
    public synchronized Proof proof(String route) {
        return new Proof(
                present,
                last,
                doubts.values().stream()
                        .collect(Collectors.groupingBy(Doubt::parity, Collectors.counting())));
    }

    @Override
    public synchronized void record(Look look) {
        look.seen().forEach(doubts::remove);
        look.doubts().forEach(doubt -> doubts.put(doubt.anchor(), doubt));
        look.pass()
                .ifPresent(
                        pass -> {
                            boolean ended = pass.endedAt().isPresent();
                            present = ended ? Optional.empty() : look.pass();
                            last = ended ? look.pass() : last;
                            doubts.values().removeIf(d -> ended && d.at().isBefore(pass.begunAt()));
                        });
    }

    @Override
    public synchronized List<Doubt> doubts(String route, String after, int limit) {
        return doubts.values().stream()
                .filter(doubt -> doubt.anchor().value().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Map<String, Long> reasons(String route, Parity parity, int limit) {
        return doubts.values().stream()
                .filter(doubt -> doubt.parity() == parity)
                .map(Doubt::reason)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
