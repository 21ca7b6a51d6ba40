/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static ConnectorException unreachable() {
        return new ConnectorException(Kind.UNREACHABLE, "away");
    }

    @Test
    void results_standInTheOrderOfTheParts() throws Exception {
        List<Integer> results =
                new SideBySide<Integer, Integer>(numbers(20), part -> List.of(part, -part), 2)
                        .run();

        assertThat(results)
                .isEqualTo(numbers(20).stream().flatMap(i -> List.of(i, -i).stream()).toList());
    }

    @Test
    void twoParts_areUnderWayAtOnce() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        assertThat(
                        new SideBySide<Integer, Boolean>(
                                        numbers(2),
                                        part -> {
                                            both.countDown();
                                            return List.of(await(both));
                                        },
                                        2)
                                .run())
                .containsExactly(true, true);
    }

    @Test
    void failureOfEverything_saysThatNothingHappened() {
        ConnectorException failure =
                catchThrowableOfType(
                        ConnectorException.class,
                        () ->
                                new SideBySide<Integer, Integer>(
                                                numbers(2),
                                                part -> {
                                                    throw unreachable();
                                                },
                                                2)
                                        .run());
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void failureAfterAPartWasWritten_isUnknown_andBeginsNoFurtherPart() {
        ConnectorException failure =
                catchThrowableOfType(
                        ConnectorException.class,
                        () ->
                                new SideBySide<Integer, Integer>(
                                                numbers(100),
                                                part -> {
                                                    begun.add(part);
                                                    if (part == 5) {
                                                        throw unreachable();
                                                    }
                                                    return List.of(part);
                                                },
                                                1)
                                        .run());
        assertThat(failure.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(begun).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @Test
    void faultOfTheCode_isNoSilentSuccess() {
        ConnectorException failure =
                catchThrowableOfType(
                        ConnectorException.class,
                        () ->
                                new SideBySide<Integer, Integer>(
                                                numbers(3),
                                                part -> {
                                                    throw new IllegalStateException("fault");
                                                },
                                                2)
                                        .run());
        assertThat(failure.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
