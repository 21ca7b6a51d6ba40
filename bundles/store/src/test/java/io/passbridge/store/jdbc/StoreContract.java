/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.store.KeySetMarks.Mark;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.opening.Opening;
import io.passbridge.store.jdbc.secrets.JdbcKeySetMarks;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store promises, on whichever database. */
abstract class StoreContract
        implements CommitContract, PeopleContract, RetryContract, LeaseContract, ProofContract {
    private final String route = "corp_" + UUID.randomUUID();
    private Database database;

    abstract Opening location() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = location().open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public String route() {
        return route;
    }

    @Test
    void keySetMark_isReplacedForItsServerAndKeySetAlone() throws Exception {
        JdbcKeySetMarks marks = new JdbcKeySetMarks(database);
        String server = "server-" + UUID.randomUUID();
        Mark first = new Mark(UUID.randomUUID().toString(), 1, 1, "aa");
        Mark other = new Mark(UUID.randomUUID().toString(), 7, 3, "cc");
        assertThat(marks.find(server, first.keySetId())).isEmpty();
        marks.put(server, first);
        marks.put(server, other);
        marks.put(server + "-2", first);
        Mark second = new Mark(first.keySetId(), 2, 2, "bb");
        marks.put(server, second);
        assertThat(marks.find(server, first.keySetId())).contains(second);
        assertThat(marks.find(server, other.keySetId())).contains(other);
        assertThat(marks.find(server + "-2", first.keySetId())).contains(first);
    }
}
