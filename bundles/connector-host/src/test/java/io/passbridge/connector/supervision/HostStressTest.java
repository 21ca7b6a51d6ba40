/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.session.Candidate;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Bundles, configurations and calls come in any order from any thread. */
class HostStressTest {
    private static final int CHANGES = 400;
    private static final List<String> NAMES = List.of("corp", "cloud");

    @TempDir Path folder;
    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicLong succeeded = new AtomicLong();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    @Test
    void anyOrderOfChanges_neverOpensTwiceOverlapsOrLeaves() throws Exception {
        try (HostFixture host = new HostFixture(folder)) {
            NAMES.forEach(name -> host.slot.updated(pid(name), Map.of()));
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                callers.add(caller(host, NAMES.get(i % NAMES.size()), over));
            }
            Thread swapper = thread(() -> swap(host, new Random(1)));
            Thread administrator = thread(() -> configure(host, new Random(2)));
            swapper.join();
            administrator.join();

            NAMES.forEach(name -> host.slot.updated(pid(name), Map.of()));
            host.slot.offer(new CountingFactory().candidate(0, Long.MAX_VALUE));
            for (String name : NAMES) {
                pause(host, name, false);
                Instance instance = host.instances.find(name).orElseThrow();
                long before = instance.status().calls();
                await().until(() -> instance.status().phase() == Phase.ONLINE);
                await().until(() -> instance.status().calls() > before);
                assertThat(open.get(name)).hasValue(1);
            }
            over.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(broken).isEmpty();
        assertThat(closed).hasValue(opened.get());
        assertThat(succeeded).hasPositiveValue();
        await().until(HostStressTest::noThreadIsLeft);
    }

    private static boolean noThreadIsLeft() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .noneMatch(t -> NAMES.stream().anyMatch(n -> t.getName().contains("-" + n)));
    }

    private static String pid(String name) {
        return ScriptedFactory.PID + "~" + name;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private Thread caller(HostFixture host, String name, AtomicBoolean over) {
        return thread(
                () -> {
                    while (!over.get()) {
                        call(host, name);
                    }
                });
    }

    private void call(HostFixture host, String name) {
        try {
            Optional<Instance> instance = host.instances.find(name);
            if (instance.isPresent()) {
                instance.get().call(AccountSource.class, source -> source.find("anna"));
                succeeded.incrementAndGet();
            }
        } catch (ConnectorException e) {
            if (e.kind() != Kind.UNREACHABLE) {
                broken.add(e.getMessage());
            }
            Thread.yield();
        } catch (InterruptedException e) {
            broken.add("interrupted");
        }
    }

    private void swap(HostFixture host, Random random) {
        List<Candidate> there = new ArrayList<>();
        for (int i = 1; i <= CHANGES; i++) {
            if (there.size() < 3 && random.nextBoolean()) {
                Candidate candidate = new CountingFactory().candidate(random.nextInt(3), i);
                there.add(candidate);
                host.slot.offer(candidate);
            } else if (!there.isEmpty()) {
                Candidate candidate = there.remove(random.nextInt(there.size()));
                host.slot.withdraw(candidate);
                int left = ((CountingFactory) candidate.factory()).mine.get();
                if (left != 0) {
                    broken.add(left + " connectors outlived their bundle");
                }
            }
        }
        there.forEach(host.slot::withdraw);
    }

    private void configure(HostFixture host, Random random) {
        for (int i = 0; i < CHANGES; i++) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            switch (random.nextInt(6)) {
                case 0 -> host.slot.deleted(pid(name));
                case 1 -> pause(host, name, true);
                case 2 -> pause(host, name, false);
                default -> host.slot.updated(pid(name), Map.of());
            }
        }
    }

    private void pause(HostFixture host, String name, boolean pause) {
        host.instances
                .find(name)
                .ifPresent(
                        instance -> {
                            try {
                                instance.pause(pause);
                            } catch (ConnectorException e) {
                                broken.add(e.getMessage());
                            }
                        });
    }

    /** Counts what is open and complains when two calls meet. */
    private final class CountingFactory implements ConnectorFactory {
        private final AtomicInteger mine = new AtomicInteger();

        Candidate candidate(int ranking, long serviceId) {
            return new Candidate(
                    this,
                    descriptor(),
                    "counting" + serviceId,
                    Version.emptyVersion,
                    ranking,
                    serviceId);
        }

        @Override
        public ConnectorDescriptor descriptor() {
            return new ConnectorDescriptor(
                    "counting", "Counting", ScriptedFactory.PID, List.of(), false);
        }

        @Override
        public Connector open(ConnectorContext context) {
            String name = context.configuration().instance();
            opened.incrementAndGet();
            mine.incrementAndGet();
            int now = open.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
            if (now != 1) {
                broken.add(name + " is open " + now + " times");
            }
            return new Counting(name, mine);
        }
    }

    private final class Counting implements Connector, AccountSource {
        private final String name;
        private final AtomicInteger mine;
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile boolean gone;

        Counting(String name, AtomicInteger mine) {
            this.name = name;
            this.mine = mine;
        }

        @Override
        public <C> Optional<C> capability(Class<C> type) {
            return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
        }

        @Override
        public List<Finding> test() {
            return List.of();
        }

        @Override
        public List<Account> accounts(Collection<SourceAnchor> anchors) {
            return List.of();
        }

        @Override
        public List<Account> find(String query) {
            if (!busy.compareAndSet(false, true) || gone) {
                broken.add(name + " was called twice at once or after its end");
            }
            Thread.yield();
            busy.set(false);
            return List.of();
        }

        @Override
        public void close() {
            if (gone || busy.get()) {
                broken.add(name + " was closed twice or during a call");
            }
            gone = true;
            closed.incrementAndGet();
            mine.decrementAndGet();
            open.get(name).decrementAndGet();
        }
    }
}
