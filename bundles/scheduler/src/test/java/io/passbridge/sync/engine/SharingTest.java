/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.store.RouteLeases;
import io.passbridge.store.RouteLeases.Board;
import io.passbridge.store.RouteLeases.Lease;
import io.passbridge.store.RouteLeases.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharingTest {
    private static final Predicate<String> ALL = lease -> true;
    private static final Predicate<String> NONE = lease -> false;

    private final Map<String, Server> servers = new HashMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private Optional<String> elder = Optional.empty();

    private void server(String name, boolean standby, String... routes) {
        servers.put(
                name,
                new Server(
                        name,
                        standby,
                        List.of(routes).stream()
                                .collect(
                                        Collectors.toMap(
                                                r -> r.replace("!", ""), r -> !r.endsWith("!")))));
    }

    private void held(String lease, String holder) {
        leases.merge(
                lease,
                new Lease(holder, 1, ""),
                (a, b) ->
                        new Lease(
                                holder,
                                a.token() + 1,
                                holder.isEmpty() || a.wanted().equals(holder) ? a.wanted() : ""));
    }

    private Sharing of(String us) {
        return new Sharing(us, new Board(servers, leases, elder));
    }

    private Set<String> takes(String us) {
        Set<String> routes = of(us).toTake();
        routes.remove(RouteLeases.ADMINISTRATION);
        return routes;
    }

    /** Every server in turn takes and gives, until nothing moves any more. */
    private void settle() {
        for (int moves = 0; moves < 1_000; moves++) {
            boolean moved = false;
            for (String us : List.copyOf(servers.keySet())) {
                Set<String> take = of(us).toTake();
                take.forEach(lease -> held(lease, us));
                Optional<String> give = of(us).toGive(ALL, NONE);
                give.ifPresent(lease -> held(lease, ""));
                moved |= !take.isEmpty() || give.isPresent();
            }
            if (!moved) {
                return;
            }
        }
        throw new AssertionError("does not come to rest: " + leases);
    }

    private Map<String, Long> loads() {
        return leases.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(RouteLeases.ADMINISTRATION))
                .collect(
                        Collectors.groupingBy(
                                entry -> entry.getValue().holder(), Collectors.counting()));
    }

    @Test
    void aloneServer_takesEverything_alsoWhatItCannotReachNow() {
        server("a", false, "r1", "r2!");
        assertThat(of("a").toTake()).containsExactly(RouteLeases.ADMINISTRATION, "r1", "r2");
    }

    @Test
    void free_fallsToEachInTurn_andAllAgree() {
        server("a", false, "r1", "r2", "r3", "r4", "r5");
        server("b", false, "r1", "r2", "r3", "r4", "r5");
        assertThat(takes("a")).containsExactly("r1", "r3", "r5");
        assertThat(takes("b")).containsExactly("r2", "r4");
        assertThat(takes("c")).as("not there").isEmpty();
    }

    @Test
    void newServer_getsItsShare_oneRouteAtATime() {
        server("a", false, "r1", "r2", "r3", "r4");
        settle();
        assertThat(loads()).containsExactly(Map.entry("a", 4L));
        server("b", false, "r1", "r2", "r3", "r4");
        assertThat(of("a").toGive(NONE, NONE)).as("in mid cycle").isEmpty();
        assertThat(of("a").toGive(ALL, NONE)).contains("r1");
        held("r1", "");
        assertThat(of("a").toGive(ALL, NONE)).as("before that one is taken").isEmpty();
        assertThat(takes("a")).isEmpty();
        assertThat(takes("b")).containsExactly("r1");
        settle();
        assertThat(loads()).containsOnly(Map.entry("a", 2L), Map.entry("b", 2L));
    }

    @Test
    void routeThatNobodyElseCanRunOrReach_staysWhereItIs() {
        server("a", false, "r1", "r2", "r3");
        settle();
        server("b", false, "r1!");
        assertThat(of("a").toGive(ALL, NONE)).isEmpty();
        server("b", false, "r1");
        assertThat(of("a").toGive(ALL, NONE)).contains("r1");
    }

    @Test
    void free_fallsToWhoeverCanUseBothEnds() {
        server("a", false, "r1!");
        server("b", false, "r1", "r2", "r3");
        held("r2", "b");
        held("r3", "b");
        assertThat(takes("a")).isEmpty();
        assertThat(takes("b")).containsExactly("r1");
    }

    @Test
    void removedRoute_isGiven() {
        server("a", false, "r1");
        settle();
        assertThat(of("a").toGive(ALL, "r1"::equals)).contains("r1");
    }

    @Test
    void serverOfAnEarlierRelease_stopsEverything() {
        server("a", false, "r1");
        elder = Optional.of("old");
        assertThat(of("a").toTake()).isEmpty();
        held("r1", "a");
        assertThat(of("a").toGive(ALL, "r1"::equals)).isEmpty();
    }

    @Test
    void standby_takesOnlyWhatNobodyElseCouldRun_andGivesItBackWithTheRest() {
        server("a", false, "r1", "r2");
        server("z", true, "r1", "r2");
        settle();
        assertThat(loads()).containsExactly(Map.entry("a", 2L));
        servers.remove("a");
        leases.replaceAll((route, lease) -> new Lease("", lease.token(), ""));
        settle();
        assertThat(loads()).containsExactly(Map.entry("z", 2L));
        assertThat(leases.get(RouteLeases.ADMINISTRATION).holder()).isEqualTo("z");
        server("a", false, "r1!", "r2!");
        assertThat(of("z").toGive(ALL, NONE))
                .as("what belongs to no route is the first")
                .contains(RouteLeases.ADMINISTRATION);
        held(RouteLeases.ADMINISTRATION, "a");
        assertThat(of("z").toGive(ALL, NONE)).as("it cannot reach the ends yet").isEmpty();
        server("a", false, "r1", "r2");
        settle();
        assertThat(loads()).containsExactly(Map.entry("a", 2L));
    }

    @Test
    void twoThatStandBy_areOneThatWorks() {
        server("a", true, "r1", "r2");
        server("b", true, "r1", "r2");
        held("r1", "b");
        settle();
        assertThat(loads()).containsExactly(Map.entry("b", 2L));
    }

    @Test
    void wanted_goesThere_andStays() {
        server("a", false, "r1", "r2");
        server("b", false, "r1", "r2");
        settle();
        leases.replaceAll((route, lease) -> new Lease(lease.holder(), lease.token(), "b"));
        settle();
        assertThat(loads()).containsExactly(Map.entry("b", 2L));
        assertThat(leases.get(RouteLeases.ADMINISTRATION).holder()).isEqualTo("b");
        servers.remove("b");
        leases.replaceAll((route, lease) -> new Lease("", lease.token(), lease.wanted()));
        settle();
        server("b", false, "r1", "r2");
        settle();
        assertThat(loads())
                .as("as before anybody asked")
                .containsOnly(Map.entry("a", 1L), Map.entry("b", 1L));
    }

    @Test
    void anyServersAndRoutes_comeToRest_withEveryRouteHeldAndSharesAlike() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            servers.clear();
            leases.clear();
            String[] routes =
                    IntStream.range(0, random.nextInt(12))
                            .mapToObj(i -> "r" + i)
                            .toArray(String[]::new);
            List<String> names = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                names.add("s" + i);
                server("s" + i, false, routes);
            }
            for (String route : routes) {
                held(route, names.get(random.nextInt(names.size())));
            }
            settle();
            Map<String, Long> loads = loads();
            names.forEach(name -> loads.putIfAbsent(name, 0L));
            assertThat(loads.keySet()).as("round %d", round).hasSameElementsAs(names);
            assertThat(loads.values().stream().mapToLong(l -> l).max().orElse(0))
                    .as("round %d: %s", round, loads)
                    .isLessThanOrEqualTo(
                            loads.values().stream().mapToLong(l -> l).min().orElse(0) + 1);
        }
    }
}
