/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.event.EventType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Calls that run too long, fail, or are broken off. */
class InstanceCallsTest extends InstanceLab {
    @Test
    void callThatRunsTooLong_isBrokenOffWithUnknownOutcome() {
        host.start(factory);
        host.platform.impatient();
        AtomicBoolean interrupted = new AtomicBoolean();
        factory.script =
                name -> {
                    interrupted.set(awaitQuietly(new CountDownLatch(1)));
                    throw new ConnectorException(Kind.UNREACHABLE, "interrupted");
                };

        assertThat(failure("anna").kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(interrupted).isTrue();
        assertThat(host.phase()).isEqualTo(Phase.OFFLINE);
    }

    @Test
    void callThatIgnoresInterrupts_costsTheSessionButNotTheInstance() throws Exception {
        host.start(factory);
        long before = host.corp().session();
        host.platform.impatient();
        CountDownLatch never = new CountDownLatch(1);
        factory.script =
                name -> {
                    while (never.getCount() > 0) {
                        awaitQuietly(never);
                    }
                    return List.of();
                };
        assertThat(failure("anna").kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        factory.script = name -> List.of();

        await().until(() -> factory.opened.size() == 2 && host.phase() == Phase.READY);
        assertThat(host.corp().session()).isGreaterThan(before);
        assertThat(host.find("bert")).isEmpty();
        never.countDown();
    }

    @Test
    void interruptedCaller_breaksItsCallOff() throws Exception {
        host.start(factory);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        factory.script =
                name -> {
                    running.countDown();
                    awaitQuietly(new CountDownLatch(1));
                    ended.countDown();
                    return List.of();
                };
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller =
                new Thread(
                        () -> {
                            try {
                                host.find("anna");
                            } catch (ConnectorException | InterruptedException e) {
                                thrown.set(e);
                            }
                        });
        caller.start();
        running.await();
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void pluginFault_becomesTextAndAnEvent() {
        host.start(factory);
        factory.script =
                name -> {
                    throw new IllegalStateException(
                            "cannot parse {SSHA}c2VjcmV0IHNlY3JldA==",
                            new LinkageError("8846f7eaee8fb117ad06bdd830b7586c"));
                };

        ConnectorException thrown = failure("anna");
        assertThat(thrown.kind()).isEqualTo(Kind.PLUGIN_FAULT);
        assertThat(thrown).hasNoCause();
        assertThat(thrown.getMessage())
                .contains("IllegalStateException: cannot parse [redacted]")
                .contains("LinkageError: [redacted]");
        assertThat(host.platform.memoryJournal.of(EventType.CONNECTOR_FAULT)).hasSize(1);
        assertThat(host.phase()).isEqualTo(Phase.OFFLINE);
        assertThat(host.status().failures()).isEqualTo(1);
    }

    @Test
    void answerAboutOneItem_leavesTheInstanceOnline() {
        host.start(factory);
        factory.script =
                name -> {
                    throw new ConnectorException(Kind.CONFLICT, "somebody else");
                };
        assertThat(failure("anna").kind()).isEqualTo(Kind.CONFLICT);
        assertThat(host.phase()).isEqualTo(Phase.ONLINE);
    }

    @Test
    void missingCapability_isNoFailureOfTheInstance() {
        host.start(factory);

        assertThatThrownBy(() -> host.corp().call(PasswordTarget.class, PasswordTarget::schemes))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("no PasswordTarget");
        assertThat(host.phase()).isEqualTo(Phase.READY);
    }

    @Test
    void contextClassLoader_isThePluginsDuringACall() throws Exception {
        host.start(factory);
        AtomicReference<ClassLoader> seen = new AtomicReference<>();
        factory.script =
                name -> {
                    seen.set(Thread.currentThread().getContextClassLoader());
                    return List.of();
                };
        host.find("anna");
        assertThat(seen.get()).isSameAs(ScriptedFactory.class.getClassLoader());
    }

    @Test
    void calls_runOneAtATime() throws Exception {
        host.start(factory);
        AtomicBoolean busy = new AtomicBoolean();
        factory.script =
                name -> {
                    assertThat(busy.compareAndSet(false, true)).isTrue();
                    Thread.yield();
                    busy.set(false);
                    return List.of();
                };
        List<CompletableFuture<Object>> calls =
                java.util.stream.IntStream.range(0, 40)
                        .mapToObj(i -> async(() -> host.find("anna")))
                        .toList();
        calls.forEach(CompletableFuture::join);
        assertThat(host.status().failures()).isZero();
        assertThat(host.corp().has(AccountSource.class)).isTrue();
    }
}
