/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.ConnectorListener;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.session.Candidate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Bundles come and go while calls run. */
class InstanceSwapTest extends InstanceLab {
    @Test
    void higherRankingBundle_takesOverAndGivesBack() {
        host.start(factory);
        ScriptedFactory better = new ScriptedFactory();
        Candidate winner = better.candidate(10, 2);

        host.slot.offer(winner);
        assertThat(host.status().bundle()).isEqualTo("scripted 1.0.2");
        assertThat(factory.closed).hasValue(1);
        assertThat(host.slot.bundles()).containsExactly("scripted 1.0.2", "scripted 1.0.1");

        host.slot.withdraw(winner);
        assertThat(host.status().bundle()).isEqualTo("scripted 1.0.1");
        assertThat(better.closed).hasValue(1);
    }

    @Test
    void withdraw_waitsForTheRunningCall() throws Exception {
        Candidate candidate = host.start(factory);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        factory.script =
                name -> {
                    running.countDown();
                    awaitQuietly(goOn);
                    return List.of();
                };
        CompletableFuture<Object> call = async(() -> host.find("anna"));
        running.await();
        CompletableFuture<Object> withdrawn =
                async(
                        () -> {
                            host.slot.withdraw(candidate);
                            return null;
                        });
        await().until(() -> host.phase() == Phase.DRAINING);
        assertThat(failure("bert").kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(factory.closed).hasValue(0);
        assertThat(withdrawn).isNotDone();

        goOn.countDown();
        withdrawn.join();
        assertThat(call.join()).isEqualTo(List.of());
        assertThat(factory.closed).hasValue(1);
        assertThat(host.phase()).isEqualTo(Phase.NO_BUNDLE);
    }

    @Test
    void withdraw_breaksOffACallThatDoesNotEnd() throws Exception {
        Candidate candidate = host.start(factory);
        CountDownLatch running = new CountDownLatch(1);
        factory.script =
                name -> {
                    running.countDown();
                    awaitQuietly(new CountDownLatch(1));
                    throw new ConnectorException(Kind.UNREACHABLE, "interrupted");
                };
        CompletableFuture<Object> call = async(() -> host.find("anna"));
        running.await();
        host.platform.impatient();
        host.slot.withdraw(candidate);

        assertThatThrownBy(call::join)
                .hasRootCauseInstanceOf(ConnectorException.class)
                .rootCause()
                .extracting(e -> ((ConnectorException) e).kind())
                .isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(factory.closed).hasValue(1);
    }

    @Test
    void signal_reachesListenersAndIsSubscribedAgainAfterASwap() {
        List<String> signalled = new CopyOnWriteArrayList<>();
        host.platform.listeners.add(listener(signalled));
        Candidate first = host.start(factory);
        await().until(() -> factory.latest().listener != null);
        factory.latest().listener.run();
        await().until(() -> signalled.equals(List.of("corp")));

        Runnable old = factory.latest().listener;
        host.slot.withdraw(first);
        host.slot.offer(factory.candidate(0, 2));
        await().until(() -> factory.opened.size() == 2 && factory.latest().listener != null);
        old.run();
        assertThat(host.corp().lateReports()).isEqualTo(1);
        factory.latest().listener.run();
        await().until(() -> signalled.equals(List.of("corp", "corp")));
    }

    private static ConnectorListener listener(List<String> signalled) {
        return new ConnectorListener() {
            @Override
            public void changesSignalled(String instance) {
                signalled.add(instance);
            }

            @Override
            public void instanceChanged(String instance) {
                assertThat(instance).isEqualTo("corp");
            }
        };
    }

    @Test
    void lateReports_areCountedAndIgnored() {
        Candidate candidate = host.start(factory);
        ScriptedFactory.Scripted connector = factory.latest();
        host.slot.withdraw(candidate);

        connector.context.report(true, "still here");
        connector.context.reportBadRecord("a", "b");
        assertThat(host.corp().lateReports()).isEqualTo(2);
        assertThat(host.phase()).isEqualTo(Phase.NO_BUNDLE);
        assertThat(host.status().badRecords()).isZero();
        assertThat(connector.context.executor().isTerminated()).isTrue();
        assertThatThrownBy(connector.context::accountSecret).isInstanceOf(ConnectorException.class);
    }
}
