/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.host.ConnectorListener;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.health.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {
    @TempDir Path folder;
    private HostFixture host;
    private final ScriptedFactory factory = new ScriptedFactory();

    @BeforeEach
    void makeHost() throws Exception {
        host = new HostFixture(folder);
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    private ConnectorException failure(String name) {
        return catchThrowableOfType(ConnectorException.class, () -> host.find(name));
    }

    @Test
    void configuredInstance_withItsBundle_isReadyAndThenOnline() throws Exception {
        host.start(factory);

        assertThat(host.phase()).isEqualTo(Phase.READY);
        assertThat(host.status().capabilities())
                .containsExactlyInAnyOrder("AccountSource", "ChangeSignal", "AccountSecretReset");
        assertThat(host.find("anna")).isEmpty();
        assertThat(host.phase()).isEqualTo(Phase.ONLINE);
        assertThat(host.platform.memoryJournal.of(EventType.CONNECTOR_ONLINE)).hasSize(1);
        assertThat(host.status().calls()).isEqualTo(1);
    }

    @Test
    void configuration_beforeItsBundle_waitsForIt() {
        host.slot.updated(HostFixture.CORP, Map.of("file", "people.ldif"));
        assertThat(host.phase()).isEqualTo(Phase.NO_BUNDLE);
        assertThat(failure("anna").kind()).isEqualTo(Kind.UNREACHABLE);

        host.slot.offer(factory.candidate(0, 1));
        assertThat(host.phase()).isEqualTo(Phase.READY);
    }

    @Test
    void dataFolder_isMadeForTheOwnerOnly() throws Exception {
        host.start(factory);

        Path data = factory.latest().context.dataFolder();
        assertThat(data).isEqualTo(folder.resolve("data/connectors/corp"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void invalidConfiguration_reportsEveryFaultAndOpensNothing() {
        host.slot.offer(factory.candidate(0, 1));
        host.slot.updated(HostFixture.CORP, Map.of("pagesize", "7", "follow", "perhaps"));

        assertThat(host.phase()).isEqualTo(Phase.INVALID);
        assertThat(host.status().detail())
                .contains("file is not set")
                .contains("follow is 'perhaps'")
                .contains("did you mean pageSize?");
        assertThat(factory.opened).isEmpty();
    }

    @Test
    void faultFoundByTheConnector_isShownAndMendedByANewConfiguration() {
        factory.faults = List.of(Finding.error("file", "is a folder", "name a file"));
        host.start(factory);
        assertThat(host.status().detail()).isEqualTo("file is a folder (name a file)");

        factory.faults = List.of();
        host.slot.updated(HostFixture.CORP, Map.of("file", "other.ldif"));
        assertThat(host.phase()).isEqualTo(Phase.READY);
    }

    @Test
    void secondInstanceWithOneName_isRefusedUntilTheFirstGoes() throws Exception {
        host.start(factory);
        FactorySlot other = new FactorySlot("com.example.other", host.surroundings, host.instances);
        ScriptedFactory second = new ScriptedFactory();
        other.offer(second.candidate(0, 2));
        other.updated("com.example.other~corp", Map.of("file", "x"));

        Instance refused =
                host.instances.all().stream()
                        .filter(i -> i.pid().startsWith("com.example"))
                        .findFirst()
                        .orElseThrow();
        assertThat(refused.status().phase()).isEqualTo(Phase.INVALID);
        assertThat(refused.status().detail()).contains(HostFixture.CORP);
        assertThat(host.corp().pid()).isEqualTo(HostFixture.CORP);

        host.slot.deleted(HostFixture.CORP);
        assertThat(host.corp()).isSameAs(refused);
        assertThat(host.phase()).isEqualTo(Phase.READY);
        other.close();
    }

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
    void pause_isJournalledRefusesCallsAndSurvivesARestart() throws Exception {
        host.start(factory);
        host.corp().pause(true);

        assertThat(host.phase()).isEqualTo(Phase.PAUSED);
        assertThat(failure("anna").getMessage()).contains("connector:resume corp");
        assertThat(host.platform.memoryJournal.of(EventType.CONNECTOR_PAUSED)).hasSize(1);
        host.close();

        host = new HostFixture(folder);
        host.start(factory);
        assertThat(host.phase()).isEqualTo(Phase.PAUSED);
        host.corp().pause(false);
        assertThat(host.find("anna")).isEmpty();
    }

    @Test
    void pause_thatCannotBeJournalled_isRefused() throws Exception {
        host.start(factory);
        host.platform.memoryJournal.broken = true;

        assertThatThrownBy(() -> host.corp().pause(true)).hasMessageContaining("disk full");
        assertThat(host.phase()).isEqualTo(Phase.READY);
        assertThat(host.find("anna")).isEmpty();
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

    @Test
    void badRecords_areCountedAllAndJournalledWithALimitedRate() {
        host.start(factory);
        for (int i = 0; i < 1_000; i++) {
            factory.latest().context.reportBadRecord("people.ldif:" + i, "no dn");
        }
        assertThat(host.status().badRecords()).isEqualTo(1_000);
        assertThat(host.platform.memoryJournal.of(EventType.BAD_RECORD)).hasSize(10);
    }

    @Test
    void failOver_isJournalled() {
        host.start(factory);
        factory.latest().context.reportFailOver("dc2", "dc1 does not answer");
        assertThat(host.platform.memoryJournal.of(EventType.PREFERRED_SERVER_FAILED))
                .singleElement()
                .satisfies(e -> assertThat(e.attributes()).containsEntry("server", "dc2"));
    }

    @Test
    void connectorThatCannotBeOpened_isTriedAgain() {
        factory.refusal = new ConnectorException(Kind.UNREACHABLE, "port in use");
        host.start(factory);
        assertThat(host.phase()).isEqualTo(Phase.OFFLINE);

        factory.refusal = null;
        await().until(() -> host.phase() == Phase.READY);
    }

    @Test
    void missingSecret_isRefusedWithTheRemedyAndOneEvent() {
        host.start(factory);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> factory.latest().context.accountSecret())
                    .hasMessageContaining("account:set corp");
        }
        assertThat(host.platform.memoryJournal.of(EventType.NO_START_CREDENTIALS)).hasSize(1);
    }

    @Test
    void legacyPolicy_withoutTheService_permitsNothingAndIsNoFaultOfThePlugin() {
        host.start(factory);
        factory.script =
                name -> {
                    factory.latest().context.legacyPolicy().use(LegacyAlgorithm.MD4, "a test");
                    return List.of();
                };
        ConnectorException thrown = failure("anna");
        assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(thrown.getMessage()).contains("doctor");
    }

    @Test
    void passwordVerifier_asksTheOneThatKnowsTheSchemeNow() {
        host.start(factory);
        PasswordVerifier verifier = factory.latest().context.passwordVerifier();
        Digest digest = new Digest("plain", "x");
        try (Secret password = Secret.ofChars("x".toCharArray())) {
            assertThatThrownBy(() -> verifier.verify(password, digest))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("plain");

            host.platform.verifiers.add(new PlainVerifier());
            assertThat(verifier.schemes()).containsExactly("plain");
            assertThat(verifier.verify(password, digest)).isTrue();
        }
    }

    private static final class PlainVerifier implements PasswordVerifier {
        @Override
        public Set<String> schemes() {
            return Set.of("plain");
        }

        @Override
        public Optional<String> fault(Digest digest) {
            return Optional.empty();
        }

        @Override
        public boolean verify(Secret password, Digest digest) {
            return new String(password.toChars()).equals(digest.encoded());
        }
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

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static CompletableFuture<Object> async(java.util.concurrent.Callable<?> work) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                future.complete(work.call());
                            } catch (Exception e) {
                                future.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return future;
    }
}
